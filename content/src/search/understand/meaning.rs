//! Which words of a text are filters.

use super::level;
use super::names::{self, Name, PLAIN, SUBJECTS};
use crate::search::Force;
use crate::search::params::uri;
use crate::search::typed::Typed;

/// Words that are a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// First word.
    pub from: usize,
    /// One past the last word.
    pub to: usize,
    pub property: &'static str,
    pub values: Vec<String>,
    pub force: Force,
}

const LEVEL: &str = "educationalLevel";
/// Words that say that a subject follows.
const SUBJECT_WORDS: &[&str] = &["mon", "subject", "matiere"];
/// Words that may stand between a subject and what makes it one.
const BETWEEN: &[&str] = &[
    "mon", "for", "de", "en", "cho", "in", "of", "d", "cua", "the", "class",
];

/// The filters among the words, in order.
pub(super) fn read(text: &str, words: &[Typed]) -> Vec<Meaning> {
    let mut reading = Reading {
        text,
        words,
        found: Vec::new(),
    };
    reading.plain();
    reading.subjects();
    reading.found.sort_by_key(|meaning| meaning.from);
    reading.with_counterparts()
}

struct Reading<'a> {
    text: &'a str,
    words: &'a [Typed],
    found: Vec<Meaning>,
}

impl Reading<'_> {
    fn add(&mut self, from: usize, length: usize, property: &'static str, values: Vec<String>) {
        let force = match property {
            LEVEL | "about" | "license" | "inLanguage" => Force::First,
            _ => Force::Preferred,
        };
        self.found.push(Meaning {
            from,
            to: from + length,
            property,
            values,
            force,
        });
    }

    fn add_levels(&mut self, from: usize, (length, levels): level::Found) {
        let values = levels.iter().map(|level| uri(LEVEL, level)).collect();
        self.add(from, length, LEVEL, values);
    }

    /// Levels, kinds, series, languages and licences, which need nothing beside them.
    fn plain(&mut self) {
        let mut at = 0;
        while at < self.words.len() {
            let level = level::at(self.text, self.words, at);
            let name = names::at(&PLAIN, self.words, at);
            match (level, name) {
                (Some(level), name) if name.is_none_or(|n| n.words.len() <= level.0) => {
                    let length = level.0;
                    self.add_levels(at, level);
                    at += length;
                }
                (_, Some(name)) => {
                    let length = name.words.len() + self.version(name, at + name.words.len());
                    self.add(at, length, name.property, name.values.clone());
                    at += length;
                }
                _ => at += 1,
            }
        }
    }

    /// Words of a version after the name of a licence: "4.0".
    fn version(&self, name: &Name, at: usize) -> usize {
        let number = |at: usize| self.words.get(at).is_some_and(|w| w.number().is_some());
        match name.property == "license" && number(at) {
            true => 1 + usize::from(number(at + 1)),
            false => 0,
        }
    }

    fn subjects(&mut self) {
        let mut at = 0;
        while at < self.words.len() {
            let free = self.over(at).is_none();
            let name = names::at(&SUBJECTS, self.words, at).filter(|_| free);
            at += match name {
                Some(name) => self.subject(name, at),
                None => 1,
            };
        }
    }

    /// Takes the name of a subject where something beside it says that it is one. Returns how many
    /// words are done with.
    fn subject(&mut self, name: &Name, at: usize) -> usize {
        let end = at + name.words.len();
        if (at..end).any(|n| self.over(n).is_some()) {
            return 1;
        }
        let number =
            level::beside_subject(self.text, self.words, end).filter(|_| self.over(end).is_none());
        if let Some(level) = number {
            let length = level.0;
            self.add(at, end - at, "about", name.values.clone());
            self.add_levels(end, level);
            return end - at + length;
        }
        let class_before = at > 0 && level::french_class(&self.words[at - 1]);
        if class_before
            && self.over(at - 1).is_none()
            && let Some(level) = level::beside_subject(self.text, &self.words[..at], at - 1)
        {
            self.add_levels(at - 1, level);
        }
        let named = at > 0 && SUBJECT_WORDS.contains(&self.words[at - 1].key.as_str());
        if named || self.is_said(name, at, end) {
            self.add(at, end - at, "about", name.values.clone());
        }
        end - at
    }

    /// Whether the neighbours say that this is a subject.
    fn is_said(&self, name: &Name, at: usize, end: usize) -> bool {
        let between = |n: usize| {
            let word = self.words.get(n).map(|word| word.key.as_str());
            word.is_some_and(|key| BETWEEN.contains(&key)) && self.over(n).is_none()
        };
        let next = self
            .over(end)
            .or_else(|| self.over(end + usize::from(between(end))));
        let last = at.checked_sub(1);
        let step = |n: usize| {
            if between(n) {
                n.checked_sub(1)
            } else {
                Some(n)
            }
        };
        let previous = last.and_then(step).and_then(|n| self.over(n));
        let whole = (0..self.words.len()).all(|n| (at..end).contains(&n) || self.over(n).is_some());
        let at_the_end = end == self.words.len() || next.is_some();
        if name.short {
            let level = |m: Option<&Meaning>| m.is_some_and(|m| m.property == LEVEL);
            let marked = self.words[at..end].iter().any(Typed::marked);
            let known = whole && (marked || name.words.iter().all(|own| !own.marked()));
            return level(next) || level(previous) && at_the_end || known;
        }
        let says = |m: Option<&Meaning>| m.is_some_and(|m| m.property != "about");
        says(next) || says(previous) || whole
    }

    fn over(&self, at: usize) -> Option<&Meaning> {
        self.found.iter().find(|m| (m.from..m.to).contains(&at))
    }

    fn with_counterparts(self) -> Vec<Meaning> {
        let of = |property: &str| -> Vec<String> {
            let own = self.found.iter().filter(|m| m.property == property);
            own.flat_map(|m| m.values.clone()).collect()
        };
        let levels = of(LEVEL);
        let mut found = self.found.clone();
        for meaning in found.iter_mut().filter(|m| m.property == "about") {
            meaning.values = names::with_counterparts(&meaning.values, &levels);
        }
        found
    }
}
