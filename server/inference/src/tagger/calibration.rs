//! From scores to confidences that mean what they say.
//!
//! Fitted on scores of rows that the head had not seen (held-out folds): a
//! temperature for one label of many (Guo et al. 2017), a logistic curve for
//! several labels at once (Platt 1999).

use serde::{Deserialize, Serialize};

/// How scores of a head become probabilities.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Calibration {
    /// One label of many: softmax of scores times this.
    Softmax {
        /// Inverse temperature.
        sharpness: f64,
    },
    /// Any number of labels: `1 / (1 + exp(−(slope · score + offset)))` for each.
    Logistic {
        /// Steepness.
        slope: f64,
        /// Place.
        offset: f64,
    },
}

impl Calibration {
    /// Probabilities of the labels of one row.
    pub(crate) fn probabilities(self, scores: &[f64]) -> Vec<f64> {
        match self {
            Self::Softmax { sharpness } => softmax(scores, sharpness),
            Self::Logistic { slope, offset } => scores
                .iter()
                .map(|score| 1.0 / (1.0 + (-(slope * score + offset)).exp()))
                .collect(),
        }
    }

    /// Fitted for one label of many; `truth` is the right label of each row.
    pub(crate) fn exclusive(scores: &[Vec<f64>], truth: &[usize]) -> Self {
        let loss = |ln: f64| {
            Self::Softmax {
                sharpness: ln.exp(),
            }
            .loss(scores, &|row, label| truth[row] == label)
        };
        Self::Softmax {
            sharpness: lowest(loss, 0.0, 5.0).exp(),
        }
    }

    /// Fitted for several labels; `truth` tells whether a row has a label.
    pub(crate) fn several(scores: &[Vec<f64>], truth: &dyn Fn(usize, usize) -> bool) -> Self {
        let fit = |slope: f64| {
            let loss = |offset: f64| Self::Logistic { slope, offset }.loss(scores, truth);
            lowest(loss, -12.0, 12.0)
        };
        let loss = |ln: f64| {
            let slope = ln.exp();
            Self::Logistic {
                slope,
                offset: fit(slope),
            }
            .loss(scores, truth)
        };
        let slope = lowest(loss, 0.0, 4.0).exp();
        Self::Logistic {
            slope,
            offset: fit(slope),
        }
    }

    /// Mean negative log-likelihood: of the right label of each row, or of every
    /// label of each row where there may be several.
    pub(crate) fn loss(self, scores: &[Vec<f64>], truth: &dyn Fn(usize, usize) -> bool) -> f64 {
        let exclusive = matches!(self, Self::Softmax { .. });
        let row_loss = |(row, scores): (usize, &Vec<f64>)| -> f64 {
            let cost = |(label, p): (usize, f64)| match (truth(row, label), exclusive) {
                (true, _) => -p.max(1e-12).ln(),
                (false, true) => 0.0,
                (false, false) => -(1.0 - p).max(1e-12).ln(),
            };
            self.probabilities(scores)
                .into_iter()
                .enumerate()
                .map(cost)
                .sum()
        };
        let sum: f64 = scores.iter().enumerate().map(row_loss).sum();
        sum / (scores.len().max(1)) as f64
    }
}

fn softmax(scores: &[f64], sharpness: f64) -> Vec<f64> {
    let highest = scores.iter().copied().fold(f64::MIN, f64::max);
    let powers: Vec<f64> = scores
        .iter()
        .map(|score| ((score - highest) * sharpness).exp())
        .collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// Where a function with one valley is lowest (golden section).
fn lowest(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    let golden = (5f64.sqrt() - 1.0) / 2.0;
    let (mut a, mut b) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_a, mut at_b) = (f(a), f(b));
    for _ in 0..24 {
        if at_a <= at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - golden * (high - low);
            at_a = f(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + golden * (high - low);
            at_b = f(b);
        }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_follows_how_often_it_is_right() {
        // The higher score is right in four of five rows, always by the same margin.
        let scores: Vec<Vec<f64>> = (0..100).map(|_| vec![0.6, 0.2]).collect();
        let truth: Vec<usize> = (0..100).map(|row| usize::from(row % 5 == 0)).collect();
        let found = Calibration::exclusive(&scores, &truth);
        let confidence = found.probabilities(&[0.6, 0.2])[0];
        assert!((confidence - 0.8).abs() < 0.01, "{confidence}");
    }

    #[test]
    fn several_labels_each_get_their_own_probability() {
        let scores: Vec<Vec<f64>> = (0..100)
            .map(|row| vec![if row % 2 == 0 { 0.9 } else { 0.1 }, 0.5])
            .collect();
        let truth = |row: usize, label: usize| match label {
            0 => row.is_multiple_of(2) != row.is_multiple_of(10),
            _ => row % 2 == 1,
        };
        let found = Calibration::several(&scores, &truth);
        let p = found.probabilities(&[0.9, 0.5]);
        assert!(
            (p[0] - 0.8).abs() < 0.1 && (p[1] - 0.5).abs() < 0.1,
            "{p:?}"
        );
    }
}
