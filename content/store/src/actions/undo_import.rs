//! Takes an import back as a whole, part by part: each part is one transaction, and whoever is interrupted goes on behind
//! the last one.

mod deciding;

pub use deciding::{Fate, UndoRow};
pub(crate) use deciding::{Pending, decide, pending};

use super::audit::{Entry, OPERATOR, append};
use super::change::{Changes, commit};
use super::import_run::find;
use super::withdraw::{IMPORT_UNDONE, WITHDRAWN};
use super::write::{self, Changed, Written};
use crate::clock::now;
use crate::error::{Error, Result};
use crate::prepared::{Prepared, prepare};
use crate::reads::{ImportRun, parse};
use crate::rows::{query_in, write_rows};
use crate::store::Store;
use crate::tables::import_run::{ActiveModel, Model};
use khue_content::account::{Action, Actor};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, IntoActiveModel, QueryResult, Value,
};
use std::collections::{BTreeMap, HashMap};

/// Whether an import can be taken back, or why not.
pub(crate) fn check_undo(run: &ImportRun) -> Result<()> {
    let id = run.id;
    let told = |text: String| Err(Error::NotAllowed(text));
    match run.undo.as_ref().map(|undo| undo.ended_at) {
        Some(Some(_)) => told(format!(
            "import {id} was taken back already; import its file again to bring it back"
        )),
        Some(None) => Ok(()),
        None if !run.tracked => told(format!(
            "import {id} cannot be taken back: it was made by a version of the portal that did not remember what each import \
             changed; withdraw what is wrong, or import a corrected file"
        )),
        None if !run.has_begun() => told(format!("nothing of import {id} was taken in yet")),
        None => Ok(()),
    }
}

/// Begins to take an import back, or goes on with it. `by` is nobody for the operator, who may everything. An import that
/// has not ended is not gone on with afterwards.
///
/// # Errors
/// There is no such import for the one who acts, it was taken back already, or it is from before imports remembered what
/// they changed.
pub async fn begin_undo_import(store: &Store, by: Option<&Actor>, run: i64) -> Result<ImportRun> {
    let tx = store.begin().await?;
    Changes::lock(&tx).await?;
    let row = find(&tx, run).await?;
    let may = |actor: &Actor| actor.may(Action::ImportSheets, row.account, &row.source);
    if !by.is_none_or(may) {
        return Err(Error::NotFound(format!("the import run {run}")));
    }
    check_undo(&row.clone().into())?;
    if row.undo_started_at.is_some() {
        return Ok(row.into());
    }
    let account = by.map_or(OPERATOR, |actor| actor.account);
    let mut row = row.into_active_model();
    row.undo_started_at = Set(Some(now()));
    row.undo_account = Set(Some(account));
    let row = row.update(&tx).await?;
    tell(&tx, &row, "import.undo-begun", &row.source).await?;
    tx.commit().await?;
    Ok(row.into())
}

/// Takes the next part of an import back and tells what became of each record; nothing is left once it is empty.
///
/// # Errors
/// There is no such import, or nobody has begun to take it back.
pub async fn undo_import_part(store: &Store, run: i64) -> Result<Vec<UndoRow>> {
    let tx = store.begin().await?;
    let mut changes = Changes::lock(&tx).await?;
    let row = find(&tx, run).await?;
    if row.undo_started_at.is_none() || row.undone_at.is_some() {
        return Err(Error::NotAllowed(format!(
            "import {run} is not being taken back"
        )));
    }
    let part = decide(&tx, run, pending(&tx, run, row.undo_key).await?).await?;
    act(&tx, &mut changes, run, &part).await?;
    remember(&tx, row, &part).await?;
    changes.save(&tx).await?;
    commit(store, tx).await?;
    Ok(part.into_iter().map(|(_, told)| told).collect())
}

/// Does what was decided.
async fn act(
    tx: &DatabaseTransaction,
    changes: &mut Changes,
    run: i64,
    part: &[(Pending, UndoRow)],
) -> Result<()> {
    let of = |fate: Fate| {
        let chosen = part.iter().filter(move |(_, told)| told.fate == fate);
        chosen.map(|(one, _)| one).collect::<Vec<_>>()
    };
    remove(tx, changes, &of(Fate::Removed)).await?;
    restore(tx, changes, run, &of(Fate::Restored)).await
}

