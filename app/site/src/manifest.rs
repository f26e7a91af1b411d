//! `manifest.json`: which file stands behind a logical name.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde::{Deserialize, Serialize};

/// Name of the manifest inside the site's folder.
pub const MANIFEST: &str = "manifest.json";

/// Rises when the form of the manifest changes.
pub const MANIFEST_VERSION: u32 = 1;

/// All files of a built site by their logical names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of this file, [`MANIFEST_VERSION`].
    pub version: u32,
    /// Digest of everything that went in.
    pub inputs: String,
    /// What became of the half that reads school packs.
    #[serde(default)]
    pub packs: Packs,
    /// Logical name (`khue.css`, `fonts/latin-400.woff2`) to file.
    pub assets: BTreeMap<String, Asset>,
    /// Paths of the edition before, which pages that are open may still ask for.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub former: BTreeSet<String>,
}

/// What became of the half that searches and reads school packs in the browser.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Packs {
    /// Nobody wants it, or this machine cannot compile for the browser.
    #[default]
    LeftOut,
    /// It is built after all else; files of it in the manifest are those of the edition before.
    Coming,
    /// It does not compile.
    Failed,
    /// It is there.
    Built,
}

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// Where it is below the site's folder, and below `/` on the server.
    pub path: String,
    /// Size in bytes.
    pub raw: usize,
    /// Size with gzip, when `<path>.gz` stands beside it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub gzip: Option<usize>,
    /// Size with brotli, when `<path>.br` stands beside it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub br: Option<usize>,
}

impl Asset {
    /// What a visitor downloads at best.
    pub fn transferred(&self) -> usize {
        self.br.unwrap_or(self.raw)
    }

    /// The paths of the file and its compressed forms.
    pub(crate) fn paths(&self) -> Vec<String> {
        let mut paths = vec![self.path.clone()];
        paths.extend(self.gzip.map(|_| format!("{}.gz", self.path)));
        paths.extend(self.br.map(|_| format!("{}.br", self.path)));
        paths
    }
}

impl Manifest {
    /// The paths of all its files and their compressed forms.
    pub(crate) fn paths(&self) -> BTreeSet<String> {
        self.assets.values().flat_map(Asset::paths).collect()
    }

    /// Reads the manifest of a site's folder; `None` when there is none that this version understands.
    pub fn read(site: &Path) -> Option<Self> {
        let text = fs::read_to_string(site.join(MANIFEST)).ok()?;
        let manifest: Self = serde_json::from_str(&text).ok()?;
        (manifest.version == MANIFEST_VERSION).then_some(manifest)
    }
}
