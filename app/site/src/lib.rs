#![doc = include_str!("../README.md")]

mod asset;
mod cargo;
mod compress;
mod manifest;
mod models;
mod options;
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

use anyhow::{Context, Result};

pub use manifest::{Asset, MANIFEST, MANIFEST_VERSION, Manifest};
pub use options::Options;
pub use report::{Report, WASM_BUDGET};
pub use start::{StartArgs, start};
pub use test::{TestArgs, test};

/// The portal for the service worker. Where only this cannot be compiled, the rest goes on without it and says so.
fn build_offline(
    workspace: &cargo::Workspace,
    options: &Options,
    has_wasm: bool,
) -> Result<Option<Vec<u8>>> {
    if options.no_packs || options.dev || !has_wasm {
        return Ok(None);
    }
    match cargo::build_wasm(workspace, options, cargo::Half::Offline) {
        Err(error) if !options.require_wasm => {
            eprintln!("warning: {error:#}\nGoing on without school packs in the browser.");
            Ok(None)
        }
        built => built,
    }
}

/// Builds everything a browser needs beside the pages, or finds that nothing has changed.
pub fn build(options: &Options) -> Result<Report> {
    let workspace = cargo::Workspace::find(options)?;
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| workspace.target.join("site"));
    let wasm = cargo::build_wasm(&workspace, options, cargo::Half::Hydrate)?;
    let offline = build_offline(&workspace, options, wasm.is_some())?;
    let public = public::collect(&workspace.root.join("app/public"))?;
    let inputs = sources::fingerprint(
        &workspace,
        &public,
        [wasm.as_deref(), offline.as_deref()],
        options,
    )?;

    if let Some(manifest) = write::up_to_date(&out, &inputs) {
        return Ok(Report::new(out, manifest, false));
    }
    let mut files = asset::name_public(public);
    files.push(style::bundle(&workspace.root.join("style"), &files)?);
    if let Some(bytes) = wasm {
        files.extend(wasm::bind(bytes, options)?);
    }
    if let Some(bytes) = offline {
        files.extend(wasm::bind_offline(bytes, options)?);
    }
    files.push(worker::write(&files)?);
    let manifest = write::publish(&out, &files, inputs, options.dev).with_context(|| {
        format!(
            "writing the site to {}: check that the folder may be written",
            out.display()
        )
    })?;
    Ok(Report::new(out, manifest, true))
}
