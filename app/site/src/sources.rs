//! One digest over all that goes into the site, to know when nothing has changed.

use anyhow::Result;
use sha2::{Digest, Sha256};

use crate::{Options, asset, cargo::Workspace, public, wasm};

/// The builder's own files: a change in how things are built counts as a change of what is built.
const BUILDER: &[&str] = &[
    include_str!("asset.rs"),
    include_str!("autosave.js"),
    include_str!("compress.rs"),
    include_str!("lib.rs"),
    include_str!("manifest.rs"),
    include_str!("offline.js"),
    include_str!("packs.js"),
    include_str!("path_editor.js"),
    include_str!("reading.js"),
    include_str!("start.js"),
    include_str!("style.rs"),
    include_str!("uploads.js"),
    include_str!("wasm.rs"),
    include_str!("worker.js"),
    include_str!("worker.rs"),
    include_str!("write.rs"),
];

/// The digest of style, public files, wasm, options and builder.
pub(crate) fn fingerprint(
    workspace: &Workspace,
    public: &[(String, Vec<u8>)],
    wasm: [Option<&[u8]>; 2],
    options: &Options,
) -> Result<String> {
    let mut all = Sha256::new();
    let style = public::collect(&workspace.root.join("style"))?;
    for (name, bytes) in style
        .iter()
        .filter(|(name, _)| name.ends_with(".css"))
        .chain(public)
    {
        all.update(format!("{name} {}\n", asset::digest(bytes)));
    }
    for part in BUILDER {
        all.update(part);
    }
    all.update(format!(
        "\n{} {}\n",
        options.dev,
        wasm::optimiser().is_some()
    ));
    for wasm in wasm {
        all.update(wasm.map(asset::digest).unwrap_or_default());
    }
    Ok(all
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}
