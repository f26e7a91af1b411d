//! Vectors kept by the text that they were computed from, for one model.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Bytes of a text's hash.
const HASH: usize = 16;
/// A file that grew beyond this many bytes is begun anew.
const LIMIT: u64 = 1 << 30;

type Hash = [u8; HASH];

/// A file of (hash of the text, vector), one after the other; a record cut off at the end is passed over.
pub struct VectorCache {
    file: File,
    kept: HashMap<Hash, Vec<f32>>,
    dimensions: usize,
}

impl VectorCache {
    /// Opens the vectors of one model and revision in `folder`.
    pub fn open(folder: &Path, model: &str, dimensions: usize) -> Result<Self> {
        let unusable = || {
            format!(
                "cannot keep vectors in {}; set KHUE_CACHE to a folder that may be written",
                folder.display()
            )
        };
        fs::create_dir_all(folder).with_context(unusable)?;
        let path = path(folder, model);
        let record = HASH + 4 * dimensions;
        let mut bytes = match fs::metadata(&path).map_or(0, |found| found.len()) {
            1..=LIMIT => fs::read(&path).with_context(unusable)?,
            _ => Vec::new(),
        };
        let whole = bytes.len() / record * record;
        let cut_off = whole != bytes.len();
        bytes.truncate(whole);
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .with_context(unusable)?;
        if cut_off || bytes.is_empty() {
            file.set_len(whole as u64).with_context(unusable)?;
        }
        Ok(Self {
            file,
            kept: bytes.chunks_exact(record).filter_map(read).collect(),
            dimensions,
        })
    }

    /// The vector of a text.
    pub fn get(&self, text: &str) -> Option<&[f32]> {
        self.kept.get(&hash(text)).map(Vec::as_slice)
    }

    /// Keeps vectors, in this run and for the next one.
    pub fn add<'a>(&mut self, pairs: impl Iterator<Item = (&'a str, &'a [f32])>) -> Result<()> {
        let mut bytes = Vec::new();
        for (text, vector) in pairs.filter(|(_, vector)| vector.len() == self.dimensions) {
            let hash = hash(text);
            bytes.extend(hash);
            vector
                .iter()
                .for_each(|value| bytes.extend(value.to_le_bytes()));
            self.kept.insert(hash, vector.to_vec());
        }
        // In one piece, so that two runs at a time keep their records whole.
        Ok(self.file.write_all(&bytes)?)
    }
}

fn path(folder: &Path, model: &str) -> PathBuf {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || "-.@".contains(c) {
            c
        } else {
            '_'
        }
    };
    folder.join(format!(
        "{}.cache",
        model.chars().map(plain).collect::<String>()
    ))
}

fn hash(text: &str) -> Hash {
    let digest = Sha256::digest(text.as_bytes());
    std::array::from_fn(|place| digest[place])
}

fn read(record: &[u8]) -> Option<(Hash, Vec<f32>)> {
    let (hash, vector) = record.split_first_chunk::<HASH>()?;
    Some((
        *hash,
        vector
            .as_chunks::<4>()
            .0
            .iter()
            .map(|bytes| f32::from_le_bytes(*bytes))
            .collect(),
    ))
}

#[cfg(test)]
mod tests {
    use super::VectorCache;

    #[test]
    fn vectors_are_kept_between_runs_and_a_cut_off_end_costs_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut cache = VectorCache::open(folder.path(), "model@1", 3).expect("opened");
        cache
            .add([("một", &[1.0, 2.0, 3.0][..]), ("hai", &[4.0, 5.0, 6.0])].into_iter())
            .expect("kept");
        drop(cache);
        let path = super::path(folder.path(), "model@1");
        let bytes = std::fs::read(&path).expect("bytes");
        std::fs::write(&path, &bytes[..bytes.len() - 1]).expect("cut off");
        let mut cache = VectorCache::open(folder.path(), "model@1", 3).expect("opened");
        assert_eq!(cache.get("một"), Some(&[1.0, 2.0, 3.0][..]));
        assert_eq!(cache.get("hai"), None);
        cache
            .add([("hai", &[4.0, 5.0, 6.0][..])].into_iter())
            .expect("kept");
        let again = VectorCache::open(folder.path(), "model@1", 3).expect("opened");
        assert_eq!(again.get("hai"), Some(&[4.0, 5.0, 6.0][..]));
        let other = VectorCache::open(folder.path(), "model@2", 3).expect("opened");
        assert_eq!(
            other.get("một"),
            None,
            "vectors of another revision are others"
        );
    }
}
