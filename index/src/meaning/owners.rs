//! Which document each entry of the vectors belongs to, carried over from one state to the next.
//!
//! Neither a segment of the text index nor one of the vectors ever changes, but for documents that are deleted.
//! So a new state looks up only what is new in it: the documents of new segments of the text index, and the
//! entries of new segments of the vectors.

use crate::matching::Address;
use crate::vectors::{Entry, Key, VectorSet};
use rustc_hash::FxHashSet;
use std::sync::Arc;
use tantivy::columnar::ColumnValues;
use tantivy::fastfield::AliveBitSet;
use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

/// Keys of the documents of a segment.
pub(super) type Keys = Arc<dyn ColumnValues<u64>>;

/// A document by the lasting number of its segment: places of segments change with every state, numbers do not.
type Lasting = (u32, u32);

/// No document carries the key.
const NOBODY: Lasting = (u32::MAX, u32::MAX);
/// Keys read at a time.
const BLOCK: usize = 1_024;

/// The document of every entry.
pub(super) struct Owners {
    /// Segments of the text index in their order, with their lasting numbers.
    segments: Vec<(SegmentId, u32)>,
    /// (lasting number, place), by number.
    places: Vec<(u32, u32)>,
    /// Documents of each segment that are not deleted; `None` where none is deleted.
    alive: Vec<Option<AliveBitSet>>,
    /// Document of each entry, for each segment of the vectors.
    tables: Vec<Arc<Vec<Lasting>>>,
    /// The next lasting number.
    next: u32,
    /// Whether anything of the vectors was there before.
    pub carried: bool,
}

/// A state before, with its vectors.
pub(super) type Before<'a> = Option<(&'a Owners, &'a VectorSet)>;

impl Owners {
    /// Takes over what was known, and looks up the rest.
    pub fn new(searcher: &Searcher, keys: &[Keys], set: &VectorSet, before: Before) -> Self {
        let mut owners = Self::numbered(searcher, before);
        let old = |part| before.and_then(|(_, other)| set.place_in(part, other));
        let old: Vec<Option<usize>> = (0..set.parts()).map(old).collect();
        owners.carried = old.iter().any(Option::is_some);
        owners.tables = set
            .sizes()
            .zip(&old)
            .map(|(size, old)| match (before, old) {
                (Some((owners, _)), Some(place)) => owners.tables[*place].clone(),
                _ => Arc::new(vec![NOBODY; size]),
            })
            .collect();
        let new: Vec<usize> = (0..set.parts())
            .filter(|part| old[*part].is_none())
            .collect();
        for part in &new {
            for older in (0..*part).filter(|older| old[*older].is_some()) {
                owners.supersede(set, older, *part);
            }
        }
        let wanted: FxHashSet<Key> = new.iter().flat_map(|part| set.keys(*part)).collect();
        for (place, reader) in searcher.segment_readers().iter().enumerate() {
            let known = before.is_some_and(|(before, _)| before.number(reader).is_some());
            match known {
                true if wanted.is_empty() => {}
                true => owners.look_up(place, reader, &keys[place], set, |key| {
                    wanted.contains(&key)
                }),
                false => owners.look_up(place, reader, &keys[place], set, |_| true),
            }
        }
        owners
    }

    /// The segments with their lasting numbers.
    fn numbered(searcher: &Searcher, before: Before) -> Self {
        let mut next = before.map_or(0, |(before, _)| before.next);
        let readers = searcher.segment_readers();
        let number = |reader: &SegmentReader| {
            let known = before.and_then(|(before, _)| before.number(reader));
            let number = known.unwrap_or_else(|| {
                next += 1;
                next - 1
            });
            (reader.segment_id(), number)
        };
        let segments: Vec<(SegmentId, u32)> = readers.iter().map(number).collect();
        let mut places: Vec<(u32, u32)> = segments
            .iter()
            .enumerate()
            .map(|(place, (_, number))| (*number, place as u32))
            .collect();
        places.sort_unstable();
        Self {
            segments,
            places,
            alive: readers
                .iter()
                .map(|reader| reader.alive_bitset().cloned())
                .collect(),
            tables: Vec::new(),
            next,
            carried: false,
        }
    }

    fn number(&self, reader: &SegmentReader) -> Option<u32> {
        let id = reader.segment_id();
        let found = self.segments.iter().find(|(own, _)| *own == id);
        found.map(|(_, number)| *number)
    }

    /// Entries of an older segment of the vectors whose keys a new one has too belong to nobody any more.
    fn supersede(&mut self, set: &VectorSet, older: usize, new: usize) {
        let size = |part| set.sizes().nth(part).unwrap_or_default();
        let (few, many) = match size(older) < size(new) {
            true => (older, new),
            false => (new, older),
        };
        let in_both = |key: &Key| set.find_in(many, *key).is_some();
        let entries = set.keys(few).filter(in_both);
        let entries: Vec<u32> = entries.filter_map(|key| set.find_in(older, key)).collect();
        if !entries.is_empty() {
            let table = Arc::make_mut(&mut self.tables[older]);
            entries
                .iter()
                .for_each(|entry| table[*entry as usize] = NOBODY);
        }
    }

    /// Looks for the vectors of a segment's documents, of those with wanted keys.
    fn look_up(
        &mut self,
        place: usize,
        reader: &SegmentReader,
        keys: &Keys,
        set: &VectorSet,
        wanted: impl Fn(Key) -> bool,
    ) {
        let number = self.segments[place].1;
        let mut block = [0; BLOCK];
        for start in (0..reader.max_doc()).step_by(BLOCK) {
            let end = (start + BLOCK as u32).min(reader.max_doc());
            let block = &mut block[..(end - start) as usize];
            keys.get_range(u64::from(start), block);
            for (doc, key) in (start..end).zip(block) {
                if !wanted(*key) || reader.is_deleted(doc) {
                    continue;
                }
                if let Some((part, entry)) = set.find(*key) {
                    let table = Arc::make_mut(&mut self.tables[part as usize]);
                    table[entry as usize] = (number, doc);
                }
            }
        }
    }

    /// The document of an entry; `None` where it is deleted, or has another text by now.
    #[inline]
    pub fn document(&self, entry: Entry) -> Option<Address> {
        let table = self.tables.get(entry.0 as usize)?;
        let (number, doc) = *table.get(entry.1 as usize)?;
        let found = self.places.binary_search_by_key(&number, |place| place.0);
        let place = self.places[found.ok()?].1;
        let alive = self.alive[place as usize].as_ref();
        alive
            .is_none_or(|alive| alive.is_alive(doc))
            .then_some((place, doc))
    }

    /// All documents that have vectors.
    pub fn documents(&self) -> impl Iterator<Item = (Address, Entry)> + '_ {
        let entries = self.tables.iter().enumerate().flat_map(|(part, table)| {
            (0..table.len()).map(move |entry| (part as u32, entry as u32))
        });
        entries.filter_map(|entry| Some((self.document(entry)?, entry)))
    }
}
