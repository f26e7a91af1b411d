//! Tests of the store through its public functions, each on SQLite and PostgreSQL.
#![allow(clippy::unwrap_used)]

mod import;
mod records;
