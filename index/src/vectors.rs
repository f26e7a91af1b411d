//! Vectors beside the text index: passages by meaning, nearest first.
//!
//! A *passage* is a piece of a resource with its vector; a resource has one or more, kept under one
//! key that stands for its identifier and its text. The text index carries the same key in a column,
//! so the two need no common transaction: a vector whose key no document carries is never served,
//! and a document whose key has no vector is found by its words alone until it gets one.
//!
//! Vectors lie in segments that never change once written; a small file names the segments in use
//! and is replaced as a whole. A passage is kept twice, both after subtracting the segment's mean and
//! a rotation that spreads the information over all coordinates: as one bit a dimension, which a
//! search scans from end to end, and as two bytes a dimension, by which the best of the scan are
//! ranked. The estimate from the bits is that of Gao & Long, *RaBitQ* (2024).
//!
//! | file | holds |
//! |---|---|
//! | `rotation` | the rotation, the same on every machine |
//! | `code` | vector → bits and bytes |
//! | `block` | the bits of 32 passages side by side |
//! | `probe` | the query's side of them |
//! | `layout`, `segment` | one file: what lies where, reading it from mapped or plain bytes |
//! | `build`, `merge` | writing one, from vectors or from other segments |
//! | `store` | the segments in use: open, append, drop what is no longer needed |
//! | `nearest` | nearest passages under a filter |
//! | `scan` | the pass over one file's bits |
//! | `top` | the best few of many |

mod block;
mod build;
mod code;
mod layout;
mod merge;
mod nearest;
mod probe;
mod rotation;
mod scan;
mod segment;
mod store;
mod top;

pub use nearest::Near;
pub(crate) use nearest::Turned;
pub use store::{VectorSet, VectorStore};

/// Stands for a resource's identifier and the text that its vectors were made from.
pub type Key = u64;

/// A piece of a resource with its vector.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// Direction of its meaning; any length but zero, it is brought to length 1.
    pub vector: Vec<f32>,
    /// Byte range of the piece in the text of the resource.
    pub place: (u32, u32),
}

/// Where an entry lies: segment, and number in it.
pub type Entry = (u32, u32);
