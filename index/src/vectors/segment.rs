//! One file of vectors, read where it lies.

use super::code::{decoded, dot_bytes};
use super::layout::{Layout, word};
use super::{Key, Passage};
use std::cmp::Ordering;
use tantivy::directory::OwnedBytes;

/// A file of vectors: mapped or in memory, never changed.
pub(super) struct Segment {
    pub name: String,
    pub layout: Layout,
    pub centre: Vec<f32>,
    file: OwnedBytes,
}

impl Segment {
    /// Reads a file; `None` where it is cut off, damaged, or made by another model.
    pub fn read(name: &str, file: OwnedBytes, model: u64, dimensions: usize) -> Option<Self> {
        let (layout, sum) = Layout::read(&file)?;
        let ours = layout.model == model && layout.dimensions == dimensions;
        if !ours || crc32fast::hash(&file[layout.tables()]) != sum {
            return None;
        }
        let centre = file[layout.centre()]
            .as_chunks::<4>()
            .0
            .iter()
            .map(|b| f32::from_le_bytes(*b))
            .collect();
        Some(Self {
            name: name.to_owned(),
            layout,
            centre,
            file,
        })
    }

    pub fn key(&self, entry: usize) -> Key {
        let keys = self.file[self.layout.keys()].as_chunks::<8>().0;
        keys.get(entry)
            .map_or(0, |bytes| Key::from_le_bytes(*bytes))
    }

    /// The entry with this key. Keys are evenly spread, so where one lies is guessed, and looked for
    /// from there in growing steps.
    pub fn find(&self, key: Key) -> Option<u32> {
        let entries = self.layout.entries;
        let guess = ((u128::from(key) * entries as u128) >> 64) as usize;
        let (mut low, mut high, mut step) = (guess, guess, 4);
        while low > 0 && self.key(low) > key {
            (high, low, step) = (low, low.saturating_sub(step), step * 2);
        }
        while high < entries && self.key(high) <= key {
            (low, high, step) = (high, (high + step).min(entries), step * 2);
        }
        while low < high {
            let middle = low + (high - low) / 2;
            match self.key(middle).cmp(&key) {
                Ordering::Equal => return u32::try_from(middle).ok(),
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Passages of an entry.
    pub fn passages_of(&self, entry: u32) -> std::ops::Range<usize> {
        let firsts = &self.file[self.layout.firsts()];
        let at = |place: usize| {
            word(firsts, place).map_or(0, |n| (n as usize).min(self.layout.passages))
        };
        at(entry as usize)..at(entry as usize + 1)
    }

    /// The entry of a passage.
    #[inline]
    pub fn owner(&self, passage: usize) -> u32 {
        word(&self.file[self.layout.owners()], passage).unwrap_or(u32::MAX)
    }

    /// Where a passage lies in the text of its resource.
    pub fn place(&self, passage: usize) -> (u32, u32) {
        let places = &self.file[self.layout.places()];
        (
            word(places, 2 * passage).unwrap_or(0),
            word(places, 2 * passage + 1).unwrap_or(0),
        )
    }

    /// All blocks of bits.
    pub fn bits(&self) -> &[u8] {
        &self.file[self.layout.bits()]
    }

    #[inline(always)]
    fn bytes(&self, passage: usize) -> Option<(f32, &[u8])> {
        let row = self.layout.bytes_row();
        let bytes = self.file[self.layout.bytes()].get(passage * row..(passage + 1) * row)?;
        let (scale, bytes) = bytes.split_first_chunk()?;
        Some((f32::from_le_bytes(*scale), bytes))
    }

    /// Cosine of a passage with a rotated query, but for the share of the centre.
    #[inline(always)]
    pub fn dot(&self, passage: usize, rotated: &[f32]) -> f32 {
        // No closure: it would not be compiled into what the processor's instructions were chosen for.
        match self.bytes(passage) {
            Some((scale, bytes)) => scale * dot_bytes(rotated, bytes),
            None => 0.0,
        }
    }

    /// A passage's vector, still rotated.
    pub fn vector(&self, passage: usize) -> Vec<f32> {
        self.bytes(passage)
            .map(|(scale, bytes)| decoded(bytes, scale, &self.centre))
            .unwrap_or_default()
    }

    /// The passages of an entry with their vectors, still rotated.
    pub fn rotated_passages(&self, entry: u32) -> Vec<Passage> {
        let passage = |number| Passage {
            vector: self.vector(number),
            place: self.place(number),
        };
        self.passages_of(entry).map(passage).collect()
    }
}
