//! The network: tokens in, vectors out, and how likely each piece is to come next.

use super::fault::Found;
use super::gguf::Gguf;
use super::layer::{Layer, Way, normed};
use super::memory::Memory;
use super::shape::Shape;
use crate::kernels::{self, Instructions, QuantizedRows, Weights8};

/// Tokens that go through a layer at a time.
const TOGETHER: usize = 64;

/// Weights ready for computing.
pub(super) struct Network {
    pub shape: Shape,
    words: Weights8,
    /// Where it is not that of the words.
    head: Option<Weights8>,
    norm: Vec<f32>,
    layers: Vec<Layer>,
    pub with: Instructions,
}

impl Network {
    /// Takes the weights out of a file.
    pub(super) fn read(file: &mut Gguf) -> Found<Self> {
        let shape = Shape::read(file)?;
        let (vocabulary, width) = (shape.vocabulary, shape.width);
        let head = file.has("output.weight");
        let head = head.then(|| file.matrix("output.weight", vocabulary, width));
        Ok(Self {
            words: file.matrix("token_embd.weight", vocabulary, width)?,
            head: head.transpose()?,
            norm: file.numbers("output_norm.weight", width)?,
            layers: (0..shape.layers.len())
                .map(|number| Layer::read(file, &shape, number))
                .collect::<Found<_>>()?,
            with: Instructions::best(),
            shape,
        })
    }

    /// Reads tokens behind those in memory; their last vectors, `[tokens, width]`. The caller has checked that tokens
    /// are in the vocabulary and not too many.
    pub(super) fn read_on(&self, tokens: &[u32], memory: &mut Memory) -> Vec<f32> {
        let mut all = Vec::with_capacity(tokens.len() * self.shape.width);
        let mut way = Way::new(self.with);
        for some in tokens.chunks(TOGETHER) {
            let mut x = self.embed(some);
            for (layer, kept) in self.layers.iter().zip(&mut memory.layers) {
                layer.apply(&self.shape, &mut x, kept, &mut way);
            }
            memory.length += some.len();
            all.extend(normed(&x, &self.norm, &self.shape, self.with));
        }
        all
    }

    fn embed(&self, tokens: &[u32]) -> Vec<f32> {
        let width = self.shape.width;
        let mut x = vec![0.0; tokens.len() * width];
        for (token, x) in tokens.iter().zip(x.chunks_exact_mut(width)) {
            self.words.numbers(*token as usize, self.shape.scale, x);
        }
        x
    }

    /// Logits of these pieces after one vector.
    pub(super) fn logits_of(&self, vector: &[f32], pieces: &[u32]) -> Vec<f32> {
        let ids: Vec<usize> = pieces.iter().map(|piece| *piece as usize).collect();
        self.products(vector, ids.into_iter())
    }

    /// Logits of all pieces after each vector: `[vectors, vocabulary]`.
    pub(super) fn logits(&self, vectors: &[f32]) -> Vec<f32> {
        self.products(vectors, 0..self.shape.vocabulary)
    }

    fn products(&self, x: &[f32], pieces: impl ExactSizeIterator<Item = usize>) -> Vec<f32> {
        let width = self.shape.width;
        let mut rows = QuantizedRows::empty();
        kernels::quantize(self.with, x, width, &mut rows);
        let tokens = x.len() / width;
        let mut to = vec![0.0; tokens * pieces.len()];
        let head = self.head.as_ref().unwrap_or(&self.words);
        kernels::product8(self.with, (&rows, tokens), head, pieces, &mut to);
        to
    }
}
