//! Kernels in plain Rust, written in eights so that the compiler makes vector instructions of them. `FUSED` asks for
//! fused multiply-adds, which only pay where the machine has them.

use super::{Heads, Norm};
use std::ops::Range;

/// Numbers that are computed together.
const LANES: usize = 8;
type Lanes = [f32; LANES];

#[inline(always)]
fn multiply_add<const FUSED: bool>(a: f32, b: f32, c: f32) -> f32 {
    if FUSED { a.mul_add(b, c) } else { a * b + c }
}

/// 1.5 · 2²³: a small number plus this has its nearest whole number in the low bits.
const ROUNDER: f32 = 12_582_912.0;

/// eˣ for x ≤ 0 with a relative error below 2 · 10⁻⁷; 0 below −87. The usual split into 2ⁿ · eʳ with |r| ≤ ln 2 / 2, a
/// polynomial for eʳ (Cephes `expf`).
#[inline(always)]
fn exponential<const FUSED: bool>(x: f32) -> f32 {
    let small = x < -87.0;
    let x = if small { -87.0 } else { x };
    let shifted = multiply_add::<FUSED>(x, std::f32::consts::LOG2_E, ROUNDER);
    let n = shifted - ROUNDER;
    let r = multiply_add::<FUSED>(n, -0.693_359_4, x);
    let r = multiply_add::<FUSED>(n, 2.121_944_4e-4, r);
    let mut sum = 1.987_569_2e-4;
    for c in [
        1.398_199_9e-3,
        8.333_452e-3,
        4.166_579_6e-2,
        1.666_666_5e-1,
        0.5,
    ] {
        sum = multiply_add::<FUSED>(sum, r, c);
    }
    let power = multiply_add::<FUSED>(sum * r, r, r + 1.0);
    let bits = (shifted.to_bits() as i32).wrapping_sub(ROUNDER.to_bits() as i32) + 127;
    let result = power * f32::from_bits((bits as u32) << 23);
    if small { 0.0 } else { result }
}

/// `x · Φ(x)`; the error function by formula 7.1.26 of Abramowitz and Stegun, wrong by at most 1.5 · 10⁻⁷.
#[inline(always)]
fn gelu_of<const FUSED: bool>(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / multiply_add::<FUSED>(z, 0.327_591_1, 1.0);
    let mut sum = 1.061_405_4;
    for c in [-1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6] {
        sum = multiply_add::<FUSED>(sum, t, c);
    }
    // erf(|z|) = 1 − rest, so Φ(x) is 1 − rest/2 for positive x and rest/2 for negative
    let half_rest = 0.5 * sum * t * exponential::<FUSED>(-z * z);
    x * if x < 0.0 { half_rest } else { 1.0 - half_rest }
}

/// See [`super::gelu`].
#[inline(always)]
pub(super) fn gelu<const FUSED: bool>(x: &mut [f32]) {
    let (eights, rest) = x.as_chunks_mut::<LANES>();
    for eight in eights {
        for x in eight {
            *x = gelu_of::<FUSED>(*x);
        }
    }
    for x in rest {
        *x = gelu_of::<FUSED>(*x);
    }
}

#[inline(always)]
fn total(lanes: Lanes) -> f32 {
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (b + f)) + ((c + g) + (d + h))
}

/// See [`super::add_norm`]. Rows are as wide as the norm's weight, a multiple of eight.
#[inline(always)]
pub(super) fn add_norm<const FUSED: bool>(x: &mut [f32], y: &[f32], norm: &Norm<'_>) {
    let width = norm.weight.len();
    for (x, y) in x.chunks_exact_mut(width).zip(y.chunks_exact(width)) {
        let mut sum = [0f32; LANES];
        for (x, y) in x
            .as_chunks_mut::<LANES>()
            .0
            .iter_mut()
            .zip(y.as_chunks::<LANES>().0)
        {
            for i in 0..LANES {
                x[i] += y[i];
                sum[i] += x[i];
            }
        }
        let mean = total(sum) / width as f32;
        normalize::<FUSED>(x, mean, norm);
    }
}

#[inline(always)]
fn normalize<const FUSED: bool>(x: &mut [f32], mean: f32, norm: &Norm<'_>) {
    let mut squares = [0f32; LANES];
    for x in x.as_chunks::<LANES>().0 {
        for i in 0..LANES {
            squares[i] = multiply_add::<FUSED>(x[i] - mean, x[i] - mean, squares[i]);
        }
    }
    let variance = total(squares) / x.len() as f32;
    let inverse = 1.0 / (variance + norm.epsilon).sqrt();
    for (x, (weight, bias)) in x.iter_mut().zip(norm.weight.iter().zip(norm.bias)) {
        *x = multiply_add::<FUSED>((*x - mean) * inverse, *weight, *bias);
    }
}

/// Numbers of a head, for which the loops below are written.
pub(super) const HEAD: usize = 32;
/// Keys that are scored together.
const KEYS: usize = 16;
/// Queries that are scored together.
const QUERIES: usize = 4;

/// Copies of one head of one segment, in the order in which they are read.
struct Head {
    /// `[keys / 16, 32, 16]`: keys side by side, the last ones filled up with zeros.
    keys: Vec<[[f32; KEYS]; HEAD]>,
    /// `[keys, 32]`.
    values: Vec<[f32; HEAD]>,
    /// `[4, keys]`: weights of four queries.
    scores: [Vec<f32>; QUERIES],
}

