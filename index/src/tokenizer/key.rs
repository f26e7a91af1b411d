//! The keys of a word: what two spellings must share to be the same word.

use super::letters::letter;
use super::segment::is_joiner;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

/// Longest key in bytes; what is longer is cut, at a character.
pub const MAX_KEY: usize = 96;

/// Whether a word carries a mark that [`folded`] would take away.
pub fn has_marks(word: &str) -> bool {
    if word.is_ascii() {
        return false;
    }
    word.nfd()
        .any(|c| is_combining_mark(c) || matches!(c, 'đ' | 'Đ' | 'œ' | 'Œ' | 'æ' | 'Æ'))
}

/// Key in which letter case, Unicode form and the place of the tone mark do not matter.
///
/// NFKD, tone mark taken out, lower case, composed again, tone appended; `y`
/// after a single consonant is `i`, as both spellings of "lý/lí" are in use.
///
/// ```
/// use khue_index::tokenizer::key::exact;
/// assert_eq!(exact("Hoà"), exact("hòa"));
/// assert_eq!(exact("LÝ"), exact("lí"));
/// assert_ne!(exact("đôi"), exact("đổi"));
/// ```
pub fn exact(word: &str) -> String {
    let mut key = String::with_capacity(word.len() + 1);
    exact_into(word, &mut key);
    key
}

/// [`exact`], written over `key`.
pub fn exact_into(word: &str, key: &mut String) {
    key.clear();
    if ascii_into(word, key) {
        return;
    }
    let tone = match looked_up_exact(word, key) {
        Some(tone) => tone,
        None => {
            let (letters, tone) = exact_letters(word);
            key.clear();
            key.push_str(&letters);
            tone
        }
    };
    finish(key);
    if let Some(tone) = tone {
        key.push(tone_letter(tone));
    }
}

/// Writes the letters of a word without its tone, and tells that; `None` where a letter is not in the table.
fn looked_up_exact(word: &str, key: &mut String) -> Option<Option<char>> {
    let mut tone = None;
    for c in word.chars() {
        let letter = letter(c)?;
        key.push(letter.exact);
        tone = letter.tone.or(tone);
    }
    Some(tone)
}

/// The letters of an exact key, and its tone.
pub(super) fn exact_letters(word: &str) -> (String, Option<char>) {
    let (mut key, mut tone) = (String::with_capacity(word.len()), None);
    for c in word.nfkd().flat_map(char::to_lowercase) {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tone = Some(c),
            _ if is_joiner(c) => {}
            // Capitals such as İ come apart once more in lower case.
            _ => push_composed(&mut key, c),
        }
    }
    (key, tone)
}

/// Key in which marks do not matter either; `đ` is `d`, ligatures are two letters.
///
/// ```
/// use khue_index::tokenizer::key::folded;
/// assert_eq!(folded("Đường"), "duong");
/// assert_eq!(folded("x²"), folded("x^2"));
/// ```
pub fn folded(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    folded_into(word, &mut key);
    key
}

/// [`folded`], written over `key`.
pub fn folded_into(word: &str, key: &mut String) {
    key.clear();
    if ascii_into(word, key) {
        return;
    }
    if looked_up_folded(word, key).is_none() {
        *key = folded_letters(word);
    }
    finish(key);
}

/// Writes the letters of a word without marks; `None` where one is not in the table.
fn looked_up_folded(word: &str, key: &mut String) -> Option<()> {
    word.chars()
        .try_for_each(|c| letter(c).map(|letter| key.push_str(letter.folded())))
}

/// The letters of a folded key.
pub(super) fn folded_letters(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    for c in word.nfkd().flat_map(char::to_lowercase) {
        match c {
            'đ' | 'ð' => key.push('d'),
            'œ' => key.push_str("oe"),
            'æ' => key.push_str("ae"),
            'ß' => key.push_str("ss"),
            'ø' => key.push('o'),
            'ł' => key.push('l'),
            'ı' => key.push('i'),
            _ if is_combining_mark(c) || is_joiner(c) => {}
            _ => key.push(c),
        }
    }
    key
}

/// Words of plain letters and digits need no tables.
fn ascii_into(word: &str, key: &mut String) -> bool {
    if !word.is_ascii() {
        return false;
    }
    key.push_str(word);
    key.make_ascii_lowercase();
    finish(key);
    true
}

