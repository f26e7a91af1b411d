//! Text to pieces: the unigram model of SentencePiece. Of all ways to cut a text into known pieces the one with the
//! greatest sum of scores is taken (Kudo 2018, "Subword Regularization"; found as Viterbi finds a best path).

use super::file::Damage;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Stands for a space, as pieces have it.
const SPACE: char = '\u{2581}';
/// What an unknown character costs beyond the rarest piece.
const UNKNOWN_PENALTY: f32 = 10.0;

/// Pieces with a meaning of their own, which no text contains.
#[derive(Clone, Copy, Debug)]
pub(super) struct Special {
    pub start: u32,
    pub end: u32,
    pub unknown: u32,
}

/// Cuts texts into pieces.
pub(super) struct Tokenizer {
    /// Where each piece begins in `pieces`; one more than there are pieces.
    starts: Vec<u32>,
    scores: Vec<f32>,
    pieces: Vec<u8>,
    /// Open addressing: 1 + piece, or 0. Its length is a power of two.
    table: Vec<u32>,
    longest: usize,
    unknown_score: f32,
    replace: HashMap<char, Box<str>>,
    pub(super) special: Special,
}

impl Tokenizer {
    /// Checks what a file says and builds the table.
    pub(super) fn new(
        starts: Vec<u32>,
        scores: Vec<f32>,
        pieces: Vec<u8>,
        replace: HashMap<char, Box<str>>,
        special: Special,
    ) -> Result<Self, Damage> {
        let count = scores.len() as u32;
        let whole = starts.first() == Some(&0) && starts.last() == Some(&(pieces.len() as u32));
        if !whole || !starts.is_sorted() {
            return Err("the places of the pieces do not fit together".to_owned());
        }
        let Special {
            start,
            end,
            unknown,
        } = special;
        if start.max(end).max(unknown) >= count || scores.iter().any(|score| !score.is_finite()) {
            return Err("special pieces or scores are not those of a vocabulary".to_owned());
        }
        let lowest = scores.iter().fold(f32::INFINITY, |a, b| a.min(*b));
        let mut tokenizer = Self {
            starts,
            scores,
            pieces,
            table: vec![0; (2 * count as usize).next_power_of_two()],
            longest: 0,
            unknown_score: lowest - UNKNOWN_PENALTY,
            replace,
            special,
        };
        tokenizer.fill_table();
        Ok(tokenizer)
    }

    /// Special pieces, such as `<s>`, stay out: whoever types their name means the letters.
    fn fill_table(&mut self) {
        let mask = self.table.len() - 1;
        for id in 0..self.scores.len() as u32 {
            let piece = self.piece(id);
            if piece.is_empty() || self.is_special(id) {
                continue;
            }
            let longest = self.longest.max(piece.len());
            let mut slot = piece.iter().fold(HASH, |hash, byte| step(hash, *byte)) as usize;
            while self.table[slot & mask] != 0 {
                slot = slot.wrapping_add(1);
            }
            self.table[slot & mask] = id + 1;
            self.longest = longest;
        }
    }

    fn is_special(&self, id: u32) -> bool {
        let Special {
            start,
            end,
            unknown,
        } = self.special;
        let piece = self.piece(id);
        let named = piece.starts_with(b"<") && piece.ends_with(b">");
        [start, end, unknown].contains(&id) || (named && self.scores[id as usize] == 0.0)
    }

    fn piece(&self, id: u32) -> &[u8] {
        let id = id as usize;
        &self.pieces[self.starts[id] as usize..self.starts[id + 1] as usize]
    }

    fn find(&self, hash: u64, text: &[u8]) -> Option<u32> {
        let mask = self.table.len() - 1;
        let mut slot = hash as usize;
        loop {
            let id = self.table[slot & mask].checked_sub(1)?;
            if self.piece(id) == text {
                return Some(id);
            }
            slot = slot.wrapping_add(1);
        }
    }

    /// The pieces of a text, without the special ones at its ends.
    ///
    /// The text is composed first (NFC): pieces are composed, and decomposed Vietnamese would fall apart into letters and
    /// marks.
    pub(super) fn pieces(&self, text: &str) -> Vec<u32> {
        let text = self.normalized(text);
        let ends = self.best_path(text.as_bytes());
        let mut ids = Vec::new();
        let mut at = text.len();
        while at > 0 {
            let step = ends[at];
            ids.push(step.piece);
            at = step.from as usize;
        }
        ids.reverse();
        ids
    }

    /// Composed, characters replaced by the model's table, runs of spaces made one, `▁` for each and one in front.
    fn normalized(&self, text: &str) -> String {
        let mut to = String::with_capacity(text.len() + 16);
        to.push(SPACE);
        let mut push = |c: char| match c {
            ' ' if to.ends_with(SPACE) => {}
            ' ' => to.push(SPACE),
            c => to.push(c),
        };
        for c in text.trim().nfc() {
            match self.replace.get(&c) {
                Some(becomes) => becomes.chars().for_each(&mut push),
                None => push(c),
            }
        }
        to
    }

    /// The best way to each byte that ends a character.
    fn best_path(&self, text: &[u8]) -> Vec<Step> {
        let nowhere = Step {
            score: f32::NEG_INFINITY,
            piece: self.special.unknown,
            from: 0,
        };
        let mut steps = vec![nowhere; text.len() + 1];
        steps[0].score = 0.0;
        for from in (0..text.len()).filter(|at| begins_character(text, *at)) {
            let so_far = steps[from].score;
            let mut hash = HASH;
            let mut in_first = true;
            for to in from + 1..=text.len().min(from + self.longest.max(4)) {
                hash = step(hash, text[to - 1]);
                if to < text.len() && !begins_character(text, to) {
                    continue;
                }
                let found = self.find(hash, &text[from..to]);
                let found = found.map(|id| (id, self.scores[id as usize]));
                let unknown = in_first.then_some((self.special.unknown, self.unknown_score));
                in_first = false;
                for (piece, score) in found.into_iter().chain(unknown) {
                    if so_far + score > steps[to].score {
                        steps[to] = Step {
                            score: so_far + score,
                            piece,
                            from: from as u32,
                        };
                    }
                }
            }
        }
        steps
    }
}

#[derive(Clone, Copy)]
struct Step {
    score: f32,
    piece: u32,
    from: u32,
}

fn begins_character(text: &[u8], at: usize) -> bool {
    text[at] & 0xc0 != 0x80
}

/// FNV-1a with its result folded, so that low bits depend on all.
const HASH: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, byte: u8) -> u64 {
    let hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    hash ^ hash >> 29
}
