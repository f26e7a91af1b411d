//! Which document of the text index a vector belongs to.

use super::languages::Languages;
use super::owners::{Keys, Owners};
use crate::Result;
use crate::facets::Tuples;
use crate::matching::Address;
use crate::schema::column;
use crate::vectors::{Entry, Key, VectorSet};
use std::sync::{Arc, OnceLock};
use tantivy::Searcher;

/// One state of the vectors beside one state of the text index.
pub(crate) struct Joined {
    pub set: VectorSet,
    /// Keys of the documents, for each segment of the text index.
    keys: Vec<Keys>,
    /// Bytes of the documents' texts, likewise.
    lengths: Vec<Keys>,
    owners: Owners,
    /// What their languages add to their vectors.
    pub languages: Languages,
    documents: OnceLock<usize>,
}

impl Joined {
    /// Joins what is new, and takes over the rest from the state before.
    pub fn new(
        searcher: &Searcher,
        tuples: &[Arc<Tuples>],
        set: VectorSet,
        before: Option<&Self>,
    ) -> Result<Self> {
        let keys = columns(searcher, column::MEANING)?;
        let lengths = columns(searcher, column::LENGTH)?;
        let known = before.map(|before| (&before.owners, &before.set));
        let owners = Owners::new(searcher, &keys, &set, known);
        let known = before.map(|before| &before.languages);
        let languages = Languages::new(tuples, &set, &owners, known);
        Ok(Self {
            set,
            keys,
            lengths,
            owners,
            languages,
            documents: OnceLock::new(),
        })
    }

    /// The document of an entry; `None` where it is deleted, or has another text by now.
    #[inline]
    pub fn document(&self, entry: Entry) -> Option<Address> {
        self.owners.document(entry)
    }

    /// How many documents have vectors.
    pub fn documents(&self) -> usize {
        let count = || self.owners.documents().count();
        *self.documents.get_or_init(count)
    }

    /// Whether the newest vectors under a key belong to a document.
    pub fn carries(&self, key: Key) -> bool {
        self.set
            .find(key)
            .is_some_and(|entry| self.document(entry).is_some())
    }

    /// Key of a document.
    pub fn key(&self, document: Address) -> Key {
        self.keys
            .get(document.0 as usize)
            .map_or(0, |column| column.get_val(document.1))
    }

    /// The vectors of a document.
    pub fn entry(&self, document: Address) -> Option<Entry> {
        self.set.find(self.key(document))
    }

    /// Share of a document's text that its vectors were made from; a summary stands for all of it.
    pub fn read(&self, document: Address, entry: Entry) -> f32 {
        let length = self.lengths.get(document.0 as usize);
        let length = length.map_or(0, |column| column.get_val(document.1));
        match self.set.covered(entry) {
            Some(bytes) if length > 0 => (bytes as f32 / length as f32).min(1.0),
            _ => 1.0,
        }
    }
}

/// A column of numbers of each segment.
fn columns(searcher: &Searcher, name: &str) -> Result<Vec<Keys>> {
    let column = |segment: &tantivy::SegmentReader| {
        let column = segment.fast_fields().u64(name)?;
        Ok(column.first_or_default_col(0))
    };
    searcher.segment_readers().iter().map(column).collect()
}
