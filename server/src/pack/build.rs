//! Makes a pack from a portal's store.

use super::choice::Choice;
use super::files::{Contents, Pictures};
use super::parts::sha256;
use crate::library;
use crate::progress;
use anyhow::{Context, Result, ensure};
use indicatif::ProgressBar;
use khue_app::services::{ResourceView, Whole};
use khue_content::pack::{Manifest, PACK_VERSION, PackedResource, PackedWhole};
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

/// What a pack is made from.
pub struct Source<'a> {
    /// The records.
    pub store: &'a Store,
    /// Their files.
    pub files: &'a Files,
    /// Shows how far it is.
    pub bar: ProgressBar,
}

/// Writes a pack of the chosen resources to `target`, with an index of its own, which is made in `folder`. An index that
/// is there from the last time is brought up to date: what has not changed in it then lies in the same parts as before.
///
/// # Errors
/// Nothing was chosen, the store does not answer, or the file cannot be written.
pub async fn build(
    source: &Source<'_>,
    choice: &Choice,
    folder: &Path,
    target: &Path,
) -> Result<Built> {
    let Source { store, files, bar } = source;
    let mut writer = open(folder, store.last_change().await?)?;
    let indexed = writer.last_change()?;
    let mut contents = Contents::default();
    let (mut pictures, mut count, started) = (Pictures::default(), 0, Instant::now());
    let (mut last, mut seen) = (0, 0);
    loop {
        let changes = store.changes_since(last, CHUNK).await?;
        let Some(newest) = changes.last() else { break };
        last = newest.change;
        seen += changes.len();
        for change in changes {
            let Change {
                change, record, id, ..
            } = change;
            let view = match record.filter(|record| choice.takes(record)) {
                Some(record) => library::unread(store, &record.id).await?,
                None => None,
            };
            match view {
                Some(view) => {
                    if change > indexed {
                        index(&mut writer, &view.record, change)?;
                    }
                    pictures.note(&view.record);
                    contents.add_resource(&packed(view))?;
                    count += 1;
                }
                None if change > indexed => writer.delete(&id, change),
                None => {}
            }
        }
        progress::step(bar, seen as u64, seen, started);
    }
    bar.finish_and_clear();
    ensure!(
        count > 0,
        "nothing to pack: no resource is of these subjects and levels, or the portal has none yet; choose others, or take material in with `khue import`"
    );
    tokio::task::block_in_place(|| -> Result<()> {
        if writer.pending() > 0 {
            writer.commit(last)?;
        }
        Ok(writer.close()?)
    })?;
    contents.end_resources()?;
    let left_out = contents.add_pictures(&pictures, files)?;
    contents.add_index(folder)?;
    contents.packer.end_from(1)?;
    let manifest = manifest(choice, count, &contents);
    let bytes = write(target, &manifest, &contents.packer.packed)?;
    Ok(Built {
        manifest,
        bytes,
        left_out,
    })
}

/// Opens the index in a folder; one that is ahead of the store, as after a backup was taken back, is begun anew.
fn open(folder: &Path, last_change: i64) -> Result<Writer> {
    let writer = Writer::open(folder)?;
    if writer.last_change()? <= last_change {
        return Ok(writer);
    }
    drop(writer);
    fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    Ok(Writer::open(folder)?)
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
    let folder = target.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&beside, &pack))
        .and_then(|()| fs::rename(&beside, target))
        .with_context(|| {
            format!(
                "cannot write {}: check that its folder may be written",
                target.display()
            )
        })?;
    Ok(pack.len())
}
