//! The head: learns labels from examples, and tells how sure it is.

use super::calibration::Calibration;
use super::choice::{calibrate, choose};
use super::folds::folds;
use super::ridge::{Settings, kernel, weights_and_held_out};
use super::space::{Points, Space};
use super::targets::Targets;
use super::words::hash;
use super::{Error, Languages, Result};
use candle_core::Tensor;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Settings are chosen on at most so many rows.
const CHOSEN_ON: usize = 1000;

/// One member of a head learns from at most so many rows; more rows are shared
/// out among several members, whose scores are averaged.
const MEMBER: usize = 3000;

/// Held-out folds.
const FOLDS: usize = 10;

/// One text to learn from or to judge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The text.
    pub text: String,
    /// Its vector, where there is an encoder; all of one length.
    pub vector: Option<Vec<f32>>,
    /// Bare code of its language (`vi`), empty where it is not known.
    pub language: String,
    /// Rows of one group (passages of one article) are never used to judge each other.
    pub group: Option<String>,
}

/// One label with how sure the head is of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tag {
    /// The label, as the examples wrote it.
    pub label: String,
    /// Calibrated probability, 0 to 1.
    pub confidence: f64,
}

/// What a head is worth, judged on rows that it had not seen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Judgement {
    /// How many rows were judged.
    pub rows: usize,
    /// Share whose most likely label is right.
    pub accuracy: f64,
    /// Mean negative log-likelihood of the right labels; lower is better.
    pub log_loss: f64,
}

/// A trained head.
#[derive(Clone, Debug)]
pub struct Head {
    pub(crate) about: About,
    pub(crate) members: Vec<Member>,
}

/// Everything of a head but its matrices.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct About {
    pub(crate) space: Space,
    pub(crate) labels: Vec<String>,
    pub(crate) prior: Vec<f64>,
    pub(crate) settings: Settings,
    pub(crate) calibration: Calibration,
    pub(crate) judgement: Judgement,
}

/// Training rows and their weights (`[rows, labels]`, f64).
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// The number of each row among those that the head was trained with.
    pub(crate) places: Vec<u32>,
    pub(crate) points: Points,
    pub(crate) weights: Tensor,
}

impl Head {
    /// Learns from rows and the labels of each. Where every row has exactly one
    /// label, labels exclude each other; else each is judged for itself.
    ///
    /// How much words count beside meaning, how far an example reaches and how
    /// strongly it is smoothed are chosen on held-out folds of these rows, and the
    /// confidences are calibrated on them. The same rows give the same head.
    ///
    /// # Errors
    /// When there are fewer than 4 rows or 2 labels.
    pub fn train(rows: &[Row], labels: &[Vec<String>], languages: &Languages) -> Result<Self> {
        if rows.len() != labels.len() {
            return Err(Error::Uneven {
                rows: rows.len(),
                labels: labels.len(),
            });
        }
        let names: BTreeSet<&String> = labels.iter().flatten().collect();
        if rows.len() < 4 || names.len() < 2 {
            return Err(Error::TooFew {
                rows: rows.len(),
                labels: names.len(),
            });
        }
        let names: Vec<String> = names.into_iter().cloned().collect();
        let targets = numbered(labels, &names);
        let space = Space::of(rows, &languages.offsets);
        let order = order(rows);
        let settings = chosen(&space, rows, &targets, &order)?;
        let parts = order.len().div_ceil(MEMBER);
        let (mut members, mut scores, mut truth) = (Vec::new(), Vec::new(), Vec::new());
        for part in 0..parts {
            let own: Vec<usize> = order.iter().copied().skip(part).step_by(parts).collect();
            let (member, held_out) = member(&space, rows, &targets, &own, settings)?;
            members.push(member);
            scores.extend(held_out);
            truth.extend(own);
        }
        let truth = targets.chosen(&truth);
        let scores = truth.with_prior(scores);
        let calibration = calibrate(&scores, &truth);
        let judgement = judged(&scores, &truth, calibration);
        let prior = targets.prior().to_vec();
        let about = About {
            space,
            labels: names,
            prior,
            settings,
            calibration,
            judgement,
        };
        Ok(Self { about, members })
    }

