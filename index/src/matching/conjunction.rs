//! Which documents of a segment hold every word: a list where they are few, bits where they are many.
//!
//! Two frequent keys are brought together faster as bits, 64 documents at a time, than by walking
//! both lists. The bits of frequent keys are kept with their segment, which never changes.

use super::bits::{Bits, Kept, Keys};
use crate::Result;
use crate::opened::Opened;
use std::sync::Arc;
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, InvertedIndexReader, SegmentReader, Term};

/// A key is frequent when at least one document in so many holds it.
const FREQUENT: u64 = 32;
/// So many times fewer documents than a key has are looked up one by one.
const FEWER: u64 = 48;

/// Documents of a segment, deleted ones among them.
pub(crate) enum Matches {
    /// In order.
    List(Vec<u32>),
    Bits(Bits),
}

impl Matches {
    /// Calls `see` for each document, in order.
    pub fn each(&self, mut see: impl FnMut(u32)) {
        match self {
            Self::List(documents) => documents.iter().for_each(|doc| see(*doc)),
            Self::Bits(bits) => bits.each(see),
        }
    }
}

/// The documents that hold one of the keys of each slot.
pub(crate) fn matches(
    segment: &SegmentReader,
    opened: &Opened,
    kept: &Kept,
    slots: &[Keys],
) -> Result<Matches> {
    let mut required = Vec::with_capacity(slots.len());
    for keys in slots {
        let one = Required::open(opened, keys)?;
        if one.lists.is_empty() {
            return Ok(Matches::List(Vec::new()));
        }
        required.push(one);
    }
    required.sort_by_key(|one| one.documents);
    let Some((first, rest)) = required.split_first() else {
        return Ok(Matches::List(Vec::new()));
    };
    if first.frequent(segment) {
        return many(first, rest, segment, kept);
    }
    let mut documents = first.list()?;
    for other in rest {
        other.keep(&mut documents, segment, kept)?;
    }
    Ok(Matches::List(documents))
}

fn many(
    first: &Required,
    rest: &[Required],
    segment: &SegmentReader,
    kept: &Kept,
) -> Result<Matches> {
    let mut bits = Bits::clone(&*first.bits(segment, kept)?);
    for other in rest {
        bits.and(&*other.bits(segment, kept)?);
    }
    Ok(Matches::Bits(bits))
}

/// Keys of which a document must hold one, found in the dictionaries of a segment.
struct Required<'a> {
    keys: &'a Keys,
    lists: Vec<(Arc<InvertedIndexReader>, TermInfo)>,
    /// At most so many documents.
    documents: u64,
}

impl<'a> Required<'a> {
    fn open(segment: &Opened, keys: &'a Keys) -> Result<Self> {
        let mut lists = Vec::with_capacity(keys.len());
        let mut documents = 0;
        for (field, text) in keys {
            let index = segment.lists(*field);
            let found = index.get_term_info(&Term::from_field_text(*field, text))?;
            if let Some(info) = found {
                documents += u64::from(info.doc_freq);
                lists.push((index.clone(), info));
            }
        }
        Ok(Self {
            keys,
            lists,
            documents,
        })
    }

    fn frequent(&self, segment: &SegmentReader) -> bool {
        self.documents * FREQUENT >= u64::from(segment.max_doc())
    }

    /// Calls `see` with every block of documents.
    fn blocks(&self, mut see: impl FnMut(&[u32])) -> Result<()> {
        for (index, info) in &self.lists {
            let mut blocks =
                index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            while blocks.block_len() > 0 {
                see(blocks.docs());
                blocks.advance();
            }
        }
        Ok(())
    }

    fn list(&self) -> Result<Vec<u32>> {
        let mut documents = Vec::with_capacity(usize::try_from(self.documents).unwrap_or(0));
        self.blocks(|block| documents.extend_from_slice(block))?;
        if self.lists.len() > 1 {
            documents.sort_unstable();
            documents.dedup();
        }
        Ok(documents)
    }

    fn bits(&self, segment: &SegmentReader, kept: &Kept) -> Result<Arc<Bits>> {
        if let Some(found) = kept.get(self.keys) {
            return Ok(found);
        }
        let mut bits = Bits::new(segment.max_doc());
        self.blocks(|block| bits.extend(block))?;
        Ok(kept.put(self.keys, bits))
    }

    /// Leaves those documents that hold one of these keys.
    fn keep(&self, documents: &mut Vec<u32>, segment: &SegmentReader, kept: &Kept) -> Result<()> {
        if self.frequent(segment) {
            let worth = documents.len() as u64 * FEWER > self.documents;
            let bits = match worth {
                true => Some(self.bits(segment, kept)?),
                false => kept.get(self.keys),
            };
            if let Some(bits) = bits {
                documents.retain(|doc| bits.holds(*doc));
                return Ok(());
            }
        }
        let mut cursors = self.cursors()?;
        documents.retain(|doc| cursors.iter_mut().any(|cursor| stands_at(cursor, *doc)));
        Ok(())
    }

    fn cursors(&self) -> Result<Vec<SegmentPostings>> {
        let open = |(index, info): &(Arc<InvertedIndexReader>, TermInfo)| {
            index.read_postings_from_terminfo(info, IndexRecordOption::Basic)
        };
        Ok(self
            .lists
            .iter()
            .map(open)
            .collect::<std::io::Result<_>>()?)
    }
}

fn stands_at(cursor: &mut SegmentPostings, doc: u32) -> bool {
    cursor.doc() == doc || cursor.doc() < doc && cursor.seek(doc) == doc
}
