//! Sheets that people take in at the desk: checked first, taken in when somebody says so, by jobs in the background.

use super::audit::{Entry, append};
use super::change::Changes;
use super::import_run::{find, new_run};
use super::submissions::SOURCE;
use super::{ImportStart, OPERATOR};
use crate::clock::now;
use crate::error::{Error, Result};
use crate::job::Job;
use crate::queue;
use crate::reads::{ImportRun, SheetStage};
use crate::store::Store;
use crate::tables::import_run::{Column, Entity, Model};
use khue_content::account::{Action, Actor, is_institution};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter,
};

/// Sheets of one person that are not taken in yet.
const WAITING: u64 = 20;

/// Whether somebody may take records of this source in: the source stands for the institution that they belong to.
pub fn may_import_into(actor: &Actor, source: &str) -> bool {
    is_institution(source) && source != SOURCE && actor.may(Action::ImportSheets, OPERATOR, source)
}

/// Begins a sheet that has just come; gives its number. It is checked once [`check_sheet`] says that its file is there.
///
/// # Errors
/// The one who acts may not take records of this source in, or has too many sheets waiting.
pub async fn begin_sheet(store: &Store, actor: &Actor, source: &str, name: &str) -> Result<i64> {
    if !may_import_into(actor, source) {
        return Err(Error::Forbidden);
    }
    let tx = store.begin().await?;
    let not_taken = [
        SheetStage::Checking,
        SheetStage::Checked,
        SheetStage::Unreadable,
    ];
    let waiting = Entity::find()
        .filter(Column::Account.eq(actor.account))
        .filter(Column::Stage.is_in(not_taken.map(SheetStage::name)))
        .count(&tx)
        .await?;
    if waiting >= WAITING {
        return Err(Error::TooMany(format!(
            "{WAITING} sheets wait for you already"
        )));
    }
    let start = ImportStart {
        source: source.to_owned(),
        path: name.replace('\0', ""),
        format: "csv".to_owned(),
        fingerprint: String::new(),
    };
    let mut row = new_run(&start);
    row.account = Set(actor.account);
    row.stage = Set(Some(SheetStage::Checking.name().to_owned()));
    let row = row.insert(&tx).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// The file of a sheet is there: it is checked in the background. Findings are told in this language, by its code.
///
/// # Errors
/// The store does not answer.
pub async fn check_sheet(store: &Store, run: i64, language: &str) -> Result<()> {
    let language = language.to_owned();
    queue::enqueue_now(store, &Job::CheckSheet { run, language }).await
}

/// Notes how many rows a dry run has read, and how it ended, where it has: well, or with a reason for pages.
///
/// # Errors
/// There is no such sheet.
pub async fn note_check(
    store: &Store,
    run: i64,
    rows: u64,
    ended: Option<std::result::Result<(), String>>,
) -> Result<()> {
    let tx = store.begin().await?;
    let row = find(&tx, run).await?;
    if row.stage.as_deref() != Some(SheetStage::Checking.name()) {
        return Ok(());
    }
    let mut row = row.into_active_model();
    row.total = Set(i64::try_from(rows).unwrap_or(i64::MAX));
    if let Some(ended) = ended {
        let stage = match ended {
            Ok(()) => SheetStage::Checked,
            Err(_) => SheetStage::Unreadable,
        };
        row.stage = Set(Some(stage.name().to_owned()));
        row.error = Set(ended.err());
    }
    row.update(&tx).await?;
    Ok(tx.commit().await?)
}

/// Notes that taking a sheet in has stopped for good, with a reason for pages. What was taken in stays, and the place
/// from which it goes on when somebody tries again.
///
/// # Errors
/// There is no such sheet.
pub async fn fail_sheet(store: &Store, run: i64, why: &str) -> Result<()> {
    let tx = store.begin().await?;
    let row = find(&tx, run).await?;
    if row.stage.as_deref() != Some(SheetStage::Taking.name()) {
        return Ok(());
    }
    let mut row = row.into_active_model();
    row.stage = Set(Some(SheetStage::Failed.name().to_owned()));
    row.error = Set(Some(why.to_owned()));
    row.update(&tx).await?;
    Ok(tx.commit().await?)
}

/// Lets a checked sheet be taken in, in the background, or one for which that has failed go on.
///
/// # Errors
/// There is no such sheet for the one who acts, or it is neither.
pub async fn take_sheet(store: &Store, actor: &Actor, run: i64) -> Result<()> {
    let tx = store.begin().await?;
    Changes::lock(&tx).await?;
    let row = allowed(&tx, actor, run).await?;
    if !may_import_into(actor, &row.source) {
        return Err(Error::Forbidden);
    }
    let waits = [SheetStage::Checked, SheetStage::Failed].map(SheetStage::name);
    let undone = row.undo_started_at.is_some();
    if undone
        || !row
            .stage
            .as_deref()
            .is_some_and(|stage| waits.contains(&stage))
    {
        return Err(Error::NotAllowed(format!(
            "the sheet {run} is not one that was checked and waits"
        )));
    }
    let entry = Entry {
        actor: actor.account,
        action: "import.sheet",
        object: &format!("import:{run}"),
        detail: &format!("{}: {}", row.source, row.path),
    };
    append(&tx, &entry).await?;
    let mut row = row.into_active_model();
    row.stage = Set(Some(SheetStage::Taking.name().to_owned()));
    row.error = Set(None);
    row.touched_at = Set(now());
    row.update(&tx).await?;
    queue::enqueue(&tx, &Job::TakeSheet { run }).await?;
    tx.commit().await?;
    store.wake_workers();
    Ok(())
}

/// Forgets a sheet that was not taken in.
///
/// # Errors
/// There is no such sheet for the one who acts, or it was taken in.
pub async fn forget_sheet(store: &Store, actor: &Actor, run: i64) -> Result<()> {
    let tx = store.begin().await?;
    let row = allowed(&tx, actor, run).await?;
    if ImportRun::from(row).has_begun() {
        return Err(Error::NotAllowed(format!(
            "the sheet {run} is taken in; undo it instead"
        )));
    }
    Entity::delete_by_id(run).exec(&tx).await?;
    Ok(tx.commit().await?)
}

/// Takes an import back in the background.
///
/// # Errors
/// As [`super::begin_undo_import`].
pub async fn undo_sheet(store: &Store, actor: &Actor, run: i64) -> Result<()> {
    super::begin_undo_import(store, Some(actor), run).await?;
    queue::enqueue_now(store, &Job::UndoImport { run }).await
}

async fn allowed(tx: &DatabaseTransaction, actor: &Actor, run: i64) -> Result<Model> {
    let row = find(tx, run).await?;
    match actor.may(Action::ImportSheets, row.account, &row.source) {
        true => Ok(row),
        false => Err(Error::NotFound(format!("the import run {run}"))),
    }
}
