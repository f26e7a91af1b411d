#![doc = include_str!("../README.md")]

#[cfg(target_arch = "wasm32")]
compile_error!("khue-inference runs on servers only");

pub mod models;
pub mod tagger;
#[cfg(feature = "testing")]
pub mod testing;
pub mod writer;

mod encoder;
mod error;
mod kernels;
mod service;
mod usual;

pub use encoder::{DIMENSIONS, Encoder, Reference, Section, Vector};
pub use error::{Error, Result};
pub use kernels::Instructions;
pub use service::{Service, Status};
pub use usual::Usual;
