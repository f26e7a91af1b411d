//! Which document of the text index a vector belongs to.

use super::languages::Languages;
use crate::Result;
use crate::facets::Tuples;
use crate::matching::Address;
use crate::schema::column;
use crate::vectors::{Entry, Key, VectorSet};
use std::sync::Arc;
use tantivy::Searcher;
use tantivy::columnar::ColumnValues;

/// No document carries the key.
const NOWHERE: Address = (u32::MAX, u32::MAX);

/// One state of the vectors beside one state of the text index.
pub(crate) struct Joined {
    pub set: VectorSet,
    /// Keys of the documents, for each segment of the text index.
    keys: Vec<Arc<dyn ColumnValues<u64>>>,
    /// Document of each entry, for each segment of the vectors.
    addresses: Vec<Vec<Address>>,
    /// Documents that have vectors.
    pub documents: usize,
    /// What their languages add to their vectors.
    pub languages: Languages,
}

impl Joined {
    /// Looks up every document that is not deleted.
    pub fn new(searcher: &Searcher, tuples: &[Arc<Tuples>], set: VectorSet) -> Result<Self> {
        let mut addresses: Vec<Vec<Address>> =
            set.sizes().map(|size| vec![NOWHERE; size]).collect();
        let mut keys = Vec::new();
        let mut documents = Vec::new();
        for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
            let column = segment
                .fast_fields()
                .u64(column::MEANING)?
                .first_or_default_col(0);
            for doc in segment.doc_ids_alive() {
                if let Some((part, entry)) = set.find(column.get_val(doc)) {
                    addresses[part as usize][entry as usize] = (ordinal as u32, doc);
                    documents.push(((ordinal as u32, doc), (part, entry)));
                }
            }
            keys.push(column);
        }
        let languages = Languages::new(tuples, &set, &documents);
        Ok(Self {
            languages,
            set,
            keys,
            addresses,
            documents: documents.len(),
        })
    }

    /// The document of an entry; `None` where it is deleted, or has another text by now.
    #[inline]
    pub fn document(&self, entry: Entry) -> Option<Address> {
        let address = *self
            .addresses
            .get(entry.0 as usize)?
            .get(entry.1 as usize)?;
        (address != NOWHERE).then_some(address)
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
}
