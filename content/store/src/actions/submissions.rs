//! Submissions: written, sent, decided, published. Every action asks [`khue_content::account::may`] first.

mod adapting;
mod bulk;
mod files;
mod moving;
mod row;
mod suggesting;
mod writing;

pub use adapting::adapt_resource;
pub use bulk::{Appraiser, Bulk, BulkDone, act_on_one, begin_batch, try_on_one, undo_batch};
pub use files::{MOST_FILES, SubmittedFile, attach_file, detach_file};
pub(crate) use moving::SOURCE;
pub use moving::{Move, move_submission};
pub(crate) use row::{COLUMNS, Row, read_record};
pub(crate) use suggesting::{EDITED, SuggestionRow};
pub use suggesting::{Read, Verdict, decide_on_suggestion, offer_suggestions};
pub use writing::{create_submission, delete_draft, save_submission, send_message};
