//! The product of activations and 4-bit weights, for every machine.

use super::packed::{GROUP, PackedWeights, Unpacked, unpack};
use super::quantized::{QuantizedRows, ROWS, Tile};

/// See [`super::product`].
pub(super) fn portable(x: &QuantizedRows, w: &PackedWeights, bias: &[f32], to: &mut [f32]) {
    let mut unpacked: Vec<Unpacked> = vec![[[0; 32]; 8]; w.blocks()];
    for (group, (weights, scales)) in w.groups().enumerate() {
        for (from, to) in weights.iter().zip(&mut unpacked) {
            unpack(from, to);
        }
        let first = group * GROUP;
        let tiles = x.tiles.chunks_exact(x.blocks);
        for (tiles, to) in tiles.zip(to.chunks_mut(ROWS * w.rows)) {
            for (row, to) in to.chunks_exact_mut(w.rows).enumerate() {
                let sums = one_row(tiles, row, &unpacked, scales);
                for (to, (sum, bias)) in to[first..].iter_mut().zip(sums.iter().zip(&bias[first..]))
                {
                    *to = sum + bias;
                }
            }
        }
    }
}

/// One row of activations with the eight rows of a group.
fn one_row(
    tiles: &[Tile],
    row: usize,
    group: &[Unpacked],
    scales: &[[f32; GROUP]],
) -> [f32; GROUP] {
    let mut sums = [0f32; GROUP];
    for (tile, (weights, scales)) in tiles.iter().zip(group.iter().zip(scales)) {
        let [low, high] = tile.offsets[row];
        let mut whole = [i32::from(low) + i32::from(high); GROUP];
        for (vector, four) in weights.iter().zip(tile.values[row].as_chunks::<4>().0) {
            for (sum, weights) in whole.iter_mut().zip(vector.as_chunks::<4>().0) {
                for (w, x) in weights.iter().zip(four) {
                    *sum += i32::from(*w) * i32::from(*x);
                }
            }
        }
        for (sum, (whole, scale)) in sums.iter_mut().zip(whole.iter().zip(scales)) {
            *sum += *whole as f32 * (scale * tile.scales[row]);
        }
    }
    sums
}
