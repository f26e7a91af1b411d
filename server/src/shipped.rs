//! The open library that comes with the program.

use anyhow::Result;
use include_dir::{Dir, include_dir};
use khue_content::format::markdown::from_markdown;
use khue_content::{LearningResource, Origin};
use khue_store::{Store, actions, actions::OutcomeKind};

static LIBRARY: Dir = include_dir!("$CARGO_MANIFEST_DIR/../content/library");

/// Source name of the shipped lessons.
pub const SOURCE: &str = "khue";

/// The shipped lessons, in the order of their files.
pub fn lessons() -> Vec<LearningResource> {
    let mut files = Vec::new();
    collect(&LIBRARY, &mut files);
    files.sort_by_key(|(name, _)| *name);
    let read = |(name, text): &(&str, &str)| {
        let mut record = from_markdown(name, text).record.ok()?;
        let stem = name
            .rsplit('/')
            .next()
            .and_then(|n| n.strip_suffix(".md"))
            .unwrap_or(name);
        record.provenance.source = SOURCE.to_owned();
        record.provenance.identifier = stem.to_owned();
        record.provenance.origin = Origin::Shipped;
        Some(record)
    };
    files.iter().filter_map(read).collect()
}

fn collect(folder: &Dir<'static>, files: &mut Vec<(&'static str, &'static str)>) {
    for file in folder.files() {
        let name = file
            .path()
            .to_str()
            .filter(|n| n.ends_with(".md") && !n.ends_with("README.md"));
        files.extend(name.zip(file.contents_utf8()));
    }
    folder.dirs().for_each(|inner| collect(inner, files));
}

/// Stores the shipped lessons; those that are stored as they are cost nothing.
/// Returns how many were new or had changed.
pub async fn store_lessons(store: &Store) -> Result<usize> {
    let outcomes = actions::import_batch(store, lessons(), None).await?;
    Ok(outcomes
        .iter()
        .filter(|o| matches!(o.kind, OutcomeKind::New | OutcomeKind::Changed))
        .count())
}
