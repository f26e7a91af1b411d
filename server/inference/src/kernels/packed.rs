//! Weights in the order in which the product reads them.

use super::quantized::{BLOCK, BlockQ4};

/// Rows that are computed together.
pub(crate) const GROUP: usize = 8;
/// Bytes of a group's block: 8 rows of 32 weights, two in a byte.
pub(super) const GROUP_BYTES: usize = GROUP * BLOCK / 2;

/// A matrix `[rows, width]` of 4-bit weights. Eight rows form a group. A group's block has four vectors of 32 bytes; byte
/// `4 r + j` of vector `v` has row `r`'s weight `4 v + j` in its low and `16 + 4 v + j` in its high half.
pub(crate) struct PackedWeights {
    /// Rows, a multiple of [`GROUP`].
    pub rows: usize,
    /// Numbers in a row, a multiple of [`BLOCK`].
    pub width: usize,
    /// `[rows / 8, width / 32]` of [`GROUP_BYTES`].
    pub(super) weights: Vec<[u8; GROUP_BYTES]>,
    /// `[rows / 8, width / 32]`: a scale for each row.
    pub(super) scales: Vec<[f32; GROUP]>,
}

impl PackedWeights {
    /// Packs the rows of matrices of one width, one below the other, from their blocks as files have them.
    /// The caller has checked that sizes fit: rows of each by 8, width by 32.
    pub(crate) fn new(matrices: &[&[u8]], width: usize) -> Self {
        let blocks = width / BLOCK;
        let mut packed = Self {
            rows: 0,
            width,
            weights: Vec::new(),
            scales: Vec::new(),
        };
        for matrix in matrices {
            let all: Vec<BlockQ4<'_>> = BlockQ4::all(matrix).collect();
            for group in all.chunks_exact(GROUP * blocks) {
                packed.push_group(group, blocks);
            }
        }
        packed
    }

    fn push_group(&mut self, group: &[BlockQ4<'_>], blocks: usize) {
        for block in 0..blocks {
            let mut bytes = [0; GROUP_BYTES];
            for (place, byte) in bytes.iter_mut().enumerate() {
                let (vector, row, j) = (place / 32, place % 32 / 4, place % 4);
                let from = group[row * blocks + block];
                *byte = from.raw(4 * vector + j) | from.raw(16 + 4 * vector + j) << 4;
            }
            self.weights.push(bytes);
            self.scales.push(std::array::from_fn(|row| {
                group[row * blocks + block].scale()
            }));
        }
        self.rows += GROUP;
    }

    /// Blocks in a row.
    pub(super) fn blocks(&self) -> usize {
        self.width / BLOCK
    }

    /// Weights and scales of each group of rows.
    pub(super) fn groups(&self) -> impl Iterator<Item = (&[[u8; GROUP_BYTES]], &[[f32; GROUP]])> {
        let weights = self.weights.chunks_exact(self.blocks());
        weights.zip(self.scales.chunks_exact(self.blocks()))
    }
}

/// A group's block with a byte for each weight: vector `q` has byte `4 r + j` for row `r`'s weight `4 q + j`.
pub(super) type Unpacked = [[u8; 32]; 8];

/// One weight a byte.
#[inline(always)]
pub(super) fn unpack(packed: &[u8; GROUP_BYTES], to: &mut Unpacked) {
    let (low, high) = to.split_at_mut(4);
    for (vector, (low, high)) in packed
        .as_chunks::<32>()
        .0
        .iter()
        .zip(low.iter_mut().zip(high))
    {
        for (byte, (low, high)) in vector.iter().zip(low.iter_mut().zip(high)) {
            *low = byte & 15;
            *high = byte >> 4;
        }
    }
}
