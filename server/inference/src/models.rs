//! Which models there are, where they lie, which are in use.

mod folder;
mod table;

pub use folder::{InUse, ModelFolder, State, checksum};
pub use table::{MODELS, Model, Role, Source, find};

pub(crate) use folder::read;
