//! Tests of the store through its public functions, each on SQLite and PostgreSQL.
#![allow(clippy::unwrap_used)]

mod audit;
mod bucket;
mod bulk;
mod collections;
mod community;
mod concurrency;
mod crash;
mod desk;
mod files;
mod guidance;
mod identities;
mod identity;
mod import;
mod import_runs;
mod jobs;
mod mail;
mod open;
mod past_queries;
mod paths;
mod peers;
mod people;
mod records;
mod relations;
mod reports;
mod same_on_both;
mod scope;
mod submission_lists;
mod submissions;
mod suggestions;
mod undo_import;
