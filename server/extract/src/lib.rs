#![doc = include_str!("../README.md")]

#[cfg(target_arch = "wasm32")]
compile_error!("khue-extract runs on servers only");

pub mod child;
pub mod legacy;

mod archive;
mod document;
mod formats;
mod kind;
mod license_hint;
mod limits;
mod notice;
mod out;
mod rows;
mod unpack;
mod xml;

pub use child::{Error, Extractor, Rows};
pub use document::{Document, Event, LicenseHint, Metadata, Outcome, Section};
pub use kind::{Kind, by_content, by_name};
pub use limits::{Limit, Limits};
pub use notice::{Notice, Reason};
pub use rows::{CellText, RowEvent, read_rows};
pub use unpack::{UnpackError, unpack};

/// Reads a file in this process, and yields what is found as it is found. Nothing but the limits that
/// reading itself keeps is in force: for files from outside use [`Extractor`], which reads in a child.
pub fn read(bytes: &[u8], name: &str, limits: &Limits, to: &mut dyn FnMut(Event)) {
    formats::read(bytes, name, limits, to);
}

/// As [`read`], all of it at once.
pub fn read_whole(bytes: &[u8], name: &str, limits: &Limits) -> Document {
    let mut document = Document::default();
    read(bytes, name, limits, &mut |event| document.take(event));
    document
}
