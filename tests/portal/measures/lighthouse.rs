//! Lighthouse, which looks at speed, barriers, good practice and what search engines find.

use super::pages;
use crate::harness::TestPortal;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Says why nothing is measured.
const MISSING: &str = "skipped: no Lighthouse; get it with `npm install --prefix ~/.cache/khue/lighthouse lighthouse@12.8.2`, \
    or name the folder of the package in KHUE_LIGHTHOUSE";
/// What it looks at, in the order of the table.
const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best-practices", "seo"];
/// The least that every page has of each.
const FLOOR: f64 = 98.0;

fn lighthouse() -> Option<PathBuf> {
    let named = std::env::var_os("KHUE_LIGHTHOUSE").map(PathBuf::from);
    let cache = std::env::var_os("KHUE_CACHE")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache/khue")));
    let cached = cache.map(|cache| cache.join("lighthouse/node_modules/lighthouse"));
    let script = named.or(cached)?.join("cli/index.js");
    script.is_file().then_some(script)
}

/// What Lighthouse says of an address; `is_listed` where search engines are to list it.
fn report(script: &Path, address: &str, form: &str, is_listed: bool) -> Option<Value> {
    let mut command = Command::new("node");
    command
        .arg(script)
        .arg(address)
        .args(["--output=json", "--quiet"]);
    command.arg(format!("--only-categories={}", CATEGORIES.join(",")));
    command.arg("--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage");
    if !is_listed {
        // It is meant to be left out of search engines, and the audit that says so says nothing else.
        command.arg("--skip-audits=is-crawlable");
    }
    if form == "desktop" {
        command.arg("--preset=desktop");
    }
    if let Some(chromium) = std::env::var_os("KHUE_CHROMIUM") {
        command.env("CHROME_PATH", chromium);
    }
    let done = command.stderr(Stdio::inherit()).output().ok()?;
    serde_json::from_slice(&done.stdout).ok()
}

/// The audits of a report that take something from a score: their names and what they measured.
fn weak(report: &Value) -> Vec<String> {
    let audits = report["audits"].as_object().into_iter().flatten();
    let weak = audits.filter(|(_, audit)| {
        audit["score"].as_f64().is_some_and(|score| score < 0.9)
            && audit["scoreDisplayMode"] != "informative"
    });
    weak.map(|(name, audit)| {
        format!(
            "{name} {}",
            audit["displayValue"].as_str().unwrap_or_default()
        )
    })
    .collect()
}

#[test]
#[ignore = "takes minutes; run with `cargo full-test what_lighthouse_says --run-ignored all --no-capture`"]
fn what_lighthouse_says_of_the_pages() {
    let Some(script) = lighthouse() else {
        println!("{MISSING}");
        return;
    };
    let portal = TestPortal::shared();
    let mut below = Vec::new();
    println!("| page | as | {} |", CATEGORIES.join(" | "));
    println!("|---|---|---|---|---|---|");
    for form in ["telephone", "desktop"] {
        for (name, path) in pages(&portal) {
            let is_listed = !portal.get(&path).text().contains("content=\"noindex");
            let report = report(
                &script,
                &format!("{}{path}", portal.origin),
                form,
                is_listed,
            );
            let report = report.unwrap_or_else(|| panic!("Lighthouse says nothing of {path}"));
            let scores = CATEGORIES.map(|category| {
                let score = report["categories"][category]["score"].as_f64();
                score.map_or(0.0, |score| (score * 100.0).round())
            });
            let hidden = if is_listed {
                ""
            } else {
                " (not for search engines)"
            };
            println!(
                "| {name}{hidden} | {form} | {} |",
                scores.map(|score| score.to_string()).join(" | ")
            );
            println!("{}", weak(&report).join("; "));
            // Speed depends on what else the machine does: it is told, and nothing fails by it.
            let low = scores[1..].iter().any(|score| *score < FLOOR);
            below.extend(low.then(|| format!("{name} {form} {scores:?}: {:?}", weak(&report))));
        }
    }
    assert!(below.is_empty(), "{below:#?}");
}