    /// The labels that it knows, sorted.
    pub fn labels(&self) -> &[String] {
        &self.about.labels
    }

    /// Whether it knows meaning, or words only.
    pub fn has_meaning(&self) -> bool {
        self.about.space.has_meaning()
    }

    /// Whether labels exclude each other.
    pub fn is_exclusive(&self) -> bool {
        matches!(self.about.calibration, Calibration::Softmax { .. })
    }

    /// What it is worth, judged on held-out folds of its own training rows.
    pub fn judgement(&self) -> Judgement {
        self.about.judgement
    }

    /// The chosen settings in words, for reports.
    pub fn settings(&self) -> String {
        let Settings {
            gamma,
            words,
            ridge,
        } = self.about.settings;
        match self.has_meaning() {
            true => format!("gamma {gamma}, words {words}, ridge {ridge}"),
            false => format!("words only, ridge {ridge}"),
        }
    }

    /// All labels for each row, most likely first.
    ///
    /// # Errors
    /// When vectors are not of the length that it was trained with.
    pub fn tags(&self, rows: &[Row]) -> Result<Vec<Vec<Tag>>> {
        let mut all = Vec::with_capacity(rows.len());
        for some in rows.chunks(512) {
            let scores = self.scores(some)?;
            all.extend(scores.iter().map(|scores| self.ranked(scores)));
        }
        Ok(all)
    }

    fn scores(&self, rows: &[Row]) -> Result<Vec<Vec<f64>>> {
        let points = self.about.space.points(rows)?;
        let mut sums = vec![self.about.prior.clone(); rows.len()];
        for member in &self.members {
            let pairs = self.about.space.pairs(&points, &member.points)?;
            let scores = kernel(&pairs, self.about.settings)?.matmul(&member.weights)?;
            for (sum, scores) in sums.iter_mut().zip(scores.to_vec2::<f64>()?) {
                let share = scores
                    .into_iter()
                    .map(|score| score / self.members.len() as f64);
                sum.iter_mut()
                    .zip(share)
                    .for_each(|(sum, score)| *sum += score);
            }
        }
        Ok(sums)
    }

    /// The training rows that speak most for a label of this row: their numbers, the
    /// strongest first, at most `most`. Those whose weight speaks against it are none.
    ///
    /// # Errors
    /// As [`Self::tags`].
    pub fn examples(&self, row: &Row, label: &str, most: usize) -> Result<Vec<usize>> {
        let Ok(label) = self
            .about
            .labels
            .binary_search_by(|own| own.as_str().cmp(label))
        else {
            return Ok(Vec::new());
        };
        let points = self.about.space.points(std::slice::from_ref(row))?;
        let mut shares: Vec<(f64, usize)> = Vec::new();
        for member in &self.members {
            let pairs = self.about.space.pairs(&points, &member.points)?;
            let near = kernel(&pairs, self.about.settings)?
                .flatten_all()?
                .to_vec1::<f64>()?;
            let weights = member
                .weights
                .narrow(1, label, 1)?
                .flatten_all()?
                .to_vec1::<f64>()?;
            let share = near
                .iter()
                .zip(&weights)
                .map(|(near, weight)| near * weight);
            shares.extend(share.zip(member.places.iter().map(|place| *place as usize)));
        }
        shares.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let speaking = shares
            .into_iter()
            .take(most)
            .filter(|(share, _)| *share > 0.0);
        Ok(speaking.map(|(_, place)| place).collect())
    }

    fn ranked(&self, scores: &[f64]) -> Vec<Tag> {
        let confidences = self.about.calibration.probabilities(scores);
        let pairs = self.about.labels.iter().cloned().zip(confidences);
        let mut tags: Vec<Tag> = pairs
            .map(|(label, confidence)| Tag { label, confidence })
            .collect();
        tags.sort_by(|a, b| {
            b.confidence
                .total_cmp(&a.confidence)
                .then(a.label.cmp(&b.label))
        });
        tags
    }

