//! Tags that explain themselves: labels for texts, with confidences that mean what
//! they say.
//!
//! - [`Head`] learns from examples: kernel ridge regression on the encoder's
//!   vectors and on words together. Everything is chosen on the training rows
//!   alone, in closed form, without chance: the same rows give the same head.
//! - [`Prototypes`] need no example: each concept is known by its labels and by
//!   written descriptions.
//! - [`Languages`] take away what a language adds to vectors, so that tags learned in one
//!   hold in another.
//! - [`sentences`] and [`strongest`] find the sentence that speaks for a tag.
//!
//! Without vectors all of it works on words alone.

mod calibration;
mod choice;
mod error;
mod evidence;
mod factor;
mod folds;
mod head;
mod languages;
mod naming;
mod prototypes;
mod ridge;
mod space;
mod stored;
mod targets;
#[cfg(test)]
mod tests;
mod words;

pub use error::{Error, Result};
pub use evidence::{Span, sentences, strongest};
pub use head::{Head, Judgement, Row, Tag};
pub use languages::Languages;
pub use prototypes::{Concept, Fit, Prototypes};
pub use words::{split as split_words, stable_hash};
