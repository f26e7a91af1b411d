//! Where an import stands, so that an interrupted one continues, and what it found.

use super::change::Changes;
use super::import_batch::{Outcome, OutcomeKind};
use super::write::Written;
use crate::clock::now;
use crate::error::{Error, Result};
use crate::reads::ImportRun;
use crate::rows::write_rows;
use crate::store::Store;
use crate::tables::import_run::{ActiveModel, Column, Entity, Model};
use khue_content::check::Severity;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction,
    EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Statement, Value,
};
use std::collections::{BTreeMap, HashMap};

/// Examples kept of each code of findings that refuse no record.
pub(crate) const EXAMPLES: i64 = 1000;

/// What is imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportStart {
    /// Short name of the source.
    pub source: String,
    /// File or folder, or address.
    pub path: String,
    /// Format as detected.
    pub format: String,
    /// Changes when the input changes (sizes and times, or a hash): an import of
    /// other input starts at the beginning.
    pub fingerprint: String,
}

/// A place in the input: everything before it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// File within the path; empty for the path itself.
    pub file: String,
    /// Byte, or number of records, that comes next.
    pub offset: u64,
    /// Line that comes next.
    pub line: u64,
}

/// Something found while reading the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFinding {
    /// File within the path.
    pub file: String,
    /// Line, where there are lines.
    pub line: Option<u64>,
    /// Property in its schema.org name.
    pub property: String,
    /// Stable code such as `unknown-concept`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong and what to do next.
    pub message: String,
    /// Whether the record was refused because of it: such findings are all kept.
    pub refused: bool,
}

/// What a batch adds to its import, stored in the batch's transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportProgress {
    /// The run's id.
    pub run: i64,
    /// Where reading continues after this batch.
    pub place: Place,
    /// What was found in this batch.
    pub findings: Vec<ImportFinding>,
}

/// Continues the unfinished import of the same source, path and fingerprint, or begins one.
///
/// Waits for a batch whose commit is on its way, as the program that sent it may have
/// ended without an answer: its place counts.
pub async fn begin_or_resume_import(store: &Store, start: &ImportStart) -> Result<ImportRun> {
    let tx = store.begin().await?;
    Changes::lock(&tx).await?;
    let row = match unfinished(&tx, start).await? {
        Some(row) => row,
        None => new_run(start).insert(&tx).await?,
    };
    tx.commit().await?;
    Ok(row.into())
}

/// Marks an import as complete.
pub async fn finish_import(store: &Store, run: i64) -> Result<ImportRun> {
    let tx = store.begin().await?;
    let mut row = find(&tx, run).await?.into_active_model();
    row.finished_at = Set(Some(now()));
    let row = row.update(&tx).await?;
    tx.commit().await?;
    Ok(row.into())
}

async fn unfinished(tx: &DatabaseTransaction, start: &ImportStart) -> Result<Option<Model>> {
    let query = Entity::find()
        .filter(Column::Source.eq(&start.source))
        .filter(Column::Path.eq(&start.path))
        .filter(Column::Fingerprint.eq(&start.fingerprint))
        .filter(Column::FinishedAt.is_null())
        .filter(Column::UndoStartedAt.is_null())
        .filter(Column::Stage.is_null())
        .order_by_desc(Column::Id);
    Ok(query.one(tx).await?)
}

pub(super) fn new_run(start: &ImportStart) -> ActiveModel {
    let at = now();
    ActiveModel {
        source: Set(start.source.clone()),
        path: Set(start.path.clone()),
        format: Set(start.format.clone()),
        fingerprint: Set(start.fingerprint.clone()),
        started_at: Set(at),
        touched_at: Set(at),
        tracked: Set(1),
        ..Default::default()
    }
}

pub(super) async fn find(tx: &DatabaseTransaction, run: i64) -> Result<Model> {
    let row = Entity::find_by_id(run).one(tx).await?;
    row.ok_or_else(|| Error::NotFound(format!("the import run {run}")))
}

