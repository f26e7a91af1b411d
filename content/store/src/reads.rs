//! What can be asked of the store: methods of [`crate::Store`] that change nothing.

mod audit;
mod changes;
mod figures;
mod files;
mod imports;
mod past_queries;
mod people;
mod relations;
mod resources;
mod submissions;
mod suggestions;
mod translations;

pub use audit::{AuditRow, AuditVerdict};
pub use changes::Change;
pub use figures::Collection;
pub use files::FileRow;
pub use imports::{Finding, FindingCount, ImportRun};
pub use people::{Account, Session};
pub use relations::{Part, Summary};
pub use resources::{Status, Stored, Version};
pub use submissions::{Submission, SubmissionEvent, SubmissionSummary};
pub use suggestions::{StoredSuggestion, SuggestionState};
