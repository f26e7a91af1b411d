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

    /// Whether a term is one of the subject: it has several words, or the record names it. In Vietnamese everyday words have two
    /// syllables, so several are three there; and a syllable alone has too many meanings for a name to tell which.
    pub(super) fn is_told_by(&self, place: &Place, language: &str) -> bool {
        let (fewest, several) = if language == "vi" { (2, 3) } else { (1, 2) };
        let length = place.keys.len();
        length >= several
            || length >= fewest
                && self
                    .0
                    .windows(place.keys.len())
                    .any(|words| words == place.keys)
    }
}
