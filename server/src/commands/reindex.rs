//! `khue reindex`: builds the search index anew from the store.

use crate::indexer;
use crate::portal::DataFolder;
use crate::progress;
use anyhow::Result;
use khue_index::Writer;
use std::time::Instant;

/// Build the search index anew from the store, beside the old one, which serves until then.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Nothing is lost by this: the store is the truth. A running portal turns to the new index by itself."
)]
pub struct Args {}

/// Builds, then switches.
pub async fn run(_: Args, folder: DataFolder) -> Result<()> {
    let store = folder.open_existing_store().await?;
    let started = Instant::now();
    let total = store.count().await?;
    let target = folder.index().next()?;
    let mut writer = Writer::open(&target)?;
    let bar = progress::bar(total, "indexing");
    let taken = indexer::catch_up(&store, &mut writer, true, |taken| {
        progress::step(&bar, taken as u64, taken, started);
    })
    .await?;
    if taken == 0 {
        writer.commit(0)?;
    }
    tokio::task::block_in_place(|| writer.close())?;
    bar.finish_and_clear();
    folder.index().switch(&target)?;
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "Indexed {taken} resources in {seconds:.1} s ({:.0} a second)",
        taken as f64 / seconds.max(0.001)
    );
    store.close().await?;
    Ok(())
}
