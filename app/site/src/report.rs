use std::{fmt, path::PathBuf};

use crate::manifest::{Asset, Manifest};

/// The wasm may weigh this much with brotli before a warning is given: a phone on a slow line loads it on every first visit.
pub const WASM_BUDGET: usize = 80 * 1024;

/// What a build has done; its `Display` is the table that people see.
#[derive(Debug, Clone)]
pub struct Report {
    /// The folder that the server serves.
    pub out: PathBuf,
    /// What is in it.
    pub manifest: Manifest,
    /// False when nothing had changed.
    pub rebuilt: bool,
}

impl Report {
    pub(crate) fn new(out: PathBuf, manifest: Manifest, rebuilt: bool) -> Self {
        Self {
            out,
            manifest,
            rebuilt,
        }
    }

    /// Whether the site has its browser half.
    pub fn has_wasm(&self) -> bool {
        self.manifest.assets.contains_key("khue.wasm")
    }

    /// By how many bytes the wasm is over [`WASM_BUDGET`].
    pub fn over_budget(&self) -> Option<usize> {
        let size = self.manifest.assets.get("khue.wasm")?.br?;
        size.checked_sub(WASM_BUDGET).filter(|over| *over > 0)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.rebuilt {
            return writeln!(to, "site is up to date: {}", self.out.display());
        }
        writeln!(
            to,
            "{:<32} {:>10} {:>10} {:>10}",
            "file", "bytes", "gzip", "brotli"
        )?;
        for (name, asset) in &self.manifest.assets {
            let Asset { raw, gzip, br, .. } = asset;
            writeln!(
                to,
                "{name:<32} {raw:>10} {:>10} {:>10}",
                size(*gzip),
                size(*br)
            )?;
        }
        writeln!(to, "site is built: {}", self.out.display())?;
        match self.over_budget() {
            Some(over) => writeln!(
                to,
                "warning: khue.wasm is {over} bytes over its budget of {WASM_BUDGET} (brotli)"
            ),
            None => Ok(()),
        }
    }
}

fn size(bytes: Option<usize>) -> String {
    bytes.map_or_else(|| "–".to_owned(), |bytes| bytes.to_string())
}
