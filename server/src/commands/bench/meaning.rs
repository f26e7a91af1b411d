//! `khue bench meaning`: how long a search by words and meaning takes on a large library.

use crate::bench::{MeaningFigures, Percentiles, meaning};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// Times searches by words and meaning on a library whose vectors are made up: the encoder that reads the queries is the
/// real one.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = EXAMPLES)]
pub struct Args {
    /// Documents: JSON Lines with id, title, text, lang (also .gz)
    #[arg(long, value_name = "FILE")]
    corpus: PathBuf,
    /// Only the first so many of them
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    documents: usize,
    /// Queries, made of titles: whole, in part, without marks
    #[arg(long, default_value_t = 500)]
    queries: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  khue bench meaning --corpus catalogue.jsonl.gz --documents 100000
  TMPDIR=/var/tmp khue bench meaning --corpus catalogue.jsonl.gz --json

Everything is asked on one thread, each query once; times are of the processor. A million documents take some minutes to build
and 1 GiB in TMPDIR.";

/// Runs the measurement and prints where the time goes.
pub fn run(args: &Args) -> Result<()> {
    let folder = tempfile::tempdir()
        .context("cannot make a folder for the measurement; check the space in TMPDIR")?;
    let figures = meaning(&args.corpus, args.documents, args.queries, folder.path())?;
    match args.json {
        true => println!("{}", serde_json::to_string_pretty(&figures)?),
        false => print_table(&figures),
    }
    Ok(())
}

fn print_table(figures: &MeaningFigures) {
    let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    println!("{}", figures.machine);
    println!(
        "{} documents with a made-up vector each, {:.0} MiB mapped; {} queries, one thread; encoder {:.0} MiB\n",
        figures.documents,
        mib(figures.vector_bytes),
        figures.queries,
        mib(figures.encoder_bytes)
    );
    println!(
        "{:<28} {:>9} {:>9} {:>9}",
        "ms of processor time", "p50", "p95", "p99"
    );
    let row = |name: &str, times: &Percentiles| {
        println!(
            "{name:<28} {:>9.2} {:>9.2} {:>9.2}",
            times.p50, times.p95, times.p99
        );
    };
    row("words alone", &figures.words);
    row("reading the query", &figures.encoder);
    row("nearest hundred vectors", &figures.nearest);
    row("words and meaning", &figures.both);
    row("all that a visitor waits for", &figures.whole);
    let renewals = &figures.renewals;
    println!("\nms of processor time until something new is served");
    println!(
        "  all vectors {:.1}, those of 64 resources {:.1}; a committed document {:.1} (without vectors {:.1})",
        renewals.all_vectors, renewals.few_vectors, renewals.commit, renewals.commit_alone
    );
}
