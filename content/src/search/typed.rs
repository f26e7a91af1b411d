//! The words of a text as they are compared with names and tables: letter case, Unicode form,
//! tone placement and i or y do not matter; marks matter only where they were typed.

use crate::vocabulary::without_marks;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One word and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Typed {
    /// First byte.
    pub from: usize,
    /// One past the last byte.
    pub to: usize,
    /// Without marks, lower case, every y an i.
    pub key: String,
    /// Its letters and marks in an order that no tone placement changes; the key where it has no marks.
    letters: String,
    /// Whether it is written in capitals, two letters at least.
    pub capitals: bool,
}

impl Typed {
    fn new(text: &str, from: usize, to: usize) -> Self {
        let word = &text[from..to];
        let lower: String = word.nfkd().flat_map(char::to_lowercase).nfd().collect();
        let lower = lower.replace('y', "i");
        let mut letters: Vec<char> = lower.chars().collect();
        let marked = letters.iter().any(|c| is_combining_mark(*c) || *c == 'đ');
        if marked {
            letters.sort_unstable();
        }
        let mut capital = word.chars().filter(|c| c.is_alphabetic());
        Self {
            from,
            to,
            key: without_marks(&lower),
            letters: letters.into_iter().collect(),
            capitals: word.chars().count() > 1 && capital.all(char::is_uppercase),
        }
    }

    /// Whether it has marks.
    pub fn marked(&self) -> bool {
        self.letters != self.key
    }

    /// Whether this typed word may be the other, which is written as it should be.
    pub fn is(&self, known: &Self) -> bool {
        self.key == known.key && (!self.marked() || self.letters == known.letters)
    }

    /// The number that it is, where it is one of at most four digits.
    pub fn number(&self) -> Option<u32> {
        let digits = self.key.len() <= 4 && self.key.bytes().all(|b| b.is_ascii_digit());
        self.key.parse().ok().filter(|_| digits)
    }
}

/// The words of a text: runs of letters, digits and the marks on them.
pub(crate) fn typed(text: &str) -> Vec<Typed> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || start.is_some() && is_combining_mark(c);
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(Typed::new(text, from, at));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| Typed::new(text, from, text.len())));
    words
}

/// The keys of a text, one space between them.
pub(crate) fn key(text: &str) -> String {
    let keys: Vec<String> = typed(text).into_iter().map(|word| word.key).collect();
    keys.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Typed {
        typed(text).remove(0)
    }

    #[test]
    fn a_word_without_marks_may_be_any_and_one_with_marks_only_itself() {
        assert!(one("hoa").is(&one("hoá")));
        assert!(one("hóa").is(&one("hoá")));
        assert!(!one("hoà").is(&one("hoá")));
        assert!(one("LÝ").is(&one("lí")));
        assert!(one("HDTN").is(&one("HĐTN")));
        assert!(!one("đồng").is(&one("dong")));
    }

    #[test]
    fn words_keep_their_place_and_formulas_their_digits() {
        let words = typed("CO₂, Py-ta-go");
        let keys: Vec<&str> = words.iter().map(|w| w.key.as_str()).collect();
        assert_eq!(keys, ["co2", "pi", "ta", "go"]);
        assert_eq!((words[1].from, words[1].to), (7, 9));
    }
}
