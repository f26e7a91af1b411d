//! English and French stems.
//!
//! A word is stemmed with its accents, then folded, so that "élèves" and
//! "eleves" meet. Function words have no stem key.

use super::key;
use super::segment::Segments;
use std::cell::RefCell;
use tantivy::tokenizer::RawTokenizer;
use tantivy::tokenizer::{
    Language, PreTokenizedString, Stemmer, TextAnalyzer, Token, TokenStream as _,
};

/// A language with stems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StemLanguage {
    /// English.
    English,
    /// French.
    French,
}

impl StemLanguage {
    /// Both.
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// The language with this BCP 47 code, where it has stems here.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "en" => Some(Self::English),
            "fr" => Some(Self::French),
            _ => None,
        }
    }

    fn stop_words(self) -> &'static [&'static str] {
        match self {
            Self::English => ENGLISH,
            Self::French => FRENCH,
        }
    }
}

// Function words, folded and sorted.
const ENGLISH: &[&str] = &[
    "a", "about", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "did", "do",
    "does", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in",
    "into", "is", "it", "its", "of", "on", "or", "our", "she", "so", "such", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "to", "was", "we", "were",
    "what", "when", "where", "which", "who", "whom", "whose", "why", "will", "with", "would",
    "you", "your",
];
const FRENCH: &[&str] = &[
    "a", "au", "aux", "avec", "c", "ce", "cela", "ces", "cet", "cette", "comment", "d", "dans",
    "de", "depuis", "des", "du", "elle", "elles", "en", "est", "et", "etaient", "etait", "ete",
    "etre", "il", "ils", "j", "je", "l", "la", "laquelle", "le", "lequel", "les", "lesquels",
    "leur", "leurs", "lors", "lui", "m", "mais", "meme", "n", "ne", "nous", "on", "ont", "ou",
    "par", "pas", "pour", "pourquoi", "qu", "quand", "que", "quel", "quelle", "quelles", "quels",
    "qui", "quoi", "s", "sa", "se", "ses", "son", "sont", "sur", "t", "un", "une", "vous", "y",
];

/// Whether a folded word is a function word of the language.
pub fn is_stop_word(language: StemLanguage, folded: &str) -> bool {
    language.stop_words().binary_search(&folded).is_ok()
}

thread_local! {
    static STEMMERS: RefCell<[TextAnalyzer; 2]> = RefCell::new([
        TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(Language::English)).build(),
        TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(Language::French)).build(),
    ]);
}

/// Stem key of a word, or `None` for a function word.
pub fn stem(language: StemLanguage, word: &str) -> Option<String> {
    if is_stop_word(language, &key::folded(word)) {
        return None;
    }
    let lower = word.to_lowercase();
    let composed: String =
        unicode_normalization::UnicodeNormalization::nfkc(lower.chars()).collect();
    let place = usize::from(language == StemLanguage::French);
    let stemmed = STEMMERS.with_borrow_mut(|all| {
        let mut stream = all[place].token_stream(&composed);
        stream.next().map(|token| token.text.clone())
    })?;
    Some(key::folded(&stemmed)).filter(|key| !key.is_empty())
}

/// A text as a list of stem keys, with the offsets and positions of its words.
pub fn stem_tokens(language: StemLanguage, text: &str) -> PreTokenizedString {
    let mut cache: rustc_hash::FxHashMap<&str, Option<String>> = rustc_hash::FxHashMap::default();
    let mut tokens = Vec::new();
    for segment in Segments::new(text).filter(|s| s.parts == 0) {
        let word = &text[segment.from..segment.to];
        let found = cache.entry(word).or_insert_with(|| stem(language, word));
        tokens.extend(found.as_ref().map(|key| Token {
            offset_from: segment.from,
            offset_to: segment.to,
            position: segment.position,
            text: key.clone(),
            position_length: 1,
        }));
    }
    // tantivy keeps no copy of the text of a field that is not stored.
    PreTokenizedString {
        text: String::new(),
        tokens,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet() {
        assert_eq!(
            stem(StemLanguage::English, "triangles"),
            stem(StemLanguage::English, "Triangle")
        );
        assert_eq!(
            stem(StemLanguage::French, "élèves"),
            stem(StemLanguage::French, "eleve")
        );
        assert_eq!(stem(StemLanguage::English, "the"), None);
    }

    #[test]
    fn stop_words_are_sorted_for_the_search() {
        assert!(StemLanguage::ALL.iter().all(|l| l.stop_words().is_sorted()));
    }
}
