//! Judging suggestions: how well labels are told, on anybody's labelled texts.

mod measure;
mod samples;
mod subjects;

pub use measure::{Confusion, Measures, measure};
pub use samples::{Fields, Sample, samples};
pub use subjects::{Subjects, judge_subjects};

use crate::tagging::Embedder;
use anyhow::{Result, bail};
use khue_inference::tagger::{Head, Judgement, Languages, Row, stable_hash};
use serde::Serialize;
use std::collections::BTreeSet;
use std::time::Instant;

/// What was found.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tagging {
    /// Rows learned from.
    pub train: usize,
    /// Rows judged.
    pub test: usize,
    /// Labels learned.
    pub labels: usize,
    /// Labels of the test that were not in training: they count as missed.
    pub unknown_labels: Vec<String>,
    /// Name and revision of the encoder; nothing where words alone were used.
    pub model: Option<String>,
    /// Accuracy and the like.
    #[serde(flatten)]
    pub measures: Measures,
    /// What the training rows alone foretold, by held-out folds.
    pub held_out: Judgement,
    /// What was chosen on the training rows.
    pub settings: String,
    /// Seconds for learning and judging, without reading texts.
    pub seconds: f64,
}

/// Learns from `train`, judges `test`. Without an embedder words alone are used.
///
/// # Errors
/// Too little to learn from, nothing to judge, or an encoder that cannot compute.
pub fn judge(
    train: &[Sample],
    test: &[Sample],
    mut embedder: Option<&mut Embedder>,
) -> Result<Tagging> {
    if test.is_empty() {
        bail!("there is nothing to judge; check --test and its conditions");
    }
    let languages = match &mut embedder {
        Some(embedder) => embedder.languages()?,
        None => Languages::default(),
    };
    let all: Vec<&Sample> = train.iter().chain(test).collect();
    let mut rows = rows(&all, embedder.as_deref_mut())?;
    let tested = rows.split_off(train.len());
    let started = Instant::now();
    let labels: Vec<Vec<String>> = train.iter().map(|sample| sample.labels.clone()).collect();
    let head = Head::train(&rows, &labels, &languages)?;
    let tags = head.tags(&tested)?;
    let seconds = started.elapsed().as_secs_f64();
    let truth: Vec<&[String]> = test.iter().map(|sample| sample.labels.as_slice()).collect();
    let unknown: BTreeSet<&String> = truth
        .iter()
        .flat_map(|labels| labels.iter())
        .filter(|label| head.labels().binary_search(label).is_err())
        .collect();
    Ok(Tagging {
        train: train.len(),
        test: test.len(),
        labels: head.labels().len(),
        unknown_labels: unknown.into_iter().cloned().collect(),
        model: embedder.map(|own| format!("{} {}", own.name(), own.revision())),
        measures: measure(&tags, &truth, head.is_exclusive()),
        held_out: head.judgement(),
        settings: head.settings(),
        seconds,
    })
}

/// Samples as rows, with vectors where there is an encoder.
fn rows(samples: &[&Sample], embedder: Option<&mut Embedder>) -> Result<Vec<Row>> {
    let texts: Vec<String> = samples.iter().map(|sample| sample.whole()).collect();
    let vectors = match embedder {
        Some(embedder) => {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            embedder
                .vectors(&texts, true)?
                .into_iter()
                .map(Some)
                .collect()
        }
        None => vec![None; texts.len()],
    };
    let row = |((sample, text), vector): ((&&Sample, String), _)| Row {
        text,
        vector,
        language: sample.language.clone(),
        group: sample.group.clone(),
    };
    Ok(samples.iter().zip(texts).zip(vectors).map(row).collect())
}

/// Parts samples in two: about every `one_in`th group is held out for the test,
/// always the same ones.
pub fn parted(all: Vec<Sample>, one_in: u64) -> (Vec<Sample>, Vec<Sample>) {
    let mark = |sample: &Sample| {
        let key = sample.group.as_ref().unwrap_or(&sample.text);
        (stable_hash(key) >> 16).is_multiple_of(one_in.max(2))
    };
    let (test, train) = all.into_iter().partition(mark);
    (train, test)
}
