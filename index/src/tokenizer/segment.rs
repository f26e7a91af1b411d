//! Where the words of a text begin and end.
//!
//! Combining marks are part of their word, so decomposed text is cut exactly
//! where composed text is. Numbers and formulas stay whole: `3,14`, `3/4`,
//! `x^2`, `H₂O`, `C++`. The parts of a fraction are words as well, so that both
//! the whole and its parts can be found.

use super::letters::{is_alphanumeric, is_mark};

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First byte.
    pub from: usize,
    /// One past the last byte.
    pub to: usize,
    /// Place in the text, counted in words from 0.
    pub position: usize,
    /// For a compound such as `3/4`: how many of the following segments are its parts.
    pub parts: usize,
}

/// Iterator over the words of a text.
pub struct Segments<'a> {
    text: &'a str,
    at: usize,
    position: usize,
    /// End of the compound whose parts come next.
    compound_end: usize,
}

impl<'a> Segments<'a> {
    /// Words of `text` from its beginning.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            position: 0,
            compound_end: 0,
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip_to_word(&mut self) -> bool {
        let skipped: usize = self
            .rest()
            .chars()
            .take_while(|c| !starts_word(*c))
            .map(char::len_utf8)
            .sum();
        self.at += skipped;
        self.at < self.text.len()
    }
}

impl Iterator for Segments<'_> {
    type Item = Segment;

    fn next(&mut self) -> Option<Segment> {
        if !self.skip_to_word() {
            return None;
        }
        let from = self.at;
        let run = run_length(self.rest());
        let whole = if from < self.compound_end {
            run
        } else {
            extended(self.rest(), run)
        };
        let position = self.position;
        let parts = parts_of(&self.text[from..from + whole]);
        if parts > 1 {
            self.compound_end = from + whole;
            return Some(Segment {
                from,
                to: from + whole,
                position,
                parts,
            });
        }
        self.at = from + whole;
        self.position += 1;
        Some(Segment {
            from,
            to: from + whole,
            position,
            parts: 0,
        })
    }
}

fn starts_word(c: char) -> bool {
    is_alphanumeric(c) && !is_mark(c)
}

fn continues_word(c: char) -> bool {
    is_alphanumeric(c) || is_mark(c) || is_joiner(c)
}

/// Characters that are written inside words but belong to no key.
pub(super) fn is_joiner(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// Scripts that write words without spaces: each character is a word.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Bytes of the run of word characters at the beginning of `text`.
fn run_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let plain = bytes.iter().take_while(|b| b.is_ascii_alphanumeric());
    let plain = plain.count();
    // What goes on with a mark or a joiner goes on outside ASCII.
    if plain > 0 && bytes.get(plain).is_none_or(u8::is_ascii) {
        return plain;
    }
    let mut length = 0;
    let mut alone = false;
    for c in text.chars() {
        let mark = is_mark(c);
        if length > 0 && !mark && (alone || stands_alone(c) || !continues_word(c)) {
            break;
        }
        alone |= stands_alone(c);
        length += c.len_utf8();
    }
    length
}

/// The run and what belongs to it: `C++`, `C#`, `3,14`, `3/4`, `x^2`, `a_1`.
fn extended(text: &str, run: usize) -> usize {
    let (word, after) = text.split_at(run);
    if let Some(sign) = language_name(word, after) {
        return run + sign;
    }
    let mut end = run;
    while let Some(more) = joined_run(&text[..end], &text[end..]) {
        end += more;
    }
    end
}

/// `++` or `#` directly after a letter or two, as in the names of programming languages.
fn language_name(word: &str, after: &str) -> Option<usize> {
    let short = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let sign = ["++", "#"]
        .into_iter()
        .find(|sign| after.starts_with(sign))?;
    let ends = !after[sign.len()..].starts_with(continues_word);
    (short && ends).then_some(sign.len())
}

/// Length of a joining sign and the run after it, where they continue the word before them.
fn joined_run(before: &str, after: &str) -> Option<usize> {
    let sign = after.chars().next()?;
    if !matches!(sign, '.' | ',' | '/' | '^' | '_') {
        return None;
    }
    let next = &after[sign.len_utf8()..];
    let run = run_length(next);
    let last = before.chars().next_back()?;
    let first = next.chars().next()?;
    let digits = last.is_ascii_digit() && first.is_ascii_digit();
    let joins = match sign {
        '.' | ',' | '/' => digits && !before.contains('^'),
        '^' | '_' => is_symbol(before) && first.is_ascii_alphanumeric() && run <= 2,
        _ => false,
    };
    (joins && run > 0).then_some(sign.len_utf8() + run)
}

/// A letter of a formula or a plain number.
fn is_symbol(word: &str) -> bool {
    word.chars().filter(|c| !is_mark(*c)).count() == 1 || word.bytes().all(|b| b.is_ascii_digit())
}

/// Number of runs between slashes; one for anything without a slash.
fn parts_of(word: &str) -> usize {
    word.bytes().filter(|b| *b == b'/').count() + 1
}

#[cfg(test)]
mod tests {
    use super::Segments;

    fn words(text: &str) -> Vec<&str> {
        Segments::new(text).map(|s| &text[s.from..s.to]).collect()
    }

    #[test]
    fn formulas_and_numbers_stay_whole() {
        assert_eq!(
            words("C++ và C#, x^2 = 3,14; H₂O"),
            ["C++", "và", "C#", "x^2", "3,14", "H₂O"]
        );
        assert_eq!(words("3/4 cái bánh"), ["3/4", "3", "4", "cái", "bánh"]);
        assert_eq!(
            words("Niu-tơn l'école a."),
            ["Niu", "tơn", "l", "école", "a"]
        );
    }

    #[test]
    fn decomposed_text_is_cut_like_composed_text() {
        let composed = "định luật Niu-tơn";
        let decomposed: String =
            unicode_normalization::UnicodeNormalization::nfd(composed.chars()).collect();
        assert_eq!(words(composed).len(), words(&decomposed).len());
    }

    #[test]
    fn parts_of_a_compound_follow_it_at_growing_positions() {
        let found: Vec<_> = Segments::new("1/2 b")
            .map(|s| (s.position, s.parts))
            .collect();
        assert_eq!(found, [(0, 2), (0, 0), (1, 0), (2, 0)]);
    }
}
