//! The kernels for machines with AVX2 and FMA. This is the only module with `unsafe` code: vectors are read and written
//! by address. Everything else is [`lanes`](super::lanes) compiled again, with more instructions allowed.
#![allow(
    unsafe_code,
    reason = "vector loads and stores take addresses; each is within a slice whose length is known beside it"
)]

use super::attention::{self, HEAD, KEYS, QUERIES, Steps};
use super::causal::Causal;
use super::eight::Weights8;
use super::gated::Gate;
use super::packed::{GROUP, GROUP_BYTES, PackedWeights, Unpacked};
use super::quantized::{BLOCK, QuantizedRows, ROWS, Tile};
use super::{Heads, Norm, causal as seen, gated, lanes, quantized};
use std::arch::x86_64::{
    __m256, __m256i, _mm256_abs_epi8, _mm256_add_epi16, _mm256_add_ps, _mm256_and_si256,
    _mm256_cvtepi32_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_loadu_si256, _mm256_madd_epi16,
    _mm256_maddubs_epi16, _mm256_mul_ps, _mm256_set1_epi8, _mm256_set1_epi16, _mm256_set1_epi32,
    _mm256_set1_ps, _mm256_setzero_ps, _mm256_sign_epi8, _mm256_srli_epi16, _mm256_storeu_ps,
    _mm256_storeu_si256,
};
use std::ops::Range;

#[target_feature(enable = "avx2,fma")]
pub(super) fn gelu(x: &mut [f32]) {
    lanes::gelu::<true>(x);
}

#[target_feature(enable = "avx2,fma")]
pub(super) fn add_norm(x: &mut [f32], y: &[f32], norm: &Norm<'_>) {
    lanes::add_norm::<true>(x, y, norm);
}

#[target_feature(enable = "avx2,fma")]
pub(super) fn attention(qkv: &[f32], segments: &[Range<usize>], to: &mut [f32], shape: Heads) {
    attention::attention::<Avx2>(qkv, segments, to, shape);
}

/// The steps of attention; used by [`attention`] above alone, which runs after AVX2 and FMA were found.
struct Avx2;

impl Steps for Avx2 {
    fn score(query: [&[f32; HEAD]; QUERIES], keys: &[[f32; KEYS]; HEAD]) -> [[f32; KEYS]; QUERIES] {
        // SAFETY: see `Avx2`.
        unsafe { score(query, keys) }
    }

    fn softmax(scores: &mut [f32], keys: usize) -> f32 {
        // SAFETY: see `Avx2`.
        unsafe { softmax(scores, keys) }
    }

    fn weigh(weights: [&[f32]; 2], values: &[[f32; HEAD]]) -> [[f32; HEAD]; 2] {
        // SAFETY: see `Avx2`.
        unsafe { weigh(weights, values) }
    }
}

#[target_feature(enable = "avx2,fma")]
fn score(query: [&[f32; HEAD]; QUERIES], keys: &[[f32; KEYS]; HEAD]) -> [[f32; KEYS]; QUERIES] {
    let mut sums = [[_mm256_setzero_ps(); KEYS / 8]; QUERIES];
    for (e, keys) in keys.iter().enumerate() {
        let keys = keys.as_chunks::<8>().0;
        let keys = [floats(&keys[0]), floats(&keys[1])];
        for n in 0..QUERIES {
            let q = _mm256_set1_ps(query[n][e]);
            sums[n][0] = _mm256_fmadd_ps(q, keys[0], sums[n][0]);
            sums[n][1] = _mm256_fmadd_ps(q, keys[1], sums[n][1]);
        }
    }
    let mut scores = [[0.0; KEYS]; QUERIES];
    for (scores, sums) in scores.iter_mut().zip(&sums) {
        for (scores, sum) in scores.as_chunks_mut::<8>().0.iter_mut().zip(sums) {
            store_floats(*sum, scores);
        }
    }
    scores
}

#[target_feature(enable = "avx2,fma")]
fn softmax(scores: &mut [f32], keys: usize) -> f32 {
    lanes::softmax::<true>(scores, keys)
}

#[target_feature(enable = "avx2,fma")]
fn weigh(weights: [&[f32]; 2], values: &[[f32; HEAD]]) -> [[f32; HEAD]; 2] {
    let mut sums = [[_mm256_setzero_ps(); HEAD / 8]; 2];
    for (value, (a, b)) in values.iter().zip(weights[0].iter().zip(weights[1])) {
        let (a, b) = (_mm256_set1_ps(*a), _mm256_set1_ps(*b));
        let value = value.as_chunks::<8>().0;
        for i in 0..HEAD / 8 {
            let value = floats(&value[i]);
            sums[0][i] = _mm256_fmadd_ps(a, value, sums[0][i]);
            sums[1][i] = _mm256_fmadd_ps(b, value, sums[1][i]);
        }
    }
    let mut means = [[0.0; HEAD]; 2];
    for (means, sums) in means.iter_mut().zip(&sums) {
        for (means, sum) in means.as_chunks_mut::<8>().0.iter_mut().zip(sums) {
            store_floats(*sum, means);
        }
    }
    means
}

