//! What can be asked of the store: methods of [`crate::Store`] that change nothing.

mod changes;
mod figures;
mod files;
mod imports;
mod past_queries;
mod relations;
mod resources;
mod suggestions;
mod translations;

pub use changes::Change;
pub use figures::Collection;
pub use files::FileRow;
pub use imports::{Finding, FindingCount, ImportRun};
pub use relations::{Part, Summary};
pub use resources::{Status, Stored, Version};
pub use suggestions::{StoredSuggestion, SuggestionState};
