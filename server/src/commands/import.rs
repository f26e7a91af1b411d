//! `khue import`: takes material in.

mod indexing;
mod listing;
mod outcome;
mod undoing;

use crate::import::{
    Input, Reading, Report, Running, Stated, inputs, source_name, store_batch, unpacked_archive,
};
use crate::portal::DataFolder;
use crate::progress;
use anyhow::{Context, Result, bail};
use indexing::Indexing;
use khue_content::format::Format;
use khue_store::actions::{self, ImportStart, Place};
use outcome::Outcome;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Take material in: a file, or a folder with everything below it.
///
/// JSON Lines (flat catalogues, AMB, our own export; also .gz), JSON-LD, sheets (CSV, XLSX, ODS,
/// XLS; of a workbook the first visible sheet whose header names columns such as name and license), Markdown with front matter,
/// and folders of OpenStax books. Any other file becomes a record of its
/// own: PDF, Word, PowerPoint, Excel, OpenDocument, EPUB, HTML, pictures, H5P, SCORM and more; its text is
/// searchable, the file is offered for download (see `khue extract`). The same input twice
/// changes nothing; an interrupted import goes on where it stopped.
///
/// Each import has a number, which is said at its end; `--list` lists them, and `--undo NUMBER` takes one back as a
/// whole: what it brought in is removed from view and from the search, what it changed is as it was before. What
/// somebody has changed since, and what a learning path or a public collection leads to, is left as it is and named.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  khue import lessons.csv\n  khue import danh-muc.xlsx --source hn-01\n  khue import books/ --source openstax\n  khue import bai-giang/ --source so-gddt\n  khue import catalogue.jsonl.gz --dry-run\n  khue import --template vi > lessons.csv\n  khue import --list\n  khue import --undo 7 --dry-run\n  khue import --undo 7"
)]
pub struct Args {
    /// File, folder, or ZIP archive of files to import
    #[arg(required_unless_present_any = ["template", "list", "undo"])]
    pub path: Option<PathBuf>,
    /// Print an empty sheet with headings, explanations and an example in this language, to fill in
    #[arg(long, value_name = "LANGUAGE", num_args = 0..=1, default_missing_value = "vi", value_parser = ["vi", "en", "fr"])]
    pub template: Option<String>,
    /// Format, where it cannot be told from the file
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(Format::names()))]
    pub format: Option<String>,
    /// Encoding of the texts, such as windows-1258, where they are not UTF-8 or marked as UTF-16
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Short name of the source; with a record's own identifier it names the record for ever
    #[arg(long)]
    pub source: Option<String>,
    /// Read and check everything, store nothing; with --undo, tell what would happen
    #[arg(long)]
    pub dry_run: bool,
    /// List the imports, the newest first: number, when, source, by whom, what came of it
    #[arg(long, conflicts_with_all = ["path", "template", "undo", "dry_run", "source", "format", "encoding"])]
    pub list: bool,
    /// Take the import with this number back as a whole; an undo that was interrupted goes on where it stopped
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["path", "template", "source", "format", "encoding"])]
    pub undo: Option<i64>,
    /// Store only; the search index is brought up to date by the running portal or by `khue reindex`
    #[arg(long)]
    pub no_index: bool,
}

/// Runs the import and prints its report.
pub async fn run(args: Args, folder: DataFolder) -> Result<()> {
    if args.list {
        return listing::list(&folder).await;
    }
    if let Some(run) = args.undo {
        return undoing::undo(&folder, run, args.dry_run, !args.no_index).await;
    }
    let Some(path) = args.path.clone() else {
        let language = args.template.as_deref().unwrap_or_default();
        print!("{}", khue_content::format::csv::template(language));
        return Ok(());
    };
    let format = args.format.as_deref().and_then(Format::parse);
    let encoding = args.encoding.as_deref().map(encoding).transpose()?;
    let unpacked = unpacked_archive(&path)?;
    let folder_or_file = unpacked
        .as_ref()
        .map_or(path.as_path(), tempfile::TempDir::path);
    let (inputs, passed) = inputs(folder_or_file, Stated { format, encoding })?;
    let source = match args.source.clone() {
        Some(name) if name.trim().is_empty() => {
            bail!("--source is empty: give a short name such as `openstax`")
        }
        Some(name) => name.trim().to_owned(),
        None => source_name(&path),
    };
    let job = Importing {
        args: &args,
        path,
        inputs,
        source,
        folder: &folder,
    };
    let outcome = if args.dry_run {
        job.dry_run().await?
    } else {
        job.store().await?
    };
    outcome.print(&job.source, &passed, args.dry_run);
    Ok(())
}

