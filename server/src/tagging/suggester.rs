//! From a record to suggestions for what it lacks.

use super::{Document, Embedder, Trained, Zero, keywords, level, textbook};
use anyhow::Result;
use khue_content::language::detect;
use khue_content::{Evidence, LearningResource, Suggestion, vocabulary};
use khue_inference::tagger::{Languages, Row, Tag, sentences, strongest};
use std::collections::BTreeMap;

/// Below this a suggestion is not shown.
pub const THRESHOLD: f64 = 0.3;

/// At most so many values for one property.
const MOST: usize = 3;

/// Sentences that are looked at for evidence.
const SENTENCES: usize = 40;

/// Likeness of words at which a sentence plainly says a competency.
const SAID: f64 = 0.2;

/// Version of the rules, for those suggestions that no model made.
const RULES: &str = "1";

/// Everything that is needed to suggest. Made once, used for many records.
pub struct Suggester {
    embedder: Option<Embedder>,
    zero: Vec<(&'static str, Zero)>,
    words: Vec<(&'static str, Zero)>,
    /// Heads by property, where enough records were accepted.
    heads: BTreeMap<String, Trained>,
}

/// Properties that are told by meaning, with their vocabularies.
const TOLD: &[(&str, &str)] = &[
    ("about", "about"),
    ("learningResourceType", "learningResourceType"),
    ("teaches", "competencies"),
];

impl Suggester {
    /// With an encoder where there is one; words alone else.
    ///
    /// # Errors
    /// When the encoder cannot compute.
    pub fn new(mut embedder: Option<Embedder>) -> Result<Self> {
        let (mut zero, mut words) = (Vec::new(), Vec::new());
        for (property, vocabulary) in TOLD {
            zero.push((*property, Zero::new(vocabulary, embedder.as_mut())?));
            words.push((*property, Zero::new(vocabulary, None)?));
        }
        let heads = BTreeMap::new();
        Ok(Self {
            embedder,
            zero,
            words,
            heads,
        })
    }

    /// Suggestions for every property of which the record has no value, by property
    /// and confidence; those below the threshold are left out.
    ///
    /// # Errors
    /// When the encoder cannot compute.
    pub fn suggest(&mut self, record: &LearningResource) -> Result<Vec<Suggestion>> {
        let document = Document::of(record);
        let mut all = Vec::new();
        if record.in_language.is_empty() {
            all.extend(language(&document));
        }
        if record.educational_level.is_empty() {
            all.extend(levels(&document));
        }
        for (number, (property, _)) in TOLD.iter().enumerate().take(self.zero.len()) {
            if lacks(record, property) {
                all.extend(self.told(number, property, &document)?);
            }
        }
        if record.educational_alignment.is_empty() {
            all.extend(lessons(&document));
        }
        if record.keywords.is_empty() {
            all.extend(words_of(&document));
        }
        all.retain(|suggestion| suggestion.confidence >= THRESHOLD);
        Ok(all)
    }

    /// Name and revision of the encoder; empty where there is none.
    pub fn model(&self) -> String {
        let model = self.embedder.as_ref();
        model
            .map(|own| format!("{} {}", own.name(), own.revision()))
            .unwrap_or_default()
    }

    /// What languages add to vectors.
    ///
    /// # Errors
    /// When the encoder cannot compute.
    pub fn languages(&mut self) -> Result<Languages> {
        self.embedder
            .as_mut()
            .map_or_else(|| Ok(Languages::default()), Embedder::languages)
    }

    /// Documents as a head reads them.
    ///
    /// # Errors
    /// When the encoder cannot compute.
    pub fn rows(&mut self, documents: &[Document]) -> Result<Vec<Row>> {
        let texts: Vec<String> = documents.iter().map(Document::whole).collect();
        let vectors = match &mut self.embedder {
            Some(embedder) => {
                let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                embedder
                    .vectors(&texts, false)?
                    .into_iter()
                    .map(Some)
                    .collect()
            }
            None => vec![None; texts.len()],
        };
        let rows = texts.into_iter().zip(vectors).zip(documents);
        Ok(rows
            .map(|((text, vector), document)| Row {
                text,
                vector,
                language: document.language.clone(),
                group: None,
            })
            .collect())
    }

    /// From now on this head has a say in a property; `None` takes it away.
    pub fn learn(&mut self, property: &str, head: Option<Trained>) {
        match head {
            Some(head) => self.heads.insert(property.to_owned(), head),
            None => self.heads.remove(property),
        };
    }

    /// What descriptions say and what accepted records say, together; the more records,
    /// the more they count. And the records that speak most for each of the first tags.
    fn with_head(
        &mut self,
        property: &str,
        document: &Document,
        tags: Vec<Tag>,
    ) -> Result<Vec<(Tag, Vec<Evidence>)>> {
        if !self.heads.contains_key(property) {
            return Ok(tags.into_iter().map(|tag| (tag, Vec::new())).collect());
        }
        let rows = self.rows(std::slice::from_ref(document))?;
        let Some(trained) = self.heads.get(property) else {
            return Ok(Vec::new());
        };
        let learned = trained.head.tags(&rows)?.into_iter().flatten();
        let learned: BTreeMap<String, f64> =
            learned.map(|tag| (tag.label, tag.confidence)).collect();
        let count = trained.about.learned_from.len() as f64;
        let share = count / (count + 60.0);
        let said = |label: &str| learned.get(label).copied().unwrap_or(0.0);
        let mut tags: Vec<Tag> = tags
            .into_iter()
            .map(|tag| Tag {
                confidence: share * said(&tag.label) + (1.0 - share) * tag.confidence,
                ..tag
            })
            .collect();
        tags.sort_by(|a, b| {
            b.confidence
                .total_cmp(&a.confidence)
                .then(a.label.cmp(&b.label))
        });
        tags.truncate(MOST);
        let mut with = Vec::new();
        for tag in tags {
            let examples = rows
                .first()
                .map(|row| trained.head.examples(row, &tag.label, 2));
            let names = examples.transpose()?.unwrap_or_default();
            let names = names
                .iter()
                .filter_map(|place| trained.about.learned_from.get(*place));
            let similar = names.map(|(id, name)| Evidence::Similar {
                id: id.clone(),
                name: name.clone(),
            });
            with.push((tag, similar.collect()));
        }
        Ok(with)
    }

    fn told(
        &mut self,
        number: usize,
        property: &str,
        document: &Document,
    ) -> Result<Vec<Suggestion>> {
        let tags = self.zero[number].1.tags(document, self.embedder.as_mut())?;
        let tags = self.with_head(property, document, tags)?;
        let likely = tags
            .into_iter()
            .take(MOST)
            .filter(|(tag, _)| tag.confidence >= THRESHOLD);
        let learned = self
            .heads
            .get(property)
            .map(|own| format!("+{}", own.about.version));
        let learned = learned.unwrap_or_default();
        let (model, revision) = match self.embedder.as_ref() {
            Some(model) => (
                model.name().to_owned(),
                format!("{}{learned}", model.revision()),
            ),
            None => ("words".to_owned(), RULES.to_owned()),
        };
        let words = &self.words[number].1;
        let suggest = |(tag, similar): (Tag, Vec<Evidence>)| {
            let said = evidence(document, words, &tag.label);
            let strength = said.as_ref().map_or(0.0, |(strength, _)| *strength);
            Suggestion {
                evidence: said
                    .into_iter()
                    .map(|(_, said)| said)
                    .chain(similar)
                    .collect(),
                property: property.to_owned(),
                value: tag.label,
                confidence: tag.confidence * certain(property, strength),
                model: model.clone(),
                revision: revision.clone(),
            }
        };
        Ok(likely.map(suggest).collect())
    }
}

/// Whether the record has no value of a property that is told.
fn lacks(record: &LearningResource, property: &str) -> bool {
    match property {
        "about" => record.about.is_empty(),
        "learningResourceType" => record.learning_resource_type.is_empty(),
        // Outcomes may be plain sentences; a competency beside them is still missing.
        "teaches" => !record
            .teaches
            .iter()
            .any(|value| vocabulary::concept(value).is_some()),
        _ => false,
    }
}

/// Every lesson has a subject, but few have a competency of a framework: there the most likely one
/// counts only as far as a sentence says it.
fn certain(property: &str, strength: f64) -> f64 {
    match property {
        "teaches" => (strength / SAID).min(1.0),
        _ => 1.0,
    }
}

/// The sentence whose words speak most for a concept, and how much.
fn evidence(document: &Document, words: &Zero, concept: &str) -> Option<(f64, Evidence)> {
    let parts = [
        ("name", &document.title),
        ("description", &document.summary),
        ("body", &document.text),
    ];
    let mut best: Option<(f64, Evidence)> = None;
    for (property, text) in parts {
        let judge = |sentence: &str| words.likeness(sentence, concept);
        let Some((span, value)) = strongest(text, SENTENCES, judge) else {
            continue;
        };
        if value > 0.0 && best.as_ref().is_none_or(|(highest, _)| value > *highest) {
            let found = Evidence::Sentence {
                text: text[span.start..span.end].to_owned(),
                property: property.to_owned(),
                start: span.start,
                end: span.end,
            };
            best = Some((value, found));
        }
    }
    best
}

fn rule(property: &str, value: String, confidence: f64, evidence: Vec<Evidence>) -> Suggestion {
    Suggestion {
        property: property.to_owned(),
        value,
        confidence,
        evidence,
        model: "rules".to_owned(),
        revision: RULES.to_owned(),
    }
}

/// The language, by letters and function words.
fn language(document: &Document) -> Option<Suggestion> {
    let text = document.whole();
    let code = detect(&text)?;
    let first = sentences(&text).into_iter().next()?;
    let words = Evidence::Words {
        text: text[first.start..first.end].to_owned(),
    };
    Some(rule("inLanguage", code.to_owned(), 0.97, vec![words]))
}

/// Grades and stages that the text states.
fn levels(document: &Document) -> Vec<Suggestion> {
    let stated = level::stated(document).into_iter();
    stated
        .map(|found| {
            let confidence = if found.in_title { 0.95 } else { 0.8 };
            let words = Evidence::Words { text: found.words };
            rule("educationalLevel", found.value, confidence, vec![words])
        })
        .collect()
}

/// Lessons of textbooks that the text names.
fn lessons(document: &Document) -> Vec<Suggestion> {
    let named = textbook::named(document).into_iter().take(MOST);
    named
        .map(|found| {
            let words = Evidence::Words { text: found.words };
            rule(
                "educationalAlignment",
                found.value,
                found.confidence,
                vec![words],
            )
        })
        .collect()
}

fn words_of(document: &Document) -> Vec<Suggestion> {
    let found = keywords::of(document).into_iter();
    found
        .map(|found| {
            let words = Evidence::Words {
                text: found.sentence,
            };
            rule("keywords", found.words, found.confidence, vec![words])
        })
        .collect()
}
