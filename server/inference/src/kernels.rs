//! The arithmetic of the models: one set of operations, carried out by the best instructions that the machine has.
//!
//! [`lanes`] holds plain Rust that the compiler turns into vector instructions; [`avx2`] compiles the same again for
//! AVX2 with FMA, and has the one product that the compiler wouldn't find by itself. What runs is decided once, when the
//! program starts, so that one binary suits every machine.

mod attention;
#[cfg(target_arch = "x86_64")]
mod avx2;
mod causal;
mod eight;
mod gated;
mod lanes;
mod packed;
mod product;
mod quantized;

pub(crate) use causal::Causal;
pub(crate) use eight::Weights8;
pub(crate) use gated::Gate;
pub(crate) use packed::PackedWeights;
pub(crate) use quantized::{BLOCK, BlockQ4, QuantizedRows};

use std::ops::Range;
use std::sync::OnceLock;

/// Instructions that the kernels use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instructions {
    /// What every machine has.
    Portable,
    /// AVX2 and FMA: Intel since 2013, AMD since 2015.
    Avx2,
}

impl Instructions {
    /// The best that this machine has; looked up once.
    pub fn best() -> Self {
        static BEST: OnceLock<Instructions> = OnceLock::new();
        *BEST.get_or_init(Self::detect)
    }

    /// All that this machine can carry out, slowest first.
    pub fn available() -> Vec<Self> {
        match Self::best() {
            Self::Portable => vec![Self::Portable],
            Self::Avx2 => vec![Self::Portable, Self::Avx2],
        }
    }

    #[cfg(target_arch = "x86_64")]
    fn detect() -> Self {
        let has = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        if has { Self::Avx2 } else { Self::Portable }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn detect() -> Self {
        Self::Portable
    }
}

impl std::fmt::Display for Instructions {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(match self {
            Self::Portable => "portable",
            Self::Avx2 => "AVX2 and FMA",
        })
    }
}

/// Calls the AVX2 version of a kernel where the machine has it, else the portable one.
macro_rules! by_instructions {
    ($instructions:expr, $name:ident($($argument:expr),*), $portable:expr) => {
        match $instructions {
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => {
                // SAFETY: `Instructions::Avx2` is only made by `detect`, which has found AVX2 and FMA on this machine.
                #[allow(unsafe_code, reason = "functions for one kind of machine are called after it was found")]
                unsafe { avx2::$name($($argument),*) }
            }
            _ => $portable,
        }
    };
}

/// `to[t][r] = bias[r] + Σ_k x[t][k] · w[r][k]`, then GELU where asked for. `to` is `[tokens, rows]`.
pub(crate) fn product(
    with: Instructions,
    x: &QuantizedRows,
    w: &PackedWeights,
    bias: &[f32],
    to: &mut [f32],
) {
    by_instructions!(
        with,
        product(x, w, bias, to),
        product::portable(x, w, bias, to)
    );
}

/// Rows of `width` numbers as blocks of 32 whole numbers from −127 to 127 with one scale each.
pub(crate) fn quantize(with: Instructions, x: &[f32], width: usize, rows: &mut QuantizedRows) {
    rows.make_room(x.len() / width.max(1), width);
    by_instructions!(with, quantize(x, rows), quantized::fill(x, rows));
}

/// GELU in place: `x · Φ(x)`, the exact form with the error function.
pub(crate) fn gelu(with: Instructions, x: &mut [f32]) {
    by_instructions!(with, gelu(x), lanes::gelu::<false>(x));
}

/// `x = norm(x + y) · weight + bias` for each row as wide as `weight`.
pub(crate) fn add_norm(with: Instructions, x: &mut [f32], y: &[f32], norm: &Norm<'_>) {
    by_instructions!(
        with,
        add_norm(x, y, norm),
        lanes::add_norm::<false>(x, y, norm)
    );
}

/// Attention within each segment. `qkv` is `[tokens, 3 · width]`: queries, keys, values; `to` is `[tokens, width]`.
pub(crate) fn attention(
    with: Instructions,
    qkv: &[f32],
    segments: &[Range<usize>],
    to: &mut [f32],
    shape: Heads,
) {
    by_instructions!(
        with,
        attention(qkv, segments, to, shape),
        attention::attention::<attention::Portable>(qkv, segments, to, shape)
    );
}

/// `to[t][n] = Σ_k x[t][k] · w[rows[n]][k]` for the first `tokens` rows of `x`. `to` is `[tokens, rows]`.
pub(crate) fn product8(
    with: Instructions,
    (x, tokens): (&QuantizedRows, usize),
    w: &Weights8,
    rows: impl ExactSizeIterator<Item = usize>,
    to: &mut [f32],
) {
    by_instructions!(
        with,
        product8(x, tokens, w, rows, to),
        eight::portable(x, tokens, w, rows, to)
    );
}

/// Attention of each query to the keys up to its own. Queries and `to` are `[tokens, heads, head]`, keys and values
/// `[past + tokens, shared, head]`.
pub(crate) fn causal(
    with: Instructions,
    queries: &[f32],
    (keys, values): (&[f32], &[f32]),
    shape: Causal,
    to: &mut [f32],
) {
    by_instructions!(
        with,
        causal(queries, keys, values, shape, to),
        causal::causal::<false>(queries, keys, values, shape, to)
    );
}

/// `to = x / √(mean of x² + epsilon) · weight` for each row as wide as `weight`.
pub(crate) fn rms_norm(
    with: Instructions,
    x: &[f32],
    weight: &[f32],
    epsilon: f32,
    to: &mut [f32],
) {
    by_instructions!(
        with,
        rms_norm(x, weight, epsilon, to),
        gated::rms_norm::<false>(x, weight, epsilon, to)
    );
}

/// `x = gate(x) · up`, number by number.
pub(crate) fn gate(with: Instructions, kind: Gate, x: &mut [f32], up: &[f32]) {
    by_instructions!(with, gate(kind, x, up), gated::gate::<false>(kind, x, up));
}

/// What layer normalisation multiplies and adds.
pub(crate) struct Norm<'a> {
    pub weight: &'a [f32],
    pub bias: &'a [f32],
    pub epsilon: f32,
}

/// How attention divides a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heads {
    /// Numbers in a row.
    pub width: usize,
    /// Parts of it that attend on their own.
    pub count: usize,
}

#[cfg(test)]
mod tests;
