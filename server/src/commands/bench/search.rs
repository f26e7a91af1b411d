//! `khue bench search`: the portal and its peers side by side.

use crate::bench::search::{Comparison, Engines, search};
use crate::eval::{judgements, queries};
use anyhow::{Result, bail};
use std::path::PathBuf;
use std::time::Duration;

/// Asks the same queries over the same documents of this portal, Typesense, SQLite's FTS5 and
/// PostgreSQL, one after the other, and tells times, queries a second, processor time, size, build
/// time and memory of each. What is not installed is named, with how to get it. Everything runs
/// on the loopback address in temporary folders, and is stopped and removed afterwards.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Layout:\n  corpus   JSON Lines with id, title, text, lang (also .gz)\n  queries  JSON Lines with _id, text\n  qrels    query, document, grade between tabs\n\nExamples:\n  khue bench search --corpus catalogue.jsonl.gz --documents 100000\n  khue bench search --corpus help.jsonl --queries queries.jsonl --qrels qrels.tsv\n  khue bench search --corpus catalogue.jsonl.gz --engines khue,sqlite --json\n\nEvery query is asked once in a run, so no figure is that of a kept answer. Use a release build, on a machine that does nothing else."
)]
pub struct Args {
    /// Documents: JSON Lines with id, title, text, lang
    #[arg(long)]
    corpus: PathBuf,
    /// Only so many documents, from the first on
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    documents: usize,
    /// Queries: JSON Lines with _id and text [default: made of titles]
    #[arg(long)]
    queries: Option<PathBuf>,
    /// Judgements of the queries, to tell how well each engine finds
    #[arg(long, requires = "queries")]
    qrels: Option<PathBuf>,
    /// Numbers of clients at once, one after the other
    #[arg(long, value_delimiter = ',', default_value = "1,8", value_parser = clap::value_parser!(u16).range(1..=64))]
    clients: Vec<u16>,
    /// Most seconds for each number of clients
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// Engines to compare [default: all]
    #[arg(long, value_enum, value_delimiter = ',')]
    engines: Vec<Engines>,
    /// The program typesense-server, where it is not on the PATH
    #[arg(long, value_name = "FILE")]
    typesense: Option<PathBuf>,
    /// Print JSON instead of tables
    #[arg(long)]
    json: bool,
}

/// Runs the comparison; Ctrl-C stops it, and everything that it has started.
pub async fn run(args: Args) -> Result<()> {
    let comparison = Comparison {
        corpus: args.corpus,
        documents: args.documents,
        queries: args.queries.as_deref().map(queries).transpose()?,
        judgements: args.qrels.as_deref().map(judgements).transpose()?,
        clients: args.clients.into_iter().map(usize::from).collect(),
        length: Duration::from_secs(args.seconds),
        engines: match args.engines.is_empty() {
            true => Engines::ALL.to_vec(),
            false => args.engines,
        },
        typesense: args.typesense,
    };
    let report = tokio::select! {
        report = search(&comparison) => report?,
        _ = tokio::signal::ctrl_c() => bail!("stopped before the end; what was started is stopped and removed"),
    };
    match args.json {
        true => println!("{}", serde_json::to_string_pretty(&report)?),
        false => print!("{}", report.table()),
    }
    Ok(())
}
