//! Ways in without a search: stages, subjects, collections.

mod all;
mod collections;
mod shelf;

pub use all::show_all;
pub use collections::show_collections;
pub use shelf::{show_level, show_subject};
