//! What a language adds to every vector.
//!
//! An encoder for many languages puts texts of one language a little apart from
//! those of others. How far is measured on sentences that say the same in each,
//! and taken away, so that what is learned in one language holds in another.

use super::space::Offsets;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How much of the measured offset is taken away: all of it is too much for texts of other kinds than
/// the sentences it was measured on.
const TAKEN: f32 = 0.5;

/// Sentences of many fields, written for this: language → text.
static PARALLEL: LazyLock<Vec<BTreeMap<String, String>>> = LazyLock::new(|| {
    // The file is part of the program; a test reads it.
    serde_json::from_str(include_str!("parallel.json")).unwrap_or_default()
});

/// Offsets of languages in the space of an encoder.
#[derive(Clone, Debug, Default)]
pub struct Languages {
    pub(crate) offsets: Offsets,
}

impl Languages {
    /// Measured with an encoder: `embed` gives the vector of a passage.
    ///
    /// # Errors
    /// Those of `embed`.
    pub fn measured<E>(mut embed: impl FnMut(&str) -> Result<Vec<f32>, E>) -> Result<Self, E> {
        let mut sums: BTreeMap<String, Vec<f32>> = BTreeMap::new();
        for sentence in PARALLEL.iter() {
            for (language, text) in sentence {
                let vector = embed(text)?;
                let sum = sums
                    .entry(language.clone())
                    .or_insert_with(|| vec![0.0; vector.len()]);
                sum.iter_mut().zip(&vector).for_each(|(s, x)| *s += x);
            }
        }
        let count = PARALLEL.len().max(1) as f32;
        let languages = sums.len().max(1) as f32;
        let width = sums.values().next().map_or(0, Vec::len);
        let mut middle = vec![0.0; width];
        for sum in sums.values_mut() {
            sum.iter_mut().for_each(|x| *x /= count);
            middle
                .iter_mut()
                .zip(sum.iter())
                .for_each(|(m, x)| *m += x / languages);
        }
        for own in sums.values_mut() {
            own.iter_mut()
                .zip(&middle)
                .for_each(|(x, m)| *x = TAKEN * (*x - m));
        }
        Ok(Self { offsets: sums })
    }

    /// Languages whose offset is known, as bare codes.
    pub fn known(&self) -> impl Iterator<Item = &str> {
        self.offsets.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    #[test]
    fn every_sentence_is_there_in_three_languages() {
        assert!(PARALLEL.len() >= 40);
        for sentence in PARALLEL.iter() {
            assert_eq!(sentence.keys().collect::<Vec<_>>(), ["en", "fr", "vi"]);
        }
    }

    #[test]
    fn offsets_are_what_sets_languages_apart() {
        // An encoder whose second number is the language.
        let mark = |text: &str| -> Result<Vec<f32>, Infallible> {
            let vietnamese = text.contains(['ư', 'ế', 'ộ', 'ạ', 'ả', 'ấ', 'ể', 'ầ', 'ữ', 'ờ']);
            Ok(vec![1.0, if vietnamese { 3.0 } else { 0.0 }])
        };
        let found = Languages::measured(mark).unwrap();
        assert!(found.offsets["vi"][1] > 0.7 && found.offsets["en"][1] < -0.2);
        assert!(found.offsets.values().all(|offset| offset[0].abs() < 1e-5));
    }
}
