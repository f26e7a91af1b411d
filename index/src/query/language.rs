//! Which language the words of a query may be in.

use crate::tokenizer::{Segments, StemLanguage, is_stop_word, key, syllable};

/// Languages whose stems are worth a look: none for Vietnamese, both when in doubt.
pub(super) fn languages(text: &str, known: Option<&str>) -> Vec<StemLanguage> {
    if let Some(code) = known {
        return StemLanguage::from_code(code).into_iter().collect();
    }
    let words: Vec<String> = Segments::new(text)
        .map(|s| key::folded(&text[s.from..s.to]))
        .filter(|w| !w.is_empty())
        .collect();
    let stops = |l: StemLanguage| words.iter().filter(|w| is_stop_word(l, w)).count();
    let foreign = words
        .iter()
        .filter(|w| !syllable::is_syllable(w) && !w.starts_with(|c: char| c.is_ascii_digit()))
        .count();
    if foreign == 0 || text.chars().any(only_vietnamese) && foreign * 2 < words.len() {
        return Vec::new();
    }
    let (english, french) = (stops(StemLanguage::English), stops(StemLanguage::French));
    match english.cmp(&french) {
        std::cmp::Ordering::Greater => vec![StemLanguage::English],
        std::cmp::Ordering::Less => vec![StemLanguage::French],
        std::cmp::Ordering::Equal => StemLanguage::ALL.to_vec(),
    }
}

/// Letters that French does not have.
fn only_vietnamese(c: char) -> bool {
    matches!(
        c,
        'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'ă' | 'Ă' | '\u{1ea0}'
            ..='\u{1ef9}' | 'ã' | 'õ' | 'ĩ' | 'ũ' | 'ò' | 'ì' | 'ó' | 'í' | 'ú' | 'á'
    )
}
