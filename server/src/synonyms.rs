//! The table of synonyms in force: the one that comes with the program, and the data folder's own.

use crate::portal::DataFolder;
use anyhow::{Context, Result};
use khue_content::search::Synonyms;
use khue_content::search::synonyms::{Fault, Row, read};
use std::path::Path;

/// Largest table that is read, in bytes.
const MAX_BYTES: u64 = 8 << 20;

/// Reads a table from a file.
///
/// # Errors
/// The file cannot be read, or is larger than any table a person keeps.
pub fn from_file(path: &Path) -> Result<(Vec<Row>, Vec<Fault>)> {
    let shown = path.display();
    let told = || format!("cannot read {shown}: check the path and its permissions");
    let size = std::fs::metadata(path).with_context(told)?.len();
    if size > MAX_BYTES {
        anyhow::bail!("{shown} has {size} bytes, but a table may have {MAX_BYTES}; part it");
    }
    Ok(read(&std::fs::read(path).with_context(told)?))
}

/// The table that the portal uses. Rows with faults are passed over and told in the log.
pub fn in_force(folder: &DataFolder) -> Result<Synonyms> {
    let shipped = Synonyms::shipped();
    let path = folder.synonyms();
    if !path.exists() {
        return Ok(Synonyms::clone(&shipped));
    }
    let (rows, faults) = from_file(&path)?;
    for fault in &faults {
        tracing::warn!(file = %path.display(), "{fault}; this row is passed over");
    }
    tracing::info!(file = %path.display(), rows = rows.len(), "own synonyms are in force");
    Ok(shipped.with(rows))
}
