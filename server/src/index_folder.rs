//! Where the index lies: `index/<name>`, and `index/current` which says the name.
//!
//! A rebuilt index is written beside the old one; then `current` is replaced by
//! renaming, so that there is always one whole index to open.

use anyhow::{Context, Result};
use khue_index::{INDEX_VERSION, Index, Writer};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of all indexes of a portal.
#[derive(Clone, Debug)]
pub struct IndexFolder {
    root: PathBuf,
}

impl IndexFolder {
    /// Indexes in `root`.
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// Folder of the index in use, of whatever version; `None` before there is one.
    pub fn current(&self) -> Option<PathBuf> {
        let name = fs::read_to_string(self.root.join("current")).ok()?;
        let name = name.trim();
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        plain
            .then(|| self.root.join(name))
            .filter(|folder| folder.is_dir())
    }

    /// Folder of the index in use, if this program can read it.
    pub fn usable(&self) -> Option<PathBuf> {
        let prefix = format!("v{INDEX_VERSION}-");
        self.current()
            .filter(|folder| name_of(folder).starts_with(&prefix))
    }

    /// Opens the index in use; an empty one is made where there is none of this version.
    pub fn open_or_create(&self) -> Result<Index> {
        if let Some(index) = self.usable().and_then(|folder| Index::open(&folder).ok()) {
            return Ok(index);
        }
        let folder = self.next()?;
        // Made and closed: the worker opens its own writer and fills it.
        let mut writer = Writer::open(&folder)?;
        writer.commit(0)?;
        writer.close()?;
        self.switch(&folder)?;
        Ok(Index::open(&folder)?)
    }

    /// Opens the index in use for writing.
    pub fn writer(&self) -> Result<Writer> {
        let folder = match self.usable() {
            Some(folder) => folder,
            None => {
                self.open_or_create()?;
                self.usable()
                    .context("the index folder was removed while it was opened")?
            }
        };
        Ok(Writer::open(&folder)?)
    }

    /// A name that is not taken, for an index to be built.
    pub fn next(&self) -> Result<PathBuf> {
        fs::create_dir_all(&self.root)
            .with_context(|| format!("cannot make the index folder {}", self.root.display()))?;
        let free = (1..)
            .map(|n| self.root.join(format!("v{INDEX_VERSION}-{n}")))
            .find(|f| !f.exists());
        free.context("no free name for an index")
    }

    /// Makes the index in `folder` the one in use and removes the others.
    pub fn switch(&self, folder: &Path) -> Result<()> {
        let fresh = self.root.join("current.new");
        fs::write(&fresh, name_of(folder))?;
        fs::rename(&fresh, self.root.join("current"))?;
        for entry in fs::read_dir(&self.root)?
            .flatten()
            .filter(|e| e.path().is_dir() && e.path() != folder)
        {
            // One that is still open elsewhere is removed at the next switch.
            if let Err(error) = fs::remove_dir_all(entry.path()) {
                tracing::debug!(folder = %entry.path().display(), %error, "former index kept");
            }
        }
        Ok(())
    }
}

fn name_of(folder: &Path) -> String {
    folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
