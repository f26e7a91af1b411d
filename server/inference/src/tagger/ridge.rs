//! Kernel ridge regression: the head's one way of learning.
//!
//! With the kernel matrix `K` of the training rows and their targets `T`, the
//! weights are `α = (K + λI)⁻¹ T`, and a new row scores `k α`. What the head would
//! have said of rows had it not seen them needs no second training: for a fold
//! `F` it is `T_F − (G_FF)⁻¹ α_F` with `G = (K + λI)⁻¹` (An, Liu & Venkatesh 2007).

use super::Result;
use super::factor::inverse_factor;
use super::space::Pairs;
use candle_core::{DType, Device, Tensor};
use serde::{Deserialize, Serialize};

/// What is chosen on the training rows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// How narrow meaning is: the kernel of vectors is `exp(−γ d²)`.
    pub(crate) gamma: f64,
    /// Weight of the kernel of words beside that of vectors, whose weight is 1.
    pub(crate) words: f64,
    /// Ridge λ.
    pub(crate) ridge: f64,
}

/// The kernel matrix of pairs (f64, `[rows, columns]`).
pub(crate) fn kernel(pairs: &Pairs, settings: Settings) -> Result<Tensor> {
    let weight = if pairs.distances.is_some() {
        settings.words
    } else {
        1.0
    };
    let mut values: Vec<f64> = pairs.words.iter().map(|w| weight * f64::from(*w)).collect();
    if let Some(distances) = &pairs.distances {
        let gamma = settings.gamma as f32;
        for (value, distance) in values.iter_mut().zip(distances) {
            *value += f64::from((-gamma * distance).exp());
        }
    }
    Ok(Tensor::from_vec(values, pairs.shape, &Device::Cpu)?)
}

/// `L⁻¹` of `K + λI`.
fn factor(kernel: &Tensor, ridge: f64) -> Result<Tensor> {
    let n = kernel.dim(0)?;
    let diagonal = (Tensor::eye(n, DType::F64, &Device::Cpu)? * ridge)?;
    inverse_factor(&(kernel + diagonal)?)
}

fn weights_of(factor: &Tensor, targets: &Tensor) -> Result<Tensor> {
    Ok(factor.t()?.contiguous()?.matmul(&factor.matmul(targets)?)?)
}

/// `α` (`[n, labels]`) for targets of that shape.
#[cfg(test)]
fn weights(kernel: &Tensor, targets: &Tensor, ridge: f64) -> Result<Tensor> {
    weights_of(&factor(kernel, ridge)?, targets)
}

/// `α`, and what each row would have scored had its fold not been learned from.
pub(crate) fn weights_and_held_out(
    kernel: &Tensor,
    targets: &Tensor,
    ridge: f64,
    folds: &[usize],
) -> Result<(Tensor, Vec<Vec<f64>>)> {
    let factor = factor(kernel, ridge)?;
    let weights = weights_of(&factor, targets)?;
    let mut scores = targets.to_vec2::<f64>()?;
    let last = folds.iter().copied().max().unwrap_or(0);
    for fold in 0..=last {
        let rows: Vec<u32> = (0..folds.len() as u32)
            .filter(|row| folds[*row as usize] == fold)
            .collect();
        if rows.is_empty() {
            continue;
        }
        let chosen = Tensor::new(rows.as_slice(), &Device::Cpu)?;
        let columns = factor.index_select(&chosen, 1)?;
        let inside = columns.t()?.contiguous()?.matmul(&columns)?;
        let residuals = weights_of(
            &inverse_factor(&inside)?,
            &weights.index_select(&chosen, 0)?,
        )?;
        for (row, residual) in rows.iter().zip(residuals.to_vec2::<f64>()?) {
            let score = &mut scores[*row as usize];
            score.iter_mut().zip(residual).for_each(|(s, r)| *s -= r);
        }
    }
    Ok((weights, scores))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twelve rows on a line whose targets are their places.
    fn line() -> (Tensor, Tensor) {
        let n = 12;
        let near = |i: usize, j: usize| (-((i as f64 - j as f64) / 3.0).powi(2)).exp();
        let kernel = (0..n * n).map(|k| near(k / n, k % n)).collect();
        let targets = (0..n).map(|i| i as f64 / 12.0).collect();
        (
            Tensor::from_vec(kernel, (n, n), &Device::Cpu).unwrap(),
            Tensor::from_vec(targets, (n, 1), &Device::Cpu).unwrap(),
        )
    }

    #[test]
    fn held_out_scores_are_those_of_training_without_the_fold() {
        let (kernel, targets) = line();
        let folds: Vec<usize> = (0..12).map(|row| row % 3).collect();
        let (_, held_out) = weights_and_held_out(&kernel, &targets, 0.1, &folds).unwrap();
        for fold in 0..3 {
            let rows = |own: bool| -> Tensor {
                let rows = (0..12u32).filter(|row| (*row as usize % 3 == fold) == own);
                Tensor::from_vec(
                    rows.collect::<Vec<_>>(),
                    if own { 4 } else { 8 },
                    &Device::Cpu,
                )
                .unwrap()
            };
            let (test, train) = (rows(true), rows(false));
            let rest = kernel.index_select(&train, 0).unwrap();
            let inner = rest.index_select(&train, 1).unwrap();
            let alpha = weights(&inner, &targets.index_select(&train, 0).unwrap(), 0.1).unwrap();
            let across = rest.index_select(&test, 1).unwrap().t().unwrap();
            let scores = across.contiguous().unwrap().matmul(&alpha).unwrap();
            let rows = test.to_vec1::<u32>().unwrap();
            for (row, score) in rows.into_iter().zip(scores.to_vec2::<f64>().unwrap()) {
                assert!((held_out[row as usize][0] - score[0]).abs() < 1e-9);
            }
        }
    }
}