#[target_feature(enable = "avx2,fma")]
pub(super) fn quantize(x: &[f32], rows: &mut QuantizedRows) {
    quantized::fill(x, rows);
}

/// See [`super::product`].
///
/// A weight is a byte from 0 to 15, an activation from −127 to 127. `maddubs` adds pairs of products into 16 bits, eight
/// vectors of which are added before they are widened: a lane is the sum of 16 products of (weight − 8) and activation,
/// at most 16 · 8 · 127 = 16,256, and 16-bit additions wrap, so that only the end must fit. The offset that takes the 8
/// off is where the sum begins.
#[target_feature(enable = "avx2,fma")]
pub(super) fn product(x: &QuantizedRows, w: &PackedWeights, bias: &[f32], to: &mut [f32]) {
    let blocks = w.blocks();
    let together = groups_together(blocks);
    let mut unpacked: Vec<Unpacked> = vec![[[0; 32]; 8]; together * blocks];
    let weights = w.weights.chunks(together * blocks);
    for (pass, (weights, scales)) in weights.zip(w.scales.chunks(together * blocks)).enumerate() {
        for (from, to) in weights.iter().zip(&mut unpacked) {
            unpack(from, to);
        }
        let unpacked = &unpacked[..weights.len()];
        let first = pass * together * GROUP;
        let tiles = x.tiles.chunks_exact(x.blocks);
        for (tiles, to) in tiles.zip(to.chunks_mut(ROWS * w.rows)) {
            let groups = unpacked
                .chunks_exact(blocks)
                .zip(scales.chunks_exact(blocks));
            for (group, (weights, scales)) in groups.enumerate() {
                let first = first + group * GROUP;
                let sums = tile_row(tiles, weights, scales);
                for (sum, to) in sums.into_iter().zip(to.chunks_exact_mut(w.rows)) {
                    store(sum, &bias[first..], &mut to[first..]);
                }
            }
        }
    }
}

#[target_feature(enable = "avx2,fma")]
pub(super) fn causal(q: &[f32], keys: &[f32], values: &[f32], shape: Causal, to: &mut [f32]) {
    seen::causal::<true>(q, keys, values, shape, to);
}

#[target_feature(enable = "avx2,fma")]
pub(super) fn rms_norm(x: &[f32], weight: &[f32], epsilon: f32, to: &mut [f32]) {
    gated::rms_norm::<true>(x, weight, epsilon, to);
}

#[target_feature(enable = "avx2,fma")]
pub(super) fn gate(kind: Gate, x: &mut [f32], up: &[f32]) {
    gated::gate::<true>(kind, x, up);
}

/// See [`super::product8`].
#[target_feature(enable = "avx2,fma")]
pub(super) fn product8(
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
            let sums = match tokens - first {
                1 => tile_dots::<1>(tiles, values, scales),
                _ => tile_dots::<ROWS>(tiles, values, scales),
            };
            for (token, sum) in (first..tokens).zip(sums) {
                to[token * count + place] = sum;
            }
        }
    }
}

/// The first `N` rows of a tile with one row of weights. A weight's sign goes over to the activation, since `maddubs`
/// multiplies a number without a sign with one that has one; two products of at most 127 · 127 fit into 16 bits.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn tile_dots<const N: usize>(
    tiles: &[Tile],
    values: &[[i8; BLOCK]],
    scales: &[f32],
) -> [f32; ROWS] {
    let ones = _mm256_set1_epi16(1);
    let mut sums = [_mm256_setzero_ps(); N];
    for (tile, (values, scale)) in tiles.iter().zip(values.iter().zip(scales)) {
        let weights = signed_bytes(values);
        let sizes = _mm256_abs_epi8(weights);
        for (sum, (row, own)) in sums.iter_mut().zip(tile.values.iter().zip(&tile.scales)) {
            let x = _mm256_sign_epi8(signed_bytes(row), weights);
            let pairs = _mm256_maddubs_epi16(sizes, x);
            let whole = _mm256_cvtepi32_ps(_mm256_madd_epi16(pairs, ones));
            let scale = _mm256_set1_ps(scale * own);
            *sum = _mm256_fmadd_ps(whole, scale, *sum);
        }
    }
    let mut to = [0.0; ROWS];
    for (to, sum) in to.iter_mut().zip(sums) {
        let mut eight = [0.0; 8];
        store_floats(sum, &mut eight);
        *to = lanes::total(eight);
    }
    to
}