/// The encoding with this name.
fn encoding(name: &str) -> Result<&'static encoding_rs::Encoding> {
    encoding_rs::Encoding::for_label(name.trim().as_bytes()).with_context(|| {
        format!("--encoding {name} is not known: use a name of the web, such as windows-1258, utf-16le or windows-1252")
    })
}

struct Importing<'a> {
    args: &'a Args,
    path: PathBuf,
    inputs: Vec<Input>,
    source: String,
    folder: &'a DataFolder,
}

impl Importing<'_> {
    fn reader(&self, from: Option<Place>, keep: bool) -> Result<Running> {
        let files = keep.then(|| self.folder.open_files()).transpose()?;
        Ok(Running::start(Reading {
            source: self.source.clone(),
            inputs: self.inputs.clone(),
            from,
            files,
            bytes: Arc::new(AtomicU64::new(0)),
        }))
    }

    fn total_bytes(&self) -> u64 {
        self.inputs.iter().map(|input| input.size).sum()
    }

    async fn dry_run(&self) -> Result<Outcome> {
        let started = Instant::now();
        let mut running = self.reader(None, false)?;
        let bar = progress::bytes(self.total_bytes(), "reading");
        let folder = std::env::temp_dir().join(format!("khue-dry-run-{}", std::process::id()));
        let mut report = Report::open(&folder, "dry-run")?;
        let mut outcome = Outcome::default();
        while let Some(batch) = running.batches.recv().await {
            outcome.read += batch.rows.len();
            report.add(&batch.rows)?;
            progress::step(
                &bar,
                running.reading.bytes.load(Ordering::Relaxed),
                outcome.read,
                started,
            );
        }
        running.ended.await??;
        bar.finish_and_clear();
        outcome.finish(&report, started);
        Ok(outcome)
    }

    async fn store(&self) -> Result<Outcome> {
        let started = Instant::now();
        let store = self.folder.open_store().await?;
        let run = actions::begin_or_resume_import(&store, &self.start()).await?;
        let resumed = run.place.is_some();
        let mut running = self.reader(run.place.clone(), true)?;
        let indexing = Indexing::start(!self.args.no_index, &self.folder.index(), &store);
        let bar = progress::bytes(self.total_bytes(), "importing");
        let mut report = Report::open(&self.folder.reports(), &run.id.to_string())?;
        let mut outcome = Outcome {
            run: Some(run.id),
            resumed,
            ..Outcome::default()
        };
        while let Some(batch) = running.batches.recv().await {
            report.add(&batch.rows)?;
            outcome.read += batch.rows.len();
            outcome.count(&store_batch(&store, run.id, batch).await?);
            progress::step(
                &bar,
                running.reading.bytes.load(Ordering::Relaxed),
                outcome.read,
                started,
            );
        }
        running.ended.await??;
        bar.finish_and_clear();
        actions::finish_import(&store, run.id).await?;
        outcome.finish(&report, started);
        outcome.indexed = indexing
            .finish()
            .await?
            .map(|taken| (taken, started.elapsed()));
        store.close().await?;
        Ok(outcome)
    }

    /// Whatever tells that this is the same input as that of an interrupted import.
    fn start(&self) -> ImportStart {
        let kinds: Vec<&str> = self.inputs.iter().map(|input| input.kind.name()).collect();
        let facts: Vec<String> = self
            .inputs
            .iter()
            .map(|i| format!("{} {}", i.name, i.size))
            .collect();
        ImportStart {
            source: self.source.clone(),
            path: std::fs::canonicalize(&self.path)
                .unwrap_or_else(|_| self.path.clone())
                .display()
                .to_string(),
            format: kinds.first().copied().unwrap_or_default().to_owned(),
            fingerprint: facts.join("\n"),
        }
    }
}
