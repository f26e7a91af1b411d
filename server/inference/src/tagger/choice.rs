//! Settings and calibration, chosen on the training rows alone.

use super::calibration::Calibration;
use super::ridge::{Settings, kernel, weights_and_held_out};
use super::space::Pairs;
use super::{Result, targets::Targets};

const GAMMAS: &[f64] = &[0.3, 0.8, 1.6];
const WORDS: &[f64] = &[0.0, 0.15, 0.4, 1.0, 2.0, 4.0];
const RIDGES: &[f64] = &[0.02, 0.05, 0.1, 0.3, 1.0];

/// Where the search begins.
const START: Settings = Settings {
    gamma: 0.8,
    words: 1.0,
    ridge: 0.1,
};

/// One setting tried: how well held-out rows were told apart.
struct Tried {
    settings: Settings,
    loss: f64,
}

/// The settings with the lowest log-loss on held-out folds, found one setting
/// at a time and twice around.
pub(crate) fn choose(pairs: &Pairs, targets: &Targets, folds: &[usize]) -> Result<Settings> {
    let mut best = attempt(pairs, targets, folds, START)?;
    for _ in 0..2 {
        let before = best.settings;
        if pairs.distances.is_some() {
            for words in WORDS {
                let settings = Settings {
                    words: *words,
                    ..best.settings
                };
                keep_better(&mut best, pairs, targets, folds, settings)?;
            }
            for gamma in GAMMAS {
                let settings = Settings {
                    gamma: *gamma,
                    ..best.settings
                };
                keep_better(&mut best, pairs, targets, folds, settings)?;
            }
        }
        for ridge in RIDGES {
            let settings = Settings {
                ridge: *ridge,
                ..best.settings
            };
            keep_better(&mut best, pairs, targets, folds, settings)?;
        }
        if best.settings == before {
            break;
        }
    }
    Ok(best.settings)
}

fn keep_better(
    best: &mut Tried,
    pairs: &Pairs,
    targets: &Targets,
    folds: &[usize],
    settings: Settings,
) -> Result<()> {
    if settings != best.settings {
        let tried = attempt(pairs, targets, folds, settings)?;
        if tried.loss < best.loss - 1e-6 {
            *best = tried;
        }
    }
    Ok(())
}

fn attempt(pairs: &Pairs, targets: &Targets, folds: &[usize], settings: Settings) -> Result<Tried> {
    let kernel = kernel(pairs, settings)?;
    let (_, scores) = weights_and_held_out(&kernel, &targets.matrix()?, settings.ridge, folds)?;
    let scores = targets.with_prior(scores);
    let loss = calibrate(&scores, targets).loss(&scores, &|row, label| targets.has(row, label));
    Ok(Tried { settings, loss })
}

/// The calibration that fits held-out scores.
pub(crate) fn calibrate(scores: &[Vec<f64>], targets: &Targets) -> Calibration {
    match targets.first_labels() {
        Some(truth) => Calibration::exclusive(scores, &truth),
        None => Calibration::several(scores, &|row, label| targets.has(row, label)),
    }
}
