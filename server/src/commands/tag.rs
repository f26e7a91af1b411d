//! `khue tag`: suggestions for the records of a file or a folder, stored nowhere.

use crate::commands::eval::embedder;
use crate::import::{Batch, Reading, Stated, inputs, read, source_name};
use crate::tagging::{Suggester, THRESHOLD};
use anyhow::{Context, Result};
use khue_content::format::Format;
use khue_content::{Evidence, LearningResource, Suggestion, vocabulary};
use khue_inference::models::ModelFolder;
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use tokio::sync::mpsc;

/// Suggest subject, grade, kind, language, keywords, competencies and textbook lessons, with reasons.
///
/// Reads every format that `khue import` reads. Suggests values for what a record lacks, each with how sure it is and
/// with the sentence that speaks for it. Nothing is stored and nothing leaves the machine.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// File or folder: JSON Lines, JSON-LD, CSV, Markdown, OpenStax books
    path: PathBuf,
    /// Format of the files [default: told by their names and contents]
    #[arg(long, value_name = "NAME", value_parser = format)]
    format: Option<Format>,
    /// Suggest for every property, as if the record said nothing: to compare with what it says
    #[arg(long)]
    all: bool,
    /// At most so many records
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Language of labels: vi, en or fr
    #[arg(long, value_name = "CODE", default_value = "vi", value_parser = ["vi", "en", "fr"])]
    labels: String,
    /// Do without the model: words alone
    #[arg(long)]
    words_only: bool,
    /// Print one JSON object a line: the record's identifier, name and its suggestions
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  khue tag lesson.md                    what the lesson's head does not say yet
  khue tag content/library --all        all suggestions, beside what the records say
  khue tag catalogue.csv --json         one line for each record, for programs

Without a model (`khue models pull` fetches one) words alone decide, and less is found.";

fn format(name: &str) -> Result<Format, String> {
    let names = || Format::names().collect::<Vec<_>>().join(", ");
    Format::parse(name).ok_or_else(|| format!("expected one of {}", names()))
}

/// Prints suggestions.
pub fn run(args: &Args, models: &ModelFolder) -> Result<()> {
    let reading = Reading {
        source: source_name(&args.path),
        inputs: inputs(
            &args.path,
            Stated {
                format: args.format,
                ..Stated::default()
            },
        )?
        .0,
        from: None,
        files: None,
        bytes: Arc::new(AtomicU64::new(0)),
    };
    let embedder = if args.words_only {
        None
    } else {
        embedder(models)?
    };
    let mut suggester = Suggester::new(embedder)?;
    let (to, mut from) = mpsc::channel(1);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let to = to;
            read(&reading, &to)
        });
        let printed = print_all(&mut suggester, &mut from, args);
        drop(from);
        reader
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        printed
    })
}

fn print_all(
    suggester: &mut Suggester,
    from: &mut mpsc::Receiver<Batch>,
    args: &Args,
) -> Result<()> {
    let mut left = args.limit.unwrap_or(usize::MAX);
    while let Some(batch) = from.blocking_recv() {
        let refused = batch
            .rows
            .iter()
            .filter_map(|row| Some((row, row.refusal.as_ref()?)));
        refused.for_each(|(row, refusal)| eprintln!("{}: {refusal}", row.file));
        for record in &batch.records {
            if left == 0 {
                return Ok(());
            }
            left -= 1;
            one(suggester, record, args)?;
        }
    }
    Ok(())
}

fn one(suggester: &mut Suggester, record: &LearningResource, args: &Args) -> Result<()> {
    let asked = if args.all {
        bare(record)
    } else {
        record.clone()
    };
    let suggestions = suggester.suggest(&asked)?;
    let mut out = std::io::stdout().lock();
    let written = match args.json {
        true => line(&mut out, record, &suggestions),
        false => table(&mut out, record, &suggestions, &args.labels),
    };
    written.context("cannot write the suggestions")
}

/// The record without what can be suggested.
fn bare(record: &LearningResource) -> LearningResource {
    LearningResource {
        about: Vec::new(),
        educational_level: Vec::new(),
        learning_resource_type: Vec::new(),
        in_language: Vec::new(),
        keywords: Vec::new(),
        teaches: Vec::new(),
        educational_alignment: Vec::new(),
        ..record.clone()
    }
}

fn line(
    out: &mut impl Write,
    record: &LearningResource,
    all: &[Suggestion],
) -> std::io::Result<()> {
    let line = json!({
        "identifier": record.provenance.identifier,
        "name": record.name,
        "suggestions": all,
    });
    writeln!(out, "{line}")
}

fn table(
    out: &mut impl Write,
    record: &LearningResource,
    all: &[Suggestion],
    language: &str,
) -> std::io::Result<()> {
    writeln!(out, "{}", record.name)?;
    if all.is_empty() {
        writeln!(
            out,
            "  nothing that is at least {:.0} % sure",
            THRESHOLD * 100.0
        )?;
    }
    for one in all {
        let value = vocabulary::label(&one.value, language);
        writeln!(
            out,
            "  {:<20} {:<36} {:>3.0} %",
            one.property,
            value,
            one.confidence * 100.0
        )?;
        for evidence in one.evidence.iter().take(1) {
            writeln!(out, "  {:<20}   {}", "", told(evidence))?;
        }
    }
    writeln!(out)
}

fn told(evidence: &Evidence) -> String {
    let text = evidence
        .text()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let short: String = text.chars().take(110).collect();
    let cut = if short.len() < text.len() { "…" } else { "" };
    format!("“{short}{cut}”")
}
