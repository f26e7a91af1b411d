//! A folder of files.

use super::{Saved, missing};
use crate::error::{Error, Result};
use crate::identity::hex;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

static NEXT: AtomicU64 = AtomicU64::new(0);

/// Whether a text is the hash of a content, so that it may become part of a path.
pub(super) fn is_name(text: &str) -> bool {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    text.len() == 64 && text.bytes().all(is_digit)
}

/// A file that has all of its content and not yet its name. It goes away with the value.
#[derive(Debug)]
pub(super) struct Unfinished {
    path: PathBuf,
    saved: Saved,
}

impl Unfinished {
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn saved(&self) -> &Saved {
        &self.saved
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // It has its name by now, or somebody was told why not; what is left is removed with the next clean-up.
        let _ = fs::remove_file(&self.path);
    }
}

#[derive(Clone, Debug)]
pub(super) struct Disk {
    folder: PathBuf,
}

impl Disk {
    pub fn open(folder: impl Into<PathBuf>) -> Result<Disk> {
        let folder = folder.into();
        let unfinished = folder.join("unfinished");
        fs::create_dir_all(&unfinished)
            .map_err(|e| Error::io("create the folder", unfinished, e))?;
        Ok(Disk { folder })
    }

    /// Writes all that a reader gives, under a name of its own.
    pub fn write(&self, reader: impl Read) -> Result<Unfinished> {
        let mut unfinished = self.begin();
        unfinished.saved = write_hashed(&unfinished.path, reader)?;
        Ok(unfinished)
    }

    /// Gives a file that is there already a second name; where the disk has none to give, it is copied.
    pub fn adopt(&self, file: &Path) -> Result<Unfinished> {
        let error = |e| Error::io("read", file, e);
        let mut unfinished = self.begin();
        let mut content = File::open(file).map_err(error)?;
        if fs::hard_link(file, &unfinished.path).is_err() {
            unfinished.saved = write_hashed(&unfinished.path, content)?;
            return Ok(unfinished);
        }
        unfinished.saved = hashed(&mut content).map_err(error)?;
        content
            .sync_all()
            .map_err(|e| Error::io("write", file, e))?;
        Ok(unfinished)
    }

    fn begin(&self) -> Unfinished {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{number}", std::process::id());
        Unfinished {
            path: self.folder.join("unfinished").join(name),
            saved: Saved {
                sha256: String::new(),
                size: 0,
            },
        }
    }

    /// Gives a written file its name.
    pub fn keep(&self, unfinished: Unfinished) -> Result<Saved> {
        let saved = unfinished.saved.clone();
        if self.size(&saved.sha256)? == Some(saved.size) {
            return Ok(saved);
        }
        let path = self.path(&saved.sha256)?;
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(|e| Error::io("create the folder", folder, e))?;
        fs::rename(&unfinished.path, &path).map_err(|e| Error::io("move", &path, e))?;
        sync_folder(folder)?;
        Ok(saved)
    }

    /// Where a file is, or would be.
    pub fn path(&self, sha256: &str) -> Result<PathBuf> {
        if !is_name(sha256) {
            return Err(Error::NotFound(format!("the file {sha256:?}")));
        }
        let folder = self.folder.join(&sha256[..2]).join(&sha256[2..4]);
        Ok(folder.join(sha256))
    }

    pub fn size(&self, sha256: &str) -> Result<Option<u64>> {
        let path = self.path(sha256)?;
        match path.metadata() {
            Ok(known) => Ok(known.is_file().then_some(known.len())),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Error::io("look for", path, e)),
        }
    }

    pub fn open_file(&self, sha256: &str) -> Result<File> {
        let path = self.path(sha256)?;
        File::open(&path).map_err(|e| match e.kind() {
            ErrorKind::NotFound => missing(sha256),
            _ => Error::io("read", path, e),
        })
    }

    pub fn remove(&self, sha256: &str) -> Result<()> {
        let path = self.path(sha256)?;
        match fs::remove_file(&path) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(Error::io("remove", path, e)),
            _ => Ok(()),
        }
    }

    /// All files, with what the system knows of them.
    pub fn list(&self) -> Result<Vec<(Saved, fs::Metadata)>> {
        let mut found = Vec::new();
        for outer in folders(&self.folder)? {
            for inner in folders(&outer)? {
                let entries = fs::read_dir(&inner).map_err(|e| Error::io("read", &inner, e))?;
                found.extend(entries.flatten().filter_map(|entry| {
                    let sha256 = entry
                        .file_name()
                        .into_string()
                        .ok()
                        .filter(|n| is_name(n))?;
                    let known = entry.metadata().ok().filter(fs::Metadata::is_file)?;
                    let size = known.len();
                    Some((Saved { sha256, size }, known))
                }));
            }
        }
        Ok(found)
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
}

/// Folders below that are named by two digits of a hash.
fn folders(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|e| Error::io("read", folder, e))?;
    let of_hash = |entry: &fs::DirEntry| entry.file_name().len() == 2 && entry.path().is_dir();
    Ok(entries
        .flatten()
        .filter(of_hash)
        .map(|one| one.path())
        .collect())
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
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
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

/// The hash and size of what a reader gives.
pub(super) fn hashed(mut reader: impl Read) -> std::io::Result<Saved> {
    let (mut hash, mut size) = (Sha256::new(), 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => {
                hash.update(&buffer[..read]);
                size += read as u64;
            }
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    let sha256 = hex(&hash.finalize());
    Ok(Saved { sha256, size })
}

/// Makes a rename outlast a power cut.
fn sync_folder(folder: &Path) -> Result<()> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|e| Error::io("sync", folder, e))
}
