//! Marked places, on the original text.

use crate::query::{Plan, Word};
use crate::tokenizer::{Segments, StemLanguage, key, plain_letter, stem};
use khue_content::search::Highlight;
use rustc_hash::FxHashSet;

/// Characters of a passage, about.
const PASSAGE: usize = 220;
/// Bytes of a text that are searched for it.
const SEARCHED: usize = 12_000;
/// Bytes that are searched first: the rest is looked at where they hold nothing.
const BEGINNING: usize = 3_000;

/// What is marked.
pub(crate) struct Marker {
    exact: FxHashSet<String>,
    folded: FxHashSet<String>,
    stems: FxHashSet<String>,
    language: Option<StemLanguage>,
    /// First letters that any key can begin with: most words are passed over by them alone.
    first: u32,
}

impl Marker {
    /// A marker for the words of a plan in a text of `language`; with `loose`, marks do not matter.
    pub fn new(plan: &Plan, language: &str, loose: bool) -> Self {
        let several = plan.typed_words().count() > 1;
        let words: Vec<&Word> = plan
            .slots
            .iter()
            .flat_map(|s| s.options.iter().flatten())
            .filter(|w| !(w.stop && several))
            .collect();
        let as_typed = |word: &&&Word| word.marked && !loose;
        let keys = words
            .iter()
            .flat_map(|w| std::iter::once(&w.folded).chain(&w.stems));
        let first = keys
            .filter_map(|key| key.chars().next())
            .fold(0, |bits, c| bits | letter_bit(c));
        Self {
            first,
            exact: words
                .iter()
                .filter(as_typed)
                .map(|w| w.exact.clone())
                .collect(),
            folded: words
                .iter()
                .filter(|w| !as_typed(w))
                .map(|w| w.folded.clone())
                .collect(),
            stems: words.iter().flat_map(|w| w.stems.iter().cloned()).collect(),
            language: StemLanguage::from_code(language),
        }
    }

    fn marks(&self, word: &str, buffer: &mut String) -> bool {
        if word
            .chars()
            .next()
            .is_none_or(|c| self.first & letter_bit(c) == 0)
        {
            return false;
        }
        if !self.exact.is_empty() {
            key::exact_into(word, buffer);
            if self.exact.contains(buffer.as_str()) {
                return true;
            }
        }
        key::folded_into(word, buffer);
        if self.folded.contains(buffer.as_str()) {
            return true;
        }
        self.stems.iter().any(|stem| shares_beginning(buffer, stem))
            && self
                .language
                .and_then(|l| stem(l, word))
                .is_some_and(|found| self.stems.contains(&found))
    }

    /// Byte ranges of `text` that match; neighbours are joined.
    pub fn ranges(&self, text: &str) -> Vec<(usize, usize)> {
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        let mut buffer = String::new();
        for segment in Segments::new(text) {
            if !self.marks(&text[segment.from..segment.to], &mut buffer) {
                continue;
            }
            match ranges.last_mut() {
                Some(last) if segment.from < last.1 || is_gap(&text[last.1..segment.from]) => {
                    last.1 = last.1.max(segment.to);
                }
                _ => ranges.push((segment.from, segment.to)),
            }
        }
        ranges
    }

    /// The passage of `text` with the most matches, with its ranges; `None` where nothing matches.
    pub fn passage(&self, property: &str, text: &str) -> Option<Highlight> {
        let mut ranges = self.ranges(up_to(text, BEGINNING));
        if ranges.is_empty() {
            ranges = self.ranges(up_to(text, SEARCHED));
        }
        let best =
            (0..ranges.len()).max_by_key(|first| (weight(&ranges, *first), usize::MAX - first))?;
        let (from, to) = around(text, ranges[best].0);
        let inside = ranges.iter().filter(|(a, b)| *a >= from && *b <= to);
        let ranges = inside.map(|(a, b)| (a - from, b - from)).collect();
        Some(Highlight {
            property: property.into(),
            text: text[from..to].to_owned(),
            ranges,
        })
    }

    /// The whole of a short text with its ranges; `None` where nothing matches.
    pub fn whole(&self, property: &str, text: &str) -> Option<Highlight> {
        let ranges = self.ranges(text);
        (!ranges.is_empty()).then(|| Highlight {
            property: property.into(),
            text: text.into(),
            ranges,
        })
    }
}

/// Stems differ from their words near the end only.
fn shares_beginning(word: &str, stem: &str) -> bool {
    let length = stem.len().saturating_sub(1).min(3);
    word.as_bytes().get(..length) == stem.as_bytes().get(..length)
}

/// A bit for the base letter that a word begins with; one for everything that is no plain letter.
fn letter_bit(c: char) -> u32 {
    match plain_letter(c) {
        Some(letter @ 'a'..='z') => 1 << (letter as u32 - 'a' as u32),
        _ => 1 << 31,
    }
}

/// The beginning of a text, in bytes, cut at a character.
fn up_to(text: &str, limit: usize) -> &str {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn is_gap(between: &str) -> bool {
    between.len() <= 3 && between.chars().all(|c| matches!(c, ' ' | '-' | '\u{a0}'))
}

/// Matched bytes within a passage that begins at this range.
fn weight(ranges: &[(usize, usize)], first: usize) -> usize {
    let start = ranges[first].0;
    ranges[first..]
        .iter()
        .take_while(|(_, to)| *to <= start + PASSAGE)
        .map(|(a, b)| b - a)
        .sum()
}

/// A passage that shows the byte at `at`, cut at words, a sentence's beginning where one is near.
fn around(text: &str, at: usize) -> (usize, usize) {
    let mut from = at.saturating_sub(PASSAGE / 4);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let lead = &text[from..at];
    let sentence = lead
        .rfind(". ")
        .map(|p| p + 2)
        .or_else(|| lead.rfind('\n').map(|p| p + 1));
    let word = || {
        if from == 0 {
            Some(0)
        } else {
            // Spaces may be of several bytes.
            lead.split_once(char::is_whitespace)
                .map(|(_, after)| lead.len() - after.len())
        }
    };
    let from = from + sentence.or_else(word).unwrap_or(0);
    let mut to = (from + PASSAGE).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    if to < text.len() {
        to = text[from..to]
            .rfind(char::is_whitespace)
            .map_or(to, |p| from + p)
            .max(at + 1);
        while !text.is_char_boundary(to) {
            to += 1;
        }
    }
    (from, to)
}
