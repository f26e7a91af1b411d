//! Which terms a text is about.

use super::Place;
use super::lexicon::word_key;
use crate::LearningResource;

/// What a record says it is about: its name and keywords, as words are compared.
pub(super) struct Subject(Vec<String>);

impl Subject {
    pub(super) fn of(record: &LearningResource, language: &str) -> Self {
        let own = std::iter::once(&record.name).chain(&record.keywords);
        let words = own.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        let words = words.filter(|word| !word.is_empty());
        Self(words.map(|word| word_key(word, language)).collect())
    }

    /// Whether a term is one of the subject: it has several words (in Vietnamese, where everyday words have two syllables, three), or
    /// the record names it.
    pub(super) fn is_told_by(&self, place: &Place, language: &str) -> bool {
        let several = if language == "vi" { 3 } else { 2 };
        place.keys.len() >= several
            || self
                .0
                .windows(place.keys.len())
                .any(|words| words == place.keys)
    }
}
