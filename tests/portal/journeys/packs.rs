//! A school pack in the browser: fetched over a bad line, and learnt from without one.

use super::FIRST;
use super::offline::Learner;
use crate::browser::Visitor;
use crate::harness::{Setup, TestPortal, encode, hundred_searches, searches_of, site};
use fantoccini::key::Key;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

const LESSON: &str = "/resources/vat-li-10-dinh-luat-ii-newton";
const PATH: &str = "/paths/tu-cap-so-den-chuyen-dong";
/// The first pack of the list: everything.
const EVERYTHING: &str = "#packs li:first-child";
const DOWNLOAD: &str = "#packs li:first-child button";
const WHOLE: &str = "#packs li[data-kept=whole]";
const STATUS: &str = "#packs > [role=status]";
/// The pack of everything, in the folder of the portal.
const ALL: &str = "data/packs/all.khuepack";
/// How long a browser may take to fetch a pack and what reads it, and to open both.
const FETCHING: Duration = Duration::from_secs(90);

/// A portal that gives packs away and searches by words alone, as packs do.
fn portal() -> Arc<TestPortal> {
    let portal = TestPortal::start(Setup {
        import: material(),
        ..Setup::default()
    });
    for arguments in [
        &["pack", "build", ALL][..],
        &[
            "pack",
            "build",
            "data/packs/th.khuepack",
            "--level",
            "Tiểu học",
        ],
    ] {
        let built = portal.command(arguments);
        assert!(built.is_ok(), "{built:?}");
    }
    Arc::new(portal)
}

/// What is imported first, to measure a pack of more than the lessons.
fn material() -> Option<PathBuf> {
    std::env::var_os("KHUE_PACK_MATERIAL").map(PathBuf::from)
}

/// Whether the built site has what reads packs; says so where it has not.
fn reads_packs() -> bool {
    let manifest = site().and_then(|site| std::fs::read_to_string(site.join("manifest.json")).ok());
    let has = manifest.is_some_and(|text| text.contains("khue-offline.wasm"));
    if !has {
        println!("skipped: the site cannot read packs; build it with `cargo site`");
    }
    has
}

/// A learner on the page of packs, once they are listed.
async fn at_the_packs() -> Option<Learner> {
    if !reads_packs() {
        return None;
    }
    let learner = Learner::come_to(portal).await?;
    learner.go("/offline").await;
    wait_for(&learner.visitor, DOWNLOAD).await;
    Some(learner)
}

async fn wait_for(visitor: &Visitor, css: &str) {
    visitor
        .until(css, async || visitor.count(css).await == 1)
        .await;
}

