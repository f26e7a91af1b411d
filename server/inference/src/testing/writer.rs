//! Language models of a few thousand weights, in every architecture that is computed.

use super::Random;
use candle_core::quantized::gguf_file::{self, Value};
use candle_core::quantized::{GgmlDType, QTensor};
use candle_core::{Device, Tensor};
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

const WIDTH: usize = 64;
const INNER: usize = 96;
const HEADS: usize = 4;
const SHARED: usize = 2;
const HEAD: usize = 16;
const LAYERS: usize = 4;

/// What a model is to be like.
#[derive(Clone, Debug)]
pub struct TinyWriter {
    /// Its architecture, such as `llama`.
    pub architecture: &'static str,
    /// Keys and tensors that are left out.
    pub without: Vec<&'static str>,
    /// Keys that have another value: numbers, or texts where they are none.
    pub with: Vec<(&'static str, &'static str)>,
    /// Tokens that a layer with a window sees (Gemma).
    pub window: u32,
}

impl TinyWriter {
    /// A whole model of this architecture.
    pub fn new(architecture: &'static str) -> Self {
        Self {
            architecture,
            without: Vec::new(),
            with: Vec::new(),
            window: 8,
        }
    }

    /// Writes it into a folder and returns its file.
    ///
    /// # Errors
    /// The folder can't be written.
    pub fn write(&self, folder: &Path) -> io::Result<PathBuf> {
        let path = folder.join(format!("tiny-{}.gguf", self.architecture));
        let metadata = self.metadata();
        let tensors = self.tensors().map_err(io::Error::other)?;
        let metadata: Vec<(&str, &Value)> = metadata
            .iter()
            .map(|(key, value)| (key.as_str(), value))
            .collect();
        let tensors: Vec<(&str, &QTensor)> = tensors
            .iter()
            .map(|(name, tensor)| (name.as_str(), tensor))
            .collect();
        let mut file = BufWriter::new(File::create(&path)?);
        gguf_file::write(&mut file, &metadata, &tensors).map_err(io::Error::other)?;
        Ok(path)
    }

    fn is_gemma(&self) -> bool {
        self.architecture == "gemma3"
    }

    fn metadata(&self) -> Vec<(String, Value)> {
        let own = |key: &str| format!("{}.{key}", self.architecture);
        let size = |key: &str, size: usize| (own(key), Value::U32(size as u32));
        let mut all = vec![
            (
                "general.architecture".to_owned(),
                Value::String(self.architecture.to_owned()),
            ),
            size("block_count", LAYERS),
            size("context_length", 700),
            size("embedding_length", WIDTH),
            size("feed_forward_length", INNER),
            size("attention.head_count", HEADS),
            size("attention.head_count_kv", SHARED),
            (own("attention.layer_norm_rms_epsilon"), Value::F32(1e-6)),
            (own("rope.freq_base"), Value::F32(10_000.0)),
        ];
        if self.is_gemma() {
            all.push(size("attention.key_length", HEAD));
            all.push(size("attention.sliding_window", self.window as usize));
        }
        all.extend(vocabulary(self.is_gemma()));
        for (key, value) in &self.with {
            all.retain(|(own, _)| own != key);
            let number = value.parse().map(Value::U32);
            let value = number.unwrap_or_else(|_| Value::String((*value).to_owned()));
            all.push(((*key).to_owned(), value));
        }
        all.retain(|(key, _)| !self.without.contains(&key.as_str()));
        all
    }

    fn tensors(&self) -> candle_core::Result<Vec<(String, QTensor)>> {
        let pieces = pieces(self.is_gemma()).len();
        let mut shapes = vec![
            ("token_embd.weight".to_owned(), vec![pieces, WIDTH]),
            ("output_norm.weight".to_owned(), vec![WIDTH]),
        ];
        for layer in 0..LAYERS {
            let name = |part: &str| format!("blk.{layer}.{part}");
            let (all, shared) = (HEADS * HEAD, SHARED * HEAD);
            for (part, rows, width) in [
                ("attn_q.weight", all, WIDTH),
                ("attn_k.weight", shared, WIDTH),
                ("attn_v.weight", shared, WIDTH),
                ("attn_output.weight", WIDTH, all),
                ("ffn_gate.weight", INNER, WIDTH),
                ("ffn_up.weight", INNER, WIDTH),
                ("ffn_down.weight", WIDTH, INNER),
            ] {
                shapes.push((name(part), vec![rows, width]));
            }
            shapes.extend(
                self.rows()
                    .iter()
                    .map(|(part, width)| (name(part), vec![*width])),
            );
        }
        shapes.retain(|(name, _)| !self.without.contains(&name.as_str()));
        let mut random = Random(0x2545_f491_4f6c_dd1d);
        let tensors = shapes.into_iter().map(|(name, shape)| {
            let tensor = tensor(&name, &shape, &mut random)?;
            Ok((name, tensor))
        });
        tensors.collect()
    }

