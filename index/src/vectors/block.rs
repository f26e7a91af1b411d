//! Passages side by side, as a scan reads them: what each has in four dimensions at a time, then what their sums are
//! worth.
//!
//! A byte holds the signs of two passages in the same four dimensions, so that one instruction looks up what those of
//! thirty-two are worth: André et al., *Accelerated Nearest Neighbor Search with Quick ADC* (2017), on the bits of RaBitQ.

use super::code::Coded;
use std::io::{Result, Write};

/// Passages of a block.
pub(super) const TOGETHER: usize = 32;
/// Bytes of the signs of a block in eight dimensions: in the first four those of all passages, then in the last four.
pub(super) const PAIR: usize = 32;
/// Bytes of the factors, and of the biases.
const NUMBERS: usize = 4 * TOGETHER;

/// Bytes of a block of vectors with so many dimensions.
pub(super) fn size(dimensions: usize) -> usize {
    dimensions.div_ceil(8) * PAIR + 2 * NUMBERS
}

/// A block where it lies.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    /// For each eight dimensions a [`PAIR`]. In its half for four of them, byte j has the signs of passage j in its low
    /// bits and those of passage j + 16 in its high bits.
    pub signs: &'a [[u8; PAIR]],
    factors: &'a [[u8; 4]; TOGETHER],
    biases: &'a [[u8; 4]; TOGETHER],
}

impl<'a> Block<'a> {
    /// All whole blocks of a section.
    pub fn all(section: &'a [u8], dimensions: usize) -> impl Iterator<Item = Self> {
        let signs = dimensions.div_ceil(8) * PAIR;
        let blocks = section.chunks_exact(size(dimensions));
        blocks.filter_map(move |bytes| {
            let (signs, numbers) = bytes.split_at(signs);
            let (factors, biases) = numbers.as_chunks().0.split_first_chunk()?;
            Some(Self {
                signs: signs.as_chunks().0,
                factors,
                biases: biases.first_chunk()?,
            })
        })
    }

    /// See [`Coded::factor`] and [`Coded::bias`], passage by passage.
    #[inline(always)]
    pub fn numbers(self) -> ([f32; TOGETHER], [f32; TOGETHER]) {
        (
            self.factors.map(f32::from_le_bytes),
            self.biases.map(f32::from_le_bytes),
        )
    }
}

/// Writes blocks of passages as they come.
#[derive(Default)]
pub(super) struct Blocks {
    waiting: Vec<Coded>,
}

impl Blocks {
    /// Takes a passage, and writes a block where one is full.
    pub fn push(&mut self, coded: Coded, out: &mut dyn Write) -> Result<()> {
        self.waiting.push(coded);
        match self.waiting.len() < TOGETHER {
            true => Ok(()),
            false => self.finish(out),
        }
    }

    /// Writes what is left, filled up with passages that nothing is near to.
    pub fn finish(&mut self, out: &mut dyn Write) -> Result<()> {
        let rows = std::mem::take(&mut self.waiting);
        let Some(first) = rows.first() else {
            return Ok(());
        };
        let four = |row: usize, place: usize, half: usize| {
            rows.get(row)
                .map_or(0, |coded| coded.bits[place] >> (4 * half) & 15)
        };
        for place in 0..first.bits.len() {
            for half in 0..2 {
                let byte = |j| four(j, place, half) | four(j + TOGETHER / 2, place, half) << 4;
                out.write_all(&std::array::from_fn::<u8, { PAIR / 2 }, _>(byte))?;
            }
        }
        let number = |read: fn(&Coded) -> f32, none: f32, row| rows.get(row).map_or(none, read);
        for row in 0..TOGETHER {
            out.write_all(&number(|coded| coded.factor, 0.0, row).to_le_bytes())?;
        }
        for row in 0..TOGETHER {
            out.write_all(&number(|coded| coded.bias, f32::NEG_INFINITY, row).to_le_bytes())?;
        }
        Ok(())
    }
}
