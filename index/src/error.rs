//! What can go wrong in the index.

use std::path::PathBuf;

/// An error of the index, naming the thing and the next step.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder holds no index of this version.
    #[error("no search index in {0}: run `khue reindex`")]
    Missing(PathBuf),
    /// Files in memory are not those of an index.
    #[error("these files are no search index: {0}; fetch them again")]
    Files(String),
    /// Another process writes to this index.
    #[error("the search index is being written by another process: stop it, or let it do the work")]
    Locked,
    /// Another process keeps the vectors.
    #[error("the vectors are being written by another process: stop it, or let it do the work")]
    VectorsLocked,
    /// The folder cannot be read or written.
    #[error(
        "cannot use the index folder {folder}: {source}; check that it exists and may be written"
    )]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file of vectors that was just written cannot be read back.
    #[error(
        "the file of vectors {0} could not be read back after it was written; check the disk and its free space"
    )]
    Vectors(String),
    /// The files are damaged, or the library below refused.
    #[error("the search index does not work: {0}; `khue reindex` builds it again from the store")]
    Engine(tantivy::TantivyError),
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        match error {
            tantivy::TantivyError::LockFailure(..) => Self::Locked,
            other => Self::Engine(other),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Engine(error.into())
    }
}

/// Result of the index.
pub type Result<T> = std::result::Result<T, Error>;
