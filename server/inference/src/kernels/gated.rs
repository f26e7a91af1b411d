//! What language models do between products: root-mean-square norms and gates.

use super::lanes::{LANES, exponential, multiply_add, total};

/// What a gate makes of its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// `x · σ(x)`.
    Silu,
    /// GELU by the hyperbolic tangent: `x · σ(2 √(2/π) (x + 0.044715 x³))`.
    TanhGelu,
}

/// See [`super::rms_norm`].
#[inline(always)]
pub(super) fn rms_norm<const FUSED: bool>(x: &[f32], weight: &[f32], epsilon: f32, to: &mut [f32]) {
    let width = weight.len();
    for (x, to) in x.chunks_exact(width).zip(to.chunks_exact_mut(width)) {
        let mut squares = [0f32; LANES];
        for x in x.as_chunks::<LANES>().0 {
            for i in 0..LANES {
                squares[i] = multiply_add::<FUSED>(x[i], x[i], squares[i]);
            }
        }
        let inverse = 1.0 / (total(squares) / width as f32 + epsilon).sqrt();
        for ((to, x), weight) in to.iter_mut().zip(x).zip(weight) {
            *to = x * inverse * weight;
        }
    }
}

/// See [`super::gate`].
#[inline(always)]
pub(super) fn gate<const FUSED: bool>(kind: Gate, x: &mut [f32], up: &[f32]) {
    match kind {
        Gate::Silu => {
            for (x, up) in x.iter_mut().zip(up) {
                *x = *x * sigmoid::<FUSED>(*x) * up;
            }
        }
        Gate::TanhGelu => {
            for (x, up) in x.iter_mut().zip(up) {
                let cubed = multiply_add::<FUSED>(0.044_715 * *x * *x, *x, *x);
                *x = *x * sigmoid::<FUSED>(1.595_769 * cubed) * up;
            }
        }
    }
}

#[inline(always)]
fn sigmoid<const FUSED: bool>(x: f32) -> f32 {
    let small = exponential::<FUSED>(-x.abs());
    let upper = 1.0 / (1.0 + small);
    if x < 0.0 { 1.0 - upper } else { upper }
}
