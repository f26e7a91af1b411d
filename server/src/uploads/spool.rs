//! A file of a form, written down as it comes: it lies here until it is kept or refused.

use super::{UploadError, Uploads, failed};
use crate::auth::token;
use khue_app::submissions::Content;
use std::io;
use std::path::{Path, PathBuf};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

/// A whole file; it goes away with the value.
#[derive(Debug)]
pub struct Spooled {
    path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
}

impl Spooled {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Spooled {
    fn drop(&mut self) {
        // What cannot be removed goes with all that is old.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Uploads {
    /// Writes down what a form brings, a piece at a time.
    ///
    /// # Errors
    /// It broke off, or cannot be written; nothing is left of it then.
    pub async fn spool(&self, content: &mut dyn Content) -> Result<Spooled, UploadError> {
        self.make_folder()?;
        let name = token().map_err(|e| failed("name", &self.folder, io::Error::other(e)))?;
        let path = self.folder.join(format!("form-{name}"));
        let mut spooled = Spooled { path, size: 0 };
        let written = write(&mut spooled, content).await;
        written.map(|()| spooled)
    }
}

async fn write(spooled: &mut Spooled, content: &mut dyn Content) -> Result<(), UploadError> {
    let path = spooled.path.clone();
    let error = |e| failed("write", &path, e);
    let mut file = File::create_new(&path).await.map_err(error)?;
    while let Some(bytes) = content.piece().await.map_err(|_| UploadError::Cut)? {
        spooled.size += bytes.len() as u64;
        file.write_all(&bytes).await.map_err(error)?;
    }
    file.flush().await.map_err(error)
}
