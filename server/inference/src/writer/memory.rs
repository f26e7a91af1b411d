//! What the network keeps of the tokens that it has read, so that it reads none of them twice.

use super::shape::Shape;

/// Keys and values of one layer, `[tokens, shared · head]` each.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    pub keys: Vec<f32>,
    pub values: Vec<f32>,
}

impl Kept {
    /// Tokens whose values are kept.
    pub(super) fn length(&self, shape: &Shape) -> usize {
        self.values.len() / (shape.shared * shape.head)
    }
}

/// Keys and values of all layers.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    pub layers: Vec<Kept>,
    /// Tokens that were read.
    pub length: usize,
}

impl Memory {
    /// Of nothing.
    pub(super) fn new(shape: &Shape) -> Self {
        Self {
            layers: vec![Kept::default(); shape.layers.len()],
            length: 0,
        }
    }

    /// Forgets what was read after the first `length` tokens.
    pub(super) fn back_to(&mut self, length: usize, shape: &Shape) {
        self.length = self.length.min(length);
        let numbers = self.length * shape.shared * shape.head;
        for kept in &mut self.layers {
            kept.keys.truncate(numbers);
            kept.values.truncate(numbers);
        }
    }
}
