//! Copies of what lies in a bucket, near by: those that nobody has read for longest go when there are too many.

use super::Saved;
use super::disk::Disk;
use crate::error::Result;
use std::collections::HashMap;
use std::fs::{File, Metadata};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// How long a copy stays after somebody asked for it: they are about to open it.
const SPARED: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(super) struct Near {
    disk: Disk,
    most: u64,
    /// Bytes that have come since the copies were counted last: counting looks at every one of them.
    come: AtomicU64,
    /// Who fetches which file, so that it is not fetched twice at a time.
    turns: Mutex<HashMap<String, Arc<Mutex<()>>>>,
}

impl Near {
    pub fn open(folder: impl Into<PathBuf>, most: u64) -> Result<Self> {
        Ok(Self {
            disk: Disk::open(folder)?,
            most,
            come: AtomicU64::new(most),
            turns: Mutex::default(),
        })
    }

    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// The copy of a file, if there is one. It is spared for a moment.
    pub fn path(&self, sha256: &str) -> Result<Option<PathBuf>> {
        let path = self.disk.path(sha256)?;
        let Ok(known) = path.metadata() else {
            return Ok(None);
        };
        if age(&known) > SPARED / 2 {
            note_use(&path);
        }
        Ok(Some(path))
    }

    /// Makes a copy by `fetch`, unless somebody else has made it meanwhile.
    pub fn fill(&self, sha256: &str, fetch: impl FnOnce() -> Result<Saved>) -> Result<PathBuf> {
        let turn = self.turns().entry(sha256.to_owned()).or_default().clone();
        let held = turn.lock().unwrap_or_else(PoisonError::into_inner);
        let made = match self.path(sha256) {
            Ok(Some(path)) => Ok(path),
            _ => fetch().and_then(|saved| {
                self.trim(&saved);
                self.disk.path(&saved.sha256)
            }),
        };
        drop(held);
        self.turns().remove(sha256);
        made
    }

    /// Removes the copies that nobody has read for longest, until there are few enough; `newest`, which has just come, stays.
    pub fn trim(&self, newest: &Saved) {
        let come = self.come.fetch_add(newest.size, Ordering::Relaxed);
        if come.saturating_add(newest.size) <= self.most / 16 {
            return;
        }
        self.come.store(0, Ordering::Relaxed);
        let Ok(mut copies) = self.disk.list() else {
            return;
        };
        let mut total: u64 = copies.iter().map(|(saved, _)| saved.size).sum();
        copies.sort_by_key(|(_, known)| known.modified().unwrap_or(SystemTime::UNIX_EPOCH));
        for (saved, known) in copies {
            if total <= self.most {
                break;
            }
            if saved.sha256 != newest.sha256 && age(&known) > SPARED {
                match self.disk.remove(&saved.sha256) {
                    Ok(()) => total -= saved.size,
                    Err(error) => tracing::warn!(%error, "a copy of a file could not be removed"),
                }
            }
        }
    }

    fn turns(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Mutex<()>>>> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn age(known: &Metadata) -> Duration {
    let elapsed = known.modified().ok().and_then(|then| then.elapsed().ok());
    elapsed.unwrap_or_default()
}

fn note_use(path: &Path) {
    // A disk that is full or read-only still has the copy to read.
    let noted = File::options().append(true).open(path);
    let _ = noted.and_then(|file| file.set_modified(SystemTime::now()));
}
