//! Every kind of instructions gives what the plain formula gives.

use super::quantized::ROWS;
use super::*;
use std::f32::consts::SQRT_2;

/// Numbers that look random and are the same every time (xorshift).
fn numbers(count: usize, mut seed: u64) -> Vec<f32> {
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

/// Random blocks as files have them: scales around 0.01, any nibbles.
fn blocks(rows: usize, width: usize, seed: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    for block in numbers(rows * width / BLOCK * 17, seed).chunks_exact(17) {
        let half = 0x2000u16 + (block[0].abs() * 1023.0) as u16;
        bytes.extend(half.to_le_bytes());
        bytes.extend(block[1..].iter().map(|x| ((x + 1.0) * 127.9) as u8));
    }
    bytes
}

/// Into rows that were used before.
fn quantized_rows(with: Instructions, x: &[f32], width: usize) -> QuantizedRows {
    let mut rows = QuantizedRows::empty();
    quantize(with, &[9.0; 7 * BLOCK], BLOCK, &mut rows);
    quantize(with, x, width, &mut rows);
    rows
}

fn dequantized(bytes: &[u8]) -> Vec<f32> {
    let mut all = Vec::new();
    for block in BlockQ4::all(bytes) {
        let mut numbers = [0.0; BLOCK];
        block.add_to(&mut numbers);
        all.extend(numbers);
    }
    all
}

fn nearly(found: &[f32], expected: &[f32], tolerance: f32) {
    assert_eq!(found.len(), expected.len());
    for (place, (found, expected)) in found.iter().zip(expected).enumerate() {
        let off = (found - expected).abs();
        assert!(off <= tolerance, "at {place}: {found}, expected {expected}");
    }
}

#[test]
fn the_product_is_that_of_the_rounded_numbers() {
    for (tokens, rows, width) in [(1, 8, 32), (3, 16, 64), (4, 24, 384), (9, 40, 1536)] {
        let (x, bias) = (numbers(tokens * width, 7), numbers(rows, 9));
        let bytes = blocks(rows, width, 11);
        let (packed, plain) = (PackedWeights::new(&[&bytes], width), dequantized(&bytes));
        for with in Instructions::available() {
            let quantized = quantized_rows(with, &x, width);
            let mut to = vec![0.0; tokens * rows];
            product(with, &quantized, &packed, &bias, &mut to);
            let value = |t: usize, k: usize| {
                let tile = &quantized.tiles[t / ROWS * (width / BLOCK) + k / BLOCK];
                f32::from(tile.values[t % ROWS][k % BLOCK]) * tile.scales[t % ROWS]
            };
            let expected: Vec<f32> = (0..tokens * rows)
                .map(|place| {
                    let (t, r) = (place / rows, place % rows);
                    let products =
                        (0..width).map(|k| f64::from(value(t, k) * plain[r * width + k]));
                    (products.sum::<f64>() + f64::from(bias[r])) as f32
                })
                .collect();
            nearly(&to, &expected, 2e-4);
        }
    }
}

#[test]
fn extreme_activations_and_weights_do_not_overflow() {
    let width = 64;
    for (byte, sign) in [(0x00, 1.0), (0xff, 1.0), (0x00, -1.0), (0xff, -1.0)] {
        let bytes: Vec<u8> = (0..8 * width / BLOCK)
            .flat_map(|_| [vec![0x00, 0x3c], vec![byte; 16]].concat())
            .collect();
        let packed = PackedWeights::new(&[&bytes], width);
        let weight = if byte == 0 { -8.0 } else { 7.0 };
        for with in Instructions::available() {
            let x = quantized_rows(with, &[127.0 * sign; 64], width);
            let mut to = [0.0; 8];
            product(with, &x, &packed, &[0.0; 8], &mut to);
            nearly(&to, &[weight * 127.0 * sign * width as f32; 8], 0.1);
        }
    }
}

#[test]
fn rounding_is_within_half_a_step_and_zeros_stay_zeros() {
    let mut x = numbers(96, 3);
    x[32..64].fill(0.0);
    for with in Instructions::available() {
        let rows = quantized_rows(with, &x, 96);
        for (x, tile) in x.as_chunks::<BLOCK>().0.iter().zip(&rows.tiles) {
            let (scale, values) = (tile.scales[0], tile.values[0]);
            for (x, value) in x.iter().zip(values) {
                let off = (f32::from(value) * scale - x).abs();
                assert!(off <= scale * 0.501, "{x}: off by {off}, a step is {scale}");
            }
            let sum: i32 = values.iter().map(|value| i32::from(*value)).sum();
            let offset: i32 = tile.offsets[0].iter().map(|half| i32::from(*half)).sum();
            assert_eq!(offset, -8 * sum);
            assert_eq!(tile.values[1], [0; BLOCK], "rows that fill up");
        }
    }
}

#[test]
fn gelu_is_that_of_the_error_function() {
    // Φ from tables: x, x · Φ(x)
    let table = [
        (0.0, 0.0),
        (1.0, 0.841_344_8),
        (-1.0, -0.158_655_25),
        (SQRT_2, 1.302_986),
        (3.0, 2.995_950_3),
        (-3.0, -0.004_049_694),
        (30.0, 30.0),
        (-30.0, 0.0),
        (0.5, 0.345_731_23),
    ];
    for with in Instructions::available() {
        let mut x = table.map(|(x, _)| x);
        gelu(with, &mut x);
        nearly(&x, &table.map(|(_, y)| y), 1e-6);
    }
}

#[test]
fn normalised_rows_have_mean_zero_and_variance_one() {
    let (x, y) = (numbers(3 * 64, 5), numbers(3 * 64, 6));
    let norm = Norm {
        weight: &[1.0; 64],
        bias: &[0.0; 64],
        epsilon: 1e-12,
    };
    for with in Instructions::available() {
        let mut z = x.clone();
        add_norm(with, &mut z, &y, &norm);
        for (row, z) in z.chunks_exact(64).enumerate() {
            let mean: f32 = z.iter().sum::<f32>() / 64.0;
            let variance: f32 = z.iter().map(|z| z * z).sum::<f32>() / 64.0;
            assert!(
                mean.abs() < 1e-5 && (variance - 1.0).abs() < 1e-4,
                "{mean} {variance}"
            );
            let before = |i: usize| x[row * 64 + i] + y[row * 64 + i];
            assert_eq!(z[0] < z[1], before(0) < before(1), "order is kept");
        }
    }
}

#[test]
fn attention_is_the_weighted_mean_of_the_segments_own_values() {
    let (width, heads) = (64, 2);
    let segments = [0..1, 1..6, 6..23];
    let qkv = numbers(23 * 3 * width, 21);
    let at = |part: usize, t: usize, e: usize| f64::from(qkv[t * 3 * width + part * width + e]);
    let mut expected = vec![0f32; 23 * width];
    for segment in &segments {
        for (t, head) in segment
            .clone()
            .flat_map(|t| (0..heads).map(move |head| (t, head)))
        {
            let places = head * 32..head * 32 + 32;
            let weight = |s: usize| {
                let dot: f64 = places.clone().map(|e| at(0, t, e) * at(1, s, e)).sum();
                (dot / 32f64.sqrt()).exp()
            };
            let sum: f64 = segment.clone().map(weight).sum();
            for e in places.clone() {
                let mean: f64 = segment.clone().map(|s| weight(s) * at(2, s, e)).sum();
                expected[t * width + e] = (mean / sum) as f32;
            }
        }
    }
    for with in Instructions::available() {
        let mut to = vec![0.0; 23 * width];
        let shape = Heads {
            width,
            count: heads,
        };
        attention(with, &qkv, &segments, &mut to, shape);
        nearly(&to, &expected, 1e-5);
    }
}

#[test]
fn half_precision_is_read() {
    let table = [
        (0x0000, 0.0),
        (0x3c00, 1.0),
        (0xc000, -2.0),
        (0x3555, 0.333_251_95),
        (0x0001, 5.960_464_5e-8),
        (0x7bff, 65504.0),
    ];
    for (half, single) in table {
        assert_eq!(quantized::half_to_single(half), single, "{half:04x}");
    }
}

#[test]
fn the_product_of_eight_bits_is_that_of_the_rounded_numbers() {
    for (tokens, rows, width) in [(1, 3, 32), (2, 5, 64), (4, 8, 576), (9, 7, 96)] {
        let (x, w) = (numbers(tokens * width, 7), numbers(rows * width, 9));
        let mut weights = Weights8::new(width);
        weights.push(&w);
        assert_eq!(weights.rows(), rows);
        let mut rounded = vec![0.0; rows * width];
        for (row, to) in rounded.chunks_mut(width).enumerate() {
            weights.numbers(row, 1.0, to);
        }
        nearly(&rounded, &w, 1.0 / 200.0);
        let picked: Vec<usize> = (0..rows).rev().collect();
        let expected: Vec<f32> = x
            .chunks(width)
            .flat_map(|x| picked.iter().map(|row| dot(x, &rounded[row * width..])))
            .collect();
        for with in Instructions::available() {
            let quantized = quantized_rows(with, &x, width);
            let mut found = vec![0.0; tokens * rows];
            let rows = picked.iter().copied();
            product8(with, (&quantized, tokens), &weights, rows, &mut found);
            nearly(&found, &expected, width as f32 / 1000.0);
        }
    }
}

fn dot(x: &[f32], y: &[f32]) -> f32 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

#[test]
fn gates_and_norms_follow_their_formulas() {
    let (x, up) = (numbers(101, 3), numbers(101, 5));
    let x: Vec<f32> = x.iter().map(|x| x * 12.0).collect();
    let silu = |x: f32| x / (1.0 + (-x).exp());
    let gelu = |x: f32| 0.5 * x * (1.0 + (0.797_884_6 * (x + 0.044_715 * x.powi(3))).tanh());
    let weight = numbers(24, 8);
    for with in Instructions::available() {
        for (kind, formula) in [
            (Gate::Silu, &silu as &dyn Fn(f32) -> f32),
            (Gate::TanhGelu, &gelu),
        ] {
            let mut found = x.clone();
            gate(with, kind, &mut found, &up);
            let expected: Vec<f32> = x.iter().zip(&up).map(|(x, up)| formula(*x) * up).collect();
            nearly(&found, &expected, 1e-4);
        }
        let mut found = vec![0.0; 48];
        rms_norm(with, &x[..48], &weight, 0.5, &mut found);
        let rows = x[..48].chunks(24).flat_map(|x| {
            let scale = 1.0 / (dot(x, x) / 24.0 + 0.5).sqrt();
            x.iter()
                .zip(&weight)
                .map(move |(x, weight)| x * scale * weight)
        });
        nearly(&found, &rows.collect::<Vec<f32>>(), 1e-5);
    }
}

#[test]
fn a_query_sees_itself_and_what_is_before_it_within_its_window() {
    let (head, shared, heads, past, tokens) = (8, 2, 4, 3, 5);
    let row = shared * head;
    let q = numbers(tokens * heads * head, 1);
    let (k, v) = (
        numbers((past + tokens) * row, 2),
        numbers((past + tokens) * row, 4),
    );
    for window in [None, Some(1), Some(3)] {
        let shape = Causal {
            heads,
            shared,
            head,
            past,
            window,
            scale: 0.7,
        };
        let mut expected = Vec::new();
        for (number, q) in q.chunks(head).enumerate() {
            let end = past + number / heads + 1;
            let start = window.map_or(0, |window: usize| end.saturating_sub(window));
            let column = number % heads / (heads / shared) * head;
            let weights: Vec<f32> = (start..end)
                .map(|at| (dot(q, &k[at * row + column..][..head]) * 0.7).exp())
                .collect();
            let sum: f32 = weights.iter().sum();
            expected.extend((0..head).map(|n| {
                let at = (start..end).zip(&weights);
                at.map(|(at, weight)| v[at * row + column + n] * weight / sum)
                    .sum::<f32>()
            }));
        }
        for with in Instructions::available() {
            let mut found = vec![0.0; q.len()];
            causal(with, &q, (&k, &v), shape, &mut found);
            nearly(&found, &expected, 1e-4);
        }
    }
}
