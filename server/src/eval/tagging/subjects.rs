//! Judging tags without examples: concepts of a vocabulary, known by their names
//! and descriptions, told of lessons or of labelled texts.

use super::Sample;
use super::measure::{Measures, measure};
use crate::tagging::{Document, Embedder, Zero};
use anyhow::{Result, bail};
use khue_content::vocabulary;
use serde::Serialize;

/// What was found.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Subjects {
    /// Texts judged.
    pub test: usize,
    /// Concepts to choose from.
    pub labels: usize,
    /// Labels that name no concept of the vocabulary: they count as missed.
    pub unknown_labels: Vec<String>,
    /// Name and revision of the encoder; nothing where words alone were used.
    pub model: Option<String>,
    /// Accuracy and the like.
    #[serde(flatten)]
    pub measures: Measures,
}

/// Judges texts by the concepts of a vocabulary. Where a text has several labels, any of
/// them is right.
///
/// # Errors
/// An unknown vocabulary, nothing to judge, or an encoder that cannot compute.
pub fn judge_subjects(
    name: &str,
    documents: &[(Document, Vec<String>)],
    mut embedder: Option<&mut Embedder>,
) -> Result<Subjects> {
    if documents.is_empty() {
        bail!("there is nothing to judge");
    }
    let zero = Zero::new(name, embedder.as_deref_mut())?;
    let (mut tags, mut truths, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    for (document, labels) in documents {
        let tagged = zero.tags(document, embedder.as_deref_mut())?;
        let known = |label: &String| vocabulary::find(name, label).map(|found| found.id.clone());
        unknown.extend(
            labels
                .iter()
                .filter(|label| known(label).is_none())
                .cloned(),
        );
        let truth: Vec<String> = labels
            .iter()
            .map(|l| known(l).unwrap_or(l.clone()))
            .collect();
        // Any one of several right subjects is right.
        let told = tagged.iter().take(3);
        let told = told.filter_map(|tag| truth.iter().find(|label| **label == tag.label));
        let right = told.chain(&truth).next().cloned();
        truths.push(vec![right.unwrap_or_default()]);
        tags.push(tagged);
    }
    unknown.sort();
    unknown.dedup();
    let truth: Vec<&[String]> = truths.iter().map(Vec::as_slice).collect();
    Ok(Subjects {
        test: documents.len(),
        labels: zero.len(),
        unknown_labels: unknown,
        model: embedder.map(|own| format!("{} {}", own.name(), own.revision())),
        measures: measure(&tags, &truth, true),
    })
}

/// A labelled text as a document.
impl From<&Sample> for Document {
    fn from(sample: &Sample) -> Self {
        Self {
            title: sample.title.clone(),
            summary: String::new(),
            text: sample.text.clone(),
            language: sample.language.clone(),
            level: Vec::new(),
        }
    }
}