    /// How it judges these rows, against their labels.
    ///
    /// # Errors
    /// As [`Self::tags`].
    pub fn judge(&self, rows: &[Row], labels: &[Vec<String>]) -> Result<Judgement> {
        let (mut right, mut loss) = (0, 0.0);
        for (tags, own) in self.tags(rows)?.iter().zip(labels) {
            right += usize::from(tags.first().is_some_and(|tag| own.contains(&tag.label)));
            loss += own
                .iter()
                .map(|label| {
                    let tag = tags.iter().find(|tag| &tag.label == label);
                    -tag.map_or(0.0, |tag| tag.confidence).max(1e-3).ln()
                })
                .sum::<f64>();
        }
        let count = rows.len().max(1) as f64;
        let accuracy = right as f64 / count;
        Ok(Judgement {
            rows: rows.len(),
            accuracy,
            log_loss: loss / count,
        })
    }
}

/// Rows in an order that says nothing of their labels, always the same.
fn order(rows: &[Row]) -> Vec<usize> {
    let mut order: Vec<(u64, usize)> = rows
        .iter()
        .enumerate()
        .map(|(place, row)| (hash(&[row.text.as_bytes()]), place))
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, place)| place).collect()
}

fn numbered(labels: &[Vec<String>], names: &[String]) -> Targets {
    let number = |label: &String| names.binary_search(label).ok();
    let rows = labels
        .iter()
        .map(|own| own.iter().filter_map(number).collect::<BTreeSet<_>>())
        .map(|own| own.into_iter().collect());
    Targets::new(rows.collect(), names.len())
}

fn some_rows(rows: &[Row], chosen: &[usize]) -> Vec<Row> {
    chosen.iter().map(|row| rows[*row].clone()).collect()
}

fn folds_of(rows: &[Row]) -> Vec<usize> {
    let groups: Vec<Option<&str>> = rows.iter().map(|row| row.group.as_deref()).collect();
    folds(&groups, FOLDS.min(rows.len()))
}

fn chosen(space: &Space, rows: &[Row], targets: &Targets, order: &[usize]) -> Result<Settings> {
    let own = &order[..order.len().min(CHOSEN_ON)];
    let rows = some_rows(rows, own);
    let points = space.points(&rows)?;
    let pairs = space.pairs(&points, &points)?;
    choose(&pairs, &targets.chosen(own), &folds_of(&rows))
}

/// A member that has learned from its own rows, and their held-out scores.
fn member(
    space: &Space,
    rows: &[Row],
    targets: &Targets,
    own: &[usize],
    settings: Settings,
) -> Result<(Member, Vec<Vec<f64>>)> {
    let rows = some_rows(rows, own);
    let points = space.points(&rows)?;
    let kernel = kernel(&space.pairs(&points, &points)?, settings)?;
    let targets = targets.chosen(own).matrix()?;
    let folds = folds_of(&rows);
    let (weights, scores) = weights_and_held_out(&kernel, &targets, settings.ridge, &folds)?;
    let places = own.iter().map(|place| *place as u32).collect();
    Ok((
        Member {
            places,
            points,
            weights,
        },
        scores,
    ))
}

fn judged(scores: &[Vec<f64>], truth: &Targets, calibration: Calibration) -> Judgement {
    let best = |row: &[f64]| {
        let places = row.iter().enumerate();
        places
            .max_by(|a, b| a.1.total_cmp(b.1))
            .map_or(0, |(place, _)| place)
    };
    let right = scores
        .iter()
        .enumerate()
        .filter(|(row, own)| truth.has(*row, best(own)));
    Judgement {
        rows: scores.len(),
        accuracy: right.count() as f64 / scores.len().max(1) as f64,
        log_loss: calibration.loss(scores, &|row, label| truth.has(row, label)),
    }
}