/// See [`super::attention`]. A head has 32 numbers.
#[inline(always)]
pub(super) fn attention<const FUSED: bool>(
    qkv: &[f32],
    segments: &[Range<usize>],
    to: &mut [f32],
    shape: Heads,
) {
    let longest = segments
        .iter()
        .map(ExactSizeIterator::len)
        .max()
        .unwrap_or(0);
    let padded = longest.next_multiple_of(KEYS);
    let mut head = Head {
        keys: vec![[[0.0; KEYS]; HEAD]; padded / KEYS],
        values: vec![[0.0; HEAD]; longest],
        scores: std::array::from_fn(|_| vec![0.0; padded]),
    };
    for segment in segments {
        for number in 0..shape.count {
            let place = number * HEAD;
            read_head(qkv, segment, place, shape.width, &mut head);
            let mut queries = segment.clone();
            while !queries.is_empty() {
                let four = queries.start..queries.end.min(queries.start + QUERIES);
                attend::<FUSED>(
                    qkv,
                    four.clone(),
                    segment.len(),
                    place,
                    shape.width,
                    &mut head,
                    to,
                );
                queries.start = four.end;
            }
        }
    }
}

#[inline(always)]
fn read_head(qkv: &[f32], segment: &Range<usize>, place: usize, width: usize, head: &mut Head) {
    let scale = 1.0 / (HEAD as f32).sqrt();
    let rows = qkv[segment.start * 3 * width..segment.end * 3 * width].chunks_exact(3 * width);
    for (number, row) in rows.enumerate() {
        let keys = &mut head.keys[number / KEYS];
        for (to, key) in keys.iter_mut().zip(&row[width + place..]) {
            to[number % KEYS] = key * scale;
        }
        head.values[number].copy_from_slice(&row[2 * width + place..][..HEAD]);
    }
    let filled = segment.len();
    if filled % KEYS != 0 {
        for to in &mut head.keys[filled / KEYS] {
            to[filled % KEYS..].fill(0.0);
        }
    }
}

/// Up to four queries: scores, their softmax, and the weighted mean of the values.
#[inline(always)]
fn attend<const FUSED: bool>(
    qkv: &[f32],
    queries: Range<usize>,
    keys: usize,
    place: usize,
    width: usize,
    head: &mut Head,
    to: &mut [f32],
) {
    // Where there are fewer than four, the last is computed again and its result left out.
    let row = |i: usize| (queries.start + i).min(queries.end - 1) * 3 * width + place;
    let query: [&[f32]; QUERIES] = std::array::from_fn(|i| &qkv[row(i)..][..HEAD]);
    for (number, block) in head.keys[..keys.div_ceil(KEYS)].iter().enumerate() {
        let scores = score::<FUSED>(query, block);
        for (to, scores) in head.scores.iter_mut().zip(scores) {
            to[number * KEYS..][..KEYS].copy_from_slice(&scores);
        }
    }
    let mut inverse = [0f32; QUERIES];
    for (inverse, scores) in inverse.iter_mut().zip(&mut head.scores) {
        *inverse = 1.0 / softmax::<FUSED>(&mut scores[..keys.next_multiple_of(KEYS)], keys);
    }
    for pair in 0..QUERIES / 2 {
        let (a, b) = (2 * pair, 2 * pair + 1);
        let means = weigh::<FUSED>([&head.scores[a], &head.scores[b]], &head.values[..keys]);
        for (i, mean) in [(a, means[0]), (b, means[1])] {
            if queries.start + i < queries.end {
                let to = &mut to[(queries.start + i) * width + place..][..HEAD];
                for (to, mean) in to.iter_mut().zip(mean) {
                    *to = mean * inverse[i];
                }
            }
        }
    }
}

#[inline(always)]
fn score<const FUSED: bool>(
    query: [&[f32]; QUERIES],
    keys: &[[f32; KEYS]; HEAD],
) -> [[f32; KEYS]; QUERIES] {
    let mut sums = [[0f32; KEYS]; QUERIES];
    for (e, keys) in keys.iter().enumerate() {
        for (sums, query) in sums.iter_mut().zip(query) {
            let q = query[e];
            for (sum, key) in sums.iter_mut().zip(keys) {
                *sum = multiply_add::<FUSED>(q, *key, *sum);
            }
        }
    }
    sums
}

/// Exponentials of the first `keys` scores minus their greatest, and their sum; what fills up becomes 0.
#[inline(always)]
fn softmax<const FUSED: bool>(scores: &mut [f32], keys: usize) -> f32 {
    scores[keys..].fill(f32::NEG_INFINITY);
    let mut most = [f32::NEG_INFINITY; LANES];
    for eight in scores.as_chunks::<LANES>().0 {
        for i in 0..LANES {
            most[i] = if eight[i] > most[i] {
                eight[i]
            } else {
                most[i]
            };
        }
    }
    let most = most.iter().fold(f32::NEG_INFINITY, |a, b| a.max(*b));
    let mut sum = [0f32; LANES];
    for eight in scores.as_chunks_mut::<LANES>().0 {
        for i in 0..LANES {
            eight[i] = exponential::<FUSED>(eight[i] - most);
            sum[i] += eight[i];
        }
    }
    total(sum)
}

#[inline(always)]
fn weigh<const FUSED: bool>(weights: [&[f32]; 2], values: &[[f32; HEAD]]) -> [[f32; HEAD]; 2] {
    let mut sums = [[0f32; HEAD]; 2];
    for (value, (a, b)) in values.iter().zip(weights[0].iter().zip(weights[1])) {
        for i in 0..HEAD {
            sums[0][i] = multiply_add::<FUSED>(*a, value[i], sums[0][i]);
            sums[1][i] = multiply_add::<FUSED>(*b, value[i], sums[1][i]);
        }
    }
    sums
}
