//! A folder of OpenStax books: collections, modules, media.

use super::input::Input;
use super::media;
use super::reader::Reading;
use anyhow::{Context, Result};
use khue_content::Agent;
use khue_content::format::Incoming;
use khue_content::format::cnxml::{self, Collection, Module, ModuleContext, Shelf};
use std::fs;
use std::path::Path;

/// Reads the books of a folder, and keeps their media.
pub(super) fn read(input: &Input, reading: &Reading) -> Result<Vec<Incoming>> {
    let root = &input.path;
    let collections = collections(root)?;
    let publisher = [Agent::organization("OpenStax")];
    let shelf = Shelf {
        source: &reading.source,
        publisher: &publisher,
        address: &str::to_owned,
    };
    let text = |id: &str| {
        let safe = !id.is_empty()
            && id
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let path = root.join("modules").join(id).join("index.cnxml");
        safe.then(|| fs::read(path).ok())
            .flatten()
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    let mut modules = cnxml::read(&shelf, &collections, &text);
    modules.extend(
        unlisted(root, &collections)
            .iter()
            .filter_map(|id| alone(&shelf, &collections, id, &text(id)?)),
    );
    Ok(modules
        .into_iter()
        .map(|module| media::keep(root, reading.files.as_ref(), module))
        .collect())
}

/// Modules in the folder that no collection lists, in the order of their names.
fn unlisted(root: &Path, collections: &[Collection]) -> Vec<String> {
    let listed = |id: &str| {
        collections
            .iter()
            .flat_map(|c| &c.modules)
            .any(|module| module.document == id)
    };
    let entries = fs::read_dir(root.join("modules"))
        .into_iter()
        .flatten()
        .flatten();
    let mut ids: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    ids.retain(|id| !listed(id));
    ids.sort();
    ids
}

/// A module that stands in no collection: language and licence are those that all collections share.
fn alone(shelf: &Shelf, collections: &[Collection], id: &str, text: &str) -> Option<Module> {
    let first = collections.first();
    let shared = |of: fn(&Collection) -> &String| {
        first
            .map(of)
            .filter(|value| collections.iter().all(|c| of(c) == *value))
            .map_or("", String::as_str)
    };
    Some(cnxml::parse_module(
        text,
        &ModuleContext {
            file: &format!("modules/{id}/index.cnxml"),
            source: shelf.source,
            document: id,
            language: shared(|c| &c.language),
            license: shared(|c| &c.license),
            publisher: shelf.publisher,
            is_part_of: Vec::new(),
            address: shelf.address,
            title: &|_| None,
        },
    ))
}

fn collections(root: &Path) -> Result<Vec<Collection>> {
    let folder = root.join("collections");
    let entries =
        fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(".collection.xml"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text =
            fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(cnxml::parse_collection(&text))
    };
    paths.iter().map(read).collect()
}
