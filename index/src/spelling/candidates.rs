//! Readings of a word: what it could have been before the slip.

use super::input_method::decoded;
use super::lexicon::Lexicon;
use super::slip::price;
use crate::Result;
use crate::query::{Word, word};
use crate::tokenizer::{StemLanguage, key, syllable};
use tantivy::schema::Field;

/// Readings that are compared in context.
const COMPARED: usize = 10;
/// Letters from which two slips are forgiven.
const LONG: usize = 7;
/// Documents that must hold a reading with one slip, for two slips not to be looked for.
const HELD: u64 = 3;
/// Longest word that is repaired, in letters.
const LONGEST: usize = 32;
/// Ways to cut a word that are looked at.
const CUTS: usize = 60;
/// Price of a space left out or put in.
const SPACE: f32 = 0.7;
/// Price of an input method that was off: its keys are no accident.
const METHOD: f32 = 0.2;
/// Price of one of its keys left out.
const KEY: f32 = 0.3;
/// Price of marks that are passed over when a word was typed with marks.
const MARKS: f32 = 0.7;

/// One reading.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// The words; several where a space was left out.
    pub words: Vec<Word>,
    /// Price of the slip, see [`price`].
    pub price: f32,
    /// Documents that hold it, the rarest of its words.
    pub seen: u64,
    /// Logarithm of its probability, up to a constant.
    pub score: f32,
    /// Whether it stands near another word of the query somewhere.
    pub near: bool,
}

impl Candidate {
    fn new(words: Vec<Word>, price: f32, seen: u64) -> Self {
        Self {
            words,
            price,
            seen,
            score: f32::MIN,
            near: false,
        }
    }

    /// The words as they are written.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        texts.join(" ")
    }
}

/// Readings of one word, the most promising of them.
pub(super) fn of_word(lexicon: &Lexicon, typed: &Word, unknown: bool) -> Result<Vec<Candidate>> {
    let mut found = Vec::new();
    found.extend(by_input_method(lexicon, typed)?);
    let letters = typed.folded.chars().count();
    let plain = !typed.folded.contains(|c: char| !c.is_alphabetic());
    if plain && (2..=LONGEST).contains(&letters) {
        let before = found.len();
        by_slip(lexicon, typed, 1, &mut found)?;
        // Looking for two slips costs ten times as much, and one slip is the likelier reading.
        let likely = found.iter().any(|candidate| candidate.seen >= HELD);
        if letters >= LONG && unknown && !likely {
            // Those with one slip are found once more.
            found.truncate(before);
            by_slip(lexicon, typed, 2, &mut found)?;
        }
        if unknown && letters >= 4 {
            by_space(lexicon, typed, &mut found)?;
        }
    }
    Ok(promising(found))
}

fn promising(mut found: Vec<Candidate>) -> Vec<Candidate> {
    let promise = |c: &Candidate| (c.seen as f32 + 1.0).ln() - 3.0 * c.price;
    found.sort_by(|a, b| promise(b).total_cmp(&promise(a)));
    found.truncate(COMPARED);
    found
}

/// The word that the keys of an input method make, and those that lack one more key: "dinhj" for
/// "ddinhj".
fn by_input_method(lexicon: &Lexicon, typed: &Word) -> Result<Vec<Candidate>> {
    let Some(text) = decoded(&typed.text) else {
        return Ok(Vec::new());
    };
    let meant = word(&text, &[]);
    let near = lexicon.near(lexicon.fields.all_exact, &meant.exact, 1)?;
    let candidate = |(key, seen): (String, u64)| {
        let same = key == meant.exact;
        let kept = key::tone(&key) == key::tone(&meant.exact);
        let word = Word::from_key(key, &[]);
        let price = if same { METHOD } else { METHOD + KEY };
        (kept && word.folded == meant.folded).then(|| Candidate::new(vec![word], price, seen))
    };
    Ok(near.into_iter().filter_map(candidate).collect())
}

