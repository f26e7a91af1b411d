//! Typed words made comparable: forms of Unicode, capitals, spaces, and the two habits of placing a tone mark.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Grave, acute, tilde, hook above, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// What may be said at the end of an answer without being part of it.
const CLOSING: [char; 6] = ['.', ',', ';', ':', '!', '?'];

/// How strictly words are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fold {
    /// Capitals count.
    pub(crate) case: bool,
    /// Marks do not count.
    pub(crate) no_marks: bool,
    /// `i` and `y` are one where Vietnamese spells either: *lí*, *lý*.
    pub(crate) vietnamese: bool,
}

/// The key under which two texts are the same answer.
pub(crate) fn key(text: &str, fold: Fold) -> String {
    let tidy = spaces(text);
    let tidy = tidy.trim_end_matches(CLOSING).trim();
    let tidy = if tidy.is_empty() { text.trim() } else { tidy };
    let cased: String = match fold.case {
        true => tidy.nfc().collect(),
        false => tidy.nfc().flat_map(char::to_lowercase).collect(),
    };
    let placed = tones_behind_vowels(&cased);
    let placed = if fold.vietnamese {
        one_i(&placed)
    } else {
        placed
    };
    if fold.no_marks { bare(&placed) } else { placed }
}

/// Single spaces, one kind of quotation mark, apostrophe and dash.
fn spaces(text: &str) -> String {
    let one = |c: char| match c {
        '’' | '‘' | 'ʼ' => '\'',
        '“' | '”' | '«' | '»' => '"',
        '–' | '—' | '‐' | '‑' | '−' => '-',
        other => other,
    };
    let visible = text
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}'));
    let text: String = visible.map(one).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_matches('"').trim().to_owned()
}

/// Decomposed, each tone at the end of the run of vowels that carries it: *hoà* and *hòa* become one.
fn tones_behind_vowels(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut waiting: Vec<char> = Vec::new();
    for c in text.nfd() {
        if TONES.contains(&c) {
            waiting.push(c);
        } else {
            if !is_vowel(c) && !is_combining_mark(c) {
                out.extend(waiting.drain(..));
            }
            out.push(c);
        }
    }
    out.extend(waiting);
    out
}

fn is_vowel(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// `y` that is the only vowel behind h, k, l, m, s, t or qu becomes `i`.
fn one_i(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = |place: Option<usize>| place.and_then(|place| letters.get(place)).copied();
    let is_letter = |c: char| c.is_alphabetic() && !is_combining_mark(c);
    let alone = |place: usize| {
        let before = at(place.checked_sub(1)).map(|c| c.to_ascii_lowercase());
        let earlier = at(place.checked_sub(2)).map(|c| c.to_ascii_lowercase());
        let led = matches!(before, Some('h' | 'k' | 'l' | 'm' | 's' | 't'))
            || before == Some('u') && earlier == Some('q');
        let mut behind = letters[place + 1..]
            .iter()
            .skip_while(|c| is_combining_mark(**c));
        led && !behind.next().is_some_and(|c| is_letter(*c))
    };
    let one = |(place, c): (usize, &char)| match c {
        'y' if alone(place) => 'i',
        'Y' if alone(place) => 'I',
        other => *other,
    };
    letters.iter().enumerate().map(one).collect()
}

/// Without marks, `đ` as `d`.
fn bare(text: &str) -> String {
    let letters = text.chars().filter(|c| !is_combining_mark(*c));
    letters
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            other => other,
        })
        .collect()
}
