//! One layer of the network.

use super::fault::Found;
use super::gguf::Gguf;
use super::memory::Kept;
use super::shape::{Reach, Shape};
use super::turns::Turns;
use crate::kernels::{self, Causal, Instructions, QuantizedRows, Weights8};

/// A matrix and what is added to its products.
struct Linear {
    weights: Weights8,
    bias: Option<Vec<f32>>,
}

/// Weights of a layer.
pub(super) struct Layer {
    reach: Reach,
    turns: Turns,
    before_attention: Vec<f32>,
    query: Linear,
    key: Linear,
    value: Linear,
    query_norm: Option<Vec<f32>>,
    key_norm: Option<Vec<f32>>,
    output: Linear,
    after_attention: Option<Vec<f32>>,
    before_feed: Vec<f32>,
    gate: Linear,
    up: Linear,
    down: Linear,
    after_feed: Option<Vec<f32>>,
}

/// Room for what is computed on the way, and how.
pub(super) struct Way {
    pub with: Instructions,
    rows: QuantizedRows,
}

impl Way {
    pub(super) fn new(with: Instructions) -> Self {
        Self {
            with,
            rows: QuantizedRows::empty(),
        }
    }
}

impl Linear {
    fn read(file: &mut Gguf, name: &str, rows: usize, width: usize) -> Found<Self> {
        Ok(Self {
            weights: file.matrix(&format!("{name}.weight"), rows, width)?,
            bias: file.numbers_if(&format!("{name}.bias"), rows)?,
        })
    }

    /// Products of the rows that `way` holds.
    fn of(&self, way: &Way, tokens: usize) -> Vec<f32> {
        let rows = self.weights.rows();
        let mut to = vec![0.0; tokens * rows];
        let x = (&way.rows, tokens);
        kernels::product8(way.with, x, &self.weights, 0..rows, &mut to);
        if let Some(bias) = &self.bias {
            for to in to.chunks_exact_mut(rows) {
                to.iter_mut().zip(bias).for_each(|(to, bias)| *to += bias);
            }
        }
        to
    }

    /// Products of these numbers.
    fn times(&self, way: &mut Way, x: &[f32]) -> Vec<f32> {
        let width = self.weights.width;
        kernels::quantize(way.with, x, width, &mut way.rows);
        self.of(way, x.len() / width)
    }
}

impl Layer {
    /// Takes a layer's weights out of a file.
    pub(super) fn read(file: &mut Gguf, shape: &Shape, number: usize) -> Found<Self> {
        let (width, inner) = (shape.width, shape.inner);
        let (all, shared) = (shape.heads * shape.head, shape.shared * shape.head);
        let name = |part: &str| format!("blk.{number}.{part}");
        let norm = |part: &str| format!("blk.{number}.{part}.weight");
        let reach = shape.layers[number];
        Ok(Self {
            reach,
            turns: Turns::new(file, shape, reach)?,
            before_attention: file.numbers(&norm("attn_norm"), width)?,
            query: Linear::read(file, &name("attn_q"), all, width)?,
            key: Linear::read(file, &name("attn_k"), shared, width)?,
            value: Linear::read(file, &name("attn_v"), shared, width)?,
            query_norm: file.numbers_if(&norm("attn_q_norm"), shape.head)?,
            key_norm: file.numbers_if(&norm("attn_k_norm"), shape.head)?,
            output: Linear::read(file, &name("attn_output"), width, all)?,
            after_attention: file.numbers_if(&norm("post_attention_norm"), width)?,
            before_feed: file.numbers(&norm("ffn_norm"), width)?,
            gate: Linear::read(file, &name("ffn_gate"), inner, width)?,
            up: Linear::read(file, &name("ffn_up"), inner, width)?,
            down: Linear::read(file, &name("ffn_down"), width, inner)?,
            after_feed: file.numbers_if(&norm("post_ffw_norm"), width)?,
        })
    }

    /// The layer, in place: `x` is `[tokens, width]`, which stand behind those that are kept.
    pub(super) fn apply(&self, shape: &Shape, x: &mut [f32], kept: &mut Kept, way: &mut Way) {
        let attended = self.attend(shape, x, kept, way);
        let attended = self.output.times(way, &attended);
        add(
            x,
            attended,
            self.after_attention.as_deref(),
            shape,
            way.with,
        );
        let normed = normed(x, &self.before_feed, shape, way.with);
        kernels::quantize(way.with, &normed, shape.width, &mut way.rows);
        let tokens = x.len() / shape.width;
        let (mut gated, up) = (self.gate.of(way, tokens), self.up.of(way, tokens));
        kernels::gate(way.with, shape.gate, &mut gated, &up);
        let fed = self.down.times(way, &gated);
        add(x, fed, self.after_feed.as_deref(), shape, way.with);
    }

    /// What attention gathers: `[tokens, heads · head]`.
    fn attend(&self, shape: &Shape, x: &[f32], kept: &mut Kept, way: &mut Way) -> Vec<f32> {
        let past = kept.length(shape);
        let tokens = x.len() / shape.width;
        let normed = normed(x, &self.before_attention, shape, way.with);
        kernels::quantize(way.with, &normed, shape.width, &mut way.rows);
        let (queries, keys) = (self.query.of(way, tokens), self.key.of(way, tokens));
        kept.values.extend(self.value.of(way, tokens));
        let placed = |x: Vec<f32>, norm: &Option<Vec<f32>>, heads: usize| {
            let mut x = match norm {
                Some(norm) => self::normed(&x, norm, shape, way.with),
                None => x,
            };
            self.turns.apply(&mut x, past, heads, shape);
            x
        };
        let queries = placed(queries, &self.query_norm, shape.heads);
        let keys = placed(keys, &self.key_norm, shape.shared);
        kept.keys.extend(keys);
        let reach = Causal {
            heads: shape.heads,
            shared: shape.shared,
            head: shape.head,
            past,
            window: self.reach.window,
            scale: 1.0 / (shape.head as f32).sqrt(),
        };
        let mut attended = vec![0.0; queries.len()];
        let seen = (&kept.keys[..], &kept.values[..]);
        kernels::causal(way.with, &queries, seen, reach, &mut attended);
        attended
    }
}

/// Rows as wide as the weight, normalised.
pub(super) fn normed(x: &[f32], weight: &[f32], shape: &Shape, with: Instructions) -> Vec<f32> {
    let mut to = vec![0.0; x.len()];
    kernels::rms_norm(with, x, weight, shape.epsilon, &mut to);
    to
}

fn add(x: &mut [f32], more: Vec<f32>, norm: Option<&[f32]>, shape: &Shape, with: Instructions) {
    let more = match norm {
        Some(norm) => normed(&more, norm, shape, with),
        None => more,
    };
    x.iter_mut().zip(&more).for_each(|(x, more)| *x += more);
}
