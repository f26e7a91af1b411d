//! `khue bench people`.

use crate::bench::{Crowd, Times, machine, people};
use anyhow::Result;
use std::time::Duration;

/// How many people work, and for how long.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  khue bench people\n  khue bench people --people 50 --seconds 60\n  \
    khue bench people --on postgres://khue:khue@127.0.0.1/bench\n\nThe database that --on names should be empty: people \
    and their drafts stay in it."
)]
pub struct Args {
    /// People at once; one of ten appraises, the others write
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(2..=500))]
    people: u16,
    /// Seconds that they work
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// Milliseconds that each rests between two requests; 0 for none
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(0..=60_000))]
    rest: u64,
    /// An empty database elsewhere, postgres://USER:PASSWORD@HOST/NAME; SQLite where none is named
    #[arg(long = "on", value_name = "ADDRESS")]
    database: Option<String>,
}

/// Measures and prints.
pub async fn run(args: Args) -> Result<()> {
    println!("{}", machine());
    let database = match &args.database {
        Some(_) => "the database named with --on",
        None => "SQLite",
    };
    let figures = people(&Crowd {
        people: args.people.into(),
        length: Duration::from_secs(args.seconds),
        rest: Duration::from_millis(args.rest),
        database: args.database.clone(),
    })
    .await?;
    println!(
        "{} people for {:.0} s on {database}",
        args.people,
        figures.time.as_secs_f64()
    );
    println!("           requests  p50 ms    p95 ms    p99 ms");
    print("reading", &figures.reading);
    print("writing", &figures.writing);
    println!(
        "{} published, the log of decisions is whole",
        figures.published
    );
    Ok(())
}

fn print(name: &str, times: &Times) {
    let time = |share| times.percentile(share);
    println!(
        "{name:<10} {:>8} {:>7.1} {:>9.1} {:>9.1}",
        times.count(),
        time(0.50),
        time(0.95),
        time(0.99)
    );
}