fn push_composed(key: &mut String, c: char) {
    match key.chars().next_back().and_then(|last| compose(last, c)) {
        Some(both) => {
            key.pop();
            key.push(both);
        }
        None => key.push(c),
    }
}

/// What all keys share: plain formulas, plain numbers, one spelling of i, a bounded length.
fn finish(key: &mut String) {
    if key.bytes().any(|b| b.is_ascii_digit()) {
        plain_number(key);
    }
    one_i(key);
    let mut end = MAX_KEY.min(key.len());
    while !key.is_char_boundary(end) {
        end -= 1;
    }
    key.truncate(end);
}

/// `x^2` → `x2`; `1.083.895` → `1083895`; `3,14` → `3.14`; U+2044 of ½ → `/`.
fn plain_number(key: &mut String) {
    if key.contains(['^', '_', '⁄']) {
        *key = key.replace(['^', '_'], "").replace('⁄', "/");
    }
    for sign in [',', '.'] {
        let groups: Vec<&str> = key.split(sign).collect();
        let thousands = groups.len() > 1
            && (1..=3).contains(&groups[0].len())
            && groups[1..]
                .iter()
                .all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()));
        if thousands {
            *key = groups.concat();
        }
    }
    if key.contains(',') {
        *key = key.replace(',', ".");
    }
}

/// `y` is `i` in a syllable of one consonant and `y` (h k l m s t v), and in `quy`.
fn one_i(key: &mut String) {
    let one_consonant = key.len() == 2 && key.starts_with(['h', 'k', 'l', 'm', 's', 't', 'v']);
    if key.ends_with('y') && (one_consonant || key == "quy") {
        key.pop();
        key.push('i');
    }
}

/// An exact key without the tone at its end.
pub fn without_tone(exact: &str) -> &str {
    exact.trim_end_matches(is_tone)
}

/// The combining mark of the tone at the end of an exact key.
pub fn tone(exact: &str) -> Option<char> {
    let marks = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];
    let last = exact.chars().next_back()?;
    marks.into_iter().find(|mark| tone_letter(*mark) == last)
}

/// Whether a letter of an exact key stands for a tone.
pub fn is_tone(c: char) -> bool {
    ('\u{e000}'..='\u{e004}').contains(&c)
}

/// Letters of the Private Use Area stand for the five tones, so that no typed text can hold one.
fn tone_letter(tone: char) -> char {
    match tone {
        '\u{300}' => '\u{e000}',
        '\u{301}' => '\u{e001}',
        '\u{309}' => '\u{e002}',
        '\u{303}' => '\u{e003}',
        _ => '\u{e004}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tone_placement_form_and_case_do_not_matter() {
        for (a, b) in [
            ("hoà", "hòa"),
            ("thuỷ", "thủy"),
            ("QUÝ", "quí"),
            ("lý", "lí"),
            ("Mỹ", "mĩ"),
        ] {
            assert_eq!(exact(a), exact(b), "{a} {b}");
        }
        let decomposed: String = "Đường".nfd().collect();
        assert_eq!(exact(&decomposed), exact("đường"));
    }

    #[test]
    fn tones_and_vowels_matter_in_the_exact_key_alone() {
        let words = ["đôi", "đối", "đổi", "đội", "đời", "đợi", "doi"];
        let keys: std::collections::HashSet<String> = words.iter().map(|w| exact(w)).collect();
        assert_eq!(keys.len(), words.len());
        assert!(words.iter().all(|w| folded(w) == "doi"));
    }

    #[test]
    fn y_stays_where_it_makes_another_word() {
        assert_ne!(exact("tay"), exact("tai"));
        assert_ne!(exact("thuy"), exact("thui"));
        assert_eq!(folded("quy"), folded("qui"));
    }

    #[test]
    fn formulas_and_numbers_have_one_key() {
        assert_eq!(folded("H₂O"), "h2o");
        assert_eq!(folded("x²"), "x2");
        assert_eq!(folded("x^2"), "x2");
        assert_eq!(folded("½"), "1/2");
        assert_eq!(folded("1.083.895"), "1083895");
        assert_eq!(folded("3,14"), "3.14");
    }
}
