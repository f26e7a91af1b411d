//! The built style and scripts.

use khue_app::services::SiteFiles;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Name of the list of files in the folder.
const MANIFEST: &str = "manifest.json";

/// The folder of the built style and scripts, if there is one.
#[derive(Clone, Debug, Default)]
pub struct Site {
    folder: Option<PathBuf>,
    /// Logical name → address on this server.
    addresses: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Manifest {
    assets: BTreeMap<String, Asset>,
}

#[derive(Deserialize)]
struct Asset {
    path: String,
}

impl Site {
    /// The site in the folder that is set, else the first one found in the usual places.
    pub fn find(set: Option<&Path>) -> Self {
        match set {
            Some(folder) => Self::open(folder).unwrap_or_default(),
            None => usual_places()
                .iter()
                .find_map(|folder| Self::open(folder))
                .unwrap_or_default(),
        }
    }

    /// The site in a folder; `None` where there is none.
    pub fn open(folder: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(folder.join(MANIFEST)).ok()?;
        let manifest: Manifest = serde_json::from_str(&text).ok()?;
        let address = |(name, asset): (String, Asset)| (name, format!("/{}", asset.path));
        Some(Self {
            folder: Some(folder.to_owned()),
            addresses: manifest.assets.into_iter().map(address).collect(),
        })
    }

    /// Where it is.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The addresses that pages name.
    pub fn files(&self) -> SiteFiles {
        SiteFiles::from_manifest(|name| self.addresses.get(name).cloned())
    }
}

fn usual_places() -> Vec<PathBuf> {
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent);
    let around = beside.and_then(Path::parent);
    let mut places: Vec<PathBuf> = around
        .into_iter()
        .chain(beside)
        .map(|folder| folder.join("site"))
        .collect();
    places.extend(["site".into(), "target/site".into()]);
    places
}