#[target_feature(enable = "avx2,fma")]
#[inline]
fn signed_bytes(from: &[i8; BLOCK]) -> __m256i {
    // SAFETY: `from` has 32 bytes, as many as are read; no alignment is asked for.
    unsafe { _mm256_loadu_si256(from.as_ptr().cast()) }
}

/// Groups of weights that are unpacked at a time: what fits into the first cache, and not so few that rows of `to`, which
/// often lie a multiple of 4 KiB apart, drive each other out of it.
fn groups_together(blocks: usize) -> usize {
    let bytes = blocks * size_of::<Unpacked>();
    ((24 << 10) / bytes.max(1)).clamp(2, 16)
}

/// Four rows of activations with the eight rows of a group.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn tile_row(tiles: &[Tile], group: &[Unpacked], scales: &[[f32; GROUP]]) -> [__m256; ROWS] {
    let ones = _mm256_set1_epi16(1);
    let mut sums = [_mm256_setzero_ps(); ROWS];
    for (tile, (weights, scales)) in tiles.iter().zip(group.iter().zip(scales)) {
        let mut whole = [_mm256_set1_epi32(0); ROWS];
        for (whole, [low, high]) in whole.iter_mut().zip(tile.offsets) {
            *whole = _mm256_set1_epi32(i32::from(low as u16) | i32::from(high) << 16);
        }
        for (quad, weights) in weights.iter().enumerate() {
            let weights = bytes(weights);
            for (whole, values) in whole.iter_mut().zip(&tile.values) {
                let four = values.as_chunks::<4>().0[quad].map(|value| value as u8);
                let four = _mm256_set1_epi32(i32::from_ne_bytes(four));
                *whole = _mm256_add_epi16(*whole, _mm256_maddubs_epi16(weights, four));
            }
        }
        let scales = floats(scales);
        for ((sum, whole), scale) in sums.iter_mut().zip(whole).zip(tile.scales) {
            let wide = _mm256_cvtepi32_ps(_mm256_madd_epi16(whole, ones));
            let scale = _mm256_mul_ps(scales, _mm256_set1_ps(scale));
            *sum = _mm256_fmadd_ps(wide, scale, *sum);
        }
    }
    sums
}

/// One weight a byte: see [`Unpacked`].
#[target_feature(enable = "avx2,fma")]
#[inline]
fn unpack(packed: &[u8; GROUP_BYTES], to: &mut Unpacked) {
    let half = _mm256_set1_epi8(15);
    let (low, high) = to.split_at_mut(4);
    for (vector, (low, high)) in packed
        .as_chunks::<32>()
        .0
        .iter()
        .zip(low.iter_mut().zip(high))
    {
        let both = bytes(vector);
        store_bytes(_mm256_and_si256(both, half), low);
        store_bytes(_mm256_and_si256(_mm256_srli_epi16::<4>(both), half), high);
    }
}

#[target_feature(enable = "avx2,fma")]
#[inline]
fn store(sum: __m256, bias: &[f32], to: &mut [f32]) {
    if let (Some(bias), Some(to)) = (bias.first_chunk(), to.first_chunk_mut::<GROUP>()) {
        store_floats(_mm256_add_ps(sum, floats(bias)), to);
    }
}

#[target_feature(enable = "avx2,fma")]
#[inline]
fn store_floats(from: __m256, to: &mut [f32; 8]) {
    // SAFETY: `to` has eight numbers, as many as are written; no alignment is asked for.
    unsafe { _mm256_storeu_ps(to.as_mut_ptr(), from) };
}

#[target_feature(enable = "avx2,fma")]
#[inline]
fn store_bytes(from: __m256i, to: &mut [u8; 32]) {
    // SAFETY: `to` has 32 bytes, as many as are written; no alignment is asked for.
    unsafe { _mm256_storeu_si256(to.as_mut_ptr().cast(), from) };
}

#[target_feature(enable = "avx2,fma")]
#[inline]
fn bytes(from: &[u8; 32]) -> __m256i {
    // SAFETY: `from` has 32 bytes, as many as are read; no alignment is asked for.
    unsafe { _mm256_loadu_si256(from.as_ptr().cast()) }
}

#[target_feature(enable = "avx2,fma")]
#[inline]
fn floats(from: &[f32; GROUP]) -> __m256 {
    // SAFETY: `from` has eight numbers, as many as are read; no alignment is asked for.
    unsafe { _mm256_loadu_ps(from.as_ptr()) }
}
