//! Files by the hash of their content, in a folder: `ab/cd/abcd…`.

use crate::error::{Error, Result};
use crate::identity::hex;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

static NEXT: AtomicU64 = AtomicU64::new(0);

/// What was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// SHA-256 of the content in lower-case hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
}

/// A folder of files. Its functions block: call them off the async threads.
#[derive(Clone, Debug)]
pub struct Files {
    folder: PathBuf,
}

impl Files {
    /// Opens the folder and makes it where there is none.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Files> {
        let folder = folder.into();
        let unfinished = folder.join("unfinished");
        fs::create_dir_all(&unfinished)
            .map_err(|e| Error::io("create the folder", unfinished, e))?;
        Ok(Files { folder })
    }

    /// Saves all that a reader gives. A file is there whole or not at all; a
    /// content that is there already is not written twice.
    pub fn put(&self, reader: impl Read) -> Result<Saved> {
        let name = format!(
            "{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let unfinished = self.folder.join("unfinished").join(name);
        let saved = write_hashed(&unfinished, reader).and_then(|saved| {
            self.keep(&unfinished, &saved)?;
            Ok(saved)
        });
        if saved.is_err() {
            // The first error is the one to tell; what is left is removed with the next clean-up.
            let _ = fs::remove_file(&unfinished);
        }
        saved
    }

    /// Opens a file for reading.
    pub fn get(&self, sha256: &str) -> Result<File> {
        let path = self.path(sha256)?;
        File::open(&path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => Error::NotFound(format!("the file {sha256}")),
            _ => Error::io("read", path, e),
        })
    }

    /// Where a file is, or would be.
    pub fn path(&self, sha256: &str) -> Result<PathBuf> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if sha256.len() != 64 || !sha256.bytes().all(is_digit) {
            return Err(Error::NotFound(format!("the file {sha256:?}")));
        }
        Ok(self
            .folder
            .join(&sha256[..2])
            .join(&sha256[2..4])
            .join(sha256))
    }

    /// Removes what interrupted writes of former processes left.
    pub fn remove_unfinished(&self) -> Result<usize> {
        let folder = self.folder.join("unfinished");
        let own = format!("{}-", std::process::id());
        let entries = fs::read_dir(&folder).map_err(|e| Error::io("read", &folder, e))?;
        let mut removed = 0;
        for entry in entries.flatten() {
            let is_own = entry.file_name().to_string_lossy().starts_with(&own);
            removed += usize::from(!is_own && fs::remove_file(entry.path()).is_ok());
        }
        Ok(removed)
    }

    fn keep(&self, unfinished: &Path, saved: &Saved) -> Result<()> {
        let path = self.path(&saved.sha256)?;
        if path.metadata().is_ok_and(|known| known.len() == saved.size) {
            return fs::remove_file(unfinished).map_err(|e| Error::io("remove", unfinished, e));
        }
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(|e| Error::io("create the folder", folder, e))?;
        fs::rename(unfinished, &path).map_err(|e| Error::io("move", &path, e))?;
        sync_folder(folder)
    }
}

fn write_hashed(path: &Path, mut reader: impl Read) -> Result<Saved> {
    let error = |e| Error::io("write", path, e);
    let mut file = File::create_new(path).map_err(error)?;
    let (mut hash, mut size) = (Sha256::new(), 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(Error::io("read the source of", path, e)),
        };
        hash.update(&buffer[..read]);
        file.write_all(&buffer[..read]).map_err(error)?;
        size += read as u64;
    }
    file.sync_all().map_err(error)?;
    let sha256 = hex(&hash.finalize());
    Ok(Saved { sha256, size })
}

/// Makes a rename outlast a power cut.
fn sync_folder(folder: &Path) -> Result<()> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|e| Error::io("sync", folder, e))
}
