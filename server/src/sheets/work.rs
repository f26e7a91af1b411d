//! What is done with sheets in the background, one thing at a time: checking, taking in, taking back. Whatever is
//! interrupted goes on at the next start.

use super::checking::{check, input, reader};
use super::folder::SheetFolder;
use crate::import::store_batch;
use crate::portal::Portal;
use anyhow::Result;
use khue_app::Language;
use khue_store::actions::sheets::{fail_sheet, note_check};
use khue_store::actions::{finish_import, undo_import_part};
use khue_store::{Error, ImportRun, Job, queue};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::block_in_place;
use tokio_util::sync::CancellationToken;

/// Longest wait between two looks; what comes in this process is seen sooner.
const PAUSE: Duration = Duration::from_millis(500);
/// What is done here.
const KINDS: &[&str] = &["check_sheet", "take_sheet", "undo_import"];

/// Runs until it is told to stop.
pub async fn run(portal: Arc<Portal>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = round(&portal, &stop).await {
            tracing::warn!(%error, "work with sheets could not go on; trying again");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            () = stop.cancelled() => {}
        }
    }
}

async fn round(portal: &Portal, stop: &CancellationToken) -> Result<()> {
    while !stop.is_cancelled() {
        let Some(claimed) = queue::claim(&portal.store, KINDS).await? else {
            break;
        };
        match work(portal, &claimed.job, stop).await {
            Ok(true) => queue::finish(&portal.store, claimed.id).await?,
            // The next start puts it back.
            Ok(false) => break,
            Err(error) => {
                tracing::warn!(error = format!("{error:#}"), job = ?claimed.job, "work with a sheet failed");
                let told = format!("{error:#}");
                if queue::fail(&portal.store, claimed.id, &told).await? == queue::State::Failed {
                    give_up(portal, &claimed.job).await?;
                }
            }
        }
    }
    Ok(())
}

/// Says on the sheet's page that its work will not be tried again by itself.
async fn give_up(portal: &Portal, job: &Job) -> Result<()> {
    let why = "portal";
    let noted = match job {
        Job::CheckSheet { run, .. } => {
            note_check(&portal.store, *run, 0, Some(Err(why.to_owned()))).await
        }
        Job::TakeSheet { run } => fail_sheet(&portal.store, *run, why).await,
        _ => Ok(()),
    };
    match noted {
        // Somebody has thrown it away.
        Err(Error::NotFound(_)) => Ok(()),
        noted => Ok(noted?),
    }
}

/// Does it; whether it came to its end.
async fn work(portal: &Portal, job: &Job, stop: &CancellationToken) -> Result<bool> {
    match job {
        Job::CheckSheet { run, language } => {
            let Some(found) = portal.store.import_run(*run).await? else {
                return Ok(true);
            };
            let language = Language::from_code(language).unwrap_or_default();
            let folder = SheetFolder::of(&portal.folder, *run);
            let stopped = || stop.is_cancelled();
            check(&portal.store, &folder, &found, language, &stopped).await
        }
        Job::TakeSheet { run } => match portal.store.import_run(*run).await? {
            Some(found) => take(portal, &found, stop).await,
            None => Ok(true),
        },
        Job::UndoImport { run } => undo(portal, *run, stop).await,
        _ => Ok(true),
    }
}

/// Takes a sheet in, from where it stands.
async fn take(portal: &Portal, run: &ImportRun, stop: &CancellationToken) -> Result<bool> {
    if run.undo.is_some() || run.finished_at.is_some() {
        return Ok(true);
    }
    let folder = SheetFolder::of(&portal.folder, run.id);
    let input = match block_in_place(|| input(&folder, run)) {
        Ok(input) => input,
        // That will be the same however often it is tried.
        Err(why) => {
            tracing::warn!(sheet = run.id, why, "a sheet cannot be read any more");
            fail_sheet(&portal.store, run.id, &why).await?;
            return Ok(true);
        }
    };
    let mut running = reader(run, input);
    while let Some(batch) = running.batches.recv().await {
        if stop.is_cancelled() {
            return Ok(false);
        }
        store_batch(&portal.store, run.id, batch).await?;
    }
    running.ended.await??;
    finish_import(&portal.store, run.id).await?;
    tracing::info!(import = run.id, "a sheet was taken in");
    Ok(true)
}

/// Takes back what is left of an import.
async fn undo(portal: &Portal, run: i64, stop: &CancellationToken) -> Result<bool> {
    while !stop.is_cancelled() {
        match undo_import_part(&portal.store, run).await {
            Ok(part) if part.is_empty() => return Ok(true),
            Ok(_) => {}
            // It came to its end already, or nobody has begun.
            Err(Error::NotAllowed(_) | Error::NotFound(_)) => return Ok(true),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(false)
}
