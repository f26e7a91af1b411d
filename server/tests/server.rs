//! The running server without data: a small library in memory, loopback, port 0.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "server/api.rs"]
mod api;
#[path = "server/connections.rs"]
mod connections;
#[path = "server/faults.rs"]
mod faults;
#[path = "server/files.rs"]
mod files;
#[path = "server/fixture.rs"]
mod fixture;
#[path = "server/pages.rs"]
mod pages;
#[path = "server/settings.rs"]
mod settings;
