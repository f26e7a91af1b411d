//! A file that is being fetched, beside the place where it will be.

use crate::progress;
use anyhow::{Context, Result, ensure};
use khue_inference::models::{Model, checksum};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A model's file while it comes.
pub(super) struct Part {
    place: PathBuf,
    beside: PathBuf,
}

impl Part {
    pub(super) fn new(place: &Path) -> Self {
        let mut beside = place.as_os_str().to_owned();
        beside.push(".part");
        Self {
            place: place.to_owned(),
            beside: beside.into(),
        }
    }

    /// Where the bytes go.
    pub(super) fn path(&self) -> &Path {
        &self.beside
    }

    /// A folder for what is fetched on the way; it stays when that is interrupted.
    pub(super) fn folder(&self) -> Result<PathBuf> {
        let folder = self.beside.with_extension("packages");
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Writes what all these give, one behind the other, with a bar.
    pub(super) fn write(
        &self,
        total: u64,
        what: &'static str,
        parts: impl IntoIterator<Item = Result<Box<dyn Read>>>,
    ) -> Result<()> {
        let bar = progress::size(total, what);
        let mut to = bar.wrap_write(
            File::create(&self.beside)
                .with_context(|| format!("{} cannot be written", self.beside.display()))?,
        );
        for part in parts {
            io::copy(&mut part?, &mut to)
                .with_context(|| format!("{} cannot be written", self.beside.display()))?;
        }
        to.flush()?;
        bar.finish_and_clear();
        Ok(())
    }

    /// Moves the file to its place if it is what was pinned, else takes it away.
    pub(super) fn finish(&self, model: &Model) -> Result<()> {
        let size = fs::metadata(&self.beside)?.len();
        let found = checksum(&self.beside)?;
        if found != model.sha256 {
            fs::remove_file(&self.beside)?;
        }
        ensure!(
            found == model.sha256,
            "what came is not the file that was pinned: {size} bytes with SHA-256 {found}, expected {} bytes with {}",
            model.size,
            model.sha256
        );
        File::open(&self.beside)?.sync_all()?;
        fs::rename(&self.beside, &self.place)?;
        // what is left in a cache does no harm
        let _ = fs::remove_dir_all(self.beside.with_extension("packages"));
        Ok(())
    }
}
