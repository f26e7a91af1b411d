//! Where the tone mark stands in print.

use crate::tokenizer::key;
use unicode_normalization::UnicodeNormalization;

/// An exact key as a Vietnamese syllable is written.
pub(super) fn spelled(exact: &str) -> String {
    placed(key::without_tone(exact), key::tone(exact))
}

/// A syllable with its tone mark on the vowel that bears it.
pub(super) fn placed(syllable: &str, tone: Option<char>) -> String {
    let letters: Vec<char> = syllable.nfc().collect();
    let bearer = tone.and_then(|_| bearer(&letters));
    let mut out = String::with_capacity(syllable.len() + 2);
    for (place, letter) in letters.iter().enumerate() {
        out.push(*letter);
        out.extend(tone.filter(|_| bearer == Some(place)));
    }
    out.nfc().collect()
}

/// The last vowel with a mark of its own; else the last before a consonant; else the first of two.
/// The u of qu and the i of gi belong to the consonant where another vowel follows.
fn bearer(letters: &[char]) -> Option<usize> {
    let is_vowel = |c: &char| "aeiouyăâêôơư".contains(*c);
    let last = letters.iter().rposition(is_vowel)?;
    if let Some(marked) = letters.iter().rposition(|c| "ăâêôơư".contains(*c)) {
        return Some(marked);
    }
    let onset = letters[..last].iter().rposition(|c| !is_vowel(c));
    let start = onset.map_or(0, |place| place + 1);
    let glide = onset
        .is_some_and(|place| matches!((letters[place], letters[start]), ('q', 'u') | ('g', 'i')));
    let first = if glide && start < last {
        start + 1
    } else {
        start
    };
    let open = last + 1 == letters.len();
    Some(if open && last > first { last - 1 } else { last })
}

#[cfg(test)]
mod tests {
    use super::spelled;
    use crate::tokenizer::key::exact;

    #[test]
    fn keys_are_written_as_words() {
        for word in [
            "định",
            "luật",
            "trường",
            "hòa",
            "quán",
            "già",
            "khuyến",
            "nghĩa",
            "mía",
            "toán",
            "an",
            "oán",
        ] {
            assert_eq!(spelled(&exact(word)), word);
        }
    }
}
