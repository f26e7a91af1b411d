//! Terms by the words that say them.

use crate::query::{Word, words};
use crate::tokenizer::{StemLanguage, key};
use khue_content::search::terms::{LANGUAGES, Term, shipped};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{LazyLock, OnceLock};

/// The table, ready to be asked.
pub(super) struct Dictionary {
    /// For each language: how a way to say something begins → all such ways.
    ways: [FxHashMap<String, Shelf>; 3],
}

/// Ways to say something that begin alike. Their words are looked at when one of them is asked for.
#[derive(Default)]
struct Shelf {
    ways: Vec<(&'static str, &'static Term)>,
    read: OnceLock<Vec<Way>>,
}

/// One way to say something.
struct Way {
    words: Vec<Word>,
    term: &'static Term,
}

/// A run of words that says one thing.
pub(super) struct Part {
    /// As typed.
    pub words: Vec<Word>,
    /// What it may be; nothing where the table does not have it, then it is one word.
    pub terms: Vec<&'static Term>,
}

impl Part {
    /// The most usual way to say it in a language; the word itself where the table does not have it.
    pub fn said_as(&self, language: &str) -> &str {
        let mut ways = self.terms.iter().flat_map(|term| term.ways_in(language));
        ways.next().map_or(&self.words[0].text, String::as_str)
    }

    /// Whether it says nothing by itself.
    pub fn is_function_word(&self, language: &str) -> bool {
        let of_vietnamese = |word: &Word| language == "vi" && is_vietnamese_function_word(word);
        let says_nothing = |word: &Word| word.stop || of_vietnamese(word);
        self.terms.is_empty() && self.words.iter().all(says_nothing)
    }

    /// Whether a word that is not in the table is probably the same in other languages: a name, a number, a formula;
    /// of English and French every word may be.
    pub fn is_said_alike(&self, language: &str) -> bool {
        let digit = |word: &Word| word.folded.contains(|c: char| c.is_ascii_digit());
        let word = &self.words[0];
        language != "vi" || word.foreign && !word.marked || digit(word)
    }
}

impl Dictionary {
    /// That of the table that comes with the portal.
    pub fn shipped() -> &'static Self {
        static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| Dictionary::new(shipped()));
        &DICTIONARY
    }

    fn new(terms: &'static [Term]) -> Self {
        let mut ways: [FxHashMap<String, Shelf>; 3] = Default::default();
        for term in terms {
            for (own, language) in ways.iter_mut().zip(LANGUAGES) {
                for way in term.ways_in(language) {
                    let first = way.split(|c: char| !c.is_alphanumeric());
                    let first = first.into_iter().find(|word| !word.is_empty());
                    let begins = beginning(&key::folded(first.unwrap_or(way)));
                    own.entry(begins).or_default().ways.push((way, term));
                }
            }
        }
        Self { ways }
    }

    /// The words of a search in `language`, cut into what the table has, the longest first, and single words.
    pub fn parts(&self, words: &[Word], language: &str) -> Vec<Part> {
        let place = LANGUAGES.iter().position(|code| *code == language);
        let ways = &self.ways[place.unwrap_or(0)];
        let mut parts = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let found = longest(ways, language, &words[at..]);
            let length = found.first().map_or(1, |way| way.words.len());
            let mut terms: Vec<&'static Term> = found.iter().map(|way| way.term).collect();
            terms.dedup_by(|a, b| std::ptr::eq(*a, *b));
            parts.push(Part {
                words: words[at..at + length].to_vec(),
                terms,
            });
            at += length;
        }
        parts
    }
}

/// All of the longest ways to say something that the words begin with.
fn longest<'a>(ways: &'a FxHashMap<String, Shelf>, language: &str, words: &[Word]) -> Vec<&'a Way> {
    let Some(shelf) = ways.get(&beginning(&words[0].folded)) else {
        return Vec::new();
    };
    let begins = |way: &&Way| {
        let here = words.get(..way.words.len());
        here.is_some_and(|here| says(here, &way.words))
    };
    let mut found = shelf.read(language).iter().filter(begins).peekable();
    let length = found.peek().map_or(0, |way| way.words.len());
    found.take_while(|way| way.words.len() == length).collect()
}

