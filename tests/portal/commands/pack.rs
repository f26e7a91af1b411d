//! School packs: the same search and the same pages from one file.

use super::{khue, said};
use crate::harness::{Setup, TestPortal, even, hundred_searches, lessons};
use khue_content::pack::Manifest;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const LESSON: &str = "vat-li-10-dinh-luat-ii-newton";
/// What only a portal with accounts has: what people say, collections, works made from others.
const OF_PEOPLE: &str = "main section.voices, main .collected, main .adapting, main .result-card__collect, main .record-offer";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// A portal that searches by words alone, as packs do.
fn portal(pack: Option<PathBuf>) -> TestPortal {
    let variables = vec![("KHUE_MODELS", "/nonexistent".to_owned())];
    TestPortal::start(Setup {
        pack,
        variables,
        ..Setup::default()
    })
}

/// What stands on a page, but for what only a portal has: its own address, what people say of a resource, and records.
fn main_of(portal: &TestPortal, path: &str) -> String {
    let page = portal.get(path).page();
    let mut main = page.text("main").replace(&portal.origin, "");
    for element in page.all(OF_PEOPLE) {
        let text = even(&element.text().collect::<String>());
        main = main.replacen(text.trim(), "", 1);
    }
    even(&main)
}

#[test]
fn a_pack_of_the_library_answers_as_the_portal_does() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.khuepack");
    let whole = portal(None);
    let told = whole
        .command(&["pack", "build", file.to_str().unwrap()])
        .unwrap();
    assert!(
        told.contains(&format!("resources  {}", lessons().len())),
        "{told}"
    );
    let packed = portal(Some(file));
    let searches = hundred_searches();
    assert_eq!(searches.len(), 100);
    let mut found = 0;
    for words in &searches {
        let here = packed.ten(words);
        assert_eq!(here, whole.ten(words), "{words}");
        found += usize::from(!here.is_empty());
    }
    assert!(found > 90, "{found} of 100 searches found something");

    let path = whole.resource(LESSON);
    for path in [
        path.as_str(),
        "/search?q=l%E1%BB%9Bp+8",
        "/paths/tu-cap-so-den-chuyen-dong",
        "/browse/toan",
    ] {
        assert_eq!(main_of(&packed, path), main_of(&whole, path), "{path}");
    }
    assert!(packed.get(&path).page().all("math").len() > 3);
    let address = format!("{path}/exercises/1?part=form");
    for answer in ["a=2%2C5+m%2Fs2", "a=40"] {
        let here = packed.ask("POST", &address, &[FORM], answer).text();
        assert_eq!(here, whole.ask("POST", &address, &[FORM], answer).text());
        assert!(here.contains("data-verdict"), "{here}");
    }
    assert_eq!(packed.get("/resources/nothing-here").status, 404);
    assert_eq!(packed.get("/readyz").status, 200);
}

#[test]
fn a_pack_holds_what_was_chosen_and_damage_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("toan.khuepack");
    let name = file.to_str().unwrap();
    let portal = TestPortal::shared();
    let choice = [
        "pack",
        "build",
        name,
        "--subject",
        "toán",
        "--level",
        "trung học cơ sở",
    ];
    let told = portal.command(&choice).unwrap();
    assert!(told.contains("subjects   Toán"), "{told}");
    let inspected = khue(folder.path(), &["pack", "inspect", name]);
    assert!(inspected.status.success() && said(&inspected).contains("parts are whole"));

    let mut bytes = std::fs::read(&file).unwrap();
    let last = bytes.len() - 100;
    bytes[last] ^= 1;
    std::fs::write(&file, &bytes).unwrap();
    for command in [
        &["pack", "inspect", name][..],
        &["pack", "serve", name, "--listen", "127.0.0.1:0"],
    ] {
        let refused = khue(folder.path(), command);
        assert!(!refused.status.success());
        let said = said(&refused);
        assert!(
            said.contains("of the pack is damaged") && said.contains("toan.khuepack"),
            "{said}"
        );
    }
    bytes.truncate(last);
    std::fs::write(&file, &bytes).unwrap();
    let cut = khue(folder.path(), &["pack", "inspect", name]);
    assert!(
        said(&cut).contains("the pack ends in part"),
        "{}",
        said(&cut)
    );

    let nothing = portal.command(&["pack", "build", name, "--subject", "no such subject"]);
    assert!(
        nothing
            .unwrap_err()
            .contains("--subject \"no such subject\" is not known")
    );
}

