//! Letters of the Latin script, looked up instead of computed: most of every text is made of them.
//!
//! The table says what [`key`](super::key) would say of each letter; it is made from there, so the two cannot differ.

use super::key;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Basic Latin to Latin Extended-B.
const LATIN: usize = 0x250;
/// Latin Extended Additional, where Vietnamese letters with a tone are.
const ADDITIONAL: u32 = 0x1e00;
const ADDITIONAL_LENGTH: usize = 0x100;

/// What a letter is in keys.
#[derive(Clone, Copy)]
pub(super) struct Letter {
    folded: [u8; 2],
    length: u8,
    /// In lower case, without its tone.
    pub exact: char,
    /// The combining mark of its tone.
    pub tone: Option<char>,
}

impl Letter {
    /// Without marks.
    pub fn folded(&self) -> &str {
        let folded = self.folded.get(..usize::from(self.length));
        folded.map_or("", |bytes| str::from_utf8(bytes).unwrap_or(""))
    }

    fn computed(c: char) -> Option<Self> {
        let letters = c.to_string();
        let plain = key::folded_letters(&letters);
        let (exact, tone) = key::exact_letters(&letters);
        let mut own = exact.chars();
        let (Some(exact), None, true) = (own.next(), own.next(), plain.is_ascii()) else {
            return None;
        };
        let mut folded = [0; 2];
        folded
            .get_mut(..plain.len())?
            .copy_from_slice(plain.as_bytes());
        Some(Self {
            folded,
            length: plain.len() as u8,
            exact,
            tone,
        })
    }
}

static TABLE: LazyLock<Vec<Option<Letter>>> = LazyLock::new(|| {
    let codes = (0..LATIN as u32).chain(ADDITIONAL..ADDITIONAL + ADDITIONAL_LENGTH as u32);
    let letter = |code| char::from_u32(code).and_then(Letter::computed);
    codes.map(letter).collect()
});

/// What a character is in keys, where the table has it.
pub(super) fn letter(c: char) -> Option<&'static Letter> {
    let code = c as u32;
    let place = match code.checked_sub(ADDITIONAL) {
        None if (code as usize) < LATIN => code as usize,
        Some(more) if (more as usize) < ADDITIONAL_LENGTH => LATIN + more as usize,
        _ => return None,
    };
    TABLE.get(place)?.as_ref()
}

/// The plain letter that a character of a word is in folded keys: the first of them, in lower case.
pub fn plain_letter(c: char) -> Option<char> {
    match letter(c) {
        Some(letter) => letter.folded().chars().next(),
        None => c.nfkd().flat_map(char::to_lowercase).next(),
    }
}

/// Whether a character is a combining mark.
pub(super) fn is_mark(c: char) -> bool {
    let latin = matches!(c, '\0'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}');
    !latin && is_combining_mark(c)
}

/// Whether a character is a letter or a digit.
pub(super) fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{c0}'..='\u{24f}' => !matches!(c, '×' | '÷'),
        '\u{1e00}'..='\u{1eff}' => true,
        _ => c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_up_is_what_unicode_says() {
        for c in (0..=0xffff).filter_map(char::from_u32) {
            assert_eq!(is_mark(c), is_combining_mark(c), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn vietnamese_letters_are_in_the_table() {
        for c in "aăâeêioôơuưyđĂÂĐÊÔƠƯàảãáạằẳẵắặầẩẫấậỳỷỹýỵỰ".chars()
        {
            assert!(letter(c).is_some(), "{c}");
        }
        let found = letter('Ợ').unwrap();
        assert_eq!((found.folded(), found.exact), ("o", 'ơ'));
        assert_eq!(found.tone, Some('\u{323}'));
    }
}
