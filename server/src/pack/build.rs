//! Makes a pack from a portal's store.

use super::choice::Choice;
use super::files::{Contents, Pictures};
use super::parts::sha256;
use crate::library;
use crate::progress;
use anyhow::{Context, Result, ensure};
use khue_app::services::{ResourceView, Whole};
use khue_content::pack::{Manifest, PACK_VERSION, PackedResource, PackedWhole, RESOURCES};
use khue_content::{LearningResource, render};
use khue_index::{INDEX_VERSION, IndexDocument, Writer};
use khue_store::{Change, Files, Store};
use std::fs;
use std::path::Path;
use std::time::Instant;

/// Changes read from the store at a time.
const CHUNK: u64 = 1_000;

/// What was made.
pub struct Built {
    /// What is in the pack.
    pub manifest: Manifest,
    /// Its size, in bytes.
    pub bytes: usize,
    /// Pictures that were left out.
    pub left_out: usize,
}

/// Writes a pack of the chosen resources to `target`, with an index of its own.
///
/// # Errors
/// Nothing was chosen, the store does not answer, or the file cannot be written.
pub async fn build(store: &Store, stored: &Files, choice: &Choice, target: &Path) -> Result<Built> {
    let folder = tempfile::tempdir().context("no folder for the pack's index: check TMPDIR")?;
    let mut writer = Writer::open(folder.path())?;
    let mut contents = Contents::default();
    let (mut lines, mut pictures, mut count) = (Vec::new(), Pictures::default(), 0);
    let (started, bar) = (
        Instant::now(),
        progress::bar(store.count().await?, "packing"),
    );
    let (mut last, mut seen) = (0, 0);
    loop {
        let changes = store.changes_since(last, CHUNK).await?;
        let Some(newest) = changes.last() else { break };
        last = newest.change;
        seen += changes.len();
        for change in changes {
            let Change { change, record, .. } = change;
            let Some(record) = record.filter(|record| choice.takes(record)) else {
                continue;
            };
            let Some(view) = library::view(store, &record.id).await? else {
                continue;
            };
            index(&mut writer, &record, change)?;
            pictures.note(&record);
            serde_json::to_writer(&mut lines, &packed(view))?;
            lines.push(b'\n');
            count += 1;
        }
        progress::step(&bar, seen as u64, seen, started);
    }
    bar.finish_and_clear();
    ensure!(
        count > 0,
        "no resource is of these subjects and levels: choose others, or none for everything"
    );
    tokio::task::block_in_place(|| -> Result<()> {
        writer.commit(last)?;
        Ok(writer.close()?)
    })?;
    contents.add(RESOURCES.to_owned(), &lines)?;
    contents.add_index(folder.path())?;
    let left_out = contents.add_pictures(&pictures, stored)?;
    contents.packer.finish()?;
    let manifest = manifest(choice, count, &contents);
    let bytes = write(target, &manifest, &contents.packer.packed)?;
    Ok(Built {
        manifest,
        bytes,
        left_out,
    })
}

fn index(writer: &mut Writer, record: &LearningResource, change: i64) -> Result<()> {
    let text = record
        .body
        .as_ref()
        .map(render::plain_text)
        .unwrap_or_default();
    writer.put(&IndexDocument {
        record,
        text: &text,
        // What is signed may be withdrawn; a pack says nothing of it.
        guidance: "",
        change,
    })?;
    Ok(())
}

fn packed(view: ResourceView) -> PackedResource {
    let translations = view.translations.into_iter();
    PackedResource {
        record: view.record,
        version: view.version,
        changed_at: view.changed_at,
        parts: view.parts,
        wholes: view.wholes.into_iter().map(whole).collect(),
        translations: translations
            .map(|other| (other.id, other.name, other.in_language))
            .collect(),
    }
}

fn whole(whole: Whole) -> PackedWhole {
    PackedWhole {
        link: whole.link,
        total: whole.total,
        previous: whole.previous,
        next: whole.next,
    }
}

fn manifest(choice: &Choice, resources: usize, contents: &Contents) -> Manifest {
    let uris = |concepts: &[&khue_content::vocabulary::Concept]| {
        concepts.iter().map(|concept| concept.id.clone()).collect()
    };
    let sums: String = contents
        .packer
        .parts
        .iter()
        .map(|part| part.sha256.as_str())
        .collect();
    Manifest {
        version: PACK_VERSION,
        index_version: INDEX_VERSION,
        id: sha256(sums.as_bytes()).chars().take(16).collect(),
        about: uris(&choice.about),
        educational_level: uris(&choice.level),
        resources,
        files: contents.files.clone(),
        parts: contents.packer.parts.clone(),
    }
}

/// Writes beside the place and moves there, so that nobody reads half a pack.
fn write(target: &Path, manifest: &Manifest, packed: &[u8]) -> Result<usize> {
    let mut pack = manifest.head()?;
    pack.extend_from_slice(packed);
    let mut beside = target.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, &pack)
        .and_then(|()| fs::rename(&beside, target))
        .with_context(|| {
            format!(
                "cannot write {}: its folder must exist and be writable",
                target.display()
            )
        })?;
    Ok(pack.len())
}
