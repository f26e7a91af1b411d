//! Text → keys. One segmentation, several families of keys over it.
//!
//! Vietnamese is written one syllable at a time and typed with or without its
//! marks, in two orders of tone placement and in two Unicode forms. So a
//! syllable has two keys: [`exact`](key::exact), where tone placement, letter
//! case and Unicode form no longer matter, and [`folded`](key::folded), where
//! marks no longer matter either. Names also have [`Family::Pair`] keys: two
//! neighbouring syllables written together, which speak for the order of words
//! and find "niutơn" for "Niu-tơn". English and French have stems in fields of
//! their own.

pub mod key;
mod letters;
mod segment;
mod stem;
mod stream;
pub mod syllable;

pub use letters::plain_letter;
pub use segment::{Segment, Segments};
pub use stem::{StemLanguage, is_stop_word, stem, stem_tokens};
pub use stream::{Family, KhueTokenizer};
