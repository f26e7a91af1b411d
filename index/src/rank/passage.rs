//! Passages: how much of a long query stands together in one place of the text.
//!
//! In a long text each word of a question stands somewhere; the text that answers it holds many
//! of them close together (Callan, *Passage-Level Evidence in Document Retrieval*, 1994).

use super::cursors::Found;

/// Words of a stretch; a passage is two neighbouring stretches.
const STRETCH: u32 = 32;
/// Words of a passage.
pub(super) const WORDS_OF_A_PASSAGE: f32 = 2.0 * STRETCH as f32;
/// Words of a query that are told apart: one bit each.
const WORDS: usize = 64;

/// Which words stand in which stretch of a text. The memory is used again for the next text.
#[derive(Default)]
pub(super) struct Passages(Vec<u64>);

impl Passages {
    /// The summed rarity of the words that stand together in the best passage.
    pub fn best(&mut self, found: &[Found], idf: &[f32]) -> f32 {
        self.fill(found);
        let mut best = 0.0f32;
        let mut last = 0;
        for place in 0..self.0.len() {
            let words = self.0[place] | self.0.get(place + 1).copied().unwrap_or(0);
            if words != last {
                best = best.max(rarity(words, idf));
                last = words;
            }
        }
        best
    }

    fn fill(&mut self, found: &[Found]) {
        self.0.clear();
        for (word, found) in found.iter().enumerate().take(WORDS) {
            for position in &found.positions {
                let place = (position / STRETCH) as usize;
                if place >= self.0.len() {
                    self.0.resize(place + 1, 0);
                }
                self.0[place] |= 1 << word;
            }
        }
    }
}

fn rarity(mut words: u64, idf: &[f32]) -> f32 {
    let mut sum = 0.0;
    while words != 0 {
        sum += idf
            .get(words.trailing_zeros() as usize)
            .copied()
            .unwrap_or(0.0);
        words &= words - 1;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{Found, Passages};

    fn at(positions: &[u32]) -> Found {
        Found {
            positions: positions.to_vec(),
            ..Found::default()
        }
    }

    #[test]
    fn words_that_stand_together_make_the_best_passage() {
        let idf = [3.0, 2.0, 1.0];
        let mut passages = Passages::default();
        let scattered = [at(&[0]), at(&[400]), at(&[900])];
        let together = [at(&[0, 500]), at(&[510]), at(&[5])];
        assert_eq!(passages.best(&scattered, &idf), 3.0);
        assert_eq!(passages.best(&together, &idf), 5.0);
        assert_eq!(passages.best(&[], &[]), 0.0);
    }
}
