//! Vectors of many texts, each computed once.

use super::vector_cache::{Key, VectorCache};
use crate::progress;
use anyhow::{Context, Result};
use khue_inference::models::ModelFolder;
use khue_inference::tagger::Languages;
use khue_inference::{Encoder, Error};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::time::Instant;

/// Longer texts are judged by their beginning: about three windows of the encoder.
const LONGEST: usize = 6_000;
/// Texts between two steps of the progress bar.
const AT_ONCE: usize = 64;

/// The encoder with a cache of its vectors on disk, by model, revision and text.
pub struct Embedder {
    encoder: Encoder,
    cache: VectorCache,
}

impl Embedder {
    /// The encoder in use in this folder; nothing where none has been fetched.
    ///
    /// # Errors
    /// A model that is there and cannot be used.
    pub fn open(folder: &ModelFolder) -> Result<Option<Self>> {
        let encoder = match Encoder::open(folder) {
            Ok(encoder) => encoder,
            Err(Error::Disabled { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let name = format!("{}-{}.cache", encoder.name(), encoder.revision());
        let cache = VectorCache::open(&folder.path().join("vectors").join(name));
        Ok(Some(Self { encoder, cache }))
    }

    /// Name of the model, as suggestions give it.
    pub fn name(&self) -> &str {
        self.encoder.name()
    }

    /// Its revision.
    pub fn revision(&self) -> &str {
        self.encoder.revision()
    }

    /// The vectors of texts as passages, in their order, with a progress bar where `shown`.
    ///
    /// # Errors
    /// When the encoder cannot compute.
    pub fn vectors(&mut self, texts: &[&str], shown: bool) -> Result<Vec<Vec<f32>>> {
        let keys: Vec<Key> = texts.iter().map(|text| key(text)).collect();
        let mut missing: HashMap<Key, &str> = HashMap::new();
        for (key, text) in keys.iter().zip(texts) {
            if self.cache.get(key).is_none() {
                missing.insert(*key, *text);
            }
        }
        let mut missing: Vec<(Key, &str)> = missing.into_iter().collect();
        missing.sort_unstable();
        self.compute(&missing, shown && missing.len() > AT_ONCE)?;
        let get = |key: &Key| self.cache.get(key).cloned();
        let found: Option<Vec<Vec<f32>>> = keys.iter().map(get).collect();
        found.context("a vector that was just computed is not there")
    }

    fn compute(&mut self, missing: &[(Key, &str)], shown: bool) -> Result<()> {
        let bar = shown.then(|| progress::bar(missing.len() as u64, "Reading texts"));
        let (started, mut done) = (Instant::now(), 0);
        for some in missing.chunks(AT_ONCE) {
            let texts: Vec<&str> = some.iter().map(|(_, text)| beginning(text)).collect();
            let vectors = self.encoder.passages(&texts)?;
            let new = some
                .iter()
                .zip(vectors)
                .map(|((key, _), v)| (*key, v.to_vec()));
            self.cache.put(new.collect());
            done += some.len();
            if let Some(bar) = &bar {
                progress::step(bar, done as u64, done, started);
            }
        }
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
        Ok(())
    }

    /// What languages add to the vectors of this encoder.
    ///
    /// # Errors
    /// When the encoder cannot compute.
    pub fn languages(&mut self) -> Result<Languages> {
        Languages::measured(|text| {
            let mut vectors = self.vectors(&[text], false)?;
            vectors.pop().context("the encoder gave no vector")
        })
    }
}

fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

fn key(text: &str) -> Key {
    let hash = Sha256::digest(beginning(text).as_bytes());
    let mut key = Key::default();
    key.copy_from_slice(&hash[..16]);
    key
}
