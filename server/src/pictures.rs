//! Photographs and drawings no larger than a page shows them: WebP, for browsers that read it.
//!
//! Pages say the address of the file as it is kept. A browser that shows it in a page says so (`Sec-Fetch-Dest`), and what it reads
//! (`Accept`); it gets the picture in the width that its screen has room for. Who saves the file gets the file.

mod made;
mod wanted;

pub use wanted::{VARY, Wanted, is_still};

use crate::state::StoredFile;
use axum::body::Bytes;
use made::made;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Bytes of pictures that are kept in memory.
const KEPT: u64 = 64 * 1024 * 1024;
/// Pictures that are kept, about.
const ABOUT: usize = 1000;
/// Pictures that are made at once.
const AT_ONCE: usize = 2;
/// How long a picture waits for its turn: then the file is sent as it is.
const PATIENCE: Duration = Duration::from_secs(3);

/// A picture's file and the width that it was made for.
type Key = (String, u32);

/// What has been made; `None` where the file itself is best.
type Made = Option<Bytes>;

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Made> for Weight {
    fn weight(&self, _: &Key, made: &Made) -> u64 {
        made.as_ref().map_or(1, |bytes| bytes.len() as u64) + 100
    }
}

/// Smaller pictures, the last ones kept in memory.
pub struct Pictures {
    kept: Cache<Key, Made, Weight>,
    turns: Arc<Semaphore>,
}

impl Default for Pictures {
    fn default() -> Self {
        Self {
            kept: Cache::with_weighter(ABOUT, KEPT, Weight),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl Pictures {
    /// A picture in the size that is wanted; `None` where the file as it is kept is no larger, cannot be read as a picture,
    /// or where it would have to wait too long.
    pub async fn fitting(&self, sha256: &str, file: &StoredFile, wanted: Wanted) -> Option<Bytes> {
        let key = (sha256.to_owned(), wanted.width);
        if let Some(made) = self.kept.get(&key) {
            return made;
        }
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned());
        let turn = turn.await.ok()?.ok()?;
        // Somebody before may have wanted the same.
        if let Some(made) = self.kept.get(&key) {
            return made;
        }
        let file = file.clone();
        let make = move || {
            let _turn = turn;
            let path = file.near().ok()?;
            made(&path, wanted.width)
        };
        let made = tokio::task::spawn_blocking(make).await.ok()?;
        let made = made.map(Bytes::from);
        self.kept.insert(key, made.clone());
        made
    }
}
