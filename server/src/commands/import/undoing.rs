//! `khue import --undo`: takes an import back as a whole, or tells what that would do.

use super::indexing::Indexing;
use super::listing::{line, who};
use crate::import::{UndoCounts, undo_import};
use crate::portal::DataFolder;
use crate::progress;
use anyhow::{Context, Result};
use khue_store::actions::{Fate, UndoRow, begin_undo_import};
use khue_store::{ImportRun, Store};
use std::time::Instant;

/// Records of each kind that are named.
const NAMED: usize = 10;

/// Takes an import back.
pub(super) async fn undo(folder: &DataFolder, run: i64, dry: bool, index: bool) -> Result<()> {
    let store = folder.open_existing_store().await?;
    let found = store.import_run(run).await?;
    let found = found
        .with_context(|| format!("there is no import {run}: `khue import --list` lists them"))?;
    println!("{}", line(&found, &who(&store, found.account).await?));
    match dry {
        true => preview(&store, &found).await?,
        false => take_back(folder, &store, &found, index).await?,
    }
    store.close().await?;
    Ok(())
}

/// Tells what would happen.
async fn preview(store: &Store, run: &ImportRun) -> Result<()> {
    let mut told = Told::default();
    let mut after = 0;
    loop {
        let part = store.import_undo_preview(run.id, after).await?;
        let Some(last) = part.last() else { break };
        after = last.key;
        told.add(&part);
    }
    told.print(true);
    println!("  Dry run: nothing was changed");
    Ok(())
}

async fn take_back(folder: &DataFolder, store: &Store, run: &ImportRun, index: bool) -> Result<()> {
    let begun = begin_undo_import(store, None, run.id).await?;
    let before = begun
        .undo
        .as_ref()
        .map_or(0, |undo| undo.removed + undo.restored + undo.kept);
    if before > 0 {
        println!("  Going on where it stopped: {before} records are done");
    }
    let indexing = Indexing::start(index, &folder.index(), store);
    let bar = progress::bar(run.created + run.changed, "taking back");
    let (mut told, started) = (Told::default(), Instant::now());
    undo_import(store, run.id, |part| {
        told.add(part);
        let done = told.counts.all();
        progress::step(&bar, before + done, done as usize, started);
    })
    .await?;
    bar.finish_and_clear();
    told.print(false);
    if let Some(taken) = indexing.finish().await? {
        let changes = if taken == 1 { "change" } else { "changes" };
        let seconds = started.elapsed().as_secs_f64();
        println!("  Search index: {taken} {changes} taken, ready {seconds:.1} s after the start");
    }
    println!(
        "  Import {} is undone; importing its file again brings it back",
        run.id
    );
    Ok(())
}

/// What became of the records, and the first names.
#[derive(Default)]
struct Told {
    counts: UndoCounts,
    named: Vec<UndoRow>,
}

impl Told {
    fn add(&mut self, part: &[UndoRow]) {
        for row in part {
            if self.counts.add(row.fate) <= NAMED as u64 {
                self.named.push(row.clone());
            }
        }
    }

    fn print(&self, dry: bool) {
        let would = if dry { "would be " } else { "" };
        for fate in Fate::ALL {
            let count = self.counts.of(fate);
            if count == 0 {
                continue;
            }
            println!("  {count:>7}  {would}{}", meaning(fate));
            for row in self.named.iter().filter(|row| row.fate == fate) {
                println!("             {} ({}){}", row.name, row.id, why(row));
            }
            if count > NAMED as u64 {
                println!("             and {} more", count - NAMED as u64);
            }
        }
        if self.counts.all() == 0 {
            println!("  There is nothing to take back: the import changed nothing");
        }
    }
}

fn meaning(fate: Fate) -> &'static str {
    match fate {
        Fate::Removed => "removed: the import had brought them in",
        Fate::Restored => "restored: as they were before the import",
        Fate::Changed => "left as they are: changed since",
        Fate::Withdrawn => "left as they are: withdrawn since",
        Fate::Decided => "left as they are: somebody has decided on them since",
        Fate::InUse => "left as they are: something leads to them",
    }
}

fn why(row: &UndoRow) -> String {
    match row.fate {
        Fate::Changed if !row.detail.is_empty() => {
            format!(": by import {}; undo that first", row.detail)
        }
        Fate::InUse => format!(": {}", row.detail),
        _ => String::new(),
    }
}
