//! Documents of a segment as bits, and the bits that are kept.

use crate::snapshot::held;
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex};
use tantivy::schema::Field;

/// Keys of which a document must hold one.
pub(crate) type Keys = Vec<(Field, String)>;

/// Sets of bits that are kept of a segment: 32 MiB for a million documents.
const KEPT: usize = 256;

/// One bit a document.
#[derive(Clone)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// None of `documents`.
    pub fn new(documents: u32) -> Self {
        Self(vec![0; documents.div_ceil(64) as usize])
    }

    /// Adds documents.
    pub fn extend(&mut self, documents: &[u32]) {
        for doc in documents {
            if let Some(word) = self.0.get_mut((doc / 64) as usize) {
                *word |= 1 << (doc % 64);
            }
        }
    }

    /// Whether a document is among them.
    #[inline]
    pub fn holds(&self, doc: u32) -> bool {
        self.0
            .get((doc / 64) as usize)
            .is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    /// Leaves what is in both.
    pub fn and(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own &= other;
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Calls `see` for each document, in order.
    pub fn each(&self, mut see: impl FnMut(u32)) {
        for (place, word) in self.0.iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                see(place as u32 * 64 + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }
}

/// Bits of the frequent keys of one segment.
#[derive(Default)]
pub(crate) struct Kept(Mutex<FxHashMap<Keys, Arc<Bits>>>);

impl Kept {
    /// What is kept of these keys.
    pub fn get(&self, keys: &Keys) -> Option<Arc<Bits>> {
        held(&self.0).get(keys).cloned()
    }

    /// Keeps bits; when there are too many, all others go.
    pub fn put(&self, keys: &Keys, bits: Bits) -> Arc<Bits> {
        let bits = Arc::new(bits);
        let mut kept = held(&self.0);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(keys.clone(), bits.clone());
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::Bits;

    #[test]
    fn bits_are_the_documents_that_were_put_in() {
        let mut bits = Bits::new(200);
        bits.extend(&[0, 63, 64, 130, 199]);
        let mut other = Bits::new(200);
        other.extend(&[63, 64, 65, 199]);
        assert!(bits.holds(130) && !bits.holds(131) && !bits.holds(100_000));
        bits.and(&other);
        let mut left = Vec::new();
        bits.each(|doc| left.push(doc));
        assert_eq!((left, bits.count()), (vec![63, 64, 199], 3));
    }
}