/// Withdraws what the import had brought in.
async fn remove(tx: &DatabaseTransaction, changes: &mut Changes, rows: &[&Pending]) -> Result<()> {
    let mut sources: BTreeMap<&str, i64> = BTreeMap::new();
    let mut values: Vec<Value> = Vec::with_capacity(rows.len() * 3);
    for row in rows {
        *sources.entry(&row.source).or_default() += 1;
        values.extend([row.key.into(), changes.next().into(), changes.at.into()]);
    }
    let head = format!(
        "UPDATE resource SET status = '{WITHDRAWN}', withdrawn_reason = '{IMPORT_UNDONE}', \
         change = v.column2, changed_at = v.column3 FROM ("
    );
    write_rows(
        tx,
        &head,
        ") AS v WHERE resource.key = v.column1",
        3,
        values,
    )
    .await?;
    for (source, number) in sources {
        write::add_to_source(tx, source, -number).await?;
    }
    Ok(())
}

/// Writes the versions from before the import once more; what the import had made of them stays among the versions.
async fn restore(
    tx: &DatabaseTransaction,
    changes: &mut Changes,
    run: i64,
    rows: &[&Pending],
) -> Result<()> {
    let keys: Vec<Value> = rows.iter().map(|row| row.key.into()).collect();
    let query = "SELECT v.key, v.record FROM import_change c \
        JOIN resource_version v ON v.key = c.key AND v.version = c.before \
        WHERE c.run = $1 AND c.key IN ";
    let found = query_in(tx, (query, ""), &[run.into()], &keys).await?;
    let mut former = read(found).await?;
    let changed = rows.iter().filter_map(|row| {
        Some(Changed {
            key: row.key,
            version: row.now_version,
            change: row.now_change,
            record: former.remove(&row.key)?,
        })
    });
    let written = write::replace(tx, changes, changed.collect()).await?;
    hand_back(tx, rows, &written).await
}

/// Reads and hashes off the async threads.
async fn read(rows: Vec<QueryResult>) -> Result<HashMap<i64, Prepared>> {
    let one = |row: &QueryResult| -> Result<Option<(i64, Prepared)>> {
        let (key, json): (i64, String) = (row.try_get("", "key")?, row.try_get("", "record")?);
        let record = parse(&format!("with the key {key}"), &json)?;
        Ok(prepare(0, record)?.map(|record| (key, record)))
    };
    let work = move || rows.iter().filter_map(|row| one(row).transpose()).collect();
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::Internal(error.to_string()))?
}

/// What an earlier import wrote is its own again, so that it can be taken back too.
async fn hand_back(tx: &DatabaseTransaction, rows: &[&Pending], written: &[Written]) -> Result<()> {
    let by_key: HashMap<i64, &Written> = written.iter().map(|one| (one.key, one)).collect();
    let mut values: Vec<Value> = Vec::new();
    for row in rows {
        if let Some(one) = by_key.get(&row.key) {
            values.extend([row.key.into(), row.before_change.into()]);
            values.extend([one.version.into(), one.change.into()]);
        }
    }
    let head = "UPDATE import_change SET version = v.column3, change = v.column4 FROM (";
    let tail = ") AS v WHERE import_change.key = v.column1 AND import_change.change = v.column2";
    write_rows(tx, head, tail, 4, values).await
}

/// Notes what became of each, and how far it has come.
async fn remember(tx: &DatabaseTransaction, row: Model, part: &[(Pending, UndoRow)]) -> Result<()> {
    let mut values: Vec<Value> = Vec::with_capacity(part.len() * 4);
    for (one, told) in part {
        values.extend([row.id.into(), one.key.into(), told.fate.name().into()]);
        values.push(told.detail.as_str().into());
    }
    let head = "UPDATE import_change SET fate = v.column3, detail = v.column4 FROM (";
    let tail = ") AS v WHERE import_change.run = v.column1 AND import_change.key = v.column2";
    write_rows(tx, head, tail, 4, values).await?;
    let count = |fate: Fate| part.iter().filter(|(_, told)| told.fate == fate).count() as i64;
    let (removed, restored) = (count(Fate::Removed), count(Fate::Restored));
    let mut next: ActiveModel = row.clone().into_active_model();
    next.removed = Set(row.removed + removed);
    next.restored = Set(row.restored + restored);
    next.kept = Set(row.kept + part.len() as i64 - removed - restored);
    match part.last() {
        Some((last, _)) => next.undo_key = Set(last.key),
        None => next.undone_at = Set(Some(now())),
    }
    let row = next.update(tx).await?;
    if row.undone_at.is_none() {
        return Ok(());
    }
    let (removed, restored, kept) = (row.removed, row.restored, row.kept);
    let detail = format!("{removed} removed, {restored} restored, {kept} left as they are");
    tell(tx, &row, "import.undone", &detail).await
}

async fn tell(tx: &DatabaseTransaction, row: &Model, action: &str, detail: &str) -> Result<()> {
    let entry = Entry {
        actor: row.undo_account.unwrap_or(OPERATOR),
        action,
        object: &format!("import:{}", row.id),
        detail,
    };
    append(tx, &entry).await
}
