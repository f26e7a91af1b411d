//! Suggestions for records: what the portal proposes to curators, with reasons.

pub mod background;
mod document;
mod embedder;
mod heads;
mod keywords;
mod level;
mod submissions;
mod suggester;
mod textbook;
mod vector_cache;
mod zero;

pub use document::Document;
pub use embedder::Embedder;
pub use heads::{Example, Heads, Outcome, Trained, Version};
pub use suggester::{Suggester, THRESHOLD};
pub use zero::Zero;
