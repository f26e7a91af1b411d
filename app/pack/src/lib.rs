#![doc = include_str!("../README.md")]

mod collections;
mod library;
mod opened;

pub use library::PackLibrary;
pub use opened::{OpenError, OpenedPack};
