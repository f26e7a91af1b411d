//! The form of a Vietnamese syllable: onset, vowels, ending, one tone.

use unicode_normalization::UnicodeNormalization;

const ONSETS: &[&str] = &[
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

const VOWELS: &[&str] = &[
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ia", "iê", "ya", "yê", "ua", "uô",
    "ưa", "ươ", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "iu", "iêu", "yêu", "oa", "oă",
    "oe", "oai", "oay", "oao", "oeo", "oi", "ôi", "ơi", "uâ", "uê", "ui", "uôi", "ươi", "ươu",
    "ưi", "ưu", "uy", "uya", "uyê", "uyu", "uây", "uơ", "uao", "uêu",
];

const ENDINGS: &[&str] = &["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

/// Whether a word has the form of a Vietnamese syllable, with its marks.
///
/// ```
/// use khue_extract::legacy::is_syllable;
/// assert!(is_syllable("Đường"));
/// assert!(is_syllable("nghiêng"));
/// assert!(!is_syllable("été"));
/// assert!(!is_syllable("lu\u{cb}t"));
/// ```
pub fn is_syllable(word: &str) -> bool {
    let mut tones = Vec::new();
    let plain: String = word
        .nfd()
        .filter(|sign| {
            let tone = matches!(
                sign,
                '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'
            );
            tones.extend(tone.then_some(*sign));
            !tone
        })
        .nfc()
        .flat_map(char::to_lowercase)
        .collect();
    if tones.len() > 1 {
        return false;
    }
    let mut onsets = ONSETS.iter().filter_map(|onset| plain.strip_prefix(onset));
    onsets.any(|rest| is_rhyme(rest, tones.first().copied()))
}

/// A syllable that ends in a stop has one of two tones.
fn is_rhyme(rest: &str, tone: Option<char>) -> bool {
    let is_vowel = |letter: char| "aăâeêioôơuưy".contains(letter);
    let end = rest.find(|letter| !is_vowel(letter)).unwrap_or(rest.len());
    let (vowels, ending) = rest.split_at(end);
    let stopped = matches!(ending, "c" | "ch" | "p" | "t");
    VOWELS.contains(&vowels)
        && ENDINGS.contains(&ending)
        && (!stopped || matches!(tone, Some('\u{301}' | '\u{323}')))
}
