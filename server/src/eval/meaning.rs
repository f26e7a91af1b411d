//! The encoder beside a judged collection: vectors of its documents, kept for the next run.

use super::vector_cache::VectorCache;
use crate::progress;
use anyhow::{Context, Result};
use khue_content::LearningResource;
use khue_index::Index;
use khue_index::meaning::{PassageText, key, passages, usual_queries};
use khue_index::vectors::{Key, Passage, VectorStore};
use khue_inference::models::ModelFolder;
use khue_inference::{DIMENSIONS, Encoder, Usual};
use serde::Serialize;
use std::time::Instant;

/// Passages encoded of a collection, about: some minutes on two cores.
const PASSAGES: usize = 6_000;
/// More documents than this are searched by words alone, unless told otherwise.
const TOO_MANY: usize = 20_000;
/// Most passages of one document.
const MOST: usize = 16;
/// Passages encoded between two saves.
const BATCH: usize = 64;

/// What was searched with, besides words.
#[derive(Clone, Debug, Serialize)]
pub struct ByMeaning {
    /// Name of the encoder.
    pub model: String,
    /// Its revision.
    pub revision: String,
    /// Passages that have a vector.
    pub passages: usize,
    /// Most passages of one document.
    pub passages_per_document: usize,
    /// Of them computed in this run; the others were kept from a former one.
    pub computed: usize,
    /// Seconds for that.
    pub seconds: f64,
}

/// The encoder of this machine with what it has computed before.
pub struct Meaning {
    encoder: Encoder,
    usual: Usual,
    cache: VectorCache,
}

/// What is encoded of one document, and the key it goes by.
pub type Cut = (Key, Vec<PassageText>);

/// The first passages of each document: the fewer the more documents there are. `None` where there are
/// so many that it would take hours, unless `most` says that this is wanted.
pub fn per_document(documents: usize, most: Option<usize>) -> Option<usize> {
    let fitting = (PASSAGES / documents.max(1)).clamp(1, MOST);
    most.or_else(|| (documents <= TOO_MANY).then_some(fitting))
}

/// What is encoded of a document.
pub fn cut(record: &LearningResource, text: &str, most: usize) -> Cut {
    (key(record, text), passages(record, text, most))
}

impl Meaning {
    /// Opens the encoder that is in use.
    ///
    /// # Errors
    /// None is there, or its file is damaged: the message says which, and what to do.
    pub fn open() -> Result<Self> {
        let folder = ModelFolder::default_place();
        let encoder = Encoder::open(&folder)?;
        let revision = format!("{}@{}", encoder.name(), encoder.revision());
        let cache = VectorCache::open(&folder.path().join("vectors"), &revision, DIMENSIONS)?;
        Ok(Self {
            usual: Usual::of(&encoder, &usual_queries())?,
            encoder,
            cache,
        })
    }

    /// The vector of a query as the portal asks it, computed anew each time: its time is part of the answer's.
    pub fn query(&self, text: &str) -> Result<Vec<f32>> {
        Ok(self.usual.without(&self.encoder.query(text)?))
    }

    /// Gives the index the vectors of the documents.
    pub fn encode(&mut self, index: &Index, cut: &[Cut], most: usize) -> Result<ByMeaning> {
        let started = Instant::now();
        let computed = self.compute(cut)?;
        let mut store = VectorStore::in_memory("", DIMENSIONS)?;
        let vector = |passage: &PassageText| {
            let vector = self.cache.get(&passage.text)?.to_vec();
            Some(Passage {
                vector,
                place: passage.place,
            })
        };
        store.append(
            cut.iter()
                .map(|(key, all)| (*key, all.iter().filter_map(vector).collect()))
                .collect(),
        )?;
        let total = store.set().passages();
        index.set_vectors(store.set())?;
        Ok(ByMeaning {
            model: self.encoder.name().to_owned(),
            revision: self.encoder.revision().to_owned(),
            passages: total,
            passages_per_document: most,
            computed,
            seconds: started.elapsed().as_secs_f64(),
        })
    }

    /// Computes what is not kept yet. Returns how many that were.
    fn compute(&mut self, cut: &[Cut]) -> Result<usize> {
        let texts = cut
            .iter()
            .flat_map(|(_, all)| all)
            .map(|passage| passage.text.as_str());
        let missing: Vec<&str> = texts
            .filter(|text| self.cache.get(text).is_none())
            .collect();
        let bar = progress::bar(missing.len() as u64, "reading for meaning");
        let started = Instant::now();
        let mut done = 0;
        for batch in missing.chunks(BATCH) {
            let vectors = self.encoder.passages(batch)?;
            let pairs = batch
                .iter()
                .copied()
                .zip(vectors.iter().map(|vector| vector.as_slice()));
            self.cache.add(pairs).context("vectors cannot be kept; check the space in the cache folder, or set KHUE_CACHE to another")?;
            done += batch.len();
            progress::passages(&bar, done, started);
        }
        bar.finish_and_clear();
        Ok(done)
    }
}
