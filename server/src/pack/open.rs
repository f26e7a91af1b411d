//! Reads packs from files.

use super::parts::unpack;
use anyhow::{Context, Result, ensure};
use khue_content::pack::Manifest;
use khue_pack::OpenedPack;
use std::fs;
use std::path::Path;

/// Largest pack that is opened, in bytes: it is held in memory.
const LARGEST: u64 = 4 * 1024 * 1024 * 1024;

/// Reads a pack and checks every part; gives its description and what the parts hold.
///
/// # Errors
/// Names the file, the part, and what to do.
pub fn read(file: &Path) -> Result<(Manifest, Vec<u8>)> {
    let named = || format!("reading the pack {}", file.display());
    let size = fs::metadata(file).with_context(named)?.len();
    ensure!(
        size <= LARGEST,
        "{} has {size} bytes, more than the {LARGEST} that are opened: build smaller packs with --subject and --level",
        file.display()
    );
    let pack = fs::read(file).with_context(named)?;
    let (manifest, begin) = Manifest::read(&pack).with_context(named)?;
    let content =
        unpack(&manifest.parts, pack.get(begin..).unwrap_or_default()).with_context(named)?;
    Ok((manifest, content))
}

/// Reads a pack and opens its index.
///
/// # Errors
/// What [`read`] says, or the index is of another version.
pub fn open(file: &Path) -> Result<OpenedPack> {
    let (manifest, content) = read(file)?;
    OpenedPack::new(manifest, content)
        .with_context(|| format!("opening the pack {}", file.display()))
}
