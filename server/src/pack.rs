//! School packs: a part of the library in one file.

mod build;
mod choice;
mod files;
mod holdings;
pub mod made;
pub mod offered;
mod open;
mod parts;

pub use build::{Built, Source, build};
pub use choice::Choice;
pub use holdings::PackHoldings;
pub use offered::Packs;
pub use open::{open, read};
