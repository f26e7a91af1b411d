//! `khue extract`: what is in files, before anything is imported.

use crate::extracting::extractor;
use crate::progress;
use anyhow::{Result, bail};
use indicatif::ProgressBar;
use khue_extract::{Document, Extractor, Limits};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Say what is in files: kind, text, pages, language, licence hints.
///
/// Each file is read in a process of its own with limits on memory and time, so that no file
/// can do harm. Nothing is stored.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Outcomes:\n  extracted    everything was read\n  partly       something was read; notes say what was not\n  refused      not read on purpose: two kinds at once, unsafe names, programs\n  limit        a limit was reached before anything was read\n  unreadable   damaged, locked by a password, or of a kind that is not read here\n\nExamples:\n  khue extract bai-giang.docx\n  khue extract folder/\n  khue extract sach.pdf --text > sach.txt\n  khue extract folder/ --json > found.jsonl"
)]
pub struct Args {
    /// Files, or folders with everything below them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Print one JSON object for each file
    #[arg(long, conflicts_with = "text")]
    json: bool,
    /// Print the text that was found
    #[arg(long)]
    text: bool,
    /// Most processor seconds for one file
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().cpu_seconds)]
    seconds: u64,
    /// Most memory for one file, in MiB
    #[arg(long, value_name = "MIB", default_value_t = Limits::default().memory >> 20, value_parser = clap::value_parser!(u64).range(64..))]
    memory: u64,
}

/// A file that was read.
struct Row {
    name: String,
    document: Document,
    millis: u128,
}

/// Reads the files and prints what is in them.
pub fn run(args: &Args) -> Result<()> {
    let limits = Limits {
        cpu_seconds: args.seconds,
        wall_seconds: args.seconds.saturating_mul(2).max(10),
        memory: args.memory << 20,
        ..Limits::default()
    };
    let extractor = extractor(limits)?;
    let files = files(&args.paths)?;
    let bar = match files.len() {
        0 | 1 => ProgressBar::hidden(),
        count => progress::bar(count as u64, "reading"),
    };
    let started = Instant::now();
    let mut rows = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let row = one(&extractor, file)?;
        let rate = (number + 1) as f64 / started.elapsed().as_secs_f64().max(0.001);
        bar.set_message(format!("{} files, {rate:.1}/s", number + 1));
        bar.inc(1);
        match (args.json, args.text) {
            (true, _) => bar.suspend(|| println!("{}", as_json(&row))),
            (_, true) => bar.suspend(|| println!("{}", row.document.text())),
            _ => rows.push(row),
        }
    }
    bar.finish_and_clear();
    match rows.as_slice() {
        [] => {}
        [row] => details(row),
        rows => table(rows, started),
    }
    Ok(())
}

fn one(extractor: &Extractor, file: &Path) -> Result<Row> {
    let started = Instant::now();
    let document = extractor.read(file)?;
    Ok(Row {
        name: file.display().to_string(),
        document,
        millis: started.elapsed().as_millis(),
    })
}

/// All files below the paths, in order; links are not followed.
pub(super) fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            below(path, &mut found);
        } else if path.exists() {
            found.push(path.clone());
        } else {
            bail!("{} is not there; check the path", path.display());
        }
    }
    Ok(found)
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths.into_iter().filter(|path| !path.is_symlink()) {
        if path.is_dir() {
            below(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn as_json(row: &Row) -> serde_json::Value {
    let mut value = json!({ "file": row.name, "millis": row.millis as u64 });
    if let (Some(all), Ok(serde_json::Value::Object(document))) =
        (value.as_object_mut(), serde_json::to_value(&row.document))
    {
        all.extend(document);
    }
    value
}

fn details(row: &Row) {
    let Row {
        name,
        document,
        millis,
    } = row;
    println!("{name}");
    println!(
        "  kind       {} ({})",
        document.kind,
        document.kind.media_type()
    );
    let reason = document.outcome.reason();
    let reason = reason
        .map(|reason| format!(": {reason}"))
        .unwrap_or_default();
    println!(
        "  outcome    {}{reason}  ({millis} ms)",
        document.outcome.word()
    );
    let metadata = &document.metadata;
    let line = |label: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            println!("  {label:<10} {value}");
        }
    };
    line("title", metadata.title.clone());
    line("authors", Some(metadata.authors.join(", ")));
    line("stated", metadata.language.clone());
    let told = khue_content::language::detect(&document.text());
    line("language", told.map(str::to_owned));
    line("pages", document.pages.map(|pages| pages.to_string()));
    line(
        "pixels",
        metadata
            .pixels
            .map(|(width, height)| format!("{width} × {height}")),
    );
    line("keywords", Some(metadata.keywords.join(", ")));
    line("about", metadata.description.clone());
    for hint in &document.licenses {
        println!("  licence?   {}   …{}…", hint.statement, hint.context);
    }
    for notice in &document.notices {
        println!("  note       {notice}");
    }
    let words = words(document);
    println!(
        "  text       {} sections, {words} words",
        document.sections.len()
    );
    for section in document
        .sections
        .iter()
        .filter(|section| !section.heading.is_empty())
        .take(20)
    {
        let page = section
            .page
            .map(|page| format!("page {page}"))
            .unwrap_or_default();
        let indent = "  ".repeat(usize::from(section.level.max(1)) - 1);
        println!("    {indent}{}  {page}", section.heading);
    }
}

fn words(document: &Document) -> usize {
    let parts = document
        .sections
        .iter()
        .flat_map(|section| [&section.heading, &section.text]);
    parts.map(|part| part.split_whitespace().count()).sum()
}

fn table(rows: &[Row], started: Instant) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<String, [usize; 5]> = BTreeMap::new();
    const WORDS: [&str; 5] = ["extracted", "partly", "refused", "limit", "unreadable"];
    println!(
        "{:<11} {:>8} {:>7}  {:<30} file",
        "outcome", "words", "ms", "kind"
    );
    for row in rows {
        let word = row.document.outcome.word();
        *counts.entry(word).or_default() += 1;
        let place = WORDS.iter().position(|own| *own == word).unwrap_or(4);
        kinds.entry(row.document.kind.to_string()).or_default()[place] += 1;
        println!(
            "{word:<11} {:>8} {:>7}  {:<30} {}",
            words(&row.document),
            row.millis,
            row.document.kind.words(),
            row.name
        );
        let reasons = row.document.outcome.reason().into_iter();
        let notes = row.document.notices.iter().take(3).map(ToString::to_string);
        for told in reasons.chain(notes) {
            println!("{:<27}  {told}", "");
        }
    }
    println!(
        "\n{:<40} {}",
        "kind",
        WORDS.map(|word| format!("{word:>11}")).join(" ")
    );
    for (kind, counted) in &kinds {
        println!(
            "{kind:<40} {}",
            counted.map(|count| format!("{count:>11}")).join(" ")
        );
    }
    let all = WORDS.map(|word| format!("{:>11}", counts.get(word).copied().unwrap_or(0)));
    println!("{:<40} {}", "all", all.join(" "));
    let slowest = rows.iter().max_by_key(|row| row.millis);
    println!(
        "{} files in {:.1} s; the slowest took {} ms",
        rows.len(),
        started.elapsed().as_secs_f64(),
        slowest.map_or(0, |row| row.millis)
    );
}
