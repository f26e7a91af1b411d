//! Taking material in: a path is read in a thread of its own, records come in batches.

mod book;
mod document;
mod input;
mod media;
mod obstacle;
mod reader;
mod report;
mod taking;
mod undoing;
mod workbook;

pub use input::{Input, Passed, Stated, inputs, sheet, source_name, unpacked_archive};
pub use obstacle::Obstacle;
pub use reader::{Batch, Reading, read};
pub use report::Report;
pub use taking::{Running, store_batch};
pub use undoing::{UndoCounts, undo_import};
