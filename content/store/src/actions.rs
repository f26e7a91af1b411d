//! What changes the store: one file per action, one transaction each.

pub(crate) mod audit;
mod change;
pub mod collections;
pub mod comments;
pub mod guidance;
mod import_batch;
mod import_run;
mod in_use;
pub mod institutions;
pub mod mail;
mod notices;
pub mod paths;
pub mod people;
mod ratings;
mod remember_file;
mod remember_queries;
pub mod reports;
pub(crate) mod scope;
pub mod sheets;
pub(crate) mod subject;
pub mod submissions;
mod suggestions;
pub(crate) mod undo_import;
mod withdraw;
mod write;

pub use audit::{NOBODY, OPERATOR};
pub(crate) use import_batch::foresee;
pub use import_batch::{Outcome, OutcomeKind, import_batch};
pub use import_run::{
    ImportFinding, ImportProgress, ImportStart, Place, begin_or_resume_import, finish_import,
};
pub use notices::see_notices;
pub use ratings::rate_resource;
pub use remember_file::{FileFacts, remember_file};
pub use remember_queries::remember_queries;
pub(crate) use suggestions::{ACCEPTED, DECLINED, OFFERED};
pub use suggestions::{Decision, decide_suggestion, record_suggestions};
pub use undo_import::{Fate, UndoRow, begin_undo_import, undo_import_part};
pub(crate) use withdraw::{PUBLISHED, WITHDRAWN};
pub use withdraw::{restore, withdraw};
