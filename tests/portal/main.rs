//! The portal as visitors meet it: the real program, asked over HTTP and seen in a browser.
#![allow(clippy::unwrap_used)]

mod attacks;
mod browser;
mod commands;
mod harness;
mod journeys;
mod measures;
mod people;
mod routes;
