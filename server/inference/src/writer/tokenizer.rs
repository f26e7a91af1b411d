//! Text to pieces and back, by the vocabulary of the file.

mod bytes;
mod merges;
mod scored;
mod split;

use super::fault::{Fault, Found};
use super::gguf::{Gguf, whole};
use candle_core::quantized::gguf_file::Value;
use merges::Merges;
use scored::Scored;
use std::collections::HashMap;

/// Most pieces of a vocabulary.
const MOST: usize = 1 << 20;
/// What SentencePiece writes for a space.
const SPACE: char = '▁';

/// What a piece is for, as GGUF numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Text,
    /// Marks of the format, which no text is ever read as.
    Control,
    /// A single byte.
    Byte,
}

/// How a text falls into pieces.
enum Way {
    /// Bytes that are joined by a list of pairs.
    Merges(Merges),
    /// Characters that are joined to the piece with the highest score.
    Scored(Scored),
}

/// The tokenizer of a file.
pub(super) struct Tokenizer {
    way: Way,
    /// The bytes of each piece; none for marks.
    bytes: Vec<Box<[u8]>>,
    /// Pieces with bytes, in the order of those.
    sorted: Vec<u32>,
    start: Option<u32>,
    /// Whether a space is put before a text.
    spaced: bool,
}

impl Tokenizer {
    /// Reads it; `vocabulary` is what the network has rows for.
    pub(super) fn read(file: &Gguf, vocabulary: usize) -> Found<Self> {
        let texts = texts(file.list("tokenizer.ggml.tokens")?)?;
        if texts.len() > vocabulary.min(MOST) {
            return Err(Fault::Damaged(format!(
                "it has {} pieces and {vocabulary} rows for them",
                texts.len()
            )));
        }
        let uses = uses(file, texts.len());
        let known = |(id, text): (usize, &String)| (text.clone(), id as u32);
        let known: HashMap<String, u32> = texts
            .iter()
            .enumerate()
            .filter(|(id, _)| uses[*id] == Use::Text)
            .map(known)
            .collect();
        let model = file.text("tokenizer.ggml.model")?;
        let way = match model {
            "gpt2" => Way::Merges(Merges::read(file, &known)?),
            "llama" => Way::Scored(Scored::read(file, known, &texts, &uses)?),
            other => {
                return Err(Fault::Unsupported(format!(
                    "the tokenizer {other}, known are gpt2 and llama"
                )));
            }
        };
        let decoded = |(text, kind): (&String, &Use)| bytes_of(text, *kind, &way);
        let bytes: Vec<Box<[u8]>> = texts.iter().zip(&uses).map(decoded).collect();
        let mut sorted: Vec<u32> = (0..bytes.len() as u32)
            .filter(|id| !bytes[*id as usize].is_empty())
            .collect();
        sorted.sort_by(|a, b| bytes[*a as usize].cmp(&bytes[*b as usize]));
        let start = file.id("tokenizer.ggml.bos_token_id");
        let starts = file.flag("tokenizer.ggml.add_bos_token");
        let starts = starts.unwrap_or(model == "llama");
        Ok(Self {
            start: start.filter(|id| starts && (*id as usize) < bytes.len()),
            spaced: file
                .flag("tokenizer.ggml.add_space_prefix")
                .unwrap_or(model == "llama"),
            way,
            bytes,
            sorted,
        })
    }

    /// The piece that every text begins with, where there is one.
    pub(super) fn start(&self) -> Option<u32> {
        self.start
    }

    /// The pieces of a text at the beginning.
    pub(super) fn first(&self, text: &str) -> Vec<u32> {
        match self.spaced {
            true => self.pieces(&format!(" {text}")),
            false => self.pieces(text),
        }
    }

    /// The pieces of a text that goes on.
    pub(super) fn pieces(&self, text: &str) -> Vec<u32> {
        match &self.way {
            Way::Merges(merges) => merges.pieces(text),
            Way::Scored(scored) => scored.pieces(text),
        }
    }

    /// The bytes of a piece.
    pub(super) fn bytes(&self, piece: u32) -> &[u8] {
        self.bytes.get(piece as usize).map_or(&[], |bytes| bytes)
    }

    /// Pieces in the order of their bytes.
    pub(super) fn sorted(&self) -> &[u32] {
        &self.sorted
    }
}

fn texts(list: &[Value]) -> Found<Vec<String>> {
    let text = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        _ => Err(Fault::Damaged(
            "a piece of its vocabulary is no text".to_owned(),
        )),
    };
    list.iter().map(text).collect()
}

fn uses(file: &Gguf, count: usize) -> Vec<Use> {
    let kinds = match file.value("tokenizer.ggml.token_type") {
        Some(Value::Array(kinds)) => &kinds[..],
        _ => &[],
    };
    let kind = |id: usize| match kinds.get(id).and_then(whole) {
        // unknown, control, unused
        Some(2 | 3 | 5) => Use::Control,
        Some(6) => Use::Byte,
        _ => Use::Text,
    };
    (0..count).map(kind).collect()
}

fn bytes_of(text: &str, kind: Use, way: &Way) -> Box<[u8]> {
    match (kind, way) {
        (Use::Control, _) => Box::default(),
        (Use::Byte, _) => scored::byte(text).into_iter().collect(),
        (Use::Text, Way::Merges(_)) => bytes::decoded(text).into(),
        (Use::Text, Way::Scored(_)) => text.replace(SPACE, " ").into_bytes().into(),
    }
}
