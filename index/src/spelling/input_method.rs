//! Keys of an input method that was off: "dinhj" and "dinh5" are "định" as Telex and VNI type it.

use super::tone;
use crate::tokenizer::{key, syllable};
use unicode_normalization::UnicodeNormalization;

/// Combining marks by the key that puts them: Telex, then VNI.
const TONES: [(char, char); 10] = [
    ('s', '\u{301}'),
    ('f', '\u{300}'),
    ('r', '\u{309}'),
    ('x', '\u{303}'),
    ('j', '\u{323}'),
    ('1', '\u{301}'),
    ('2', '\u{300}'),
    ('3', '\u{309}'),
    ('4', '\u{303}'),
    ('5', '\u{323}'),
];
const CIRCUMFLEX: char = '\u{302}';
const HORN: char = '\u{31b}';
const BREVE: char = '\u{306}';

/// What was meant where some letters of a word are keys of Telex or VNI; `None` where none is, or
/// where it makes no syllable.
pub(super) fn decoded(word: &str) -> Option<String> {
    let mut typing = Typing::default();
    for c in word.nfc().flat_map(char::to_lowercase) {
        typing.key(c);
    }
    let written = typing.written();
    (typing.used && syllable::is_syllable(&key::folded(&written))).then_some(written)
}

/// A syllable as an input method puts it together: letters, the marks on each, and the tone.
#[derive(Default)]
struct Typing {
    letters: Vec<(char, Option<char>)>,
    tone: Option<char>,
    used: bool,
}

impl Typing {
    fn key(&mut self, c: char) {
        let tone = TONES
            .iter()
            .find(|(key, _)| *key == c)
            .map(|(_, tone)| *tone);
        let taken = match c {
            _ if tone.is_some() && self.vowel().is_some() => {
                self.tone = tone;
                true
            }
            'd' | '9' => self.stroke(),
            'a' | 'e' | 'o' => self.mark(&[c], CIRCUMFLEX),
            '6' => self.mark(&['a', 'e', 'o'], CIRCUMFLEX),
            '8' => self.mark(&['a'], BREVE),
            'w' | '7' => self.hook(c),
            _ => false,
        };
        self.used |= taken;
        if !taken {
            self.letters.push((c, None));
        }
    }

    fn vowel(&self) -> Option<usize> {
        let is_vowel = |(c, _): &(char, Option<char>)| "aeiouyăâêôơư".contains(key_letter(*c));
        self.letters.iter().rposition(is_vowel)
    }

    fn stroke(&mut self) -> bool {
        match self.letters.first_mut() {
            Some((first @ 'd', _)) => {
                *first = 'đ';
                true
            }
            _ => false,
        }
    }

    /// Puts a mark on the last of these letters that has none.
    fn mark(&mut self, letters: &[char], mark: char) -> bool {
        let bare = |(c, has): &(char, Option<char>)| has.is_none() && letters.contains(c);
        match self.letters.iter().rposition(bare) {
            Some(place) => {
                self.letters[place].1 = Some(mark);
                true
            }
            None => false,
        }
    }

    /// `w` and `7`: a horn on u and o, both where they stand together, a breve on a.
    fn hook(&mut self, c: char) -> bool {
        let plain: String = self.letters.iter().map(|(c, _)| *c).collect();
        if plain.contains("uo") {
            let (o, u) = (self.mark(&['o'], HORN), self.mark(&['u'], HORN));
            return o || u;
        }
        (c == 'w' && plain.contains('a') && self.mark(&['a'], BREVE))
            || self.mark(&['u', 'o'], HORN)
    }

    fn written(&self) -> String {
        let letters: String = self
            .letters
            .iter()
            .flat_map(|(c, mark)| [Some(*c), *mark])
            .flatten()
            .collect();
        tone::placed(&letters, self.tone)
    }
}

/// A letter without its tone.
fn key_letter(c: char) -> char {
    c.nfd()
        .filter(|c| !matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'))
        .nfc()
        .next()
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn telex_and_vni_are_read() {
        let cases = [
            ("dinhj", "dịnh"),
            ("ddinhj", "định"),
            ("d9inh5", "định"),
            ("hopwj", "hợp"),
            ("howpj", "hợp"),
            ("luaatj", "luật"),
            ("luat65", "luật"),
            ("truwowngf", "trường"),
            ("truongwf", "trường"),
            ("truong72", "trường"),
            ("nguyeenx", "nguyễn"),
            ("vieetj", "việt"),
            ("toans", "toán"),
            ("tuwf", "từ"),
            ("quys", "quý"),
            ("giaf", "già"),
            ("dduowngf", "đường"),
            ("đinhj", "định"),
            ("hoaf", "hòa"),
            ("nawm", "năm"),
            ("na8m", "năm"),
            ("nuowcs", "nước"),
        ];
        for (typed, meant) in cases {
            assert_eq!(decoded(typed).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn other_words_are_left() {
        for word in [
            "quang",
            "định",
            "newton",
            "x2",
            "h2o",
            "spreadsheet",
            "",
            "s",
            "1975",
        ] {
            assert_eq!(decoded(word), None, "{word}");
        }
    }
}
