//! PostgreSQL's programs; the tests start and stop a server of their own.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use super::system;

/// Finds `initdb`, installing PostgreSQL where that is allowed.
pub(super) fn set_up(install: bool) -> Result<()> {
    if find().is_none() && install {
        system::install(&["postgresql"])?;
    }
    let program = find().context("initdb of PostgreSQL was not found")?;
    println!("   {}", program.display());
    Ok(())
}

/// `initdb` on the PATH, or where Debian and Homebrew keep it.
fn find() -> Option<PathBuf> {
    let kept = ["/usr/lib/postgresql", "/opt/homebrew/opt"];
    let mut versions = kept
        .iter()
        .flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten())
        .map(|version| version.path().join("bin/initdb"));
    system::find("initdb").or_else(|| versions.find(|program| program.is_file()))
}
