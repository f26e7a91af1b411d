//! `khue bench memory`: whether a portal that is used for hours keeps to its memory.

use crate::bench::{Season, memory};
use anyhow::{Result, bail};
use std::path::PathBuf;
use std::time::Duration;

/// Puts documents into a portal of its own, with the models that are there, and lets clients type, search, narrow and
/// read while records change; tells the portal's memory over time and by how much it grew at the end.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  khue bench memory --corpus catalogue.jsonl.gz --documents 20000 --minutes 60"
)]
pub struct Args {
    /// Documents: JSON Lines with id, title, text, lang (also .gz)
    #[arg(long)]
    corpus: PathBuf,
    /// Only so many documents, from the first on
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    documents: usize,
    /// For how long; parts of a minute are allowed
    #[arg(long, default_value_t = 60.0)]
    minutes: f64,
    /// Clients at once
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    clients: u16,
    /// Milliseconds that each rests between two requests
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(0..=60_000))]
    rest: u64,
    /// Seconds between two changes of a record
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=3600))]
    change_every: u64,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the measurement; Ctrl-C stops it, and the portal that it has started.
pub async fn run(args: Args) -> Result<()> {
    if !(0.01..=10_000.0).contains(&args.minutes) {
        bail!("--minutes {}: between 0.01 and 10000", args.minutes);
    }
    let season = Season {
        length: Duration::from_secs_f64(args.minutes * 60.0),
        clients: args.clients.into(),
        rest: Duration::from_millis(args.rest),
        change_every: Duration::from_secs(args.change_every),
    };
    let figures = tokio::select! {
        figures = memory(&args.corpus, args.documents, &season) => figures?,
        _ = tokio::signal::ctrl_c() => bail!("stopped before the end; the portal is stopped and removed"),
    };
    match args.json {
        true => println!("{}", serde_json::to_string_pretty(&figures)?),
        false => print!("{}", figures.table()),
    }
    Ok(())
}
