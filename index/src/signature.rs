//! MinHash signatures: how much two texts share, without comparing the texts.
//!
//! Broder, *On the resemblance and containment of documents* (1997): the share of
//! equal minima over many hash functions estimates the Jaccard index of the sets
//! of word triples.

use crate::schema::SIGNATURE_COLUMNS;
use crate::tokenizer::{Segments, key};
use std::hash::{Hash, Hasher};

/// Minima in a signature.
pub(crate) const MINIMA: usize = SIGNATURE_COLUMNS * 4;
/// Words of a text that take part.
const WORDS: usize = 20_000;

/// Sixteen 16-bit minima over word triples, four in a column; all zero for a text without words.
pub(crate) fn signature(text: &str) -> [u64; SIGNATURE_COLUMNS] {
    let mut minima = [u32::MAX; MINIMA];
    let (mut first, mut second) = (0, 0);
    let mut word = String::new();
    for segment in Segments::new(text).take(WORDS) {
        key::folded_into(&text[segment.from..segment.to], &mut word);
        let hash = hashed(&word);
        lower(&mut minima, mix(first ^ mix(second ^ mix(hash))));
        (first, second) = (second, hash);
    }
    pack(&minima)
}

fn lower(minima: &mut [u32; MINIMA], triple: u64) {
    for (n, minimum) in minima.iter_mut().enumerate() {
        let other = mix(triple.wrapping_add((n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        *minimum = (*minimum).min((other >> 32) as u32);
    }
}

fn pack(minima: &[u32; MINIMA]) -> [u64; SIGNATURE_COLUMNS] {
    let mut columns = [0; SIGNATURE_COLUMNS];
    if minima[0] == u32::MAX {
        return columns;
    }
    for (n, minimum) in minima.iter().enumerate() {
        // The low bits are as good as random; the high ones of a minimum are mostly zero.
        columns[n / 4] |= u64::from(minimum & 0xffff) << (16 * (n % 4));
    }
    columns
}

/// Number of equal minima of two signatures; zero where either text has no words.
pub(crate) fn agreement(a: &[u64; SIGNATURE_COLUMNS], b: &[u64; SIGNATURE_COLUMNS]) -> usize {
    if a == &[0; SIGNATURE_COLUMNS] || b == &[0; SIGNATURE_COLUMNS] {
        return 0;
    }
    let lanes = |x: u64, y: u64| (0..4).filter(|n| (x ^ y) >> (16 * n) & 0xffff == 0).count();
    a.iter().zip(b).map(|(x, y)| lanes(*x, *y)).sum()
}

fn hashed(word: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    word.hash(&mut hasher);
    hasher.finish()
}

/// Finaliser of MurmurHash3.
fn mix(mut x: u64) -> u64 {
    x ^= x >> 33;
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
    x ^= x >> 33;
    x = x.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_texts_agree_and_others_do_not() {
        let words: Vec<String> = (0..400).map(|n| format!("từ{n}")).collect();
        let one = words.join(" ");
        let two = format!("{one} thêm một câu ở cuối");
        let other = (0..400)
            .map(|n| format!("khác{n}"))
            .collect::<Vec<_>>()
            .join(" ");
        assert!(agreement(&signature(&one), &signature(&two)) >= 14);
        assert!(agreement(&signature(&one), &signature(&other)) <= 2);
        assert_eq!(agreement(&signature(""), &signature("")), 0);
    }
}
