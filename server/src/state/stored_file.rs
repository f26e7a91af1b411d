//! A file that is kept, and how its content is reached.

use crate::error::unanswered;
use khue_app::services::ServiceError;
use khue_store::{Files, Place, Stream};
use std::path::PathBuf;

/// Files of a bucket up to this size, in bytes, are fetched whole before they are sent; larger ones are sent as they come.
const FETCHED: u64 = 8 << 20;

/// A file that is kept here.
#[derive(Clone, Debug)]
pub struct StoredFile {
    content: Content,
    /// Media type.
    pub media_type: String,
}

#[derive(Clone, Debug)]
enum Content {
    /// A file of this machine.
    At(PathBuf),
    /// Among the files of the portal, by its hash.
    Kept(Files, String),
}

impl StoredFile {
    /// A file of this machine.
    pub fn at(path: PathBuf, media_type: String) -> Self {
        let content = Content::At(path);
        Self {
            content,
            media_type,
        }
    }

    /// A file of the portal, by the hash of its content.
    pub fn kept(files: Files, sha256: &str, media_type: String) -> Self {
        let content = Content::Kept(files, sha256.to_owned());
        Self {
            content,
            media_type,
        }
    }

    /// A file of this machine that has the content. Blocks while it is fetched.
    ///
    /// # Errors
    /// What the storage says.
    pub fn near(&self) -> Result<PathBuf, khue_store::Error> {
        match &self.content {
            Content::At(path) => Ok(path.clone()),
            Content::Kept(files, sha256) => files.near(sha256),
        }
    }

    /// Where to send it from.
    ///
    /// # Errors
    /// What the storage says; it is told to the log.
    pub async fn place(&self) -> Result<Place, ServiceError> {
        let (files, sha256) = match &self.content {
            Content::At(path) => return Ok(Place::Here(path.clone())),
            Content::Kept(files, sha256) => (files.clone(), sha256.clone()),
        };
        let asked = tokio::task::spawn_blocking(move || files.place(&sha256, FETCHED)).await;
        let failed = |error: &dyn std::fmt::Display| {
            tracing::error!(%error, "a file that is remembered cannot be read");
        };
        match asked {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(error)) => {
                failed(&error);
                Err(unanswered(error))
            }
            Err(error) => {
                failed(&error);
                Err(ServiceError::Failed(error.to_string()))
            }
        }
    }

    /// A part of a file that is [`Place::Far`].
    ///
    /// # Errors
    /// It is not among those of a bucket.
    pub(crate) fn stream(&self, start: u64, end: u64) -> Result<Stream, khue_store::Error> {
        match &self.content {
            Content::Kept(files, sha256) => files.stream(sha256, start, end),
            Content::At(path) => Err(khue_store::Error::NotFound(path.display().to_string())),
        }
    }
}
