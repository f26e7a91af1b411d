use std::{fmt, path::PathBuf};

use anyhow::{Result, ensure};

use crate::manifest::{Asset, Manifest, Packs};

/// The wasm may weigh this much with brotli: a phone on a slow line loads it when somebody first uses a page.
pub const WASM_BUDGET: usize = 40 * 1024;

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

    /// Whether browsers can search and read school packs.
    pub fn has_packs(&self) -> bool {
        self.manifest.packs == Packs::Built
    }

    /// By how many bytes the wasm is over [`WASM_BUDGET`].
    pub fn over_budget(&self) -> Option<usize> {
        let size = self.manifest.assets.get("khue.wasm")?.br?;
        size.checked_sub(WASM_BUDGET).filter(|over| *over > 0)
    }
}

impl Report {
    /// Refuses a wasm that has become too heavy.
    ///
    /// # Errors
    /// Says by how much, and what to do.
    pub fn keep_budget(&self) -> Result<()> {
        let over = self.over_budget().unwrap_or_default();
        ensure!(
            over == 0,
            "khue.wasm is {over} bytes over its budget of {WASM_BUDGET} (brotli): look what the last change \
             brought into app/hydrate, such as formatting of numbers, a parser, or many closures"
        );
        Ok(())
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
        match self.keep_budget() {
            Err(over) => writeln!(to, "warning: {over:#}"),
            Ok(()) => Ok(()),
        }
    }
}

fn size(bytes: Option<usize>) -> String {
    bytes.map_or_else(|| "–".to_owned(), |bytes| bytes.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn report(brotli: usize) -> Report {
        let wasm = Asset {
            path: "pkg/khue.wasm".to_owned(),
            raw: 3 * brotli,
            gzip: None,
            br: Some(brotli),
        };
        let manifest = Manifest {
            version: 1,
            inputs: String::new(),
            packs: Packs::LeftOut,
            former: BTreeSet::new(),
            assets: BTreeMap::from([("khue.wasm".to_owned(), wasm)]),
        };
        Report::new(PathBuf::from("site"), manifest, true)
    }

    #[test]
    fn a_heavy_wasm_is_refused_and_a_light_one_is_not() {
        assert!(report(WASM_BUDGET).keep_budget().is_ok());
        let heavy = report(WASM_BUDGET + 7);
        let said = heavy.keep_budget().unwrap_err().to_string();
        assert!(said.contains("7 bytes over its budget"), "{said}");
        assert!(heavy.to_string().contains("warning: khue.wasm is 7 bytes"));
    }
}
