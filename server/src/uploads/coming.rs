//! What is known of a file on its way, in a small file beside its content.

use super::{UploadError, failed};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

/// A file on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coming {
    /// The account of its author.
    pub account: i64,
    /// Number of the submission that it comes with.
    pub submission: String,
    /// Its name, as the browser says.
    pub name: String,
    /// Its media type, as the browser says.
    pub media_type: String,
    /// When it was changed last, as the browser says: by this and its size it is known again.
    pub last_modified: String,
    /// Size of the whole in bytes.
    pub length: u64,
    /// How much of it was acknowledged, in bytes.
    pub offset: u64,
    /// When it began, in milliseconds since 1970.
    pub begun: i64,
    /// Whether it is kept for good and attached.
    #[serde(default)]
    pub kept: bool,
}

impl Coming {
    /// Whether all of it is here.
    pub fn is_whole(&self) -> bool {
        self.offset == self.length
    }

    /// What is written there; `None` where there is nothing that could be read.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, UploadError> {
        match fs::read(path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(failed("read", path, e)),
        }
    }

    /// Writes it whole or not at all.
    pub(super) fn write(&self, path: &Path) -> Result<(), UploadError> {
        let next = path.with_extension("next");
        let written = serde_json::to_vec(self)
            .map_err(std::io::Error::from)
            .and_then(|bytes| {
                let mut file = File::create(&next)?;
                file.write_all(&bytes)?;
                file.sync_all()
            });
        let written = written.and_then(|()| fs::rename(&next, path));
        written.map_err(|e| {
            // What is half written is in nobody's way, and goes with all that is old.
            let _ = fs::remove_file(&next);
            failed("write", path, e)
        })
    }
}
