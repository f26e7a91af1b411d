//! What kind of network a file holds: sizes and choices, all from its metadata.

use super::fault::{Fault, Found};
use super::gguf::{Gguf, is_whole, whole};
use crate::kernels::Gate;
use candle_core::quantized::gguf_file::Value;

/// Architectures that are computed here.
const KNOWN: [&str; 4] = ["llama", "gemma3", "qwen2", "qwen3"];
/// Most tokens that are kept in mind, however long the texts are that the model was made for.
const LONGEST: usize = 4096;
/// One layer in so many of Gemma 3 sees the whole text, where the file does not say.
const PATTERN: usize = 6;
/// Base of the rotations in layers with a window, where the file does not say.
const BASE_WITHIN: f32 = 10_000.0;

/// Which numbers of a head are turned together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Neighbours: 0 and 1, 2 and 3.
    Neighbours,
    /// A number and that half a head further.
    Halves,
}

/// How a layer knows where a token stands, and how far it sees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reach {
    /// Tokens that a token sees, itself among them.
    pub window: Option<usize>,
    /// Base of the rotations.
    pub base: f32,
    /// What places are divided by.
    pub stretch: f32,
}

/// Sizes and choices of a network.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub width: usize,
    pub inner: usize,
    pub vocabulary: usize,
    pub heads: usize,
    /// Heads of keys and values.
    pub shared: usize,
    /// Numbers of a head.
    pub head: usize,
    /// Numbers of a head that are turned.
    pub turned: usize,
    pub turn: Turn,
    pub gate: Gate,
    pub epsilon: f32,
    /// What embeddings are multiplied with.
    pub scale: f32,
    /// Most tokens of a text.
    pub longest: usize,
    /// One for each layer.
    pub layers: Vec<Reach>,
}

impl Shape {
    /// Reads it.
    pub(super) fn read(file: &Gguf) -> Found<Self> {
        let architecture = file.architecture();
        if !KNOWN.contains(&architecture) {
            return Err(Fault::Unsupported(format!(
                "the architecture {architecture}, known are {}",
                KNOWN.join(", ")
            )));
        }
        let gemma = architecture == "gemma3";
        let own = |key: &str| file.own(key);
        let width = file.size(&own("embedding_length"), 1 << 14)?;
        let heads = file.size(&own("attention.head_count"), 256)?;
        let key = own("attention.key_length");
        let head = file.size_if(&key, 1024)?.unwrap_or(width / heads);
        let shape = Self {
            width,
            inner: file.size(&own("feed_forward_length"), 1 << 16)?,
            vocabulary: file.rows_of("token_embd.weight")?,
            heads,
            shared: file
                .size_if(&own("attention.head_count_kv"), heads)?
                .unwrap_or(heads),
            head,
            turned: file
                .size_if(&own("rope.dimension_count"), head)?
                .unwrap_or(head),
            turn: match architecture {
                "llama" => Turn::Neighbours,
                _ => Turn::Halves,
            },
            gate: if gemma { Gate::TanhGelu } else { Gate::Silu },
            epsilon: file.number(&own("attention.layer_norm_rms_epsilon"))?,
            scale: if gemma { (width as f32).sqrt() } else { 1.0 },
            longest: file.size(&own("context_length"), usize::MAX)?.min(LONGEST),
            layers: layers(file, gemma)?,
        };
        shape.check()?;
        Ok(shape)
    }

    fn check(&self) -> Found<()> {
        let heads = self.heads * self.head;
        let fits = is_whole(self.width)
            && is_whole(self.inner)
            && is_whole(heads)
            && self.head.is_multiple_of(8)
            && self.turned.is_multiple_of(2)
            && self.heads.is_multiple_of(self.shared)
            && (1..=1 << 20).contains(&self.vocabulary);
        match fits {
            true => Ok(()),
            false => Err(Fault::Unsupported(format!(
                "width {}, inner width {}, {} heads of {} with {} of keys, {} pieces: rows must be whole blocks of 32",
                self.width, self.inner, self.heads, self.head, self.shared, self.vocabulary
            ))),
        }
    }
}

fn layers(file: &Gguf, gemma: bool) -> Found<Vec<Reach>> {
    let own = |key: &str| file.own(key);
    let count = file.size(&own("block_count"), 256)?;
    let whole_text = Reach {
        window: None,
        base: file.number_if(&own("rope.freq_base"))?.unwrap_or(10_000.0),
        stretch: stretch(file)?,
    };
    let window = file.size_if(&own("attention.sliding_window"), usize::MAX)?;
    let Some(window) = window.filter(|_| gemma) else {
        return Ok(vec![whole_text; count]);
    };
    let base = file.number_if(&own("rope.freq_base_swa"))?;
    let within = Reach {
        window: Some(window),
        base: base.unwrap_or(BASE_WITHIN),
        stretch: 1.0,
    };
    let key = own("attention.sliding_window_pattern");
    let sees_all = |layer: usize| match file.value(&key) {
        Some(Value::Array(flags)) => matches!(flags.get(layer), Some(Value::Bool(false))),
        Some(value) => {
            let every = whole(value)
                .and_then(|n| usize::try_from(n).ok())
                .unwrap_or(0);
            every > 0 && (layer + 1).is_multiple_of(every)
        }
        None => (layer + 1).is_multiple_of(PATTERN),
    };
    let layers = (0..count).map(|layer| if sees_all(layer) { whole_text } else { within });
    Ok(layers.collect())
}

/// What places are divided by, for models that were stretched to longer texts.
fn stretch(file: &Gguf) -> Found<f32> {
    let key = file.own("rope.scaling.type");
    match file.value(&key) {
        None => Ok(1.0),
        Some(Value::String(kind)) if kind == "none" => Ok(1.0),
        Some(Value::String(kind)) if kind == "linear" => {
            file.number(&file.own("rope.scaling.factor"))
        }
        Some(other) => Err(Fault::Unsupported(format!("{key} of {other:?}"))),
    }
}
