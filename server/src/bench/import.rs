//! An import into an empty portal, timed.

use super::folder::size;
use super::machine::peak_memory;
use crate::commands::import;
use crate::portal::DataFolder;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What an import took.
#[derive(Debug)]
pub struct ImportFigures {
    /// Records stored.
    pub records: u64,
    /// From the start until everything was stored and could be found.
    pub time: Duration,
    /// Greatest resident memory of the process, in bytes.
    pub peak_memory: Option<u64>,
    /// Size of database and index, in bytes.
    pub size: u64,
}

/// Imports `path` into a data folder that is removed again.
pub async fn import(path: &Path) -> Result<ImportFigures> {
    let root = tempfile::tempdir()
        .context("cannot make a folder for the benchmark; check the space in TMPDIR")?;
    let folder = DataFolder::new(root.path(), None);
    let started = Instant::now();
    let args = import::Args {
        path: Some(PathBuf::from(path)),
        template: None,
        format: None,
        encoding: None,
        source: None,
        dry_run: false,
        list: false,
        undo: None,
        no_index: false,
    };
    import::run(args, folder.clone()).await?;
    let time = started.elapsed();
    let store = folder.open_store().await?;
    let records = store.count().await?;
    store.close().await?;
    Ok(ImportFigures {
        records,
        time,
        peak_memory: peak_memory(),
        size: size(root.path()),
    })
}
