//! Numbers as small whole numbers with a scale for each block of 32.

/// Numbers in a block.
pub(crate) const BLOCK: usize = 32;
/// Bytes of a block of weights.
const BLOCK_BYTES: usize = 18;

/// A block of weights as files have it (GGML's Q4_0): a half-precision scale, then 16 bytes; byte j has weight j in its
/// low and weight j + 16 in its high half, each from 0 to 15 and meant minus 8.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BlockQ4<'a>(&'a [u8; BLOCK_BYTES]);

impl<'a> BlockQ4<'a> {
    /// Bytes of a block.
    pub(crate) const BYTES: usize = BLOCK_BYTES;

    /// The blocks of a tensor; bytes that fill no block are left out.
    pub(crate) fn all(bytes: &'a [u8]) -> impl Iterator<Item = Self> {
        bytes.as_chunks::<BLOCK_BYTES>().0.iter().map(Self)
    }

    /// What each whole number is multiplied with.
    pub(crate) fn scale(self) -> f32 {
        half_to_single(u16::from_le_bytes([self.0[0], self.0[1]]))
    }

    /// Weight `k` of the block before the scale, from 0 to 15, meant minus 8.
    pub(crate) fn raw(self, k: usize) -> u8 {
        let byte = self.0[2 + k % 16];
        if k < 16 { byte & 15 } else { byte >> 4 }
    }

    /// Adds the weights to 32 numbers.
    pub(crate) fn add_to(self, to: &mut [f32]) {
        let scale = self.scale();
        for (k, to) in to.iter_mut().take(BLOCK).enumerate() {
            *to += (f32::from(self.raw(k)) - 8.0) * scale;
        }
    }
}

/// IEEE 754 half precision to single.
pub(crate) fn half_to_single(half: u16) -> f32 {
    let sign = if half & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(half >> 10 & 31), f32::from(half & 1023));
    match exponent {
        0 => sign * fraction * 2f32.powi(-24),
        31 if fraction == 0.0 => sign * f32::INFINITY,
        31 => f32::NAN,
        _ => sign * (1.0 + fraction / 1024.0) * 2f32.powi(exponent - 15),
    }
}

/// Rows of activations that share one reading of the weights.
pub(crate) const ROWS: usize = 4;

/// A block of [`ROWS`] rows as whole numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tile {
    /// From −127 to 127.
    pub values: [[i8; BLOCK]; ROWS],
    /// What a row's numbers are multiplied with.
    pub scales: [f32; ROWS],
    /// Minus eight times the sum of a row's numbers, in two halves: those at places 0 and 1 of each four, those at 2
    /// and 3. Weights are stored plus eight; this takes it off again.
    pub offsets: [[i16; 2]; ROWS],
}

/// Rows of activations as whole numbers: `[rows / 4, width / 32]` tiles. What is missing to a multiple of four rows is
/// filled up with zeros.
pub(crate) struct QuantizedRows {
    /// Tiles for four rows.
    pub(super) blocks: usize,
    pub(super) tiles: Vec<Tile>,
}

impl QuantizedRows {
    /// Room for none.
    pub(crate) fn empty() -> Self {
        Self {
            blocks: 0,
            tiles: Vec::new(),
        }
    }

    /// Room for rows of this width, a multiple of [`BLOCK`]; what fills up the last tiles is zero, the rest whatever it
    /// was before.
    pub(super) fn make_room(&mut self, rows: usize, width: usize) {
        self.blocks = width / BLOCK;
        self.tiles
            .resize(rows.div_ceil(ROWS) * self.blocks, Tile::default());
        let last = self.tiles.len().saturating_sub(self.blocks);
        self.tiles[last..].fill(Tile::default());
    }
}

/// 1.5 · 2²³: a number below 2²² plus this has its nearest whole number in the low bits.
const ROUNDER: f32 = 12_582_912.0;

/// Quantizes `x` into `rows`, block by block.
#[inline(always)]
pub(super) fn fill(x: &[f32], rows: &mut QuantizedRows) {
    let blocks = rows.blocks;
    let tiles = rows.tiles.chunks_exact_mut(blocks);
    for (x, tiles) in x.chunks(ROWS * blocks * BLOCK).zip(tiles) {
        for (row, x) in x.chunks_exact(blocks * BLOCK).enumerate() {
            for (x, tile) in x.as_chunks::<BLOCK>().0.iter().zip(&mut *tiles) {
                tile.scales[row] = fill_block(x, &mut tile.values[row]);
                tile.offsets[row] = offsets(&tile.values[row]);
            }
        }
    }
}

#[inline(always)]
pub(super) fn fill_block(x: &[f32; BLOCK], values: &mut [i8; BLOCK]) -> f32 {
    let mut most = [0f32; 8];
    for part in x.as_chunks::<8>().0 {
        for (most, x) in most.iter_mut().zip(part) {
            *most = if x.abs() > *most { x.abs() } else { *most };
        }
    }
    let most = most.iter().fold(0f32, |a, b| a.max(*b));
    let inverse = if most > 0.0 { 127.0 / most } else { 0.0 };
    for (value, x) in values.iter_mut().zip(x) {
        let rounded = (x * inverse + ROUNDER).to_bits() as i32;
        *value = rounded.wrapping_sub(ROUNDER.to_bits() as i32) as i8;
    }
    most / 127.0
}

#[inline(always)]
fn offsets(values: &[i8; BLOCK]) -> [i16; 2] {
    let (mut low, mut high) = (0i16, 0i16);
    for four in values.as_chunks::<4>().0 {
        low += i16::from(four[0]) + i16::from(four[1]);
        high += i16::from(four[2]) + i16::from(four[3]);
    }
    [-8 * low, -8 * high]
}