/// Adds a batch to its run.
pub(super) async fn save(
    tx: &DatabaseTransaction,
    progress: ImportProgress,
    outcomes: &[Outcome],
    written: &[Written],
) -> Result<()> {
    let row = find(tx, progress.run).await?;
    if row.undo_started_at.is_some() {
        return Err(Error::NotAllowed(format!(
            "import {} is being taken back; import it again once that has ended",
            row.id
        )));
    }
    if row.tracked != 0 {
        remember(tx, row.id, written).await?;
    }
    let count = |kind| outcomes.iter().filter(|one| one.kind == kind).count() as i64;
    let refused = progress.findings.iter().filter(|one| one.refused).count() as i64;
    let (created, changed) = (row.created, row.changed);
    let (unchanged, before) = (row.unchanged, row.refused);
    let mut row = row.into_active_model();
    row.file = Set(Some(progress.place.file));
    row.offset = Set(signed(progress.place.offset));
    row.line = Set(signed(progress.place.line));
    row.created = Set(created + count(OutcomeKind::New));
    row.changed = Set(changed + count(OutcomeKind::Changed));
    row.unchanged = Set(unchanged + count(OutcomeKind::Unchanged));
    row.refused = Set(before + refused + count(OutcomeKind::Refused));
    row.touched_at = Set(now());
    row.update(tx).await?;
    save_findings(tx, progress.run, progress.findings).await
}

/// Remembers what the run wrote. Of two changes of one record in a run what was before the first and what is after the
/// last count.
async fn remember(tx: &DatabaseTransaction, run: i64, written: &[Written]) -> Result<()> {
    let mut merged: BTreeMap<i64, Written> = BTreeMap::new();
    for one in written {
        let known = merged.entry(one.key).or_insert(*one);
        (known.version, known.change) = (one.version, one.change);
    }
    let mut values: Vec<Value> = Vec::with_capacity(merged.len() * 6);
    for one in merged.values() {
        values.extend([run.into(), one.key.into(), one.before.into()]);
        values.extend([one.before_change.into(), one.version.into()]);
        values.push(one.change.into());
    }
    write_rows(tx, REMEMBER, REMEMBER_LAST, 6, values).await
}

const REMEMBER: &str =
    "INSERT INTO import_change (run, key, before, before_change, version, change)";
const REMEMBER_LAST: &str = "ON CONFLICT (run, key) DO UPDATE \
    SET version = excluded.version, change = excluded.change";

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

async fn save_findings(
    tx: &DatabaseTransaction,
    run: i64,
    findings: Vec<ImportFinding>,
) -> Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    let mut counts = counts(tx, run).await?;
    let mut added: BTreeMap<String, (Severity, i64)> = BTreeMap::new();
    let mut values: Vec<Value> = Vec::new();
    for finding in findings {
        let count = counts.entry(finding.code.clone()).or_default();
        *count += 1;
        added
            .entry(finding.code.clone())
            .or_insert((finding.severity, 0))
            .1 += 1;
        if finding.refused || *count <= EXAMPLES {
            push_finding(&mut values, run, finding);
        }
    }
    let head = "INSERT INTO import_finding \
        (run, file, line, property, code, severity, message, refused)";
    write_rows(tx, head, "", 8, values).await?;
    save_counts(tx, run, added).await
}

fn push_finding(values: &mut Vec<Value>, run: i64, finding: ImportFinding) {
    let text = |text: String| Value::from(text.replace('\0', "\u{fffd}"));
    values.extend([
        run.into(),
        text(finding.file),
        finding.line.map(signed).into(),
    ]);
    values.extend([text(finding.property), text(finding.code)]);
    values.extend([
        severity_name(finding.severity).into(),
        text(finding.message),
    ]);
    values.push(i32::from(finding.refused).into());
}

async fn counts(tx: &DatabaseTransaction, run: i64) -> Result<HashMap<String, i64>> {
    let sql = "SELECT code, found FROM import_finding_count WHERE run = $1";
    let backend = tx.get_database_backend();
    let rows = tx
        .query_all_raw(Statement::from_sql_and_values(backend, sql, [run.into()]))
        .await?;
    let read =
        |row: &sea_orm::QueryResult| Ok((row.try_get("", "code")?, row.try_get("", "found")?));
    rows.iter().map(read).collect()
}

async fn save_counts(
    tx: &DatabaseTransaction,
    run: i64,
    added: BTreeMap<String, (Severity, i64)>,
) -> Result<()> {
    let mut values: Vec<Value> = Vec::new();
    for (code, (severity, number)) in added {
        values.extend([run.into(), code.into()]);
        values.extend([severity_name(severity).into(), number.into()]);
    }
    let head = "INSERT INTO import_finding_count (run, code, severity, found)";
    let tail = "ON CONFLICT (run, code) DO UPDATE \
        SET found = import_finding_count.found + excluded.found";
    write_rows(tx, head, tail, 4, values).await
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
