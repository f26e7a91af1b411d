//! Which encoding a text is in, and Unicode text that is in an old encoding all the same: the letters of
//! a Western font stand for Vietnamese ones.

use super::{Encoding, decode, is_syllable};
use encoding_rs::WINDOWS_1252;

/// Words with marks that must come out, before an encoding is believed.
const FEWEST: usize = 4;
/// Share of words with marks that must come out as syllables.
const SHARE: f64 = 0.75;
/// Encodings in which fonts are made; the others are read from bytes.
const OF_FONTS: &[Encoding] = &[Encoding::Tcvn3, Encoding::Vni, Encoding::Viscii];

/// Words with marks: all, and those that are syllables.
#[derive(Clone, Copy, Default)]
struct Score {
    all: usize,
    good: usize,
}

impl Score {
    fn of(text: &str) -> Self {
        let words = text.split(|letter: char| !is_of_word(letter));
        // One sign alone says nothing: French quotation marks are letters elsewhere.
        let marked = words.filter(|word| !word.is_ascii() && word.chars().nth(1).is_some());
        let mut score = Self::default();
        for word in marked.take(4_000) {
            score.all += 1;
            score.good += usize::from(is_syllable(word));
        }
        score
    }

    fn share(self) -> f64 {
        self.good as f64 / self.all.max(1) as f64
    }
}

/// Letters, and the signs of Western fonts that Vietnamese texts never have within words.
fn is_of_word(letter: char) -> bool {
    let sign = matches!(letter, '\u{80}'..='\u{bf}')
        && !matches!(letter, '«' | '»' | '°' | '²' | '³' | '·' | '\u{a0}');
    letter.is_alphabetic() || sign || ('\u{300}'..='\u{36f}').contains(&letter)
}

/// The encoding in which a text comes out as Vietnamese, if it does in one.
pub(super) fn best(among: &[Encoding], text: impl Fn(Encoding) -> String) -> Option<Encoding> {
    let scored = among
        .iter()
        .map(|encoding| (*encoding, Score::of(&text(*encoding))));
    let (encoding, score) = scored.max_by(|one, other| {
        one.1
            .share()
            .total_cmp(&other.1.share())
            .then(one.1.good.cmp(&other.1.good))
    })?;
    (score.good >= FEWEST && score.share() >= SHARE).then_some(encoding)
}

/// A text mended, and the encoding that it was in.
///
/// ```
/// use khue_extract::legacy::{Encoding, repair};
/// let mended = repair("§Þnh luËt b¶o toµn n¨ng l\u{ad}îng");
/// assert_eq!(mended, Some((Encoding::Tcvn3, "Định luật bảo toàn năng lượng".to_owned())));
/// assert_eq!(repair("Le théorème a été démontré à l’école."), None);
/// ```
pub fn repair(text: &str) -> Option<(Encoding, String)> {
    let mut repair = Repair::default();
    let mended = repair.mended(text)?;
    Some((repair.known?, mended.text))
}

/// A mended text.
pub(crate) struct Mended {
    pub(crate) text: String,
    /// The encoding, when it was told now.
    pub(crate) first: Option<Encoding>,
}

/// Mends the texts of one file; what was told of a long one holds for a short one.
#[derive(Default)]
pub(crate) struct Repair {
    known: Option<Encoding>,
}

impl Repair {
    pub(crate) fn mended(&mut self, text: &str) -> Option<Mended> {
        let western = text.chars().filter(|letter| is_western(*letter)).count();
        if western == 0 {
            return None;
        }
        let first = match self.known {
            Some(_) => None,
            None => Some(self.tell(text)?),
        };
        self.known = self.known.or(first);
        let encoding = self.known?;
        let lines = text
            .split_inclusive('\n')
            .map(|line| line_in(line, encoding));
        Some(Mended {
            text: lines.collect(),
            first,
        })
    }

    /// Texts whose words are syllables as they stand are in no old encoding.
    fn tell(&self, text: &str) -> Option<Encoding> {
        let sample = &text[..text.floor_char_boundary(text.len().min(64 * 1024))];
        let as_it_is = Score::of(sample);
        let told = best(OF_FONTS, |encoding| converted(sample, encoding))?;
        (as_it_is.share() < 0.5).then_some(told)
    }
}

/// A line in the encoding, where more of its words come out so.
fn line_in(line: &str, encoding: Encoding) -> String {
    let (before, mended) = (Score::of(line), converted(line, encoding));
    let after = Score::of(&mended);
    let better = after.good > before.good && after.share() >= 0.5;
    if better { mended } else { line.to_owned() }
}

fn is_western(letter: char) -> bool {
    matches!(letter, '\u{80}'..='\u{ff}')
}

/// A text whose Western letters stand for bytes; others stay as they are.
fn converted(text: &str, encoding: Encoding) -> String {
    let mut all = String::with_capacity(text.len());
    let mut bytes = Vec::new();
    for letter in text.chars() {
        match byte(letter) {
            Some(byte) => bytes.push(byte),
            None => {
                all.push_str(&decode(&bytes, encoding));
                bytes.clear();
                all.push(letter);
            }
        }
    }
    all.push_str(&decode(&bytes, encoding));
    all
}

fn byte(letter: char) -> Option<u8> {
    if letter.is_ascii() || matches!(letter, '\u{a0}'..='\u{ff}') {
        return u8::try_from(letter).ok();
    }
    let mut buffer = [0; 4];
    let (bytes, _, lost) = WINDOWS_1252.encode(letter.encode_utf8(&mut buffer));
    bytes.first().copied().filter(|_| !lost)
}
