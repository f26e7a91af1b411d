//! The worker inside the server: keeps the index in step with the store.

use crate::indexer;
use crate::portal::Portal;
use anyhow::Result;
use khue_index::{Index, Writer};
use khue_store::queue;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Longest wait between two looks at the store; changes of this process wake it sooner.
const PAUSE: Duration = Duration::from_millis(500);

/// Runs until it is told to stop.
pub async fn run(portal: Arc<Portal>, stop: CancellationToken) {
    if let Err(error) = queue::recover(&portal.store).await {
        tracing::warn!(%error, "jobs of a former run could not be put back");
    }
    let mut keeper = Keeper {
        folder: portal.folder.index().usable(),
        writer: None,
    };
    while !stop.is_cancelled() {
        if let Err(error) = keeper.round(&portal).await {
            tracing::warn!(%error, "the index could not be brought up to date; trying again");
            keeper.writer = None;
            tokio::time::sleep(PAUSE * 4).await;
        }
        tokio::select! {
            () = queue::wait(&portal.store, PAUSE) => {}
            () = stop.cancelled() => {}
        }
    }
    if let Some(writer) = keeper.writer {
        let closed = tokio::task::block_in_place(|| writer.close());
        if let Err(error) = closed {
            tracing::warn!(%error, "the index was not closed in order; it is whole all the same");
        }
    }
}

struct Keeper {
    folder: Option<PathBuf>,
    /// `None` while another process writes.
    writer: Option<Writer>,
}

impl Keeper {
    async fn round(&mut self, portal: &Portal) -> Result<()> {
        self.follow_switch(portal)?;
        if portal.store.last_change().await? > portal.index().last_change()? {
            self.write(portal).await?;
        }
        let index = portal.index();
        tokio::task::block_in_place(|| index.reload_if_changed())?;
        while let Some(claimed) = queue::claim(&portal.store, &["index_changes"]).await? {
            self.write(portal).await?;
            queue::finish(&portal.store, claimed.id).await?;
        }
        Ok(())
    }

    /// Another process may have built the index anew.
    fn follow_switch(&mut self, portal: &Portal) -> Result<()> {
        let now = portal.folder.index().usable();
        if now == self.folder {
            return Ok(());
        }
        if let Some(folder) = &now {
            let index = Index::open(folder)?;
            tokio::task::block_in_place(|| portal.switch_index(index))?;
            tracing::info!("answering from the index that was built anew");
        }
        (self.folder, self.writer) = (now, None);
        Ok(())
    }

    async fn write(&mut self, portal: &Portal) -> Result<()> {
        if self.writer.is_none() {
            // While an import or a rebuild holds the index, it does this work itself.
            self.writer = portal.folder.index().writer().ok();
        }
        let Some(writer) = &mut self.writer else {
            return Ok(());
        };
        let taken = indexer::catch_up(&portal.store, writer, true, |_| ()).await?;
        if taken > 0 {
            tracing::info!(changes = taken, "index brought up to date");
        }
        let index = portal.index();
        tokio::task::block_in_place(|| index.reload_if_changed())?;
        Ok(())
    }
}
