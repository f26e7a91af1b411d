//! What lies where in a file of vectors.
//!
//! Sections follow one another without gaps; a footer at the end tells their sizes. All numbers are
//! little-endian.
//!
//! | section | size |
//! |---|---|
//! | centre | dimensions × f32 |
//! | keys, ascending | entries × u64 |
//! | first passage of each entry, and the end | (entries + 1) × u32 |
//! | entry of each passage | passages × u32 |
//! | place of each passage in its text | passages × (u32, u32) |
//! | bits: signs, factors, biases, in blocks (`block`) | passages / 32, rounded up, × (4 × dimensions + 256) |
//! | bytes: scale, two bytes a dimension | passages × (4 + 2 × dimensions) |
//! | footer | 64 |

use super::block;
use std::ops::Range;

const MAGIC: &[u8; 8] = b"KHUEVEC3";
/// Bytes of the footer.
pub(super) const FOOTER: usize = 64;

/// The sizes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub dimensions: usize,
    pub entries: usize,
    pub passages: usize,
    /// Passages that the centre is the mean of.
    pub centred_on: u32,
    /// Stands for the model's name and revision.
    pub model: u64,
}

impl Layout {
    pub fn centre(&self) -> Range<usize> {
        0..4 * self.dimensions
    }
    pub fn keys(&self) -> Range<usize> {
        after(self.centre(), 8 * self.entries)
    }
    pub fn firsts(&self) -> Range<usize> {
        after(self.keys(), 4 * (self.entries + 1))
    }
    pub fn owners(&self) -> Range<usize> {
        after(self.firsts(), 4 * self.passages)
    }
    pub fn places(&self) -> Range<usize> {
        after(self.owners(), 8 * self.passages)
    }
    pub fn bits(&self) -> Range<usize> {
        after(
            self.places(),
            block::size(self.dimensions) * self.passages.div_ceil(block::TOGETHER),
        )
    }
    pub fn bytes(&self) -> Range<usize> {
        after(self.bits(), self.bytes_row() * self.passages)
    }
    /// Everything before the bits: checked as a whole when a file is opened.
    pub fn tables(&self) -> Range<usize> {
        0..self.places().end
    }
    pub fn bytes_row(&self) -> usize {
        4 + 2 * self.dimensions
    }
    pub fn file(&self) -> usize {
        self.bytes().end + FOOTER
    }

    /// The footer for these sizes.
    pub fn footer(&self, tables_sum: u32) -> [u8; FOOTER] {
        let mut footer = [0; FOOTER];
        footer[..8].copy_from_slice(&self.model.to_le_bytes());
        let numbers = [
            self.dimensions as u32,
            self.entries as u32,
            self.passages as u32,
            self.centred_on,
            tables_sum,
        ];
        for (number, place) in numbers.iter().zip(footer[8..].as_chunks_mut::<4>().0) {
            *place = number.to_le_bytes();
        }
        let sum = crc32fast::hash(&footer[..52]);
        footer[52..56].copy_from_slice(&sum.to_le_bytes());
        footer[56..].copy_from_slice(MAGIC);
        footer
    }

    /// Reads the footer of a file: the sizes and the checksum of the tables. `None` where the file
    /// is cut off, damaged or of another kind.
    pub fn read(file: &[u8]) -> Option<(Self, u32)> {
        let footer = file.last_chunk::<FOOTER>()?;
        let whole = &footer[56..] == MAGIC && crc32fast::hash(&footer[..52]) == word(footer, 13)?;
        if !whole {
            return None;
        }
        let size = |place: usize| word(footer, place).map(|number| number as usize);
        let layout = Self {
            model: u64::from_le_bytes(*footer.first_chunk()?),
            dimensions: size(2)?,
            entries: size(3)?,
            passages: size(4)?,
            centred_on: word(footer, 5)?,
        };
        (layout.file() == file.len()).then_some((layout, word(footer, 6)?))
    }
}

fn after(before: Range<usize>, length: usize) -> Range<usize> {
    before.end..before.end + length
}

/// The u32 at `place`, counted in words.
#[inline(always)]
pub(super) fn word(bytes: &[u8], place: usize) -> Option<u32> {
    bytes
        .get(4 * place..4 * place + 4)?
        .first_chunk()
        .map(|b| u32::from_le_bytes(*b))
}
