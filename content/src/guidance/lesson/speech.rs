//! Words that carry a sentence and no matter, and what that tells of runs of words.

use crate::{LearningResource, language};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words that carry a sentence and no matter, by language.
static EMPTY: LazyLock<HashMap<String, HashSet<String>>> = LazyLock::new(|| {
    #[derive(serde::Deserialize)]
    struct Words {
        #[serde(flatten)]
        by_language: HashMap<String, serde_json::Value>,
    }
    let text = include_str!("../../../guidance/function-words.json");
    let read: Option<Words> = serde_json::from_str(text).ok();
    let lists = read.map(|words| words.by_language).unwrap_or_default();
    let words = |list: serde_json::Value| serde_json::from_value(list).ok();
    lists
        .into_iter()
        .filter_map(|(language, list)| Some((language, words(list)?)))
        .collect()
});

/// The language of a text, as far as its words matter here.
#[derive(Clone, Copy)]
pub(super) struct Speech {
    empty: Option<&'static HashSet<String>>,
    /// Whether spaces stand between syllables.
    pub(super) syllables: bool,
}

impl Speech {
    /// That of a text, else of its record, else Vietnamese.
    pub(super) fn of(text: &str, record: &LearningResource) -> Self {
        let found = language::detect(text).or_else(|| record.main_language());
        Self::in_language(found.unwrap_or("vi"))
    }

    /// That of a language.
    pub(super) fn in_language(code: &str) -> Self {
        Self {
            empty: EMPTY.get(code),
            syllables: code == "vi",
        }
    }

    /// Whether a word says nothing by itself.
    pub(super) fn is_empty(self, word: &str) -> bool {
        let lower = word.to_lowercase().replace('’', "'");
        let plain = lower.trim_matches(|c: char| !c.is_alphanumeric());
        plain.is_empty() || self.empty.is_some_and(|empty| empty.contains(plain))
    }

    /// Whether a run of words begins with one that says nothing, or ends with one, or has one within
    /// that joins no name.
    pub(super) fn is_broken(self, run: &[&str]) -> bool {
        const JOINS: &[&str] = &[
            "và", "của", "trong", "of", "the", "and", "in", "for", "to", "a", "on", "with", "de",
            "du", "des", "la", "le", "les", "à", "et", "en", "l", "two", "three", "deux", "trois",
            "qui",
        ];
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            return true;
        };
        let two: String = run.iter().take(2).copied().collect::<Vec<_>>().join(" ");
        let within = run.get(1..run.len().saturating_sub(1)).unwrap_or_default();
        let breaks = |word: &&str| {
            let lower = word.to_lowercase();
            self.is_empty(word) && !JOINS.contains(&lower.as_str())
        };
        self.is_empty(first)
            || self.is_empty(last)
            || is_filler(run)
            || self.is_half_english(first)
            || run.len() > 1
                && self
                    .empty
                    .is_some_and(|empty| empty.contains(&two.to_lowercase()))
            || within.iter().any(breaks)
    }

    pub(super) fn is_french(self) -> bool {
        self.empty.is_some_and(|own| own.contains("les"))
    }

    /// Whether a run in a French text begins as an English one does: pages are half translated.
    fn is_half_english(self, first: &str) -> bool {
        let english = EMPTY.get("en");
        self.is_french() && english.is_some_and(|list| list.contains(&first.to_lowercase()))
    }

    /// Whether a single word can be a term: long, and no adverb or the like.
    pub(super) fn stands_alone(self, word: &str) -> bool {
        let length = word.chars().count();
        let adverb = word.ends_with("ly") || word.ends_with("ment") && !self.syllables;
        match self.syllables {
            true => length >= 7 || word.is_ascii() && length >= 5,
            false => length >= 5 && !adverb,
        }
    }
}

/// Whether words of some language say nothing together, such as “has been” in a text that is half
/// translated.
fn is_filler(run: &[&str]) -> bool {
    let lower: Vec<String> = run.iter().map(|word| word.to_lowercase()).collect();
    EMPTY
        .values()
        .any(|empty| lower.iter().all(|word| empty.contains(word)))
}
