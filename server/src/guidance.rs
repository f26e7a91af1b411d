//! Guidance from files: records in any form that an import reads, drafts as files.

mod docx;
mod records;

pub use docx::to_docx;
pub use records::{Sourced, records};

/// Today in the machine's time zone, ISO 8601.
pub fn today() -> String {
    jiff::Zoned::now().date().to_string()
}
