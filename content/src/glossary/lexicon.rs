//! The table of terms, by the words with which they begin.

use crate::exercise::fold::{Fold, key};
use crate::search::terms::{LANGUAGES, shipped};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Most words of a term that is looked for in a text.
const WORDS: usize = 6;

/// A way to say something: its words as they are compared, and the rows of the table that have it. More than one row: it
/// has several meanings.
pub(super) struct Way {
    pub(super) words: Vec<String>,
    pub(super) rows: Vec<usize>,
}

/// The ways of one language by their first words, the longest first.
#[derive(Default)]
pub(super) struct Lexicon(HashMap<String, Vec<Way>>);

/// The ways of a language of the table, by its code.
pub(super) fn of(language: &str) -> Option<&'static Lexicon> {
    static ALL: LazyLock<[Lexicon; 3]> = LazyLock::new(|| LANGUAGES.map(Lexicon::read));
    let place = LANGUAGES.iter().position(|code| *code == language)?;
    Some(&ALL[place])
}

/// A word as it is compared: capitals, placing of tones and, in English and French, the mark of the plural do not matter.
pub(super) fn word_key(word: &str, language: &str) -> String {
    let vietnamese = language == "vi";
    let fold = Fold {
        vietnamese,
        ..Fold::default()
    };
    let folded = key(word, fold);
    let plural = !vietnamese && folded.len() > 3;
    match folded.strip_suffix(['s', 'x']).filter(|_| plural) {
        Some(singular) => singular.to_owned(),
        None => folded,
    }
}

impl Lexicon {
    fn read(language: &str) -> Self {
        let mut all = Self::default();
        for (row, term) in shipped().iter().enumerate() {
            for way in term.ways_in(language) {
                let words = way.split_whitespace();
                all.add(words.map(|word| word_key(word, language)).collect(), row);
            }
        }
        for ways in all.0.values_mut() {
            ways.sort_by_key(|way| std::cmp::Reverse(way.words.len()));
        }
        all
    }

    fn add(&mut self, words: Vec<String>, row: usize) {
        let Some(first) = words.first().filter(|_| words.len() <= WORDS) else {
            return;
        };
        let ways = self.0.entry(first.clone()).or_default();
        match ways.iter_mut().find(|way| way.words == words) {
            Some(way) if way.rows.contains(&row) => {}
            Some(way) => way.rows.push(row),
            None => ways.push(Way {
                rows: vec![row],
                words,
            }),
        }
    }

    /// The longest way with which these words begin.
    pub(super) fn longest(&self, words: &[&str]) -> Option<&Way> {
        let ways = self.0.get(*words.first()?)?;
        ways.iter().find(|way| {
            way.words.len() <= words.len() && way.words.iter().zip(words).all(|(a, b)| a == b)
        })
    }

    /// The way that these words are.
    pub(super) fn exactly(&self, words: &[&str]) -> Option<&Way> {
        self.longest(words)
            .filter(|way| way.words.len() == words.len())
    }
}
