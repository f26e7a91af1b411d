//! SentencePiece: the characters of a word, joined to the neighbours that make the piece with the highest score.

use super::super::fault::{Fault, Found};
use super::super::gguf::Gguf;
use super::{SPACE, Use};
use candle_core::quantized::gguf_file::Value;
use std::collections::HashMap;

/// Pieces with their scores.
pub(super) struct Scored {
    known: HashMap<String, u32>,
    scores: Vec<f32>,
    /// The piece of each byte, for characters that are in no piece.
    bytes: Vec<Option<u32>>,
    unknown: Option<u32>,
}

impl Scored {
    pub(super) fn read(
        file: &Gguf,
        known: HashMap<String, u32>,
        texts: &[String],
        uses: &[Use],
    ) -> Found<Self> {
        let score = |value: &Value| match value {
            Value::F32(score) if score.is_finite() => Ok(*score),
            other => Err(Fault::Damaged(format!("a piece has the score {other:?}"))),
        };
        let scores = file.list("tokenizer.ggml.scores")?;
        let scores: Vec<f32> = scores.iter().map(score).collect::<Found<_>>()?;
        if scores.len() != texts.len() {
            return Err(Fault::Damaged(format!(
                "{} pieces have {} scores",
                texts.len(),
                scores.len()
            )));
        }
        let mut bytes = vec![None; 256];
        for (id, text) in texts
            .iter()
            .enumerate()
            .filter(|(id, _)| uses[*id] == Use::Byte)
        {
            if let Some(byte) = byte(text) {
                bytes[usize::from(byte)] = Some(id as u32);
            }
        }
        let unknown = file.id("tokenizer.ggml.unknown_token_id");
        Ok(Self {
            known,
            scores,
            bytes,
            unknown: unknown.filter(|id| (*id as usize) < texts.len()),
        })
    }

    /// The pieces of a text.
    pub(super) fn pieces(&self, text: &str) -> Vec<u32> {
        let marked = text.replace(' ', &SPACE.to_string());
        let mut pieces = Vec::new();
        let mut rest = marked.as_str();
        while !rest.is_empty() {
            let (word, behind) = rest.split_at(word(rest));
            self.word(word, &mut pieces);
            rest = behind;
        }
        pieces
    }

    fn word(&self, word: &str, pieces: &mut Vec<u32>) {
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        let mut cuts: Vec<usize> = std::iter::once(0).chain(ends).collect();
        while let Some(at) = self.best(word, &cuts) {
            cuts.remove(at);
        }
        for pair in cuts.windows(2) {
            let part = &word[pair[0]..pair[1]];
            match self.known.get(part) {
                Some(id) => pieces.push(*id),
                None => self.spell(part, pieces),
            }
        }
    }

    /// The cut whose sides make the best piece together; the first of equals.
    fn best(&self, word: &str, cuts: &[usize]) -> Option<usize> {
        let joined = cuts.windows(3).enumerate().filter_map(|(at, three)| {
            let id = self.known.get(&word[three[0]..three[2]])?;
            Some((at + 1, self.scores[*id as usize]))
        });
        let best = joined.reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map(|(at, _)| at)
    }

    fn spell(&self, part: &str, pieces: &mut Vec<u32>) {
        let bytes = part.bytes().map(|byte| self.bytes[usize::from(byte)]);
        match bytes.collect::<Option<Vec<u32>>>() {
            Some(bytes) => pieces.extend(bytes),
            None => pieces.extend(self.unknown),
        }
    }
}

/// Length of the first word with the spaces before it: no piece spans the beginning of a word.
fn word(text: &str) -> usize {
    let spaces = text.find(|c| c != SPACE).unwrap_or(text.len());
    let behind = &text[spaces..];
    spaces + behind.find(SPACE).unwrap_or(behind.len())
}

/// The byte that a piece such as `<0x0A>` stands for.
pub(super) fn byte(text: &str) -> Option<u8> {
    let digits = text.strip_prefix("<0x")?.strip_suffix('>')?;
    u8::from_str_radix(digits, 16).ok()
}
