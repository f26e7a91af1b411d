//! The search index, brought up to date while an import runs.

use crate::index_folder::IndexFolder;
use crate::indexer;
use crate::progress;
use anyhow::{Context, Result};
use khue_store::Store;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The index follows the store while the import runs.
pub(super) struct Indexing {
    done: Arc<AtomicBool>,
    task: Option<tokio::task::JoinHandle<Result<usize>>>,
}

impl Indexing {
    /// Begins, unless it is not wanted or another process writes the index.
    pub fn start(wanted: bool, index: &IndexFolder, store: &Store) -> Self {
        let done = Arc::new(AtomicBool::new(false));
        let (ready, shared, store) = (index.writer(), done.clone(), store.clone());
        let task = match ready {
            Ok(writer) if wanted => Some(tokio::spawn(follow(store, writer, shared))),
            Ok(_) => None,
            Err(error) => {
                eprintln!("The search index is left to the running portal: {error}");
                None
            }
        };
        Self { done, task }
    }

    /// Takes the last changes; how many it has taken in all, where it was at work.
    pub async fn finish(self) -> Result<Option<usize>> {
        self.done.store(true, Ordering::Release);
        let Some(task) = self.task else {
            return Ok(None);
        };
        let spinner = progress::spinner("bringing the search index up to date");
        let taken = task.await??;
        spinner.finish_and_clear();
        Ok(Some(taken))
    }
}

async fn follow(
    store: Store,
    mut writer: khue_index::Writer,
    done: Arc<AtomicBool>,
) -> Result<usize> {
    let mut taken = 0;
    loop {
        let last_round = done.load(Ordering::Acquire);
        taken += indexer::catch_up(&store, &mut writer, last_round, |_| ()).await?;
        if last_round {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    tokio::task::block_in_place(|| writer.close())
        .context("the index was written but not closed")?;
    Ok(taken)
}
