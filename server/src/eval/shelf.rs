//! A corpus of the portal's own: a folder of Markdown files with front matter, as in `content/library`.

use anyhow::{Context, Result, bail};
use khue_content::LearningResource;
use khue_content::format::markdown::from_markdown;
use std::path::{Path, PathBuf};

/// Folders in folders that are looked into.
const DEPTH: usize = 8;

/// The records of all Markdown files below a folder, in the order of their paths. The stem of a
/// file is the identifier that judgements use.
///
/// # Errors
/// A file that is no record, named with what is wrong.
pub fn records(folder: &Path) -> Result<Vec<LearningResource>> {
    let mut files = Vec::new();
    collect(folder, DEPTH, &mut files)?;
    files.sort();
    let records: Result<Vec<LearningResource>> = files.iter().map(|file| record(file)).collect();
    let records = records?;
    if records.is_empty() {
        bail!(
            "{} holds no Markdown file: expected lessons with a head between --- lines",
            folder.display()
        );
    }
    Ok(records)
}

fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<()> {
    let told = || format!("cannot read the folder {}", folder.display());
    for entry in std::fs::read_dir(folder).with_context(told)? {
        let path = entry.with_context(told)?.path();
        let readme = path.file_name().is_some_and(|name| name == "README.md");
        match path.is_dir() {
            true if depth > 0 => collect(&path, depth - 1, files)?,
            false if path.extension().is_some_and(|e| e == "md") && !readme => files.push(path),
            _ => {}
        }
    }
    Ok(())
}

fn record(file: &Path) -> Result<LearningResource> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {shown}"))?;
    let stem = file.file_stem().and_then(|stem| stem.to_str());
    let stem = stem.with_context(|| format!("{shown}: the file's name is not UTF-8"))?;
    let mut record = match from_markdown(stem, &text).record {
        Ok(record) => record,
        Err(refusal) => bail!("{shown}: {refusal}"),
    };
    stem.clone_into(&mut record.id);
    stem.clone_into(&mut record.provenance.identifier);
    "corpus".clone_into(&mut record.provenance.source);
    Ok(record)
}
