//! The service worker: which build it is, and which files that build keeps without a network.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::{Value, json};

use crate::{
    asset::{self, File, HASHED},
    manifest::Asset,
    wasm::AUTHORS,
};

const WORKER: &str = include_str!("worker.js");

/// Names of the portal that answers from a pack.
pub(crate) const ENGINE: [&str; 2] = ["khue-offline.js", "khue-offline.wasm"];

/// The worker of a site with these files, and some carried on from the edition before. It lies at the top, since a worker sees only
/// what is below its own address.
pub(crate) fn write(files: &[File], carried: &BTreeMap<String, Asset>) -> Result<File> {
    let address = |file: &File| format!("/{}", file.path);
    let paths: Vec<String> = files
        .iter()
        .filter(|file| is_shell(file))
        .map(address)
        .collect();
    let old = carried
        .iter()
        .map(|(name, asset)| (name.as_str(), format!("/{}", asset.path)));
    let new = files.iter().map(|file| (file.name.as_str(), address(file)));
    let site: BTreeMap<&str, String> = old.chain(new).collect();
    let [script, wasm] = ENGINE.map(|name| site.get(name).cloned());
    let engine = script.zip(wasm);
    let engine = engine.map_or(
        Value::Null,
        |(script, wasm)| json!({ "script": script, "wasm": wasm }),
    );
    let (list, site) = (
        serde_json::to_string(&paths)?,
        serde_json::to_string(&site)?,
    );
    let build = asset::digest(format!("{list}{site}{WORKER}").as_bytes());
    let script = WORKER
        .replace("KHUE_BUILD", build.get(..12).unwrap_or(&build))
        .replace("KHUE_FILES", &list)
        .replace("KHUE_ENGINE", &engine.to_string())
        .replace("KHUE_SITE", &site);
    Ok(File::fixed("sw.js", script.into_bytes()))
}

/// Whether pages need the file: the hashed ones do, but for licences, what stands in pages themselves, what reads packs and what only
/// authors load.
fn is_shell(file: &File) -> bool {
    let top = ["favicon.svg", "app.webmanifest"].contains(&file.path.as_str());
    let name = file.name.as_str();
    let left_out = ENGINE.contains(&name) || [AUTHORS, crate::style::FIRST].contains(&name);
    top || (!left_out && file.path.starts_with(HASHED) && !file.path.ends_with(".txt"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(style: &str) -> String {
        let files = [
            File::hashed("khue.css", style.as_bytes().to_vec()),
            File::hashed("fonts/OFL.txt", b"licence".to_vec()),
            File::fixed("favicon.svg", b"<svg/>".to_vec()),
        ];
        String::from_utf8(write(&files, &BTreeMap::new()).unwrap().bytes).unwrap()
    }

    #[test]
    fn the_worker_names_its_build_and_the_files_of_it() {
        let first = script("abc");
        assert!(
            first.contains(r#"const FILES = ["/pkg/khue.ba7816bf.css","/favicon.svg"];"#),
            "{first:.600}"
        );
        assert!(!first.contains("KHUE_"), "{first:.600}");
    }

    #[test]
    fn another_build_is_another_worker() {
        assert_ne!(script("abc"), script("abd"));
        assert_eq!(script("abc"), script("abc"));
    }

    #[test]
    fn what_reads_packs_is_named_when_it_is_carried_on_too() {
        let asset = |path: &str| Asset {
            path: path.to_owned(),
            raw: 1,
            gzip: None,
            br: None,
        };
        let carried = BTreeMap::from([
            ("khue-offline.js".to_owned(), asset("pkg/khue-offline.1.js")),
            (
                "khue-offline.wasm".to_owned(),
                asset("pkg/khue-offline.2.wasm"),
            ),
        ]);
        let worker = String::from_utf8(write(&[], &carried).unwrap().bytes).unwrap();
        assert!(
            worker
                .contains(r#""script":"/pkg/khue-offline.1.js","wasm":"/pkg/khue-offline.2.wasm""#),
            "{worker:.600}"
        );
        assert!(worker.contains("const FILES = [];"), "{worker:.600}");
    }
}
