//! Files by the hash of their content: in a folder, or in a bucket of S3-compatible storage with copies near by.
//!
//! A name is the SHA-256 of what it stands for, in both places the same: `ab/cd/abcd…`. So nothing is ever changed, a copy
//! can be checked by itself, and what lies in a folder moves to a bucket and back without a list.

mod bucket;
mod disk;
mod in_use;
mod moving;
mod near;

pub use bucket::{Bucket, BucketError, BucketReason, BucketSettings, Stream};
pub use moving::{Copied, Side};

use crate::error::{Error, Result};
use disk::{Disk, Unfinished};
use in_use::InUse;
use near::Near;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was saved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Saved {
    /// SHA-256 of the content in lower-case hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
}

/// Where a file can be read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file of this machine; it need not be there.
    Here(PathBuf),
    /// The bucket; it has this size in bytes.
    Far(u64),
}

/// Files by their content. Its functions block: call them off the async threads.
#[derive(Clone, Debug)]
pub struct Files {
    disk: Disk,
    far: Option<Arc<Far>>,
    _in_use: InUse,
}

#[derive(Debug)]
struct Far {
    bucket: Bucket,
    near: Near,
}

impl Files {
    /// Opens the folder and makes it where there is none.
    ///
    /// # Errors
    /// [`Error::Io`] where the folder cannot be made.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Files> {
        Self::used(folder.into(), InUse::shared)
    }

    /// The same for whoever removes files: no other process may use the folder meanwhile.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] while somebody uses it.
    pub fn open_alone(folder: impl Into<PathBuf>) -> Result<Files> {
        Self::used(folder.into(), InUse::alone)
    }

    fn used(folder: PathBuf, how: impl Fn(&Path) -> Result<InUse>) -> Result<Files> {
        Ok(Files {
            disk: Disk::open(&folder)?,
            far: None,
            _in_use: how(&folder)?,
        })
    }

    /// Keeps new files in a bucket, and copies of what is read in the folder `near`, up to `most` bytes; that folder may be deleted.
    /// What lies in the folder of [`Files::open`] is still read from there.
    ///
    /// # Errors
    /// [`Error::Io`] where the folder cannot be made.
    pub fn with_bucket(
        mut self,
        bucket: Bucket,
        near: impl Into<PathBuf>,
        most: u64,
    ) -> Result<Files> {
        let near = Near::open(near, most)?;
        self.far = Some(Arc::new(Far { bucket, near }));
        Ok(self)
    }

    /// Whether a text is the hash of a content as files are named: no other is looked for.
    pub fn is_name(text: &str) -> bool {
        disk::is_name(text)
    }

    /// Saves all that a reader gives. A file is there whole or not at all; a content that is there already is not written
    /// twice.
    ///
    /// # Errors
    /// [`Error::Io`] for the disk, [`Error::Bucket`] for the bucket: nothing is saved then.
    pub fn put(&self, reader: impl Read) -> Result<Saved> {
        self.keep(self.near_disk().write(reader)?)
    }

    /// Saves a file of this machine, which stays where it is and must not be changed any more. On the same disk nothing is copied.
    ///
    /// # Errors
    /// As [`Files::put`].
    pub fn put_file(&self, path: &Path) -> Result<Saved> {
        self.keep(self.near_disk().adopt(path)?)
    }

    /// The folder of this machine that new files come into first.
    fn near_disk(&self) -> &Disk {
        self.far.as_ref().map_or(&self.disk, |far| far.near.disk())
    }

    fn keep(&self, unfinished: Unfinished) -> Result<Saved> {
        let Some(far) = &self.far else {
            return self.disk.keep(unfinished);
        };
        if self.disk.size(&unfinished.saved().sha256)? != Some(unfinished.saved().size) {
            far.bucket.put(unfinished.path(), unfinished.saved())?;
        }
        let saved = far.near.disk().keep(unfinished)?;
        far.near.trim(&saved);
        Ok(saved)
    }

    /// Opens a file for reading; from a bucket it is fetched first.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the disk or bucket says.
    pub fn get(&self, sha256: &str) -> Result<File> {
        let path = self.near(sha256)?;
        File::open(&path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => missing(sha256),
            _ => Error::io("read", path, e),
        })
    }

    /// A file of this machine to read it from; from a bucket it is fetched first. Without a bucket it need not be there.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a name that is no hash or that the bucket does not have, or what the disk or bucket says.
    pub fn near(&self, sha256: &str) -> Result<PathBuf> {
        match self.place(sha256, u64::MAX)? {
            Place::Here(path) => Ok(path),
            Place::Far(_) => Err(missing(sha256)),
        }
    }

    /// Where to read a file from. One of the bucket is fetched first if it has at most `fetched` bytes.
    ///
    /// # Errors
    /// As [`Files::near`].
    pub fn place(&self, sha256: &str, fetched: u64) -> Result<Place> {
        let own = self.disk.path(sha256)?;
        let Some(far) = &self.far else {
            return Ok(Place::Here(own));
        };
        if own.is_file() {
            return Ok(Place::Here(own));
        }
        if let Some(path) = far.near.path(sha256)? {
            return Ok(Place::Here(path));
        }
        let size = far.bucket.size(sha256)?.ok_or_else(|| missing(sha256))?;
        match size <= fetched {
            true => far.fetch(sha256, size).map(Place::Here),
            false => Ok(Place::Far(size)),
        }
    }

    /// Reads a part of a file of the bucket, from byte `start` up to and without `end`, as it comes. What comes is not checked by
    /// its hash, since only the whole could be.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a name that is no hash, and where there is no bucket.
    pub fn stream(&self, sha256: &str, start: u64, end: u64) -> Result<Stream> {
        self.disk.path(sha256)?;
        let far = self.far.as_ref().ok_or_else(|| missing(sha256))?;
        Ok(far.bucket.stream(sha256, start, end))
    }

    /// Size in bytes of a file that is kept here; `None` where it is not.
    ///
    /// # Errors
    /// What the disk or bucket says.
    pub fn size(&self, sha256: &str) -> Result<Option<u64>> {
        match (self.disk.size(sha256)?, &self.far) {
            (None, Some(far)) => Ok(far.bucket.size(sha256)?),
            (size, _) => Ok(size),
        }
    }

    /// Removes a file wherever it is kept; one that is not there is no mistake.
    ///
    /// # Errors
    /// What the disk or bucket says.
    pub fn remove(&self, sha256: &str) -> Result<()> {
        self.disk.remove(sha256)?;
        if let Some(far) = &self.far {
            far.bucket.remove(sha256)?;
            far.near.disk().remove(sha256)?;
        }
        Ok(())
    }

    /// Asks the bucket, where there is one, for something that it does not have: so it is known whether it answers.
    ///
    /// # Errors
    /// What the bucket says.
    pub fn check(&self) -> Result<()> {
        match &self.far {
            Some(far) => Ok(far.bucket.size(&"0".repeat(64)).map(|_| ())?),
            None => Ok(()),
        }
    }

    /// Removes what interrupted writes of former processes left.
    ///
    /// # Errors
    /// [`Error::Io`] where the folder cannot be read.
    pub fn remove_unfinished(&self) -> Result<usize> {
        let near = self.far.as_ref().map(|far| far.near.disk());
        let disks = [Some(&self.disk), near];
        disks
            .into_iter()
            .flatten()
            .map(Disk::remove_unfinished)
            .sum()
    }
}

impl Far {
    /// A copy near by, checked by its hash.
    fn fetch(&self, sha256: &str, size: u64) -> Result<PathBuf> {
        self.near.fill(sha256, || {
            let unfinished = self
                .near
                .disk()
                .write(self.bucket.stream(sha256, 0, size))?;
            self.bucket.same(sha256, unfinished.saved())?;
            self.near.disk().keep(unfinished)
        })
    }
}

fn missing(sha256: &str) -> Error {
    Error::NotFound(format!("the file {sha256}"))
}