fn by_slip(
    lexicon: &Lexicon,
    typed: &Word,
    distance: u8,
    found: &mut Vec<Candidate>,
) -> Result<()> {
    let fields = lexicon.fields;
    // Words that have stems are of a language that has them.
    let languages = if typed.stems.is_empty() {
        &[]
    } else {
        StemLanguage::ALL.as_slice()
    };
    if typed.marked {
        let exact = (0.0, languages);
        from_keys(
            lexicon,
            fields.all_exact,
            &typed.exact,
            distance,
            exact,
            found,
        )?;
    }
    let extra = if typed.marked { MARKS } else { 0.0 };
    let folded = (extra, languages);
    from_keys(
        lexicon,
        fields.all_folded,
        &typed.folded,
        distance,
        folded,
        found,
    )
}

fn from_keys(
    lexicon: &Lexicon,
    field: Field,
    typed: &str,
    distance: u8,
    (extra, languages): (f32, &[StemLanguage]),
    found: &mut Vec<Candidate>,
) -> Result<()> {
    for (key, seen) in lexicon.near(field, typed, distance)? {
        let price = price(typed, &key);
        let short = key.chars().count() < 2 || key.contains(|c: char| c.is_ascii_digit());
        // Two slips are believed only where the beginning is right.
        let wild = price > 1.5 && key.chars().next() != typed.chars().next();
        if key != typed && !short && !wild {
            found.push(Candidate::new(
                vec![Word::from_key(key, languages)],
                price + extra,
                seen,
            ));
        }
    }
    Ok(())
}

/// Words that were typed without the space between them.
fn by_space(lexicon: &Lexicon, typed: &Word, found: &mut Vec<Candidate>) -> Result<()> {
    let letters: Vec<char> = composed(&typed.text);
    if letters.len() != typed.folded.chars().count() {
        return Ok(());
    }
    let mut cuts: Vec<Vec<usize>> = syllable::cuts(&typed.folded, CUTS)
        .iter()
        .map(|cut| cut.iter().map(|piece| piece.len()).collect())
        .collect();
    cuts.extend((3..letters.len().saturating_sub(2)).map(|at| vec![at, letters.len() - at]));
    for cut in cuts {
        let words = pieces(&letters, &cut);
        if let Some(seen) = neighbours_somewhere(lexicon, &words)? {
            let price = SPACE * (words.len() - 1) as f32;
            found.push(Candidate::new(words, price, seen));
        }
    }
    Ok(())
}

fn composed(text: &str) -> Vec<char> {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().flat_map(char::to_lowercase).collect()
}

fn pieces(letters: &[char], lengths: &[usize]) -> Vec<Word> {
    let mut at = 0;
    let piece = |length: &usize| {
        let text: String = letters[at..at + length].iter().collect();
        at += length;
        word(&text, &[])
    };
    lengths.iter().map(piece).collect()
}

/// In how many names words follow each other, the rarest pair counts; `None` where a pair never does.
fn neighbours_somewhere(lexicon: &Lexicon, words: &[Word]) -> Result<Option<u64>> {
    let mut least = u64::MAX;
    for pair in words.windows(2) {
        let key = format!("{}{}", pair[0].folded, pair[1].folded);
        let seen = lexicon.frequency(lexicon.fields.name_pair, &key)?;
        let known = lexicon.seen(&pair[0])? > 0 && lexicon.seen(&pair[1])? > 0;
        if seen == 0 || !known {
            return Ok(None);
        }
        least = least.min(seen);
    }
    Ok(Some(least))
}

/// Two words that are one.
pub(super) fn joined(lexicon: &Lexicon, first: &Word, second: &Word) -> Result<Vec<Candidate>> {
    let text = format!("{}{}", first.text, second.text);
    let meant = word(&text, &[]);
    let seen = lexicon.seen(&meant)?;
    let enough = seen > 0 && meant.folded.chars().count() > 3 && key::folded(&text) == meant.folded;
    Ok(Vec::from_iter(
        enough.then(|| Candidate::new(vec![meant], SPACE, seen)),
    ))
}
