#![doc = include_str!("../README.md")]

mod asset;
mod cargo;
mod compress;
mod current;
mod manifest;
mod models;
mod options;
mod packs;
mod public;
mod report;
mod sources;
mod start;
mod steps;
mod style;
mod test;
mod wasm;
mod worker;
mod write;

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result};

pub use manifest::{Asset, MANIFEST, MANIFEST_VERSION, Manifest, Packs};
pub use options::Options;
pub use packs::{PacksArgs, packs};
pub use report::{Report, WASM_BUDGET};
pub use start::{StartArgs, start};
pub use test::{TestArgs, test};

/// The portal for the service worker, and what became of it. Where only this cannot be compiled, the rest goes on without it and says so.
fn build_offline(
    workspace: &cargo::Workspace,
    options: &Options,
    has_wasm: bool,
) -> Result<(Option<Vec<u8>>, Packs)> {
    if options.no_packs || options.dev || !has_wasm {
        return Ok((None, Packs::LeftOut));
    }
    if options.packs_later && !current::is_current(workspace) {
        return Ok((None, Packs::Coming));
    }
    match cargo::build_wasm(workspace, options, cargo::Half::Offline) {
        Err(error) if !options.require_wasm => {
            eprintln!("warning: {error:#}\nGoing on without school packs in the browser.");
            Ok((None, Packs::Failed))
        }
        Err(error) => Err(error),
        Ok(None) => Ok((None, Packs::LeftOut)),
        Ok(built) => {
            current::note(workspace)?;
            Ok((built, Packs::Built))
        }
    }
}

/// What reads packs, of the edition before: until the new one is there, it goes on for those who keep a pack.
fn carried(out: &Path, packs: Packs) -> BTreeMap<String, Asset> {
    let waiting = matches!(packs, Packs::Coming | Packs::Failed);
    let before = Manifest::read(out).filter(|_| waiting);
    let mut assets = before.map(|before| before.assets).unwrap_or_default();
    assets.retain(|name, asset| {
        let whole = || asset.paths().iter().all(|path| out.join(path).is_file());
        worker::ENGINE.contains(&name.as_str()) && whole()
    });
    assets
}

/// Builds everything a browser needs beside the pages, or finds that nothing has changed.
pub fn build(options: &Options) -> Result<Report> {
    let workspace = cargo::Workspace::find(options)?;
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| workspace.target.join("site"));
    let wasm = cargo::build_wasm(&workspace, options, cargo::Half::Hydrate)?;
    let (offline, packs) = build_offline(&workspace, options, wasm.is_some())?;
    let public = public::collect(&workspace.root.join("app/public"))?;
    let inputs = sources::fingerprint(
        &workspace,
        &public,
        [wasm.as_deref(), offline.as_deref()],
        options,
    )?;

    if let Some(manifest) = write::up_to_date(&out, &inputs, packs) {
        return Ok(Report::new(out, manifest, false));
    }
    let mut files = asset::name_public(public);
    let style = workspace.root.join("style");
    let styles = [
        style::bundle(&style, &files)?,
        style::first(&style, &files)?,
    ];
    files.extend(styles);
    if let Some(bytes) = wasm {
        files.extend(wasm::bind(bytes, options)?);
    }
    if let Some(bytes) = offline {
        files.extend(wasm::bind_offline(bytes, options)?);
    }
    let carried = carried(&out, packs);
    files.push(worker::write(&files, &carried)?);
    let edition = write::Edition {
        files,
        carried,
        inputs,
        packs,
        quick: options.dev,
    };
    let manifest = write::publish(&out, edition).with_context(|| {
        format!(
            "writing the site to {}: check that the folder may be written",
            out.display()
        )
    })?;
    Ok(Report::new(out, manifest, true))
}
