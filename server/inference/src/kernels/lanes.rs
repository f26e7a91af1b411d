//! Kernels in plain Rust, written in eights so that the compiler makes vector instructions of them. `FUSED` asks for
//! fused multiply-adds, which only pay where the machine has them.

use super::Norm;

/// Numbers that are computed together.
pub(super) const LANES: usize = 8;
pub(super) type Lanes = [f32; LANES];

#[inline(always)]
pub(super) fn multiply_add<const FUSED: bool>(a: f32, b: f32, c: f32) -> f32 {
    if FUSED { a.mul_add(b, c) } else { a * b + c }
}

/// 1.5 · 2²³: a small number plus this has its nearest whole number in the low bits.
const ROUNDER: f32 = 12_582_912.0;

/// eˣ for x ≤ 0 with a relative error below 2 · 10⁻⁷; 0 below −60, so that no product becomes subnormal, which is slow. The usual split into 2ⁿ · eʳ with |r| ≤ ln 2 / 2, a
/// polynomial for eʳ (Cephes `expf`).
#[inline(always)]
pub(super) fn exponential<const FUSED: bool>(x: f32) -> f32 {
    let small = x < -60.0;
    let x = if small { -60.0 } else { x };
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
pub(super) fn total(lanes: Lanes) -> f32 {
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

/// Exponentials of the first `keys` scores minus their greatest, and their sum; what fills up becomes 0.
#[inline(always)]
pub(super) fn softmax<const FUSED: bool>(scores: &mut [f32], keys: usize) -> f32 {
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
    // One simple loop each: together the compiler makes no vector instructions of them.
    for score in scores.iter_mut() {
        *score = exponential::<FUSED>(*score - most);
    }
    let mut sum = [0f32; LANES];
    for eight in scores.as_chunks::<LANES>().0 {
        for (sum, x) in sum.iter_mut().zip(eight) {
            *sum += x;
        }
    }
    total(sum)
}
