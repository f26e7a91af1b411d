//! What is stored, from a folder to a bucket and back, each file checked by its hash.

use super::bucket::Bucket;
use super::disk::hashed;
use super::{Files, Saved};
use crate::error::{Error, Result};
use std::collections::HashSet;

/// Where files are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The folder of the portal.
    Disk,
    /// The bucket.
    Bucket,
}

impl Side {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Disk => Self::Bucket,
            Self::Bucket => Self::Disk,
        }
    }
}

/// What became of a file that was to be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// It is there now.
    Now,
    /// It was there already.
    Before,
}

impl Files {
    /// What is kept on one side, in the order of the hashes.
    ///
    /// # Errors
    /// What the disk or bucket says.
    pub fn list(&self, side: Side) -> Result<Vec<Saved>> {
        let mut found = match side {
            Side::Disk => self
                .disk
                .list()?
                .into_iter()
                .map(|(saved, _)| saved)
                .collect(),
            Side::Bucket => self.bucket()?.list()?,
        };
        found.sort();
        Ok(found)
    }

    /// What is kept and not among the `known` names, on both sides.
    ///
    /// # Errors
    /// What the disk or bucket says.
    pub fn list_others(&self, known: &HashSet<String>) -> Result<Vec<Saved>> {
        let mut found = self.list(Side::Disk)?;
        if self.far.is_some() {
            found.extend(self.list(Side::Bucket)?);
        }
        found.retain(|file| !known.contains(&file.sha256));
        found.sort();
        found.dedup();
        Ok(found)
    }

    /// Whether a side has this file, by name and size.
    ///
    /// # Errors
    /// What the disk or bucket says.
    pub fn is_on(&self, side: Side, file: &Saved) -> Result<bool> {
        let size = match side {
            Side::Disk => self.disk.size(&file.sha256)?,
            Side::Bucket => self.bucket()?.size(&file.sha256)?,
        };
        Ok(size == Some(file.size))
    }

    /// Copies a file to a side from the other one. A content that is not what its name says is not copied.
    ///
    /// # Errors
    /// [`Error::Damaged`], or what the disk or bucket says.
    pub fn copy(&self, file: &Saved, to: Side) -> Result<Copied> {
        if self.is_on(to, file)? {
            return Ok(Copied::Before);
        }
        let Saved { sha256, size } = file;
        match to {
            Side::Bucket => {
                self.verify(Side::Disk, file)?;
                self.bucket()?.put(&self.disk.path(sha256)?, file)?;
            }
            Side::Disk => {
                let unfinished = self.disk.write(self.bucket()?.stream(sha256, 0, *size))?;
                same("the bucket", file, unfinished.saved())?;
                self.disk.keep(unfinished)?;
            }
        }
        Ok(Copied::Now)
    }

    /// Reads a whole file of a side and compares its hash with its name.
    ///
    /// # Errors
    /// [`Error::Damaged`], or what the disk or bucket says.
    pub fn verify(&self, side: Side, file: &Saved) -> Result<()> {
        let Saved { sha256, size } = file;
        let (place, found) = match side {
            Side::Disk => ("the folder of files", hashed(self.disk.open_file(sha256)?)),
            Side::Bucket => (
                "the bucket",
                hashed(self.bucket()?.stream(sha256, 0, *size)),
            ),
        };
        let found = found.map_err(|e| Error::io("read", sha256, e))?;
        same(place, file, &found)
    }

    fn bucket(&self) -> Result<&Bucket> {
        let none =
            || Error::NotFound("a bucket (the setting `storage.bucket` is empty)".to_owned());
        self.far.as_ref().map(|far| &far.bucket).ok_or_else(none)
    }
}

fn same(place: &'static str, file: &Saved, found: &Saved) -> Result<()> {
    match file == found {
        true => Ok(()),
        false => Err(Error::Damaged {
            place,
            sha256: file.sha256.clone(),
        }),
    }
}
