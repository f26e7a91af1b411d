//! Search by meaning: whose vectors are whose, and one order from words and meaning.
//!
//! The index never encodes a text. It says what is to be encoded ([`passages`] of a resource,
//! [`query_text`] of a search), takes the vectors ([`crate::Index::set_vectors`]), and ranks by words and
//! by meaning together.

mod asked;
mod fusion;
mod joined;
mod languages;
mod merged;
mod missing;
mod owners;
mod passages;
mod usual;

pub use missing::Missing;
pub use passages::{PassageText, key, passages, query_text};
pub use usual::usual_queries;

pub(crate) use asked::Asked;
pub(crate) use joined::Joined;
pub(crate) use merged::Place;
pub(crate) use missing::missing;
pub(crate) use passages::{opening, shown};
