//! `khue bench fresh`: from a change to the search.

use crate::bench::fresh;
use anyhow::{Result, bail};
use std::path::PathBuf;

/// Puts documents into a portal of its own, changes records one after the other, and tells how long
/// each takes until a search over HTTP shows it, while clients search without a pause.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  khue bench fresh --corpus catalogue.jsonl.gz --documents 100000"
)]
pub struct Args {
    /// Documents: JSON Lines with id, title, text, lang (also .gz)
    #[arg(long)]
    corpus: PathBuf,
    /// Only so many documents, from the first on
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    documents: usize,
    /// Clients that search meanwhile
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(0..=64))]
    clients: u16,
    /// Records to change
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    changes: u16,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the measurement; Ctrl-C stops it, and the portal that it has started.
pub async fn run(args: Args) -> Result<()> {
    let (clients, changes) = (args.clients.into(), args.changes.into());
    let figures = tokio::select! {
        figures = fresh(&args.corpus, args.documents, clients, changes) => figures?,
        _ = tokio::signal::ctrl_c() => bail!("stopped before the end; the portal is stopped and removed"),
    };
    match args.json {
        true => println!("{}", serde_json::to_string_pretty(&figures)?),
        false => print!("{}", figures.table()),
    }
    Ok(())
}
