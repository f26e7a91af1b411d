//! How well labels were told, in the field's usual measures.

use khue_inference::tagger::Tag;
use serde::Serialize;
use std::collections::BTreeMap;

/// Equal parts of the range of confidences in which calibration is judged.
const BINS: usize = 10;

/// Above this a label is given, where a text may have several.
const GIVEN: f64 = 0.5;

/// truth → prediction → how often.
pub type Confusion = BTreeMap<String, BTreeMap<String, usize>>;

/// The measures.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measures {
    /// Share of rows that got the right label; of several labels exactly the right ones.
    pub accuracy: f64,
    /// Mean of the F1 of all labels that are true or were given.
    #[serde(rename = "macroF1")]
    pub macro_f1: f64,
    /// F1 of all decisions together (with one label a row: the accuracy).
    #[serde(rename = "microF1")]
    pub micro_f1: f64,
    /// Share of rows with a right label among the three most likely.
    pub top3: f64,
    /// Expected calibration error: mean distance of confidence and share of right ones, in ten
    /// equal bins; of the most likely label, or of every label where there may be several.
    pub ece: f64,
    /// For each true label what was said instead of it, or in agreement.
    pub confusion: Confusion,
    /// F1 of each label.
    pub f1: BTreeMap<String, f64>,
}

/// Compares ranked tags with true labels. Labels that were never seen in training
/// count as missed.
pub fn measure(tags: &[Vec<Tag>], truth: &[&[String]], exclusive: bool) -> Measures {
    let given: Vec<Vec<&str>> = tags.iter().map(|tags| given(tags, exclusive)).collect();
    let rows = || given.iter().zip(truth);
    let count = truth.len().max(1) as f64;
    let same = |(given, truth): &(&Vec<&str>, &&[String])| {
        given.len() == truth.len() && given.iter().all(|label| has(truth, label))
    };
    let among_three = tags
        .iter()
        .zip(truth)
        .filter(|(tags, truth)| tags.iter().take(3).any(|tag| has(truth, &tag.label)));
    let counts = counts(rows());
    let f1: BTreeMap<String, f64> = counts
        .iter()
        .map(|(label, counts)| ((*label).to_owned(), counts.f1()))
        .collect();
    let all = counts.values().fold(Counts::default(), Counts::plus);
    Measures {
        accuracy: rows().filter(same).count() as f64 / count,
        macro_f1: f1.values().sum::<f64>() / f1.len().max(1) as f64,
        micro_f1: all.f1(),
        top3: among_three.count() as f64 / count,
        ece: calibration_error(&confidences(tags, truth, exclusive)),
        confusion: confusion(rows()),
        f1,
    }
}

fn has(labels: &[String], label: &str) -> bool {
    labels.iter().any(|own| own == label)
}

/// The labels that are given to a row: the most likely one, or all likely ones and at least one.
fn given(tags: &[Tag], exclusive: bool) -> Vec<&str> {
    let likely =
        |(place, tag): &(usize, &Tag)| *place == 0 || (!exclusive && tag.confidence >= GIVEN);
    let likely = tags.iter().enumerate().filter(likely);
    likely.map(|(_, tag)| tag.label.as_str()).collect()
}

#[derive(Clone, Copy, Default)]
struct Counts {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Counts {
    fn f1(&self) -> f64 {
        let all = 2 * self.right + self.wrong + self.missed;
        2.0 * self.right as f64 / all.max(1) as f64
    }

    fn plus(self, other: &Self) -> Self {
        Self {
            right: self.right + other.right,
            wrong: self.wrong + other.wrong,
            missed: self.missed + other.missed,
        }
    }
}

fn counts<'a>(
    rows: impl Iterator<Item = (&'a Vec<&'a str>, &'a &'a [String])>,
) -> BTreeMap<&'a str, Counts> {
    let mut all: BTreeMap<&str, Counts> = BTreeMap::new();
    for (given, truth) in rows {
        for label in given {
            let counts = all.entry(label).or_default();
            match has(truth, label) {
                true => counts.right += 1,
                false => counts.wrong += 1,
            }
        }
        for label in truth
            .iter()
            .filter(|label| !given.contains(&label.as_str()))
        {
            all.entry(label).or_default().missed += 1;
        }
    }
    all
}

