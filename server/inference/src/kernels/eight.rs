//! Weights of 8 bits: the form that all others are brought into when a language model is opened.

use super::quantized::{BLOCK, QuantizedRows, ROWS, Tile, fill_block};

/// A matrix `[rows, width]` of whole numbers from −127 to 127 with a scale for each 32.
pub(crate) struct Weights8 {
    /// Numbers in a row, a multiple of [`BLOCK`].
    pub width: usize,
    values: Vec<[i8; BLOCK]>,
    scales: Vec<f32>,
}

impl Weights8 {
    /// No rows yet.
    pub(crate) fn new(width: usize) -> Self {
        Self {
            width,
            values: Vec::new(),
            scales: Vec::new(),
        }
    }

    /// Adds rows, rounded. What is not a whole block is left out; the caller has checked the width.
    pub(crate) fn push(&mut self, numbers: &[f32]) {
        for block in numbers.as_chunks::<BLOCK>().0 {
            let mut values = [0; BLOCK];
            self.scales.push(fill_block(block, &mut values));
            self.values.push(values);
        }
    }

    /// Number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.values.len() / self.blocks().max(1)
    }

    fn blocks(&self) -> usize {
        self.width / BLOCK
    }

    /// A row's blocks and their scales.
    pub(super) fn row(&self, row: usize) -> (&[[i8; BLOCK]], &[f32]) {
        let blocks = self.blocks();
        let range = row * blocks..(row + 1) * blocks;
        (&self.values[range.clone()], &self.scales[range])
    }

    /// A row's numbers, times a factor.
    pub(crate) fn numbers(&self, row: usize, factor: f32, to: &mut [f32]) {
        let (values, scales) = self.row(row);
        let blocks = values.iter().zip(scales);
        for ((values, scale), to) in blocks.zip(to.as_chunks_mut::<BLOCK>().0) {
            for (value, to) in values.iter().zip(to) {
                *to = f32::from(*value) * scale * factor;
            }
        }
    }
}

/// See [`super::product8`].
pub(super) fn portable(
    x: &QuantizedRows,
    tokens: usize,
    w: &Weights8,
    rows: impl ExactSizeIterator<Item = usize>,
    to: &mut [f32],
) {
    let count = rows.len();
    for (place, row) in rows.enumerate() {
        let (values, scales) = w.row(row);
        for (number, tiles) in x.tiles.chunks_exact(x.blocks).enumerate() {
            let first = number * ROWS;
            for token in first..tokens.min(first + ROWS) {
                to[token * count + place] = one(tiles, token - first, values, scales);
            }
        }
    }
}

/// One row of activations with one row of weights.
fn one(tiles: &[Tile], row: usize, values: &[[i8; BLOCK]], scales: &[f32]) -> f32 {
    let blocks = tiles.iter().zip(values.iter().zip(scales));
    let parts = blocks.map(|(tile, (values, scale))| {
        let products = tile.values[row].iter().zip(values);
        let whole: i32 = products.map(|(x, w)| i32::from(*x) * i32::from(*w)).sum();
        whole as f32 * (scale * tile.scales[row])
    });
    parts.sum()
}
