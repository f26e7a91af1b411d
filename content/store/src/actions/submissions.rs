//! Submissions: written, sent, decided, published. Every action asks [`khue_content::account::may`] first.

mod files;
mod moving;
mod row;
mod writing;

pub use files::{SubmittedFile, attach_file, detach_file};
pub use moving::{Move, move_submission};
pub(crate) use row::{COLUMNS, Row, read_record};
pub use writing::{create_submission, delete_draft, save_submission, send_message};
