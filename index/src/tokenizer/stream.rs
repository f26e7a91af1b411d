//! The segmentation as a tantivy tokenizer.

use super::key;
use super::segment::{Segment, Segments};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Which keys a field is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// [`key::exact`] of each word.
    Exact,
    /// [`key::folded`] of each word.
    Folded,
    /// [`key::folded`] of two neighbouring words, written together.
    Pair,
}

impl Family {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Exact, Self::Folded, Self::Pair];

    /// Name under which the tokenizer is registered; part of the index's schema.
    pub fn tokenizer_name(self) -> &'static str {
        match self {
            Self::Exact => "khue_exact",
            Self::Folded => "khue_folded",
            Self::Pair => "khue_pair",
        }
    }
}

/// Tokenizer for one [`Family`].
#[derive(Clone)]
pub struct KhueTokenizer {
    family: Family,
    token: Token,
}

impl KhueTokenizer {
    /// A tokenizer that writes keys of `family`.
    pub fn new(family: Family) -> Self {
        Self {
            family,
            token: Token::default(),
        }
    }
}

/// Keys of one text, one after the other.
pub struct KeyStream<'a> {
    text: &'a str,
    family: Family,
    segments: Segments<'a>,
    token: &'a mut Token,
    /// The word before, for pairs: first byte and key.
    before: Option<(usize, String)>,
}

impl Tokenizer for KhueTokenizer {
    type TokenStream<'a> = KeyStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> KeyStream<'a> {
        self.token.reset();
        let segments = Segments::new(text);
        KeyStream {
            text,
            family: self.family,
            segments,
            token: &mut self.token,
            before: None,
        }
    }
}

impl KeyStream<'_> {
    fn set(&mut self, segment: Segment) {
        self.token.offset_from = segment.from;
        self.token.offset_to = segment.to;
        self.token.position = segment.position;
        let word = &self.text[segment.from..segment.to];
        match self.family {
            Family::Exact => key::exact_into(word, &mut self.token.text),
            Family::Folded | Family::Pair => key::folded_into(word, &mut self.token.text),
        }
    }

    fn advance_pair(&mut self) -> bool {
        while let Some(segment) = self.segments.next() {
            if segment.parts > 0 {
                continue;
            }
            self.set(segment);
            if self.token.text.is_empty() {
                continue;
            }
            let own = self.token.text.clone();
            let before = self.before.replace((segment.from, own));
            let Some((from, first)) = before else {
                continue;
            };
            self.token.offset_from = from;
            self.token.text.insert_str(0, &first);
            return true;
        }
        false
    }
}

impl TokenStream for KeyStream<'_> {
    fn advance(&mut self) -> bool {
        if self.family == Family::Pair {
            return self.advance_pair();
        }
        while let Some(segment) = self.segments.next() {
            self.set(segment);
            if !self.token.text.is_empty() {
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
