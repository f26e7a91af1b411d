//! Vectors on disk: a file of records of the same size, added to at its end.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Beginning of the SHA-256 of the text.
pub(super) type Key = [u8; 16];

const NUMBERS: usize = khue_inference::DIMENSIONS;
const RECORD: usize = 16 + 4 * NUMBERS;
/// A file that grew beyond this is begun anew: 40,000 vectors, 62 MB.
const LARGEST: u64 = 40_000 * RECORD as u64;

/// A cache that cannot be read or written is no reason to stop: then vectors are
/// computed again.
pub(super) struct VectorCache {
    path: PathBuf,
    known: HashMap<Key, Vec<f32>>,
}

impl VectorCache {
    /// Reads the file; a damaged end is cut off, an unreadable one left out.
    pub(super) fn open(path: &Path) -> Self {
        let mut cache = Self {
            path: path.to_owned(),
            known: HashMap::new(),
        };
        if let Err(error) = cache.read()
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!("vectors in {} are not used: {error}", path.display());
        }
        cache
    }

    fn read(&mut self) -> std::io::Result<()> {
        let mut file = File::open(&self.path)?;
        let size = file.metadata()?.len();
        if size > LARGEST {
            return fs::remove_file(&self.path);
        }
        let mut bytes = Vec::with_capacity(size as usize);
        file.read_to_end(&mut bytes)?;
        let whole = bytes.len() - bytes.len() % RECORD;
        if whole < bytes.len() {
            OpenOptions::new()
                .write(true)
                .open(&self.path)?
                .set_len(whole as u64)?;
        }
        for record in bytes[..whole].chunks_exact(RECORD) {
            let (key, numbers) = record.split_at(16);
            let number = |four: &[u8]| f32::from_le_bytes([four[0], four[1], four[2], four[3]]);
            let vector: Vec<f32> = numbers.chunks_exact(4).map(number).collect();
            if let (Ok(key), true) = (Key::try_from(key), vector.iter().all(|x| x.is_finite())) {
                self.known.insert(key, vector);
            }
        }
        Ok(())
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Vec<f32>> {
        self.known.get(key)
    }

    /// Keeps vectors, in memory whatever the disk says.
    pub(super) fn put(&mut self, new: Vec<(Key, Vec<f32>)>) {
        let mut bytes = Vec::with_capacity(new.len() * RECORD);
        for (key, vector) in &new {
            bytes.extend(key);
            vector.iter().for_each(|x| bytes.extend(x.to_le_bytes()));
        }
        if let Err(error) = self.append(&bytes) {
            tracing::debug!("vectors are not kept in {}: {error}", self.path.display());
        }
        self.known.extend(new);
    }

    fn append(&self, bytes: &[u8]) -> std::io::Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)?;
        file.write_all(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_are_found_again_and_a_torn_end_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join("e5.cache");
        let vector = |x: f32| vec![x; NUMBERS];
        let mut cache = VectorCache::open(&path);
        cache.put(vec![([1; 16], vector(0.5)), ([2; 16], vector(-1.0))]);
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(&[9; 100]).unwrap();
        let mut cache = VectorCache::open(&path);
        assert_eq!(cache.get(&[1; 16]), Some(&vector(0.5)));
        cache.put(vec![([3; 16], vector(2.0))]);
        let cache = VectorCache::open(&path);
        assert_eq!(cache.get(&[2; 16]), Some(&vector(-1.0)));
        assert_eq!(cache.get(&[3; 16]), Some(&vector(2.0)));
    }
}
