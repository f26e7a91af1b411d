//! Taking material in: a path is read in a thread of its own, records come in batches.

mod book;
mod document;
mod input;
mod media;
mod obstacle;
mod reader;
mod report;
mod undoing;

pub use input::{Input, Passed, Stated, inputs, source_name, unpacked_archive};
pub use reader::{Batch, Reading, Row, read};
pub use report::Report;
pub use undoing::{UndoCounts, undo_import};
