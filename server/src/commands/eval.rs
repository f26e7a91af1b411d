//! `khue eval`: judges the search and the suggestions on test collections.

mod extraction;
mod tagging;

pub use tagging::embedder;

use crate::eval::{
    GuidanceJudged, Judged, Relevance, Variant, Wanted, judge, judge_guidance, judge_writing,
    judgements, queries,
};
use crate::guidance::{Scores, Writing, records};
use anyhow::{Context, Result};
use khue_inference::models::ModelFolder;
use std::path::PathBuf;

/// Judge the portal on your own material.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// How well the search finds what people judged relevant
    Relevance(RelevanceArgs),
    /// Whether guidance drafted for your records passes the ten tests
    Guidance(GuidanceArgs),
    /// How much of a known text is found in files
    Extract(extraction::ExtractArgs),
    /// How well labels are told of texts
    Tagging(tagging::TaggingArgs),
}

/// Indexes the corpus in a folder of its own, asks every query and compares with the judgements.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "By words and by meaning, if an encoder is there: its vectors are kept in the cache folder, so that the next run on the same texts is quick.\n\nLayout:\n  corpus   JSON Lines with id, title, text, lang (also .gz),\n           or a folder of Markdown lessons with their heads, as content/library\n  queries  JSON Lines with _id, text, and lang and kind if you like\n  qrels    query, document, grade between tabs\n\nExample:\n  khue eval relevance --corpus corpus.jsonl --queries queries.jsonl --qrels qrels.tsv --variant unmarked --json"
)]
struct RelevanceArgs {
    /// Documents: JSON Lines with id, title, text, lang; or a folder of Markdown lessons
    #[arg(long)]
    corpus: PathBuf,
    /// Queries: JSON Lines with _id and text
    #[arg(long)]
    queries: PathBuf,
    /// Judgements: query, document, grade between tabs
    #[arg(long)]
    qrels: PathBuf,
    /// Only queries in this language (`vi`, `en`, `fr`), where queries state one
    #[arg(long)]
    lang: Option<String>,
    /// How queries are typed
    #[arg(long, value_enum, default_value_t)]
    variant: Variant,
    /// Search by words alone; else by meaning too, where an encoder is there (`khue models`)
    #[arg(long)]
    words_only: bool,
    /// Most passages of a document that are read for their meaning [default: 16 down to 1, the fewer the more documents; none over 20,000 documents]
    #[arg(long, value_name = "NUMBER", conflicts_with = "words_only", value_parser = clap::value_parser!(u16).range(1..=1000))]
    passages: Option<u16>,
    /// Write what each query found into a file (six columns, as trec_eval reads them)
    #[arg(long, value_name = "FILE")]
    run: Option<PathBuf>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// Drafts guidance for every record and runs ten tests on every draft.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Records may be in any form that `khue import` reads: JSON Lines, CSV, Markdown, a folder.\nRecords with too little text are refused with the reason; a refusal is no failure.\n\nWith a model the same drafts are made without it too, and it fills gaps in sentences of the records whose answers are known.\n\nExamples:\n  khue eval guidance --resources records.jsonl --json\n  khue eval guidance --resources content/library --model gemma-3-270m"
)]
struct GuidanceArgs {
    /// File or folder of records
    #[arg(long)]
    resources: PathBuf,
    /// Language of the drafts [default: that of each resource]
    #[arg(long, value_parser = ["vi", "en", "fr"])]
    lang: Option<String>,
    /// Number that decides among equally good patterns
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Language model that fills gaps of sentences with spans of the record: a name of `khue models list`, a GGUF file, or
    /// `writer` for the one in use; its score is kept, and decides whether drafts may use it
    #[arg(long, value_name = "MODEL")]
    model: Option<String>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// Runs the judgement.
pub fn run(args: Args, models: &ModelFolder) -> Result<()> {
    match args.what {
        What::Relevance(args) => relevance(args),
        What::Guidance(args) => guidance(args, models),
        What::Extract(args) => extraction::run(&args),
        What::Tagging(args) => tagging::run(args, models),
    }
}

fn guidance(args: GuidanceArgs, models: &ModelFolder) -> Result<()> {
    let records = records(&args.resources, None)?;
    let lang = args.lang.as_deref();
    let found = match &args.model {
        None => judge_guidance(&records, lang, args.seed),
        Some(name) => {
            let writing = Writing::named(name, models)?;
            let found = judge_writing(&records, lang, args.seed, &writing);
            if let Some(score) = found.score() {
                Scores::open(models)?.keep(&writing.chosen(), score, models)?;
            }
            found
        }
    };
    if args.json {
        println!("{}", serde_json::to_string_pretty(&found)?);
    } else {
        guidance_table(&found);
        writing_table(&found);
    }
    Ok(())
}

/// What a language model added, and what it may do.
fn writing_table(found: &GuidanceJudged) {
    let (Some(without), Some(score)) = (&found.without_model, found.score()) else {
        return;
    };
    println!(
        "Without the model: drafts {}, passed {}, rubric {:.3}",
        without.drafts, without.passed, without.rubric
    );
    let worded: usize = found.results.iter().map(|made| made.worded).sum();
    println!("With it: it chose spans of {worded} items");
    println!("Gaps with a known answer (one in four is right by chance):");
    let trusted = score.trusted();
    for (language, kinds) in &found.filled {
        for (kind, filled) in kinds {
            let may = trusted.contains(&(language.clone(), *kind));
            println!(
                "  {language} {:<9} {} of {} right, by the rules {}: {}",
                format!("{kind:?}").to_lowercase(),
                filled.right,
                filled.gaps,
                filled.by_rule,
                if may {
                    "it may fill them"
                } else {
                    "left to the rules"
                }
            );
        }
    }
}

fn guidance_table(found: &GuidanceJudged) {
    println!(
        "{} records, drafts {}, passed {}, refused {}",
        found.records, found.drafts, found.passed, found.refused
    );
    println!(
        "  rubric         {:.3}   (seed {}, model {})",
        found.rubric,
        found.seed,
        found.model.as_deref().unwrap_or("none")
    );
    for test in &found.tests {
        println!(
            "  {:>2} {:<12} {} passed, {} failed",
            test.number, test.name, test.passed, test.failed
        );
    }
    for made in found.results.iter().filter(|made| !made.passed) {
        for verdict in &made.failed {
            println!(
                "  failed: {} ({}): {} {}",
                made.id, made.place, verdict.name, verdict.detail
            );
        }
    }
    for refused in &found.refusals {
        println!(
            "  refused: {} ({}): {}",
            refused.id, refused.place, refused.reason
        );
    }
}

fn relevance(args: RelevanceArgs) -> Result<()> {
    let mut asked = queries(&args.queries)?;
    if let Some(wanted) = &args.lang {
        asked.retain(|query| query.lang.is_empty() || &query.lang == wanted);
    }
    let judged = judgements(&args.qrels)?;
    let folder = tempfile::tempdir()
        .context("cannot make a folder for the index; check the space in the temporary folder")?;
    let wanted = Wanted {
        words_only: args.words_only,
        passages: args.passages.map(usize::from),
    };
    let found = judge(
        &args.corpus,
        &asked,
        &judged,
        args.variant,
        wanted,
        folder.path(),
    )?;
    if let Some(reason) = &found.words_only {
        eprintln!("searched by words alone: {reason}");
    }
    if let Some(path) = &args.run {
        found.run.write(path)?;
    }
    if args.json {
        println!("{}", serde_json::to_string_pretty(&found)?);
    } else {
        table(&found);
    }
    Ok(())
}

fn table(found: &Relevance) {
    println!(
        "{} queries ({}) over {} documents",
        found.queries, found.variant, found.documents
    );
    if let Some(meaning) = &found.meaning {
        println!(
            "by words and meaning: {}@{}, {} passages, {} computed now in {:.0} s",
            meaning.model, meaning.revision, meaning.passages, meaning.computed, meaning.seconds
        );
    }
    println!("  nDCG@10        {:.4}", found.ndcg10);
    println!("  recall@10      {:.4}", found.recall10);
    println!("  recall@100     {:.4}", found.recall100);
    println!("  MRR@10         {:.4}", found.mrr10);
    println!("  zero results   {:.2} %", found.zero_results * 100.0);
    println!(
        "  time in ms     p50 {:.2}  p95 {:.2}  p99 {:.2}",
        found.p50_millis, found.p95_millis, found.p99_millis
    );
    for kind in &found.kinds {
        println!(
            "  {:<14} nDCG@10 {:.4}  ({} queries)",
            kind.name, kind.ndcg10, kind.queries
        );
    }
    list("Slowest", &found.slowest);
    list("Worst", &found.worst);
}

fn list(title: &str, queries: &[Judged]) {
    println!("{title}:");
    for query in queries {
        println!(
            "  {:>8.2} ms  nDCG {:.2}  {}  {}",
            query.millis, query.ndcg10, query.id, query.text
        );
    }
}