fn confusion<'a>(rows: impl Iterator<Item = (&'a Vec<&'a str>, &'a &'a [String])>) -> Confusion {
    let mut all = Confusion::new();
    for (given, truth) in rows {
        for label in truth.iter() {
            let found = given.contains(&label.as_str());
            let said = if found {
                Some(label.as_str())
            } else {
                given.first().copied()
            };
            let said = said.unwrap_or_default().to_owned();
            *all.entry(label.clone())
                .or_default()
                .entry(said)
                .or_default() += 1;
        }
    }
    all
}

/// Confidences with whether they were right.
fn confidences(tags: &[Vec<Tag>], truth: &[&[String]], exclusive: bool) -> Vec<(f64, bool)> {
    let judged = if exclusive { 1 } else { usize::MAX };
    let row = |(tags, truth): (&Vec<Tag>, &&[String])| {
        let own = tags.iter().take(judged);
        own.map(|tag| (tag.confidence, has(truth, &tag.label)))
            .collect::<Vec<_>>()
    };
    tags.iter().zip(truth).flat_map(row).collect()
}

/// Guo et al. 2017, equation 3.
fn calibration_error(confidences: &[(f64, bool)]) -> f64 {
    let mut bins = [(0.0, 0.0, 0usize); BINS];
    for (confidence, right) in confidences {
        let bin = &mut bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += confidence;
        bin.1 += f64::from(u8::from(*right));
        bin.2 += 1;
    }
    let gap: f64 = bins
        .iter()
        .map(|(confidence, right, _)| (confidence - right).abs())
        .sum();
    gap / confidences.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(list: &[(&str, f64)]) -> Vec<Tag> {
        let tag = |(label, confidence): &(&str, f64)| Tag {
            label: (*label).into(),
            confidence: *confidence,
        };
        list.iter().map(tag).collect()
    }

    #[test]
    fn one_label_a_row_agrees_with_values_worked_out_by_hand() {
        let rows = [
            tags(&[("a", 0.9), ("b", 0.06), ("c", 0.04)]),
            tags(&[("b", 0.8), ("a", 0.1), ("c", 0.1)]),
            tags(&[("a", 0.6), ("b", 0.3), ("c", 0.1)]),
            tags(&[("a", 0.6), ("b", 0.3), ("c", 0.1)]),
        ];
        let truth = ["a", "b", "b", "new"].map(|label| vec![label.to_owned()]);
        let truth: Vec<&[String]> = truth.iter().map(Vec::as_slice).collect();
        let found = measure(&rows, &truth, true);
        assert_eq!((found.accuracy, found.top3), (0.5, 0.75));
        // F1: a 2·1/(2+2), b 2·1/(2+1), new 0
        assert!((found.macro_f1 - (0.5 + 2.0 / 3.0) / 3.0).abs() < 1e-12);
        // |0.9 − 1| + |0.8 − 1| + |1.2 − 0| over four rows
        assert!((found.ece - 0.375).abs() < 1e-12, "{}", found.ece);
        assert_eq!(found.confusion["b"]["a"], 1);
        assert_eq!(found.confusion["new"]["a"], 1);
    }

    #[test]
    fn several_labels_are_given_when_likely() {
        let rows = [
            tags(&[("a", 0.9), ("b", 0.7), ("c", 0.1)]),
            tags(&[("c", 0.3), ("a", 0.2)]),
        ];
        let truth = [vec!["a".to_owned(), "b".to_owned()], vec!["a".to_owned()]];
        let truth: Vec<&[String]> = truth.iter().map(Vec::as_slice).collect();
        let found = measure(&rows, &truth, false);
        assert_eq!((found.accuracy, found.top3), (0.5, 1.0));
        assert!((found.micro_f1 - 4.0 / 6.0).abs() < 1e-12);
    }
}
