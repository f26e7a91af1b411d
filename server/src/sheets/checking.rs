//! The dry run of a sheet: what would become of each row, with what the checks find of it.

use super::LIMITS;
use super::folder::{SheetFolder, write_row};
use crate::import::{self, Batch, Input, Obstacle, Reading, Running};
use anyhow::{Context, Result};
use khue_app::sheets::{RowCounts, RowFate, RowView};
use khue_app::{Language, texts};
use khue_content::check::Finding;
use khue_content::format::Refusal;
use khue_store::actions::OutcomeKind;
use khue_store::actions::sheets::note_check;
use khue_store::{ImportRun, Store};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use tokio::task::block_in_place;

/// The sheet as something to read, or why it is none: the key of a text and a detail.
pub(super) fn input(folder: &SheetFolder, run: &ImportRun) -> Result<Input, String> {
    import::sheet(&folder.content(&run.path), &run.path).map_err(|obstacle| match obstacle {
        Obstacle::Empty => "empty".to_owned(),
        Obstacle::Encoding { line, .. } => format!("encoding {line}"),
        Obstacle::Utf16 => "utf16".to_owned(),
        Obstacle::Foreign(_) => "foreign".to_owned(),
        Obstacle::Binary => "binary".to_owned(),
        Obstacle::Format => "format".to_owned(),
        Obstacle::Unreadable(_) => "broken".to_owned(),
        Obstacle::Locked => "locked".to_owned(),
        Obstacle::Damaged(_) => "damaged".to_owned(),
        Obstacle::Heavy(_) => "heavy".to_owned(),
    })
}

/// Begins to read a sheet.
pub(super) fn reader(run: &ImportRun, input: Input) -> Running {
    Running::start(Reading {
        source: run.source.clone(),
        inputs: vec![input],
        from: run.place.clone(),
        files: None,
        bytes: Arc::new(AtomicU64::new(0)),
    })
}

