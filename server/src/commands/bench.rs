//! `khue bench`: measures the portal.

mod fresh;
mod meaning;
mod memory;
mod models;
mod people;
mod search;

use crate::bench::{ImportFigures, PageFigures, Wanted, import, machine, pages};
use anyhow::Result;
use std::path::PathBuf;
use std::time::Duration;

/// Measure imports, pages, models and the search on this machine.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  khue bench import catalogue.jsonl.gz\n  khue bench search --corpus catalogue.jsonl.gz --documents 100000\n  khue serve &\n  khue bench pages --connections 1,8,32 --seconds 10\n  khue bench suggest\n  khue bench people --people 50"
)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Import into an empty portal that is removed again: records a second, memory, size
    Import {
        /// File or folder to import
        path: PathBuf,
    },
    /// The same queries over the same documents, on this portal and on its peers
    Search(search::Args),
    /// How long a change takes until a search shows it, while others search
    Fresh(fresh::Args),
    /// Ask a running portal for search pages with facets: times and pages a second
    Pages(Running),
    /// Ask a running portal for suggestions, as somebody types: times and answers a second
    Suggest(Running),
    /// Many people at work at once: times of reading and of writing
    People(people::Args),
    /// Time the encoder, and the engine that comes with its weights beside it
    Models(models::Args),
    /// Time searches by words and meaning on a large library
    Meaning(meaning::Args),
    /// The portal's memory over an hour of mixed use
    Memory(memory::Args),
}

/// A portal that runs, and how hard to ask it.
#[derive(Debug, clap::Args)]
struct Running {
    /// Address and port of the portal
    #[arg(long, default_value = "127.0.0.1:3000")]
    host: String,
    /// Numbers of connections, one after the other
    #[arg(long, value_delimiter = ',', default_value = "1,8,32")]
    connections: Vec<usize>,
    /// Seconds for each number of connections
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
}

/// Runs one measurement and prints its figures with the machine they were taken on.
pub async fn run(args: Args) -> Result<()> {
    match args.what {
        What::Import { path } => {
            println!("{}", machine());
            print_import(&import(&path).await?);
        }
        What::Fresh(args) => fresh::run(args).await?,
        What::Search(args) => search::run(args).await?,
        What::Pages(running) => ask(&running, Wanted::SearchPages).await?,
        What::Suggest(running) => ask(&running, Wanted::Suggestions).await?,
        What::Meaning(args) => tokio::task::block_in_place(|| meaning::run(&args))?,
        What::People(args) => people::run(args).await?,
        What::Memory(args) => memory::run(args).await?,
        What::Models(args) => tokio::task::block_in_place(|| models::run(&args))?,
    }
    Ok(())
}

async fn ask(running: &Running, wanted: Wanted) -> Result<()> {
    println!("{}", machine());
    println!("connections  answers/s    p50 ms    p95 ms    p99 ms  KiB an answer");
    let length = Duration::from_secs(running.seconds);
    for number in &running.connections {
        let connections = (*number).clamp(1, 256);
        print_pages(&pages(&running.host, wanted, connections, length).await?);
    }
    Ok(())
}

fn print_import(figures: &ImportFigures) {
    let seconds = figures.time.as_secs_f64();
    println!(
        "{} records, stored and findable in {seconds:.1} s: {:.0} a second",
        figures.records,
        figures.records as f64 / seconds
    );
    let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    println!("database and index {:.0} MiB", mib(figures.size));
    if let Some(peak) = figures.peak_memory {
        println!("peak memory of the process {:.0} MiB", mib(peak));
    }
}

fn print_pages(figures: &PageFigures) {
    let time = |share| figures.times.percentile(share);
    let size = figures.bytes as f64 / 1024.0 / figures.times.count().max(1) as f64;
    println!(
        "{:>11} {:>10.0} {:>9.2} {:>9.2} {:>9.2} {size:>14.1}",
        figures.connections,
        figures.rate,
        time(0.50),
        time(0.95),
        time(0.99)
    );
}
