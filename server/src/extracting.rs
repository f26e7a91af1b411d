//! Files read in children of this program.

use anyhow::{Context, Result};
use khue_extract::{Extractor, Limits};

/// What this program is called with when it is such a child.
pub const CHILD: &str = "extract-child";

/// Reads files in children of this program.
///
/// # Errors
/// It is not known where the program lies.
pub(crate) fn extractor(limits: Limits) -> Result<Extractor> {
    let program = std::env::current_exe()
        .context("it is not known where this program lies, so that it cannot start itself")?;
    Ok(Extractor::new(program, &[CHILD], limits))
}
