//! Batches on their way from a reader into the store.

use super::reader::{Batch, Reading, Row, read};
use anyhow::Result;
use khue_content::LearningResource;
use khue_content::check::Severity;
use khue_store::actions::{self, FileFacts, ImportFinding, ImportProgress, Outcome, OutcomeKind};
use khue_store::{Saved, Store};
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Batches that wait between reader and store.
const WAITING: usize = 1;

/// A reader at work.
pub struct Running {
    /// What it reads.
    pub reading: Arc<Reading>,
    /// What it has read.
    pub batches: mpsc::Receiver<Batch>,
    /// Whether it could read everything, once the batches are at their end.
    pub ended: JoinHandle<Result<()>>,
}

impl Running {
    /// Begins to read, in a thread of its own.
    pub fn start(reading: Reading) -> Self {
        let reading = Arc::new(reading);
        let (to, batches) = mpsc::channel(WAITING);
        let shared = reading.clone();
        let ended = tokio::task::spawn_blocking(move || read(&shared, &to));
        Self {
            reading,
            batches,
            ended,
        }
    }
}

/// Stores a batch as a part of an import.
pub async fn store_batch(store: &Store, run: i64, batch: Batch) -> Result<Vec<OutcomeKind>> {
    remember_files(store, &batch.records).await?;
    let progress = ImportProgress {
        run,
        place: batch.place,
        findings: batch.rows.iter().flat_map(import_findings).collect(),
    };
    let stored = actions::import_batch(store, batch.records, Some(progress)).await?;
    Ok(stored
        .into_iter()
        .map(|Outcome { kind, .. }| kind)
        .collect())
}

/// Files are kept while a text is read; what they are called and hold is remembered before the
/// records that name them.
async fn remember_files(store: &Store, records: &[LearningResource]) -> Result<()> {
    for file in records.iter().flat_map(|record| &record.encoding) {
        let (Some(sha256), Some(size)) = (file.sha256.clone(), file.content_size) else {
            continue;
        };
        let facts = FileFacts {
            media_type: file.encoding_format.clone().unwrap_or_default(),
            name: file.name.clone(),
        };
        actions::remember_file(store, &Saved { sha256, size }, facts).await?;
    }
    Ok(())
}

fn import_findings(row: &Row) -> Vec<ImportFinding> {
    let place = |property: &str, code: &str, severity, message: String, refused| ImportFinding {
        file: row.file.clone(),
        line: Some(row.line).filter(|line| *line > 0),
        property: property.to_owned(),
        code: code.to_owned(),
        severity,
        message,
        refused,
    };
    match &row.refusal {
        Some(reason) => vec![place(
            "",
            "refused",
            Severity::Error,
            reason.to_string(),
            true,
        )],
        None => row
            .findings
            .iter()
            .map(|f| place(&f.property, &f.code, f.severity, f.message.clone(), false))
            .collect(),
    }
}
