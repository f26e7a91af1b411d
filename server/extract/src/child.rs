//! Reading in a child process, with limits, that is killed when it exceeds them.
//!
//! The child gets the open file as its input and nothing else. It writes what it finds line by line, so
//! that what it found before it was stopped is kept.

mod inside;
mod outside;
mod rows;
mod walls;

pub use inside::main;
pub use outside::{Error, Extractor};
pub use rows::Rows;

/// Argument after which limits and name follow.
pub(crate) const LIMITS_VARIABLE: &str = "KHUE_EXTRACT_LIMITS";
/// Variable with the name of the file, which may help to tell kinds of text apart.
pub(crate) const NAME_VARIABLE: &str = "KHUE_EXTRACT_NAME";
/// Variable that says what is wanted of the file; its text and description where it is not set.
pub(crate) const TASK_VARIABLE: &str = "KHUE_EXTRACT_TASK";
/// The task that gives the rows of a workbook.
pub(crate) const ROWS_TASK: &str = "rows";
/// Exit status of a child that ran to its end.
pub(crate) const DONE: u8 = 0;
/// Exit status of a child whose reader panicked.
pub(crate) const PANICKED: u8 = 101;
