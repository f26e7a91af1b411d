//! Concepts of a vocabulary, told without examples.

use super::{Document, Embedder};
use anyhow::{Context, Result, bail};
use khue_content::vocabulary::{self, Concept, ConceptScheme};
use khue_inference::tagger::{self, Fit, Languages, Prototypes, Row, Tag};
use serde_json::Value;

/// The concepts that people tag with, each with its descriptions.
pub struct Zero {
    prototypes: Prototypes,
    concepts: Vec<&'static Concept>,
}

impl Zero {
    /// Reads the vocabulary of this name.
    ///
    /// # Errors
    /// There is none, or its descriptions cannot be read.
    pub fn new(name: &str, mut embedder: Option<&mut Embedder>) -> Result<Self> {
        let Some(scheme) = vocabulary::scheme(name) else {
            let names: Vec<_> = vocabulary::names().collect();
            bail!(
                "there is no vocabulary `{name}`; choose one of {}",
                names.join(", ")
            );
        };
        let concepts = chosen(scheme);
        if concepts.len() < 2 {
            bail!("the vocabulary `{name}` has too few concepts to choose from");
        }
        let mut described: Vec<tagger::Concept> = concepts
            .iter()
            .map(|concept| described(scheme, concept, &concepts))
            .collect();
        let languages = match &mut embedder {
            Some(embedder) => {
                give_vectors(&mut described, embedder)?;
                embedder.languages()?
            }
            None => Languages::default(),
        };
        let prototypes = Prototypes::new(described, &languages)?;
        Ok(Self {
            prototypes,
            concepts,
        })
    }

    /// How many concepts there are to choose from.
    pub fn len(&self) -> usize {
        self.concepts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }

    /// How much the words of a sentence speak for a concept, without the encoder.
    pub fn likeness(&self, sentence: &str, value: &str) -> f64 {
        let row = Row {
            text: sentence.to_owned(),
            ..Row::default()
        };
        self.prototypes.likeness_to(&row, value).unwrap_or_default()
    }

    /// The concepts by likelihood.
    ///
    /// # Errors
    /// When the encoder cannot compute.
    pub fn tags(&self, document: &Document, embedder: Option<&mut Embedder>) -> Result<Vec<Tag>> {
        let mut passages = document.passages();
        if let Some(embedder) = embedder {
            let texts: Vec<&str> = passages.iter().map(|(row, _)| row.text.as_str()).collect();
            let vectors = embedder.vectors(&texts, false)?;
            for ((row, _), vector) in passages.iter_mut().zip(vectors) {
                row.vector = Some(vector);
            }
        }
        let fit =
            |value: &str| vocabulary::concept(value).map_or(Fit::Well, |c| fit(c, &document.level));
        Ok(self.prototypes.tags(&passages, &document.title, fit)?)
    }
}

/// Concepts that a record is tagged with: in a vocabulary with strands below its
/// subjects the subjects, else all; never `other`.
fn chosen(scheme: &'static ConceptScheme) -> Vec<&'static Concept> {
    let depth = |concept: &Concept| vocabulary::with_broader(&concept.id).len();
    let deepest = scheme.concepts.iter().map(depth).max().unwrap_or(1);
    let keep = |concept: &&Concept| match deepest {
        0..=2 => concept.notation != "other",
        _ => depth(concept) == 2 || (depth(concept) == 3 && has_narrower_sibling(scheme, concept)),
    };
    let kept: Vec<&Concept> = scheme.concepts.iter().filter(keep).collect();
    // A subject whose narrower ones are subjects themselves stands for none of them.
    let stands_alone =
        |concept: &&&Concept| !kept.iter().any(|other| other.broader.contains(&concept.id));
    match deepest {
        0..=2 => kept,
        _ => kept.iter().filter(stands_alone).copied().collect(),
    }
}

/// Whether a concept of the third level is a subject of its own: languages are, below
/// "foreign languages", since some of them have strands.
fn has_narrower_sibling(scheme: &ConceptScheme, concept: &Concept) -> bool {
    scheme.concepts.iter().any(|sibling| {
        sibling.broader == concept.broader
            && scheme
                .concepts
                .iter()
                .any(|below| below.broader.contains(&sibling.id))
    })
}

/// Names and descriptions of a concept, with those of its strands.
fn described(scheme: &ConceptScheme, concept: &Concept, all: &[&Concept]) -> tagger::Concept {
    let own = |id: &str| all.iter().any(|other| other.id == id);
    let strands = scheme
        .concepts
        .iter()
        .filter(|strand| strand.broader.contains(&concept.id) && !own(&strand.id));
    let descriptions = std::iter::once(concept)
        .chain(strands)
        .flat_map(descriptions);
    let others = concept.alt_label.values().flatten();
    tagger::Concept {
        value: concept.id.clone(),
        names: concept.pref_label.values().chain(others).cloned().collect(),
        descriptions: descriptions.collect(),
    }
}

/// One row for each language: label and definition.
fn descriptions(concept: &Concept) -> Vec<Row> {
    let row = |(language, label): (&String, &String)| {
        let definition = concept.definition.get(language);
        let text = definition.map_or_else(|| label.clone(), |words| format!("{label}. {words}"));
        let described = definition.is_some() || concept.definition.is_empty();
        described.then(|| Row {
            text,
            language: language.clone(),
            ..Row::default()
        })
    };
    concept.pref_label.iter().filter_map(row).collect()
}

fn give_vectors(concepts: &mut [tagger::Concept], embedder: &mut Embedder) -> Result<()> {
    let rows = || concepts.iter().flat_map(|concept| &concept.descriptions);
    let texts: Vec<String> = rows().map(|row| row.text.clone()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut vectors = embedder.vectors(&texts, true)?.into_iter();
    for row in concepts
        .iter_mut()
        .flat_map(|concept| &mut concept.descriptions)
    {
        row.vector = Some(vectors.next().context("a description has no vector")?);
    }
    Ok(())
}

/// Whether a subject is taught at one of these grades and stages, as far as its facts say; nothing known fits everything.
/// Where no grade is stated, a subject that joins others stands behind them: "lịch sử và địa lí" is said of any history.
fn fit(concept: &Concept, level: &[String]) -> Fit {
    let list = |name: &str| {
        concept
            .facts
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    if level.is_empty() {
        return match list("joins").next() {
            Some(_) => Fit::Joining,
            None => Fit::Well,
        };
    }
    let grades = list("grades")
        .chain(list("optionalGrades"))
        .filter_map(Value::as_i64);
    let grades = grades.map(|grade| format!("grade-{grade}"));
    let stages = list("stages").filter_map(Value::as_str).map(str::to_owned);
    let taught: Vec<String> = grades.chain(stages).collect();
    match taught.is_empty() || level.iter().any(|own| taught.contains(own)) {
        true => Fit::Well,
        false => Fit::Not,
    }
}
