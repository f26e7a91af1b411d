//! `khue eval tagging`: judges suggestions on labelled texts.

use crate::eval::tagging::{
    Fields, Measures, Sample, Subjects, Tagging, judge, judge_subjects, parted, samples,
};
use crate::shipped;
use crate::tagging::{Document, Embedder};
use anyhow::{Context, Result, bail};
use khue_inference::models::ModelFolder;
use std::path::{Path, PathBuf};

/// Learns labels from one file, tells them of another, and compares.
///
/// Everything is chosen on the training rows alone: how much words count beside meaning, how strongly examples are
/// smoothed, how sure the confidences may be. The same files give the same figures.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct TaggingArgs {
    /// Rows to learn from: JSON Lines with a text and a label (also .gz), or a folder of Markdown lessons
    #[arg(long, value_name = "PATH", required_unless_present = "zero_shot")]
    train: Option<PathBuf>,
    /// Rows to judge, in either form [default: every fifth group of --train, which is then not learned from]
    #[arg(long, value_name = "PATH")]
    test: Option<PathBuf>,
    /// Field of the label: a word, a number, or a list of them where a text may have several
    #[arg(long, value_name = "NAME", required_unless_present = "zero_shot")]
    label: Option<String>,
    /// Field of the text [default: title and text, under their usual names]
    #[arg(long, value_name = "FIELD")]
    text: Option<String>,
    /// Field that tells which rows belong together and must not judge each other [default: group, parallel_id, article,
    /// document, or the same title]
    #[arg(long, value_name = "FIELD")]
    group: Option<String>,
    /// Only rows to judge in this language (`vi`, `en`, `fr`)
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Only training rows in this language
    #[arg(long, value_name = "CODE")]
    train_lang: Option<String>,
    /// Only training rows with this value; may be repeated
    #[arg(long, value_name = "FIELD=VALUE", value_parser = condition)]
    train_where: Vec<(String, String)>,
    /// Only rows to judge with this value; may be repeated
    #[arg(long, value_name = "FIELD=VALUE", value_parser = condition)]
    test_where: Vec<(String, String)>,
    /// Do without the model: words alone
    #[arg(long)]
    words_only: bool,
    /// Learn nothing: concepts of a vocabulary, known by their names and descriptions
    #[arg(long)]
    zero_shot: bool,
    /// Vocabulary for --zero-shot: about, learningResourceType, educationalLevel, …
    #[arg(long, value_name = "NAME", default_value = "about")]
    vocabulary: String,
    /// With --zero-shot on the lessons that come with the portal: hide what names the subject in titles ("Toán 8: …")
    #[arg(long, requires = "zero_shot")]
    hide_names: bool,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Layout:
  one JSON object a line; title and text under their usual names (title, name, text, body, sentence, …),
  the language in lang, else told by its words. Lines without label or text are passed over.
  Of a folder, each Markdown lesson is a row; the label is a property in its head (about, educationalLevel, …).

Examples:
  khue eval tagging --train train.jsonl --test dev.jsonl --label topic
  khue eval tagging --train all.jsonl --train-where split=train --test all.jsonl --test-where split=dev \\
       --label topic --train-lang en --lang vi
  khue eval tagging --train passages.jsonl --label topic --group title      hold out every fifth article
  khue eval tagging --zero-shot                                             the portal's own lessons, no training
  khue eval tagging --zero-shot --test lessons/                             your own, labelled by `about` in their heads
  khue eval tagging --zero-shot --vocabulary about --test mine.jsonl --label subject --json

What it says:
  accuracy   share with the right label (several labels: with exactly the right ones)
  macroF1    mean F1 of all labels, rare ones counting as much as common ones
  top3       share with a right label among the three most likely
  ece        expected calibration error: how far confidences are from the share of right ones
  confusion  for each true label what was said";

