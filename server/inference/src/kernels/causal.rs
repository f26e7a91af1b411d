//! Attention of a text that is being written: each token sees itself and those before it.

use super::lanes::{LANES, multiply_add, softmax, total};

/// How attention divides rows, and how far back it reaches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Causal {
    /// Heads of the queries, a multiple of those of keys and values.
    pub heads: usize,
    /// Heads of keys and values.
    pub shared: usize,
    /// Numbers of a head, a multiple of eight.
    pub head: usize,
    /// Tokens that are in keys and values before the first query.
    pub past: usize,
    /// Tokens that a token sees, itself among them; `None` for all.
    pub window: Option<usize>,
    /// What products of queries and keys are multiplied with.
    pub scale: f32,
}

/// See [`super::causal`].
#[inline(always)]
pub(super) fn causal<const FUSED: bool>(
    queries: &[f32],
    keys: &[f32],
    values: &[f32],
    shape: Causal,
    to: &mut [f32],
) {
    let Causal { heads, head, .. } = shape;
    let row = shape.shared * head;
    let mut scores = Vec::new();
    let all = queries.chunks_exact(head).zip(to.chunks_exact_mut(head));
    for (number, (query, to)) in all.enumerate() {
        let end = shape.past + number / heads + 1;
        let start = shape.window.map_or(0, |window| end.saturating_sub(window));
        let column = number % heads / (heads / shape.shared) * head;
        let part = |from: usize| from * row + column..from * row + column + head;
        scores.clear();
        let seen = start..end;
        scores.extend(
            seen.clone()
                .map(|at| dot::<FUSED>(query, &keys[part(at)]) * shape.scale),
        );
        let count = scores.len();
        scores.resize(count.next_multiple_of(LANES), 0.0);
        let sum = softmax::<FUSED>(&mut scores, count);
        to.fill(0.0);
        for (at, score) in seen.zip(&scores) {
            add::<FUSED>(to, score / sum, &values[part(at)]);
        }
    }
}

#[inline(always)]
fn dot<const FUSED: bool>(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; LANES];
    let both = a
        .as_chunks::<LANES>()
        .0
        .iter()
        .zip(b.as_chunks::<LANES>().0);
    for (a, b) in both {
        for i in 0..LANES {
            sums[i] = multiply_add::<FUSED>(a[i], b[i], sums[i]);
        }
    }
    total(sums)
}

#[inline(always)]
fn add<const FUSED: bool>(to: &mut [f32], factor: f32, x: &[f32]) {
    for (to, x) in to.iter_mut().zip(x) {
        *to = multiply_add::<FUSED>(factor, *x, *to);
    }
}
