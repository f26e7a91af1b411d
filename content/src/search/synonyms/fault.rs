//! What is wrong with a table, said so that it can be mended.

use thiserror::Error;

/// Something wrong in one place of a table. The row is passed over, the others count.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}{}: {problem}", field.map(|name| format!(", field `{name}`")).unwrap_or_default())]
pub struct Fault {
    /// Line of the file, from 1.
    pub line: u64,
    /// Column, where it is about one.
    pub field: Option<&'static str>,
    /// What is wrong.
    pub problem: Problem,
}

/// What may be wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// The first row does not name the columns.
    #[error(
        "the first row must name the columns words, also, direction, when and note, but it has no `{0}`"
    )]
    NoColumn(&'static str),
    /// The row cannot be read at all.
    #[error("this row cannot be read: {0}; check its quotation marks")]
    Unreadable(String),
    /// Bytes that are no text.
    #[error("this is not UTF-8 text; save the sheet as CSV UTF-8")]
    NotUtf8,
    /// More cells than columns.
    #[error(
        "this row has {0} cells, but there are {1} columns; put text with commas in double quotes"
    )]
    TooManyCells(usize, usize),
    /// Nothing to type.
    #[error("there are no words; write what people type")]
    NoWords,
    /// A part without a letter or digit.
    #[error("`{0}` has no letter and no digit; write words between the | signs")]
    NoLetter(String),
    /// Nobody types that much.
    #[error("`{0}…` is longer than {1} characters")]
    TooLong(String, usize),
    /// Neither direction.
    #[error("`{0}` is no direction; write one-way or two-way")]
    Direction(String),
    /// An unknown condition.
    #[error("`{0}` is not known; write @grade, @subject, @capitals, or a plain word")]
    Condition(String),
    /// The same words under the same conditions.
    #[error("`{0}` stands in line {1} already, under the same conditions; put both into one row")]
    Repeated(String, u64),
    /// A table of terms without a column for a language.
    #[error("the first row must name the columns vi, en and fr, but it has no `{0}`")]
    NoLanguage(&'static str),
    /// A term that nothing in another language stands for.
    #[error("this is said in one language only; write it in at least two of vi, en and fr")]
    OneLanguage,
    /// A table that no curator can read any more.
    #[error("the table has more than {0} rows; the rest is not read")]
    TooManyRows(usize),
}