    /// Norms and biases of a layer.
    fn rows(&self) -> Vec<(&'static str, usize)> {
        let mut rows = vec![("attn_norm.weight", WIDTH), ("ffn_norm.weight", WIDTH)];
        if matches!(self.architecture, "gemma3" | "qwen3") {
            rows.extend([("attn_q_norm.weight", HEAD), ("attn_k_norm.weight", HEAD)]);
        }
        if self.is_gemma() {
            let after = [
                ("post_attention_norm.weight", WIDTH),
                ("post_ffw_norm.weight", WIDTH),
            ];
            rows.extend(after);
        }
        if self.architecture == "qwen2" {
            rows.extend([
                ("attn_q.bias", HEADS * HEAD),
                ("attn_k.bias", SHARED * HEAD),
                ("attn_v.bias", SHARED * HEAD),
            ]);
        }
        rows
    }
}

/// Matrices of different forms, as files mix them.
fn tensor(name: &str, shape: &[usize], random: &mut Random) -> candle_core::Result<QTensor> {
    let count = shape.iter().product();
    let (middle, spread) = match (shape.len(), name.ends_with("norm.weight")) {
        (1, true) => (1.0, 0.1),
        (1, false) => (0.0, 0.1),
        _ => (0.0, 0.5),
    };
    let number = |random: &mut Random| (random.next() % 2001) as f32 / 1000.0 - 1.0;
    let numbers: Vec<f32> = (0..count)
        .map(|_| middle + spread * number(random))
        .collect();
    let form = match (shape.len(), random.next() % 4) {
        (1, _) => GgmlDType::F32,
        (_, 0) => GgmlDType::F16,
        (_, 1) => GgmlDType::Q5_0,
        (_, 2) => GgmlDType::Q4_1,
        _ => GgmlDType::Q8_0,
    };
    QTensor::quantize(&Tensor::from_vec(numbers, shape, &Device::Cpu)?, form)
}

/// Pieces with what they are for: 1 text, 3 control, 6 a byte.
fn pieces(scored: bool) -> Vec<(String, u32)> {
    let mut all: Vec<(String, u32)> = ["<eos>", "<bos>", "<unk>"]
        .map(|name| (name.to_owned(), 3))
        .into();
    if scored {
        all.extend((0..=255).map(|byte: u8| (format!("<0x{byte:02X}>"), 6)));
        let letters = "▁abcdefghijklmnopqrstuvwxyzáàảãạâấầđêếệôốộơớờưứừ.,";
        all.extend(letters.chars().map(|c| (c.to_string(), 1)));
        let words = "so đo ▁s ▁so ▁đ ▁đo ▁phân ph ân phân ▁ph";
        all.extend(words.split(' ').map(|word| (word.to_owned(), 1)));
    } else {
        all.extend((0..=255).map(|byte: u8| (shown(byte).to_string(), 1)));
        let words = "Ġs so Ġso Ġp Ġph an Ġphan";
        all.extend(words.split(' ').map(|word| (word.to_owned(), 1)));
    }
    all
}

fn vocabulary(scored: bool) -> Vec<(String, Value)> {
    let key = |key: &str| format!("tokenizer.ggml.{key}");
    let text = |text: &str| Value::String(text.to_owned());
    let pieces = pieces(scored);
    let texts = pieces.iter().map(|(piece, _)| text(piece));
    let kinds = pieces.iter().map(|(_, kind)| Value::I32(*kind as i32));
    let mut all = vec![
        (key("tokens"), Value::Array(texts.collect())),
        (key("token_type"), Value::Array(kinds.collect())),
        (key("bos_token_id"), Value::U32(1)),
        (key("unknown_token_id"), Value::U32(2)),
        (key("add_space_prefix"), Value::Bool(false)),
    ];
    if scored {
        let score = |(piece, _): &(String, u32)| Value::F32(piece.chars().count() as f32);
        let scores = pieces.iter().map(score);
        all.push((key("model"), text("llama")));
        all.push((key("scores"), Value::Array(scores.collect())));
        all.push((key("add_bos_token"), Value::Bool(true)));
    } else {
        let merges = ["Ġ s", "s o", "Ġs o", "Ġ p", "Ġp h", "a n", "Ġph an"];
        all.push((key("model"), text("gpt2")));
        all.push((key("pre"), text("smollm")));
        all.push((key("merges"), Value::Array(merges.map(text).into())));
    }
    all
}

/// A byte as vocabularies of bytes write it.
fn shown(byte: u8) -> char {
    let seen = |byte: u8| matches!(byte, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    let hidden = (0..byte).filter(|byte| !seen(*byte)).count() as u32;
    let code = if seen(byte) {
        u32::from(byte)
    } else {
        256 + hidden
    };
    char::from_u32(code).unwrap_or_default()
}
