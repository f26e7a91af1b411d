//! An index of records, for tests.

use khue_content::search::SearchParams;
use khue_content::{LearningResource, render};
use khue_index::meaning::{key, passages, usual_queries};
use khue_index::vectors::{Passage, VectorStore};
use khue_index::{Index, IndexDocument, Writer};
use khue_inference::models::ModelFolder;
use khue_inference::{DIMENSIONS, Encoder, Usual};
use std::path::PathBuf;

/// Passages of a lesson that are read for their meaning: few, as a test should be quick.
const PASSAGES: usize = 3;

/// An index in a folder that goes with it.
pub struct Shelf {
    pub index: Index,
    encoder: Option<(Encoder, Usual)>,
    _folder: tempfile::TempDir,
}

impl Shelf {
    pub fn new(records: &[LearningResource]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = Writer::open(folder.path()).expect("a writer");
        for (number, record) in records.iter().enumerate() {
            let text = record.body.as_ref().map(render::plain_text);
            let document = IndexDocument {
                guidance: "",
                record,
                text: text.as_deref().unwrap_or_default(),
                change: number as i64 + 1,
            };
            writer.put(&document).expect("a document");
        }
        writer.commit(records.len() as i64).expect("a commit");
        writer.close().expect("an end");
        Self {
            index: Index::open(folder.path()).expect("an index"),
            encoder: None,
            _folder: folder,
        }
    }

    /// The same, found by meaning too; `None` where the encoder's weights are not in the cache.
    pub fn by_meaning(records: &[LearningResource]) -> Option<Self> {
        let encoder = Encoder::open(&ModelFolder::default_place()).ok()?;
        let usual = Usual::of(&encoder, &usual_queries()).expect("means");
        let mut store = VectorStore::in_memory(encoder.name(), DIMENSIONS).expect("a store");
        let entry = |record: &LearningResource| {
            let text = record.body.as_ref().map(render::plain_text);
            let text = text.unwrap_or_default();
            let cut = passages(record, &text, PASSAGES);
            let texts: Vec<&str> = cut.iter().map(|passage| passage.text.as_str()).collect();
            let vectors = encoder.passages(&texts).expect("vectors");
            let passage =
                |(cut, vector): (&khue_index::meaning::PassageText, &[f32; DIMENSIONS])| Passage {
                    vector: vector.to_vec(),
                    place: cut.place,
                };
            (
                key(record, &text),
                cut.iter().zip(&vectors).map(passage).collect(),
            )
        };
        store
            .append(records.iter().map(entry).collect())
            .expect("kept");
        let shelf = Self::new(records);
        shelf
            .index
            .set_vectors(store.set())
            .expect("vectors in use");
        Some(Self {
            encoder: Some((encoder, usual)),
            ..shelf
        })
    }

    /// Identifiers of the first results, other versions of a work right behind it.
    pub fn first(&self, q: &str, size: usize) -> Vec<String> {
        let params = SearchParams {
            q: q.to_owned(),
            size,
            ..SearchParams::default()
        };
        let page = match &self.encoder {
            Some((encoder, usual)) => self.index.find_meant(params, &|text| {
                Some(usual.without(&encoder.query(text).expect("a vector")))
            }),
            None => self.index.find(params),
        };
        let page = page.expect("an answer");
        let hits = page.items.into_iter().flat_map(|hit| {
            let versions = hit.versions.into_iter().map(|(id, ..)| id);
            std::iter::once(hit.id).chain(versions).collect::<Vec<_>>()
        });
        hits.collect()
    }
}

/// A folder of the repository.
pub fn folder(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(path)
}

/// A text file of the repository.
pub fn text(path: &str) -> String {
    let path = folder(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