/// Reads a sheet and writes its report; nothing else is stored. Ends early, and says so, when it is told to stop.
pub(super) async fn check(
    store: &Store,
    folder: &SheetFolder,
    run: &ImportRun,
    language: Language,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Result<bool> {
    let input = match block_in_place(|| input(folder, run)) {
        Ok(input) => input,
        Err(why) => {
            note_check(store, run.id, 0, Some(Err(why))).await?;
            return Ok(true);
        }
    };
    let mut running = reader(run, input);
    let mut report = block_in_place(|| Report::begin(folder, language))?;
    while let Some(batch) = running.batches.recv().await {
        if stopped() {
            return Ok(false);
        }
        report.add(store, batch).await?;
        let rows = report.counts.all();
        if rows > LIMITS.rows {
            let why = format!("rows {}", LIMITS.rows);
            note_check(store, run.id, rows, Some(Err(why))).await?;
            return Ok(true);
        }
        note_check(store, run.id, rows, None).await?;
    }
    let counts = report.counts;
    let ended = match (running.ended.await?, counts.all()) {
        (Err(error), _) => {
            tracing::info!(%error, sheet = run.id, "a sheet cannot be read to its end");
            Err("broken".to_owned())
        }
        (Ok(()), 0) => Err("empty".to_owned()),
        (Ok(()), _) => Ok(()),
    };
    block_in_place(|| report.end(folder))?;
    note_check(store, run.id, counts.all(), Some(ended)).await?;
    Ok(true)
}

/// The report that is being written: for pages, and as a sheet to take along.
struct Report {
    rows: BufWriter<File>,
    sheet: csv::Writer<File>,
    language: Language,
    counts: RowCounts,
}

impl Report {
    fn begin(folder: &SheetFolder, language: Language) -> Result<Self> {
        let rows = folder
            .begin_rows()
            .context("the report cannot be written")?;
        let mut file = File::create(folder.report()).context("the report cannot be written")?;
        // Spreadsheets take a text for UTF-8 where it says so.
        file.write_all("\u{feff}".as_bytes())?;
        let mut sheet = csv::Writer::from_writer(file);
        let heads = ["line", "identifier", "name", "fate", "findings"];
        let heads = heads.map(|key| said(language, &format!("sheet-column-{key}")));
        sheet.write_record(heads)?;
        Ok(Self {
            rows,
            sheet,
            language,
            counts: RowCounts::default(),
        })
    }

    async fn add(&mut self, store: &Store, batch: Batch) -> Result<()> {
        let Batch { records, rows, .. } = batch;
        let mut kinds = store.import_foreseen(records).await?.into_iter();
        block_in_place(|| {
            for row in rows {
                let refusal = row.refusal.as_ref().map(told);
                let kind = match refusal {
                    Some(_) => OutcomeKind::Refused,
                    None => kinds.next().unwrap_or(OutcomeKind::Refused),
                };
                self.write(RowView {
                    line: row.line,
                    identifier: row.identifier,
                    name: row.name,
                    fate: fate(kind),
                    refusal: refusal.or_else(|| nameless(kind)),
                    findings: row.findings,
                })?;
            }
            Ok(())
        })
    }

    fn write(&mut self, row: RowView) -> Result<()> {
        let counts = &mut self.counts;
        let count = match row.fate {
            RowFate::New => &mut counts.new,
            RowFate::Changed => &mut counts.changed,
            RowFate::Unchanged => &mut counts.unchanged,
            RowFate::Refused => &mut counts.refused,
        };
        *count += 1;
        counts.found += u64::from(!row.findings.is_empty());
        write_row(&mut self.rows, &row)?;
        let fate = said(self.language, &format!("sheet-fate-{}", row.fate.name()));
        let line = row.line.to_string();
        let findings = self.findings(&row);
        let cells = [line.as_str(), &row.identifier, &row.name, fate, &findings];
        Ok(self.sheet.write_record(cells.map(harmless))?)
    }

    /// What was found, with the property and the next step.
    fn findings(&self, row: &RowView) -> String {
        let language = self.language;
        let refusal = row.refusal.iter().map(|(key, detail)| {
            let text = said(language, &format!("sheet-refusal-{key}"));
            if detail.is_empty() {
                text.to_owned()
            } else {
                format!("{text} ({detail})")
            }
        });
        let found = row.findings.iter().map(|one: &Finding| {
            let label = said(language, &format!("property-{}", one.property));
            let label = if label.is_empty() {
                &one.property
            } else {
                label
            };
            format!("{label}: {}", texts::finding(language, one))
        });
        refusal.chain(found).collect::<Vec<_>>().join("\n")
    }

    fn end(mut self, folder: &SheetFolder) -> Result<()> {
        self.rows.flush()?;
        self.sheet.flush()?;
        Ok(folder.note_counts(&self.counts)?)
    }
}

fn said(language: Language, key: &str) -> &'static str {
    texts::texts(language).find(key).unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

fn fate(kind: OutcomeKind) -> RowFate {
    match kind {
        OutcomeKind::New => RowFate::New,
        OutcomeKind::Changed => RowFate::Changed,
        OutcomeKind::Unchanged => RowFate::Unchanged,
        OutcomeKind::Refused => RowFate::Refused,
    }
}

/// Why a row is no record: the key of a text, and a detail.
fn told(refusal: &Refusal) -> (String, String) {
    let (key, detail) = match refusal {
        Refusal::Broken { reason, .. } => ("broken", reason.clone()),
        Refusal::NotAnObject { .. } => ("broken", String::new()),
        Refusal::TooLong { limit, .. } => ("long", limit.to_string()),
        Refusal::NoHeader { .. } => ("header", String::new()),
        Refusal::Unreadable { reason, .. } => ("unreadable", reason.clone()),
    };
    (key.to_owned(), detail)
}

/// What the store does not take: its identifier is too long, or has signs that none has.
fn nameless(kind: OutcomeKind) -> Option<(String, String)> {
    (kind == OutcomeKind::Refused).then(|| ("identifier".to_owned(), String::new()))
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(harmless("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(harmless("Lực = khối lượng"), "Lực = khối lượng");
    }
}
