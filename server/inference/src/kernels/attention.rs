//! Attention: which pieces of a text speak to which.

use super::{Heads, lanes};
use std::ops::Range;

/// Numbers of a head, for which the loops below are written.
pub(super) const HEAD: usize = 32;
/// Keys that are scored together.
pub(super) const KEYS: usize = 16;
/// Queries that are scored together.
pub(super) const QUERIES: usize = 4;

/// The costly steps, which every kind of instructions has its own way to carry out.
pub(super) trait Steps {
    /// Scalar products of four queries with 16 keys.
    fn score(query: [&[f32; HEAD]; QUERIES], keys: &[[f32; KEYS]; HEAD]) -> [[f32; KEYS]; QUERIES];
    /// Exponentials of the first `keys` scores minus their greatest, and their sum; what fills up becomes 0.
    fn softmax(scores: &mut [f32], keys: usize) -> f32;
    /// Sums of the values, weighted twice.
    fn weigh(weights: [&[f32]; 2], values: &[[f32; HEAD]]) -> [[f32; HEAD]; 2];
}

/// The steps in plain Rust.
pub(super) struct Portable;

// Each step is a function of its own: within a larger one the compiler finds fewer vector instructions.
impl Steps for Portable {
    #[inline(never)]
    fn score(query: [&[f32; HEAD]; QUERIES], keys: &[[f32; KEYS]; HEAD]) -> [[f32; KEYS]; QUERIES] {
        let mut sums = [[0f32; KEYS]; QUERIES];
        for (e, keys) in keys.iter().enumerate() {
            for (sums, query) in sums.iter_mut().zip(query) {
                for (sum, key) in sums.iter_mut().zip(keys) {
                    *sum += query[e] * key;
                }
            }
        }
        sums
    }

    #[inline(never)]
    fn softmax(scores: &mut [f32], keys: usize) -> f32 {
        lanes::softmax::<false>(scores, keys)
    }

    #[inline(never)]
    fn weigh(weights: [&[f32]; 2], values: &[[f32; HEAD]]) -> [[f32; HEAD]; 2] {
        let mut sums = [[0f32; HEAD]; 2];
        for (value, (a, b)) in values.iter().zip(weights[0].iter().zip(weights[1])) {
            for i in 0..HEAD {
                sums[0][i] += a * value[i];
                sums[1][i] += b * value[i];
            }
        }
        sums
    }
}

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
pub(super) fn attention<S: Steps>(
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
                attend::<S>(
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
    if !filled.is_multiple_of(KEYS) {
        for to in &mut head.keys[filled / KEYS] {
            to[filled % KEYS..].fill(0.0);
        }
    }
}

/// Up to four queries: scores, their softmax, and the weighted mean of the values.
fn attend<S: Steps>(
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
    let none = [0.0; HEAD];
    let query: [&[f32; HEAD]; QUERIES] =
        std::array::from_fn(|i| qkv[row(i)..].first_chunk().unwrap_or(&none));
    for (number, block) in head.keys[..keys.div_ceil(KEYS)].iter().enumerate() {
        let scores = S::score(query, block);
        for (to, scores) in head.scores.iter_mut().zip(scores) {
            to[number * KEYS..][..KEYS].copy_from_slice(&scores);
        }
    }
    let mut inverse = [0f32; QUERIES];
    for (inverse, scores) in inverse.iter_mut().zip(&mut head.scores) {
        *inverse = 1.0 / S::softmax(&mut scores[..keys.next_multiple_of(KEYS)], keys);
    }
    for pair in 0..QUERIES / 2 {
        let (a, b) = (2 * pair, 2 * pair + 1);
        let means = S::weigh([&head.scores[a], &head.scores[b]], &head.values[..keys]);
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
