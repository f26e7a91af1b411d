//! A short number by which nearly equal texts are known.
//!
//! One-permutation minwise hashing (Li, Owen & Zhang, *One Permutation Hashing*, 2012) of all runs of
//! four words, densified by rotation (Shrivastava & Li, 2014), of which each place keeps its lowest bits
//! (Li & König, *b-Bit Minwise Hashing*, 2010): 32 places of 4 bits. Two texts with the Jaccard
//! similarity J agree in a share of J + (1 − J)/16 of the places.

use crate::tokenizer::Segments;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Places of a fingerprint.
const PLACES: usize = 32;
/// Words of a run.
const RUN: usize = 4;
/// Bytes of a text that are looked at.
const LOOKED_AT: usize = 200_000;
/// Texts with fewer words are the same only where they agree everywhere: a form letter with another number
/// in it is another text.
const SHORT: u32 = 80;
/// Places in which two editions of a work agree at least: a similarity of about a third, less with the same name.
const SAME: u32 = 13;
const SAME_NAME: u32 = 11;

/// The fingerprint of a text, and about how many words it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    pub halves: [u64; 2],
    pub words: u32,
}

/// Whether two texts are editions of one work.
pub(crate) fn same_work(a: &Fingerprint, b: &Fingerprint, same_name: bool) -> bool {
    let none = [0, 0];
    if a.halves == none || b.halves == none {
        return false;
    }
    let agreed = agreed(a.halves[0], b.halves[0]) + agreed(a.halves[1], b.halves[1]);
    match (a.words.min(b.words) < SHORT, same_name) {
        (true, _) => agreed == PLACES as u32,
        (false, true) => agreed >= SAME_NAME,
        (false, false) => agreed >= SAME,
    }
}

/// Places of 4 bits in which two numbers agree.
fn agreed(a: u64, b: u64) -> u32 {
    let differs = a ^ b;
    let any = differs | differs >> 1 | differs >> 2 | differs >> 3;
    16 - (any & 0x1111_1111_1111_1111).count_ones()
}

/// The fingerprint of a text as two numbers; zeros for one of fewer words than a run has.
pub(crate) fn of(text: &str) -> [u64; 2] {
    let mut end = LOOKED_AT.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut least = [u32::MAX; PLACES];
    let mut run = [0u64; RUN];
    let mut seen = 0;
    for segment in Segments::new(&text[..end]) {
        run[seen % RUN] = word(&text[segment.from..segment.to]);
        seen += 1;
        if seen >= RUN {
            let hash = mixed((0..RUN).fold(0, |sum, back| mixed(sum ^ run[(seen + back) % RUN])));
            let place = (hash >> 59) as usize;
            least[place] = least[place].min(hash as u32);
        }
    }
    if seen < RUN { [0, 0] } else { packed(&least) }
}

/// A word without letter case.
fn word(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for c in text.chars() {
        match c.is_ascii() {
            true => hasher.write_u8(c.to_ascii_lowercase() as u8),
            false => c.to_lowercase().for_each(|c| hasher.write_u32(c as u32)),
        }
    }
    hasher.finish()
}

/// The finaliser of SplitMix64 (Steele, Lea & Flood 2014).
fn mixed(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}

/// Four bits of each place; an empty one borrows from the next that is not.
fn packed(least: &[u32; PLACES]) -> [u64; 2] {
    let mut halves = [0u64; 2];
    for place in 0..PLACES {
        let filled = (0..PLACES)
            .find(|step| least[(place + step) % PLACES] != u32::MAX)
            .unwrap_or(0);
        let value = mixed(u64::from(least[(place + filled) % PLACES]) ^ (filled as u64) << 32);
        halves[place / 16] |= (value & 0xf) << (place % 16 * 4);
    }
    halves
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(text: &str) -> Fingerprint {
        Fingerprint {
            halves: of(text),
            words: text.split_whitespace().count() as u32,
        }
    }

    fn lesson(numbers: std::ops::Range<usize>) -> String {
        numbers
            .map(|n| format!("câu {} nói về số {}. ", n * 7919 % 1000, n))
            .collect()
    }

    #[test]
    fn editions_are_known_and_other_texts_are_not() {
        let text = lesson(0..200);
        let revised = text.replace("câu 5", "Câu hỏi 5");
        assert!(same_work(&print(&text), &print(&revised), false));
        assert!(
            same_work(&print(&text), &print(&lesson(0..170)), false),
            "a shortened edition"
        );
        assert!(
            !same_work(&print(&text), &print(&lesson(300..500)), true),
            "the same form, other content"
        );
    }

    #[test]
    fn short_texts_are_the_same_only_where_they_are_equal() {
        let week = |n: u32| {
            print(&format!(
                "Phiếu bài tập toán lớp 4 tuần {n} dành cho học sinh"
            ))
        };
        assert!(same_work(&week(5), &week(5), true));
        assert!(!same_work(&week(5), &week(6), true));
        assert!(
            !same_work(&print("một hai"), &print("một hai"), true),
            "too short to tell"
        );
    }
}
