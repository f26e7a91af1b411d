//! What can go wrong while learning or judging.

use std::path::PathBuf;

/// Why a head cannot be trained, opened or asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing to learn from.
    #[error(
        "{rows} rows with {labels} labels are too few to learn from; at least 4 rows and 2 labels are needed"
    )]
    TooFew {
        /// Rows that have a label.
        rows: usize,
        /// Different labels.
        labels: usize,
    },
    /// Rows and labels are two lists of the same length.
    #[error("{rows} rows came with labels for {labels}")]
    Uneven {
        /// Number of rows.
        rows: usize,
        /// Number of label lists.
        labels: usize,
    },
    /// A matrix that should have a factor has none: vectors that are not numbers.
    #[error("the texts cannot be compared with each other; do their vectors hold numbers only?")]
    Singular,
    /// Arithmetic failed.
    #[error(transparent)]
    Arithmetic(#[from] candle_core::Error),
    /// A file of a stored head cannot be read or written.
    #[error("{}: {cause}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A stored head is damaged or of another version.
    #[error("{}: not a head that this version can use ({cause}); delete the folder, it is trained again", path.display())]
    Damaged {
        /// Its folder or file.
        path: PathBuf,
        /// What is wrong.
        cause: String,
    },
}

/// A result of the tagger.
pub type Result<T> = std::result::Result<T, Error>;
