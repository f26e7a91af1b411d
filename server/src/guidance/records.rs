//! All records under a path, read as an import reads them.

use crate::import::{Batch, Reading, Stated, inputs, read, source_name};
use anyhow::{Result, anyhow};
use khue_content::LearningResource;
use khue_content::format::Format;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use tokio::sync::mpsc;

/// A record, or why there is none, with the place it stood at.
#[derive(Debug)]
pub struct Sourced {
    /// File and line.
    pub place: String,
    /// The record; the reason where the format refused it.
    pub record: Result<LearningResource, String>,
}

/// Reads every record under a path. A record without an id gets its identifier as one.
///
/// # Errors
/// The path cannot be read, or nothing under it has a known format.
pub fn records(path: &Path, format: Option<Format>) -> Result<Vec<Sourced>> {
    let stated = Stated {
        format,
        ..Stated::default()
    };
    let (inputs, _) = inputs(path, stated)?;
    let reading = Reading {
        source: source_name(path),
        inputs,
        from: None,
        files: None,
        bytes: Arc::new(AtomicU64::new(0)),
    };
    let (to, mut batches) = mpsc::channel::<Batch>(1);
    // Threads of their own: both ends of the channel block.
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let to = to;
            read(&reading, &to)
        });
        let collector = scope.spawn(move || {
            let mut all = Vec::new();
            while let Some(batch) = batches.blocking_recv() {
                all.extend(sourced(batch));
            }
            all
        });
        let stopped = |_| {
            anyhow!(
                "reading {} stopped unexpectedly; run it again",
                path.display()
            )
        };
        reader.join().map_err(stopped)??;
        collector.join().map_err(stopped)
    })
}

fn sourced(batch: Batch) -> Vec<Sourced> {
    let mut records = batch.records.into_iter();
    let mut all = Vec::with_capacity(batch.rows.len());
    for row in batch.rows {
        let place = match row.line {
            0 => row.file,
            line => format!("{}, line {line}", row.file),
        };
        let record = match row.refusal {
            Some(reason) => Err(reason.to_string()),
            None => records
                .next()
                .map(with_id)
                .ok_or_else(|| "no record was read".to_owned()),
        };
        all.push(Sourced { place, record });
    }
    all
}

fn with_id(mut record: LearningResource) -> LearningResource {
    if record.id.is_empty() {
        record.id.clone_from(&record.provenance.identifier);
    }
    record
}