#[test]
fn what_is_no_pack_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.zip"), "PK\u{3}\u{4}").unwrap();
    let refused = khue(folder.path(), &["pack", "inspect", "a.zip"]);
    assert!(
        said(&refused).contains("this is no pack"),
        "{}",
        said(&refused)
    );
    let missing = khue(folder.path(), &["pack", "inspect", "b.khuepack"]);
    assert!(said(&missing).contains("b.khuepack"), "{}", said(&missing));
    let typo = khue(
        folder.path(),
        &["pack", "build", "x.khuepack", "--data", "typo"],
    );
    assert!(
        said(&typo).contains("there is no portal in"),
        "{}",
        said(&typo)
    );
}

/// How long a portal may take to make its packs, at the lowest priority on a machine that is busy with tests.
const MAKING: Duration = Duration::from_secs(400);

/// The packs that a portal has made by itself, once it has made them: that of everything.
fn made(portal: &TestPortal) -> Manifest {
    let (folder, started) = (portal.data().join("packs"), Instant::now());
    while !folder.join("made.json").is_file() {
        let late = started.elapsed() > MAKING;
        assert!(!late, "no packs: {}", portal.log());
        std::thread::sleep(Duration::from_millis(200));
    }
    let pack = std::fs::read(folder.join("khue-all.khuepack")).unwrap();
    Manifest::read(&pack).unwrap().0
}

#[test]
fn a_portal_makes_packs_and_a_new_edition_differs_little() {
    let site = tempfile::tempdir().unwrap();
    name_what_reads_packs(site.path());
    let mut portal = TestPortal::start(Setup {
        variables: vec![
            ("KHUE_MODELS", "/nonexistent".to_owned()),
            ("KHUE_PACKS_RESOURCES", "1000".to_owned()),
            ("KHUE_SITE", site.path().to_str().unwrap().to_owned()),
        ],
        ..Setup::default()
    });
    let before = made(&portal);
    assert_eq!(before.resources, lessons().len());
    let listed = portal.get("/packs?lang=fr").json();
    let names: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|pack| pack["name"].as_str().unwrap())
        .collect();
    assert_eq!(names[..2], ["Tout", "Préscolaire"], "{names:?}");
    let address = listed[0]["address"].as_str().unwrap();
    let part = portal.ask("GET", address, &[("range", "bytes=0-7")], "");
    assert_eq!((part.status, part.text().as_str()), (206, "khuepack"));
    assert_eq!(portal.get("/packs/khue.db").status, 404);
    assert_eq!(portal.get("/packs/..%2Fkhue.db").status, 404);

    let record = portal.data().join("new.jsonl");
    let line = r#"{"identifier":"chanh-day","name":"Quả chanh dây","inLanguage":["vi"],"license":"CC-BY-4.0","url":"https://example.org/chanh-day"}"#;
    std::fs::write(&record, line).unwrap();
    portal
        .command(&["import", record.to_str().unwrap()])
        .unwrap();
    std::fs::remove_file(portal.data().join("packs/made.json")).unwrap();
    let stopped = Command::new("kill")
        .arg(portal.process().to_string())
        .status();
    assert!(stopped.unwrap().success());
    portal.kill_is_over();
    portal.start_again();
    let after = made(&portal);
    assert_eq!(after.resources, before.resources + 1);
    let new = after
        .parts
        .iter()
        .filter(|part| !before.parts.contains(part));
    let (new, all): (usize, usize) = (new.map(|part| part.bytes).sum(), after.packed_bytes());
    assert!(
        0 < new && new < all / 3,
        "{new} of {all} bytes would come anew"
    );
}

/// A built site of which there is nothing but names: packs are only made where browsers can read them.
fn name_what_reads_packs(site: &Path) {
    let asset = |path: &str| serde_json::json!({ "path": path });
    let manifest = serde_json::json!({ "assets": {
        "khue-offline.wasm": asset("pkg/a.wasm"), "khue-packs.js": asset("pkg/b.js") } });
    std::fs::write(site.join("manifest.json"), manifest.to_string()).unwrap();
}