fn condition(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected FIELD=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Runs the judgement.
pub fn run(args: TaggingArgs, models: &ModelFolder) -> Result<()> {
    let mut embedder = match args.words_only {
        true => None,
        false => embedder(models)?,
    };
    if args.zero_shot {
        let documents = documents(&args)?;
        let found = judge_subjects(&args.vocabulary, &documents, embedder.as_mut())?;
        return show(args.json, &found, subjects_table);
    }
    let (train, test) = rows(&args)?;
    let found = judge(&train, &test, embedder.as_mut())?;
    show(args.json, &found, table)
}

/// The encoder, or a word that there is none.
pub fn embedder(models: &ModelFolder) -> Result<Option<Embedder>> {
    let embedder = Embedder::open(models)?;
    if embedder.is_none() {
        eprintln!("No model is there: words alone are used. `khue models pull` fetches one.");
    }
    Ok(embedder)
}

fn show<T: serde::Serialize>(json: bool, found: &T, table: impl Fn(&T)) -> Result<()> {
    match json {
        true => println!("{}", serde_json::to_string_pretty(found)?),
        false => table(found),
    }
    Ok(())
}

fn rows(args: &TaggingArgs) -> Result<(Vec<Sample>, Vec<Sample>)> {
    let train_path = args
        .train
        .as_deref()
        .context("name the rows to learn from with --train")?;
    let mut train = samples(train_path, &fields(args, &args.train_where))?;
    let mut test = match &args.test {
        Some(path) => samples(path, &fields(args, &args.test_where))?,
        None => {
            let (rest, held_out) = parted(train, 5);
            train = rest;
            held_out
        }
    };
    only(
        &mut train,
        args.train_lang.as_deref(),
        "--train-lang",
        train_path,
    )?;
    only(
        &mut test,
        args.lang.as_deref(),
        "--lang",
        args.test.as_deref().unwrap_or(train_path),
    )?;
    Ok((train, test))
}

fn fields(args: &TaggingArgs, only: &[(String, String)]) -> Fields {
    Fields {
        label: args.label.clone().unwrap_or_default(),
        text: args.text.clone(),
        group: args.group.clone(),
        only: only.to_vec(),
    }
}

fn only(rows: &mut Vec<Sample>, wanted: Option<&str>, flag: &str, path: &Path) -> Result<()> {
    let Some(wanted) = wanted else { return Ok(()) };
    rows.retain(|row| row.language == wanted);
    if rows.is_empty() {
        bail!(
            "{} has no row in the language `{wanted}` ({flag})",
            path.display()
        );
    }
    Ok(())
}

/// Texts to judge without training: those of --test, else the shipped lessons.
fn documents(args: &TaggingArgs) -> Result<Vec<(Document, Vec<String>)>> {
    if let Some(path) = &args.test {
        // Lessons have their concepts in the property that the vocabulary is for.
        let own = path.is_dir().then(|| args.vocabulary.clone());
        let label = args
            .label
            .clone()
            .or(own)
            .context("name the field of the label with --label")?;
        let fields = Fields {
            label,
            ..fields(args, &args.test_where)
        };
        let mut rows = samples(path, &fields)?;
        only(&mut rows, args.lang.as_deref(), "--lang", path)?;
        return Ok(rows
            .iter()
            .map(|row| (Document::from(row), row.labels.clone()))
            .collect());
    }
    let mut lessons = Vec::new();
    for mut lesson in shipped::lessons() {
        let truth = match args.vocabulary.as_str() {
            "about" => lesson.about.clone(),
            "learningResourceType" => lesson.learning_resource_type.clone(),
            "educationalLevel" => lesson.educational_level.clone(),
            other => bail!(
                "the shipped lessons have no `{other}`; name labelled texts with --test and --label"
            ),
        };
        if let (true, Some((_, rest))) = (args.hide_names, lesson.name.split_once(": ")) {
            lesson.name = rest.to_owned();
        }
        lessons.push((Document::of(&lesson), truth));
    }
    Ok(lessons)
}

fn table(found: &Tagging) {
    println!(
        "{} rows judged, {} learned from, {} labels · {}",
        found.test,
        found.train,
        found.labels,
        found.model.as_deref().unwrap_or("words only")
    );
    measures(&found.measures);
    println!("  micro-F1   {:.4}", found.measures.micro_f1);
    println!(
        "  foretold   {:.4} accuracy, by held-out folds of the training rows",
        found.held_out.accuracy
    );
    println!("  chosen     {}", found.settings);
    println!("  time       {:.1} s, without reading texts", found.seconds);
    unknown(&found.unknown_labels);
    confusion(&found.measures);
}

fn subjects_table(found: &Subjects) {
    println!(
        "{} texts judged without training, {} concepts · {}",
        found.test,
        found.labels,
        found.model.as_deref().unwrap_or("words only")
    );
    measures(&found.measures);
    unknown(&found.unknown_labels);
    confusion(&found.measures);
}

fn measures(found: &Measures) {
    println!("  accuracy   {:.4}", found.accuracy);
    println!("  macro-F1   {:.4}", found.macro_f1);
    println!("  top-3      {:.4}", found.top3);
    println!("  ECE        {:.4}", found.ece);
}

fn unknown(labels: &[String]) {
    if !labels.is_empty() {
        println!(
            "  never seen in training, counted as missed: {}",
            labels.join(", ")
        );
    }
}

/// For each true label how often it was found, and what was said instead.
fn confusion(found: &Measures) {
    let width = found
        .confusion
        .keys()
        .map(|label| label.chars().count())
        .max()
        .unwrap_or(0);
    println!("Confusion (true label: found / all, then what was said instead):");
    for (truth, said) in &found.confusion {
        let all: usize = said.values().sum();
        let right = said.get(truth).copied().unwrap_or(0);
        let mut others: Vec<_> = said.iter().filter(|(label, _)| *label != truth).collect();
        others.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let others: Vec<String> = others
            .iter()
            .take(5)
            .map(|(label, count)| format!("{label} {count}"))
            .collect();
        println!(
            "  {truth:width$}  {right:>4} / {all:<4}  {}",
            others.join(", ")
        );
    }
}
