//! axe-core, which finds barriers.

use super::Visitor;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Says why the search for barriers is passed over.
const MISSING: &str = "skipped: no axe-core; get it with `npm pack axe-core@4.14.1`, unpack it \
    into ~/.cache/khue/axe-core, or name axe.min.js in KHUE_AXE";

/// The source of axe-core; `None`, and says so, where there is none.
pub fn axe() -> Option<String> {
    let named = std::env::var_os("KHUE_AXE").map(PathBuf::from);
    let cache =
        std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache/khue/axe-core"));
    let inside = [
        "package/axe.min.js",
        "node_modules/axe-core/axe.min.js",
        "axe.min.js",
    ];
    let cached = cache
        .into_iter()
        .flat_map(|folder| inside.map(|file| folder.join(file)));
    let source = named
        .into_iter()
        .chain(cached)
        .find_map(|file| std::fs::read_to_string(file).ok());
    if source.is_none() {
        println!("{MISSING}");
    }
    source
}

impl Visitor {
    /// Barriers on the page: rule, help and places, one line each.
    pub async fn barriers(&self, axe: &str) -> Vec<String> {
        self.client.execute(axe, Vec::new()).await.unwrap();
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document, arguments[0]).then(r => done(r.violations), e => done(String(e)))";
        let found = self
            .client
            .execute_async(run, vec![json!({})])
            .await
            .unwrap();
        let rules = found
            .as_array()
            .unwrap_or_else(|| panic!("axe-core fails: {found}"));
        rules.iter().flat_map(places).collect()
    }
}

fn places(rule: &Value) -> Vec<String> {
    let nodes = rule["nodes"].as_array().cloned().unwrap_or_default();
    let line = |node: &Value| {
        let (html, why) = (
            node["html"].as_str().unwrap_or_default(),
            node["failureSummary"].as_str().unwrap_or_default(),
        );
        let why = why.replace('\n', " ");
        format!(
            "{}: {} {html:.160} {why:.300}",
            rule["id"].as_str().unwrap_or_default(),
            node["target"]
        )
    };
    nodes.iter().map(line).collect()
}
