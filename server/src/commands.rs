//! The subcommands of `khue`, one file each.

pub mod audit;
pub mod bench;
pub mod config_show;
pub mod eval;
pub mod exercises;
pub mod export;
pub mod extract;
pub mod files;
pub mod grant;
pub mod guidance;
pub mod import;
pub mod institutions;
pub mod models;
pub mod pack;
pub mod reindex;
pub mod roles;
pub mod serve;
pub mod synonyms;
pub mod tag;