impl Shelf {
    /// The ways, the longest first.
    fn read(&self, language: &str) -> &[Way] {
        self.read.get_or_init(|| {
            let stems: Vec<StemLanguage> = StemLanguage::from_code(language).into_iter().collect();
            let read = |(way, term): &(&'static str, &'static Term)| Way {
                words: words(way, &stems),
                term,
            };
            let mut ways: Vec<Way> = self.ways.iter().map(read).collect();
            ways.retain(|way| !way.words.is_empty());
            ways.sort_by_key(|way| std::cmp::Reverse(way.words.len()));
            ways
        })
    }
}

/// What the first words of two ways share if they are forms of one word: forms differ near the end only.
fn beginning(folded: &str) -> String {
    let letters = folded.chars().filter(|c| c.is_alphanumeric());
    letters.take(3).collect()
}

/// Vietnamese words that say how others belong together.
const FUNCTION_WORDS: &[&str] = &[
    "bằng", "bị", "bởi", "các", "cái", "chiếc", "cho", "của", "cùng", "cũng", "do", "đã", "để",
    "đến", "được", "gì", "hay", "hoặc", "khi", "là", "lại", "mà", "một", "nào", "này", "nên",
    "những", "như", "ở", "ra", "rất", "rồi", "sẽ", "sự", "tại", "theo", "thì", "trong", "từ", "và",
    "vào", "về", "vì", "việc", "với",
];

fn is_vietnamese_function_word(word: &Word) -> bool {
    static KEYS: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
        let words = FUNCTION_WORDS.iter().flat_map(|text| words(text, &[]));
        words.map(|word| word.exact).collect()
    });
    KEYS.contains(&word.exact)
}

/// What two forms of a word share: the stem where there is one.
fn stem_of(word: &Word) -> &str {
    word.stems.first().unwrap_or(&word.folded)
}

/// Whether words say what the table says: in any form of an English or French word; with their marks in Vietnamese,
/// where a word of several syllables may be typed without, and a name of one syllable must be typed as a name.
fn says(typed: &[Word], known: &[Word]) -> bool {
    if let ([typed], [known]) = (typed, known)
        && is_name(known)
        && !is_name(typed)
    {
        return false;
    }
    let unmarked = known.len() > 1 && !typed.iter().any(|word| word.marked);
    let same = |(typed, known): (&Word, &Word)| match typed.stems.is_empty() {
        true => typed.exact == known.exact || unmarked && typed.folded == known.folded,
        false => stem_of(typed) == stem_of(known),
    };
    typed.iter().zip(known).all(same)
}

fn is_name(word: &Word) -> bool {
    word.text.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, language: &str, to: &str) -> Vec<String> {
        let stems: Vec<StemLanguage> = StemLanguage::from_code(language).into_iter().collect();
        let parts = Dictionary::shipped().parts(&words(text, &stems), language);
        let told = |part: &Part| {
            let ways = part.terms.iter().flat_map(|term| term.ways_in(to));
            ways.cloned().collect::<Vec<String>>().join("|")
        };
        parts.iter().map(told).collect()
    }

    #[test]
    fn the_longest_term_counts() {
        assert!(
            told("hàm số bậc hai", "vi", "en")
                .join(" ")
                .contains("quadratic")
        );
        assert!(told("fractions", "en", "vi")[0].contains("phân số"));
        assert!(told("quang hop", "vi", "fr")[0].contains("photosynthèse"));
    }

    #[test]
    fn one_syllable_counts_as_it_is_typed() {
        let (with, without) = (told("bảng", "vi", "en"), told("bang", "vi", "en"));
        assert!(with[0].contains("table"), "{with:?}");
        assert!(!without[0].contains("table"), "{without:?}");
    }
}
