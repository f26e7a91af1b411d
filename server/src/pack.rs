//! School packs: a part of the library in one file.

mod build;
mod choice;
mod files;
mod holdings;
mod open;
mod parts;

pub use build::build;
pub use choice::Choice;
pub use holdings::PackHoldings;
pub use open::{open, read};
