//! Rotations that tell where a token stands (RoPE).

use super::fault::Found;
use super::gguf::Gguf;
use super::shape::{Reach, Shape, Turn};

/// The angle that each pair of numbers turns by from one place to the next.
pub(super) struct Turns(Vec<f32>);

impl Turns {
    /// By the layer's base, and by the factors of the file where it has some.
    pub(super) fn new(file: &mut Gguf, shape: &Shape, reach: Reach) -> Found<Self> {
        let pairs = shape.turned / 2;
        let factors = file.numbers_if("rope_freqs.weight", pairs)?;
        let angle = |pair: usize| {
            let exponent = 2.0 * pair as f64 / shape.turned as f64;
            let factor = factors.as_ref().map_or(1.0, |factors| factors[pair]);
            let angle = f64::from(reach.base).powf(-exponent);
            (angle / f64::from(factor * reach.stretch)) as f32
        };
        Ok(Self((0..pairs).map(angle).collect()))
    }

    /// Turns the heads of tokens that stand behind `past` others.
    pub(super) fn apply(&self, x: &mut [f32], past: usize, heads: usize, shape: &Shape) {
        let rows = x.chunks_exact_mut(heads * shape.head);
        for (place, row) in (past..).zip(rows) {
            let turns: Vec<(f32, f32)> = self
                .0
                .iter()
                .map(|angle| (place as f32 * angle).sin_cos())
                .collect();
            for head in row.chunks_exact_mut(shape.head) {
                for (pair, (sine, cosine)) in turns.iter().enumerate() {
                    let (a, b) = match shape.turn {
                        Turn::Neighbours => (2 * pair, 2 * pair + 1),
                        Turn::Halves => (pair, pair + turns.len()),
                    };
                    let (x, y) = (head[a], head[b]);
                    head[a] = x * cosine - y * sine;
                    head[b] = x * sine + y * cosine;
                }
            }
        }
    }
}
