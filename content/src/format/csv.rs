//! Sheets: a header of property names and a row for each record.

mod dialect;
mod reading;
mod template;
mod writing;

pub use reading::read;
pub use template::template;
pub(super) use writing::cells;
pub use writing::write;

/// What separates several values in one cell; readers take `;` too where the
/// values are no sentences.
const SEPARATOR: &str = " | ";
/// Rows that begin with this are explanations and not read.
pub(super) const COMMENT: char = '#';
