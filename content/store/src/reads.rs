//! What can be asked of the store: methods of [`crate::Store`] that change nothing.

mod audit;
mod changes;
mod comments;
mod figures;
mod files;
mod guidance;
mod identities;
mod imports;
mod institutions;
mod notices;
mod past_queries;
mod people;
mod ratings;
mod relations;
mod reports;
mod resources;
mod submissions;
mod suggestions;
mod translations;
mod verdicts;

pub use audit::{AuditRow, AuditVerdict};
pub use changes::Change;
pub use comments::{Comment, ModeratedComment};
pub use figures::Collection;
pub use files::FileRow;
pub use guidance::{Guidance, GuidanceFeedback, GuidanceState};
pub use identities::{LinkedIdentity, WaitingIdentity};
pub use imports::{Finding, FindingCount, ImportRun};
pub use notices::Notice;
pub use people::{Account, Session};
pub use relations::{Part, Summary};
pub use reports::Report;
pub use resources::{Status, Stored, Version};
pub use submissions::{Submission, SubmissionEvent, SubmissionSummary};
pub use suggestions::{StoredSuggestion, SuggestionState};
pub use verdicts::{Fate, SubmissionSuggestion, Suggested, SuggestionRate, Unread};
