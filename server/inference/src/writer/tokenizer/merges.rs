//! Byte pair encoding: the bytes of a word, joined pair by pair in the order of a list.

use super::super::fault::{Fault, Found};
use super::super::gguf::Gguf;
use super::bytes;
use super::split::{Digits, Rules, split};
use super::texts;
use std::collections::HashMap;

/// The list of pairs and what words are cut by.
pub(super) struct Merges {
    /// A pair → its place in the list and what it becomes.
    pairs: HashMap<(u32, u32), (usize, u32)>,
    /// The piece of each byte.
    bytes: Vec<Option<u32>>,
    rules: Rules,
}

impl Merges {
    pub(super) fn read(file: &Gguf, known: &HashMap<String, u32>) -> Found<Self> {
        let rules = rules(file)?;
        let mut pairs = HashMap::new();
        let list = texts(file.list("tokenizer.ggml.merges")?)?;
        for (place, merge) in list.iter().enumerate() {
            let Some((a, b)) = merge.split_once(' ') else {
                return Err(Fault::Damaged(format!("the merge {merge:?} is no pair")));
            };
            let id = |text: &str| known.get(text).copied();
            // Pairs of pieces that are not in the vocabulary never come up.
            if let (Some(left), Some(right), Some(both)) = (id(a), id(b), id(&format!("{a}{b}"))) {
                pairs.entry((left, right)).or_insert((place, both));
            }
        }
        let piece = |byte| known.get(&bytes::character(byte).to_string()).copied();
        Ok(Self {
            pairs,
            bytes: (0..=u8::MAX).map(piece).collect(),
            rules,
        })
    }

    /// The pieces of a text; bytes without a piece are left out.
    pub(super) fn pieces(&self, text: &str) -> Vec<u32> {
        let words = split(text, self.rules);
        words.flat_map(|word| self.word(word)).collect()
    }

    fn word(&self, word: &str) -> Vec<u32> {
        let bytes = word
            .bytes()
            .filter_map(|byte| self.bytes[usize::from(byte)]);
        let mut pieces: Vec<u32> = bytes.collect();
        loop {
            let found = pieces.windows(2).enumerate().filter_map(|(at, pair)| {
                let (place, both) = self.pairs.get(&(pair[0], pair[1]))?;
                Some((*place, at, *both))
            });
            let Some((_, at, both)) = found.min() else {
                return pieces;
            };
            pieces[at] = both;
            pieces.remove(at + 1);
        }
    }
}

/// How a vocabulary wants words cut, by the name of its rules.
fn rules(file: &Gguf) -> Found<Rules> {
    let name = match file.value("tokenizer.ggml.pre") {
        None => "default",
        Some(_) => file.text("tokenizer.ggml.pre")?,
    };
    match name {
        "default" | "gpt-2" => Ok(Rules::plain(Digits::Run)),
        "smollm" => Ok(Rules::plain(Digits::Alone)),
        "qwen2" => Ok(Rules::modern(1)),
        "llama-bpe" => Ok(Rules::modern(3)),
        other => Err(Fault::Unsupported(format!(
            "the rules {other} for cutting words, known are default, gpt-2, smollm, qwen2 and llama-bpe"
        ))),
    }
}
