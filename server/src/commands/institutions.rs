//! `khue institutions`: the register of institutions.

use crate::portal::DataFolder;
use anyhow::{Context, Result, bail};
use khue_content::institution::{Institution, read};
use khue_store::actions::OPERATOR;
use khue_store::actions::institutions::import_institutions;
use std::path::PathBuf;

/// Keep the register of institutions, which roles and submissions name by code.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

const EXAMPLES: &str = "\
Examples:
  khue institutions import truong.csv --dry-run    reads and checks, stores nothing
  khue institutions import truong.csv
  khue institutions list chu văn an

The sheet is CSV or TSV in UTF-8; its first row names the columns code (mã) and name (tên), and may name province (tỉnh), commune (xã)
and type (loại). Taking it in again changes what has changed and removes nothing. A code such as hn-01.toan is a part of
hn-01: who has a role within hn-01 has it there too. Once there is a register, `khue grant` takes only its codes.";

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Take a sheet in
    Import {
        /// The sheet
        file: PathBuf,
        /// Read and check only
        #[arg(long)]
        dry_run: bool,
    },
    /// Print those whose code, name or place has these words, all without
    List {
        /// Words
        words: Vec<String>,
    },
}

/// Imports or lists.
pub async fn run(args: Args, folder: DataFolder) -> Result<()> {
    match args.what {
        What::Import { file, dry_run } => import(folder, &file, dry_run).await,
        What::List { words } => list(folder, &words.join(" ").to_lowercase()).await,
    }
}

async fn import(folder: DataFolder, file: &std::path::Path, dry: bool) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| {
        format!(
            "cannot read {}; it must be a sheet in UTF-8",
            file.display()
        )
    })?;
    let (all, odd) = read(&text);
    for reason in &odd {
        eprintln!("{}: {reason}", file.display());
    }
    if all.is_empty() {
        bail!("{} has no institution that could be read", file.display());
    }
    let store = folder.open_store().await?;
    let done = import_institutions(&store, OPERATOR, &all, dry).await;
    store.close().await?;
    let (new, changed) = done?;
    println!(
        "{} rows: {new} new, {changed} changed, {} as they were, {} not understood{}",
        all.len() + odd.len(),
        all.len() - new - changed,
        odd.len(),
        if dry { "; nothing was stored" } else { "" }
    );
    Ok(())
}

async fn list(folder: DataFolder, words: &str) -> Result<()> {
    let store = folder.open_existing_store().await?;
    let all = store.institutions().await;
    store.close().await?;
    for one in all?
        .iter()
        .filter(|one| line(one).to_lowercase().contains(words))
    {
        println!("{}", line(one));
    }
    Ok(())
}

fn line(one: &Institution) -> String {
    [&one.code, &one.name, &one.commune, &one.province, &one.kind]
        .map(String::as_str)
        .join("\t")
}
