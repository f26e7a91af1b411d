//! The tables that are read and written row by row, one file each. How they came
//! about, and the tables that only whole statements touch, is in [`crate::migrations`].

pub mod file;
pub mod import_finding;
pub mod import_finding_count;
pub mod import_run;
pub mod job;
pub mod past_query;
pub mod resource;
pub mod resource_version;
pub mod source;
pub mod suggestion;
