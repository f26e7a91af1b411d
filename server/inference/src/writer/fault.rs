//! Why a file cannot be used as a writer, before its path is known.

use crate::error::Error;
use std::path::Path;

/// What is wrong with a file.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is no whole GGUF file.
    Damaged(String),
    /// It lacks metadata or a tensor of this name.
    Missing(String),
    /// It is of a kind that this program does not compute.
    Unsupported(String),
    /// Reading failed.
    Read(std::io::Error),
}

impl Fault {
    /// The error for the file at this path.
    pub(super) fn at(self, path: &Path) -> Error {
        let path = path.to_owned();
        match self {
            Self::Damaged(reason) => Error::Damaged { path, reason },
            Self::Missing(key) => Error::Missing { path, key },
            Self::Unsupported(what) => Error::Unsupported { path, what },
            Self::Read(source) => Error::Read { path, source },
        }
    }
}

impl From<candle_core::Error> for Fault {
    fn from(error: candle_core::Error) -> Self {
        match error {
            candle_core::Error::Io(source) => Self::Read(source),
            // further lines are a trace, for whoever asked for one
            other => Self::Damaged(
                other
                    .to_string()
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            ),
        }
    }
}

impl From<std::io::Error> for Fault {
    fn from(source: std::io::Error) -> Self {
        Self::Read(source)
    }
}

/// Result of reading a file.
pub(super) type Found<T> = Result<T, Fault>;
