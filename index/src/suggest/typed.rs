//! What has been typed so far.

use crate::query::{Word, words};
use crate::tokenizer::{Segments, key};
use unicode_normalization::char::is_combining_mark;

/// Words that are looked at, the last of them.
const WORDS: usize = 8;

/// Whole words, and the one that is still being typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    /// Words that are finished.
    pub before: Vec<Word>,
    /// The word under the cursor.
    pub last: Option<Word>,
    /// Keys of all of it with single spaces between.
    pub folded: String,
    /// The same in small letters as typed.
    pub plain: String,
}

impl Typed {
    pub fn new(text: &str) -> Self {
        let mut before = words(text, &[]);
        let open = !text.ends_with(char::is_whitespace);
        let folded: Vec<&str> = before.iter().map(|word| word.folded.as_str()).collect();
        let plain: Vec<String> = before.iter().map(|word| word.text.to_lowercase()).collect();
        let (folded, plain) = (folded.join(" "), plain.join(" "));
        let last = if open { before.pop() } else { None };
        let skipped = before.len().saturating_sub(WORDS);
        before.drain(..skipped);
        Self {
            before,
            last,
            folded,
            plain,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.last.is_none()
    }

    /// Byte ranges of `text` that were typed: whole words, and the beginning of a word.
    pub fn ranges(&self, text: &str) -> Vec<(usize, usize)> {
        let mut ranges = Vec::new();
        let mut own = String::new();
        for segment in Segments::new(text).filter(|segment| segment.parts == 0) {
            let word = &text[segment.from..segment.to];
            key::folded_into(word, &mut own);
            if self.before.iter().any(|typed| typed.folded == own) {
                ranges.push((segment.from, segment.to));
            } else if let Some(last) = self
                .last
                .as_ref()
                .filter(|last| own.starts_with(&last.folded))
            {
                let letters = last.folded.chars().count();
                ranges.push((segment.from, segment.from + length_of(word, letters)));
            }
        }
        ranges
    }
}

/// Bytes of the first letters of a word, with the marks that stand over them.
fn length_of(word: &str, letters: usize) -> usize {
    let mut seen = 0;
    let beyond = |(_, c): &(usize, char)| {
        seen += usize::from(!is_combining_mark(*c));
        seen > letters
    };
    word.char_indices()
        .find(beyond)
        .map_or(word.len(), |(at, _)| at)
}
