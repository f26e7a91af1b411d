//! Brings an index up to the store's last change.

use anyhow::Result;
use khue_content::render;
use khue_index::{IndexDocument, Writer};
use khue_store::{Change, Store};

/// Changes read from the store at a time.
const CHUNK: u64 = 5_000;
/// Changes after which everything so far is made durable, so that a crash costs little.
const COMMIT: usize = 200_000;

/// Takes every change after the index's last one, and commits. Returns how many there were.
///
/// With `finish` false the last changes may stay uncommitted until a later call.
/// `seen` is called with the number of changes taken so far.
pub async fn catch_up(
    store: &Store,
    writer: &mut Writer,
    finish: bool,
    mut seen: impl FnMut(usize),
) -> Result<usize> {
    let mut last = writer.last_taken()?;
    let mut taken = 0;
    loop {
        let changes = store.changes_since(last, CHUNK).await?;
        let Some(newest) = changes.last() else { break };
        last = newest.change;
        taken += changes.len();
        tokio::task::block_in_place(|| changes.iter().try_for_each(|change| take(writer, change)))?;
        if writer.pending() >= COMMIT {
            tokio::task::block_in_place(|| writer.commit(last))?;
        }
        seen(taken);
    }
    if finish && writer.pending() > 0 {
        tokio::task::block_in_place(|| writer.commit(last))?;
    }
    Ok(taken)
}

fn take(writer: &mut Writer, change: &Change) -> Result<()> {
    let Some(record) = &change.record else {
        writer.delete(&change.id, change.change);
        return Ok(());
    };
    let text = record
        .body
        .as_ref()
        .map(render::plain_text)
        .unwrap_or_default();
    writer.put(&IndexDocument {
        record,
        text: &text,
        guidance: &change.guidance,
        change: change.change,
    })?;
    Ok(())
}
