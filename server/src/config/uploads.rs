//! Files that come in pieces.

use super::error::ConfigError;
use super::settings::wrong;
use serde::Deserialize;

/// Files that come in pieces.
#[derive(Clone, Debug, Deserialize)]
pub struct UploadSettings {
    /// Largest one, in bytes.
    pub file_bytes: u64,
    /// Most that a person may have on their way.
    pub unfinished: usize,
    /// Most bytes that these may have together.
    pub unfinished_bytes: u64,
}

impl UploadSettings {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.file_bytes == 0 {
            return Err(wrong("uploads.file_bytes", "0", "at least 1"));
        }
        if self.unfinished == 0 {
            return Err(wrong("uploads.unfinished", "0", "at least 1"));
        }
        if self.unfinished_bytes < self.file_bytes {
            let value = self.unfinished_bytes.to_string();
            let expected =
                "at least as much as uploads.file_bytes: else the largest file never fits";
            return Err(wrong("uploads.unfinished_bytes", &value, expected));
        }
        Ok(())
    }
}