/// Waits for words of the status; what a pack needs takes longer than a page does.
async fn is_told(visitor: &Visitor, words: &str) {
    let started = Instant::now();
    loop {
        let told = visitor.text(STATUS).await;
        if told.contains(words) {
            return;
        }
        assert!(started.elapsed() < FETCHING, "{words}, but: {told:?}");
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
}

async fn fetch(visitor: &Visitor) {
    visitor.click(DOWNLOAD).await;
    is_told(visitor, "Đã tải xong").await;
    wait_for(visitor, WHOLE).await;
}

/// Fetches the pack over a line that damages a part and breaks.
async fn fetch_over_a_bad_line(learner: &Learner) {
    let (visitor, line) = (&learner.visitor, &learner.line);
    line.damage();
    visitor.click(DOWNLOAD).await;
    visitor
        .until("a part is damaged", async || !line.is_to_damage())
        .await;
    line.cut();
    is_told(visitor, "Mạng đang gián đoạn").await;
    tokio::time::sleep(Duration::from_millis(1200)).await;
    line.mend();
    is_told(visitor, "Đã tải xong").await;
    wait_for(visitor, WHOLE).await;
    let asked = line.parts();
    let distinct: BTreeSet<&String> = asked.iter().collect();
    assert!(distinct.len() > 5, "{asked:?}");
    let again = asked.len() - distinct.len();
    assert!(
        (1..=2).contains(&again),
        "asked twice: {again} of {asked:?}"
    );
}

async fn search(learner: &Learner, words: &str) {
    learner.go(&format!("/search?q={}", encode(words))).await;
    assert!(learner.is_offline().await, "{words}");
    let first = learner.visitor.text(FIRST).await;
    assert!(first.contains("Newton"), "{words}: {first}");
}

async fn do_the_exercise(visitor: &Visitor) {
    assert!(visitor.count("math").await > 3, "formulas");
    visitor.fill("#exercise-1 input", "40 m/s²").await;
    visitor.press(Key::Enter).await;
    wait_for(visitor, "#exercise-1[data-verdict=wrong]").await;
    let outcome = visitor.text("#exercise-1 .exercise__outcome").await;
    assert!(outcome.contains("Bạn đã lấy lực nhân"), "{outcome}");
    visitor.fill("#exercise-1 input", "2,5").await;
    visitor.click("#exercise-1 button").await;
    wait_for(visitor, "#exercise-1[data-verdict=right]").await;
}

#[tokio::test]
async fn a_pack_is_fetched_over_a_bad_line_and_learnt_from_without_one() {
    let Some(mut learner) = at_the_packs().await else {
        return;
    };
    assert_eq!(learner.visitor.count("#packs li").await, 2);
    let first = learner.visitor.text(EVERYTHING).await;
    assert!(
        first.contains("Tất cả học liệu") && first.contains("MB"),
        "{first}"
    );
    fetch_over_a_bad_line(&learner).await;
    // Of the broken line the browser complained, rightly.
    learner.visitor.complaints();
    learner.line.cut();

    let visitor = &learner.visitor;
    search(&learner, "định luật II Newton").await;
    search(&learner, "dinh luat ii newton").await;
    search(&learner, "định luaatj II Newton").await;
    visitor.follow(FIRST).await;
    do_the_exercise(visitor).await;

    learner.go("/search?q=phân+số").await;
    let before = visitor.count(".result-list > *").await;
    visitor.follow("#f-educationalLevel-primary").await;
    let filtered = visitor.count(".result-list > *").await;
    assert!(filtered > 0 && visitor.address().await.contains("educationalLevel="));
    assert!(before > 0, "nothing found without the filter");
    learner.go("/en/search?q=fraction").await;
    assert!(visitor.count(".facet-panel").await > 0);

    learner.go(PATH).await;
    visitor.follow(".path__step:nth-of-type(2) a").await;
    assert!(visitor.text(".path-bar").await.contains("bước 2 trong 5"));
    learner
        .go(&format!("{LESSON}?path=tu-cap-so-den-chuyen-dong"))
        .await;
    visitor.click(".step-mark").await;

    learner.visitor.restart().await;
    let visitor = &learner.visitor;
    learner.go(PATH).await;
    wait_for(
        visitor,
        ".path__step[data-step='vat-li-10-dinh-luat-ii-newton'] .path__done:not([hidden])",
    )
    .await;
    search(&learner, "định luật II Newton").await;
    let policy = visitor
        .script("return fetch('/search?q=a').then((answer) => answer.headers.get('content-security-policy'))")
        .await;
    assert!(policy.to_string().contains("script-src 'self'"), "{policy}");

    learner.go("/offline").await;
    wait_for(visitor, WHOLE).await;
    visitor.click(&format!("{WHOLE} button")).await;
    is_told(visitor, "Đã xoá").await;
    let kept = visitor
        .script("return caches.open('khue-pack').then((cache) => cache.keys()).then((all) => all.length)")
        .await;
    assert_eq!(kept, 0);
    learner.go("/search?q=newton").await;
    assert_eq!(visitor.text("h1").await, "Học khi không có mạng");
    // What is asked for without a network and is nowhere is the only thing to complain about.
    let complaints = visitor.complaints();
    let rest: Vec<&String> = complaints
        .iter()
        .filter(|said| !said.contains("503"))
        .collect();
    assert!(rest.is_empty(), "in the console: {rest:#?}");
    learner.visitor.leave_whatever_was_said().await;
}

#[tokio::test]
async fn a_new_edition_of_a_pack_costs_what_differs() {
    let Some(learner) = at_the_packs().await else {
        return;
    };
    let visitor = &learner.visitor;
    fetch(visitor).await;
    let before = learner.line.parts().len();
    let lesson = learner.visitor.portal.data().join("new.jsonl");
    let record = r#"{"identifier":"chanh-day","name":"Bài riêng về quả chanh dây","inLanguage":["vi"],"license":"CC-BY-4.0","url":"https://example.org/chanh-day"}"#;
    std::fs::write(&lesson, record).unwrap();
    let portal = &visitor.portal;
    let imported = portal.command(&["import", lesson.to_str().unwrap()]);
    assert!(imported.is_ok(), "{imported:?}");
    let built = portal.command(&["pack", "build", ALL]);
    assert!(built.is_ok(), "{built:?}");

    learner.go("/offline").await;
    wait_for(visitor, "#packs li[data-kept=old]").await;
    assert!(visitor.text(DOWNLOAD).await.contains("Cập nhật ("));
    fetch(visitor).await;
    let (all, new) = (before, learner.line.parts().len() - before);
    assert!(new > 0 && new < all, "{new} parts of {all} came anew");
    learner.line.cut();
    learner.go("/search?q=quả+chanh+dây").await;
    assert!(visitor.text(FIRST).await.contains("chanh dây"));
    learner.visitor.leave_whatever_was_said().await;
}

/// The ten results of each search, as pages show them in the browser.
async fn shown(visitor: &Visitor, searches: &[String]) -> Vec<Vec<String>> {
    let list = serde_json::to_string(searches).unwrap();
    let script = format!(
        "const ten = async (words) => {{ \
           const answer = await fetch('/search?size=10&q=' + encodeURIComponent(words)); \
           const page = new DOMParser().parseFromString(await answer.text(), 'text/html'); \
           const links = [...page.querySelectorAll('.result-list .result-card__title a')]; \
           return links.map((link) => new URL(link.href).pathname.split('/').pop()); }}; \
         return (async () => {{ const all = []; for (const words of {list}) all.push(await ten(words)); return all; }})()"
    );
    let all = visitor.script(&script).await;
    serde_json::from_value(all).unwrap()
}

#[tokio::test]
async fn a_pack_in_the_browser_finds_what_the_server_finds() {
    let Some(learner) = at_the_packs().await else {
        return;
    };
    fetch(&learner.visitor).await;
    learner.line.cut();
    let searches = hundred_searches();
    assert_eq!(searches.len(), 100);
    let mut found = 0;
    for some in searches.chunks(20) {
        let here = shown(&learner.visitor, some).await;
        for (words, here) in some.iter().zip(here) {
            assert_eq!(here, learner.visitor.portal.ten(words), "{words}");
            found += usize::from(!here.is_empty());
        }
    }
    assert!(found > 90, "{found} of 100 searches found something");
    learner.visitor.leave_whatever_was_said().await;
}

/// The address of a built file by its name.
fn built(name: &str) -> String {
    let manifest = std::fs::read(site().unwrap().join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let path = manifest["assets"][name]["path"].as_str().unwrap();
    format!("/{path}")
}

/// Opens the kept pack in the page, where processor time can be made scarce, and asks it; milliseconds and bytes as text.
fn measuring(searches: &[String]) -> String {
    let list = serde_json::to_string(searches).unwrap();
    let (script, wasm) = (built("khue-offline.js"), built("khue-offline.wasm"));
    format!(
        "return (async () => {{ \
           const times = [performance.now()]; \
           const note = () => times.push(performance.now()); \
           const description = await (await caches.match('/packs/kept')).text(); \
           const parts = []; \
           for (const {{ sha256 }} of JSON.parse(description).parts) {{ \
             const part = await caches.match('/packs/parts/' + sha256); \
             const unpacked = part.body.pipeThrough(new DecompressionStream('gzip')); \
             parts.push(await new Response(unpacked).arrayBuffer()); }} \
           const content = new Uint8Array(await new Blob(parts).arrayBuffer()); note(); \
           if (!globalThis.engine) await new Promise((done) => {{ \
             const script = document.createElement('script'); \
             script.src = '{script}'; script.onload = done; document.head.append(script); }}); \
           globalThis.engine = await khue_offline({{ module_or_path: await caches.match('{wasm}') }}); note(); \
           const portal = new khue_offline.OfflinePortal(description, content, '{{}}', location.origin); note(); \
           const asked = async (list) => {{ \
             const took = []; \
             for (const words of list) {{ \
               const begun = performance.now(); \
               const answer = await portal.answer('GET', '/search?q=' + encodeURIComponent(words), [], new Uint8Array()); \
               answer.body(); took.push(performance.now() - begun); }} \
             return took; }}; \
           const figures = (took) => {{ \
             const sorted = took.toSorted((a, b) => a - b); \
             const at = (share) => sorted[Math.floor(sorted.length * share)].toFixed(1); \
             return `p50 ${{at(0.5)}}, p95 ${{at(0.95)}}, most ${{sorted.at(-1).toFixed(1)}} ms`; }}; \
           const list = {list}; \
           const took = await asked(list), again = await asked(list); \
           const slow = list.map((words, at) => [took[at], words]).sort((a, b) => b[0] - a[0]).slice(0, 4); \
           const [unpacked, engine, opened] = times.slice(1).map((time, at) => Math.round(time - times[at])); \
           const memory = globalThis.engine.memory.buffer.byteLength; \
           return `unpacked ${{content.length}} bytes in ${{unpacked}} ms, engine ready in ${{engine}} ms, pack open in ${{opened}} ms, \
             memory ${{memory}} bytes; a page of results: ${{figures(took)}}; of the last third, with slips: ${{figures(took.slice(67))}}; \
             once more, the search kept: ${{figures(again)}}; slowest: ${{slow.map(([time, words]) => time.toFixed(1) + ' ' + words).join(' | ')}}`; }})()"
    )
}

/// Searches made of the names in the material, lines of JSON, or of the lessons' names.
fn measured_searches() -> Vec<String> {
    let Some(file) = material() else {
        return hundred_searches();
    };
    let text = std::fs::read_to_string(file).unwrap();
    let name = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        record["name"].as_str().unwrap().to_owned()
    };
    searches_of(text.lines().map(name).collect())
}

#[tokio::test]
#[ignore = "takes figures; run with `cargo full-test what_a_pack_costs --run-ignored all --no-capture`"]
async fn what_a_pack_costs_in_the_browser() {
    let Some(learner) = at_the_packs().await else {
        return;
    };
    let visitor = &learner.visitor;
    fetch(visitor).await;
    learner.line.cut();
    let searches = measured_searches();
    for rate in [1, 4] {
        visitor.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": rate }));
        let told = visitor.script(&measuring(&searches)).await;
        println!("processor slowed by {rate}: {told}");
    }
    learner.visitor.leave_whatever_was_said().await;
}
