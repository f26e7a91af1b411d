//! What a text says in letters: words, pairs of words and pieces of words,
//! weighted by how rare they are (tf–idf, sublinear, cosine).
//!
//! Words and pairs tell Vietnamese terms apart (they are written as several
//! syllables); pieces of two to five letters hold inflected forms together.
//! Both halves weigh the same.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use unicode_normalization::UnicodeNormalization;

/// Letters of the shortest and the longest piece.
const PIECES: std::ops::RangeInclusive<usize> = 2..=5;

/// Only so many of the rarest features of a text are kept, for each half.
const LONGEST: usize = 600;

/// Below so many texts a feature may be kept that only one of them has.
const FEW: usize = 200;

/// A text as sparse features, sorted by number; its length is 1 (or 0).
pub(crate) type Sparse = Vec<(u32, f32)>;

/// The features that the training texts have, with their weights.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Lexicon {
    /// Hash of the feature → number and weight (inverse document frequency).
    features: BTreeMap<u64, (u32, f32)>,
}

/// Features of one half with how often the text has them.
type Counts = HashMap<u64, u32>;

impl Lexicon {
    /// The features of these texts.
    pub(crate) fn of(texts: &[&str]) -> Self {
        let mut frequency: BTreeMap<u64, usize> = BTreeMap::new();
        for text in texts {
            let halves = counts(text);
            for feature in halves.iter().flat_map(HashMap::keys) {
                *frequency.entry(*feature).or_default() += 1;
            }
        }
        let rare = if texts.len() < FEW { 1 } else { 2 };
        let common = if texts.len() < FEW {
            texts.len()
        } else {
            texts.len() / 2
        };
        let kept = frequency
            .into_iter()
            .filter(|(_, count)| (rare..=common).contains(count));
        let weigh = |count: usize| (((1 + texts.len()) as f32) / ((1 + count) as f32)).ln() + 1.0;
        let features = kept
            .enumerate()
            .map(|(number, (feature, count))| (feature, (number as u32, weigh(count))))
            .collect();
        Self { features }
    }

    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.features.len()
    }

    /// The text in these features.
    pub(crate) fn sparse(&self, text: &str) -> Sparse {
        let mut all = Sparse::new();
        for half in counts(text) {
            all.extend(self.half(half));
        }
        all.sort_unstable_by_key(|(number, _)| *number);
        all
    }

    /// One half, with length √½ so that both weigh the same.
    fn half(&self, counts: Counts) -> Sparse {
        let weight = |(feature, count): (u64, u32)| {
            let (number, idf) = self.features.get(&feature)?;
            Some((*number, (1.0 + (count as f32).ln()) * idf))
        };
        let mut half: Sparse = counts.into_iter().filter_map(weight).collect();
        half.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        half.truncate(LONGEST);
        let norm = half.iter().map(|(_, w)| w * w).sum::<f32>().sqrt() * 2f32.sqrt();
        half.iter_mut().for_each(|(_, w)| *w /= norm.max(1e-9));
        half
    }
}

/// Features of words and pairs, and of pieces.
fn counts(text: &str) -> [Counts; 2] {
    let (mut words, mut pieces) = (Counts::new(), Counts::new());
    let mut before: Option<String> = None;
    for word in split(text) {
        *words.entry(hash(&[b"w", word.as_bytes()])).or_default() += 1;
        if let Some(before) = &before {
            let pair: [&[u8]; 4] = [b"p", before.as_bytes(), b" ", word.as_bytes()];
            *words.entry(hash(&pair)).or_default() += 1;
        }
        count_pieces(&word, &mut pieces);
        before = Some(word);
    }
    [words, pieces]
}

fn count_pieces(word: &str, pieces: &mut Counts) {
    let padded = format!(" {word} ");
    let starts: Vec<usize> = padded
        .char_indices()
        .map(|(at, _)| at)
        .chain([padded.len()])
        .collect();
    for length in PIECES {
        for ends in starts.windows(length + 1) {
            let piece = &padded[ends[0]..ends[length]];
            *pieces.entry(hash(&[b"c", piece.as_bytes()])).or_default() += 1;
        }
    }
}

/// Words in lower case, composed; anything but letters and digits parts them.
pub fn split(text: &str) -> Vec<String> {
    let text: String = text.nfc().flat_map(char::to_lowercase).collect();
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A number that a text always has, on every machine and in every version, such as for dealing
/// texts out in parts.
pub fn stable_hash(text: &str) -> u64 {
    hash(&[text.as_bytes()])
}

/// FNV-1a with 64 bits.
pub(crate) fn hash(parts: &[&[u8]]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.iter());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The product of two sparse texts: 1 when they say the same.
pub(crate) fn product(a: &Sparse, b: &Sparse) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += x.1 * y.1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_own_nearest_and_composition_does_not_matter() {
        let texts = ["Định luật bảo toàn khối lượng", "The past continuous tense"];
        let lexicon = Lexicon::of(&texts);
        let [a, b] = texts.map(|text| lexicon.sparse(text));
        assert!((product(&a, &a) - 1.0).abs() < 1e-5);
        assert!(product(&a, &b) < 0.2);
        let decomposed: String = texts[0].nfd().collect();
        assert_eq!(a, lexicon.sparse(&decomposed));
    }

    #[test]
    fn odd_texts_have_no_features_and_do_no_harm() {
        let lexicon = Lexicon::of(&["", "…!?", "a"]);
        assert_eq!(lexicon.sparse("…"), Sparse::new());
        assert_eq!(product(&lexicon.sparse("zzz"), &lexicon.sparse("a")), 0.0);
    }
}
