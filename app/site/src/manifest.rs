//! `manifest.json`: which file stands behind a logical name.

use std::{collections::BTreeMap, fs, path::Path};

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
    /// Logical name (`khue.css`, `fonts/latin-400.woff2`) to file.
    pub assets: BTreeMap<String, Asset>,
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
    /// Reads the manifest of a site's folder; `None` when there is none that this version understands.
    pub fn read(site: &Path) -> Option<Self> {
        let text = fs::read_to_string(site.join(MANIFEST)).ok()?;
        let manifest: Self = serde_json::from_str(&text).ok()?;
        (manifest.version == MANIFEST_VERSION).then_some(manifest)
    }
}
