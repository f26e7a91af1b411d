//! `khue import --list`: what was imported, and what became of it.

use crate::clock::iso;
use crate::portal::DataFolder;
use anyhow::Result;
use khue_store::{ImportRun, SheetStage, Store};

/// Imports that are listed.
const LISTED: u64 = 200;

/// Prints one line for each import, the newest first.
pub(super) async fn list(folder: &DataFolder) -> Result<()> {
    let store = folder.open_existing_store().await?;
    let runs = store.import_runs(LISTED).await?;
    if runs.is_empty() {
        println!("Nothing was imported yet: `khue import PATH` takes material in");
    }
    for run in &runs {
        println!("{}", line(run, &who(&store, run.account).await?));
    }
    if runs.len() as u64 == LISTED {
        println!("Older ones are not listed");
    }
    store.close().await?;
    Ok(())
}

/// An import in one line.
pub(super) fn line(run: &ImportRun, by: &str) -> String {
    let ImportRun {
        id,
        source,
        created,
        changed,
        unchanged,
        refused,
        ..
    } = run;
    format!(
        "{id:>5}  {}  {source}  by {by}  new {created}, changed {changed}, unchanged {unchanged}, refused {refused}  {}  {}",
        iso(run.started_at),
        state(run),
        run.path
    )
}

/// Who began an import.
pub(super) async fn who(store: &Store, account: i64) -> Result<String> {
    if account == khue_store::actions::OPERATOR {
        return Ok("the operator".to_owned());
    }
    let known = store.account(account).await?;
    Ok(known.map_or_else(|| format!("account {account}"), |known| known.email))
}

fn state(run: &ImportRun) -> String {
    match (&run.undo, run.stage, run.finished_at) {
        (Some(undo), ..) if undo.ended_at.is_some() => format!(
            "[undone {}: {} removed, {} restored, {} left]",
            iso(undo.ended_at.unwrap_or_default()),
            undo.removed,
            undo.restored,
            undo.kept
        ),
        (Some(_), ..) => "[undo was interrupted: run it again]".to_owned(),
        (None, Some(SheetStage::Checking), _) => "[sheet, being checked]".to_owned(),
        (None, Some(SheetStage::Checked), _) => "[sheet, checked, not taken in]".to_owned(),
        (None, Some(SheetStage::Unreadable), _) => "[sheet, not readable]".to_owned(),
        (None, Some(SheetStage::Failed), _) => "[sheet, taking it in has failed]".to_owned(),
        (None, _, None) => "[not ended]".to_owned(),
        (None, _, Some(_)) if !run.tracked => "[cannot be undone: too old]".to_owned(),
        (None, _, Some(_)) => String::new(),
    }
}
