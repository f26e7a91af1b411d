//! School packs: the same search and the same pages from one file.

use super::{khue, said};
use crate::harness::{Setup, TestPortal, encode, lessons, without_marks};
use std::path::PathBuf;

const LESSON: &str = "vat-li-10-dinh-luat-ii-newton";
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

/// 100 searches made of the names of lessons: as they are, without marks, with a letter doubled or swapped.
fn searches() -> Vec<String> {
    let names: Vec<String> = lessons()
        .iter()
        .map(|lesson| lesson.record.name.chars().take(60).collect())
        .collect();
    let slip = |name: &String| {
        let mut letters: Vec<char> = name.chars().collect();
        let middle = letters.len() / 2;
        letters.swap(middle, middle - 1);
        letters.into_iter().collect::<String>()
    };
    let mut all = names.clone();
    all.extend(names.iter().map(|name| without_marks(name)));
    all.extend(names.iter().map(slip));
    let step = (all.len() / 100).max(1);
    all.into_iter().step_by(step).take(100).collect()
}

fn ten(portal: &TestPortal, words: &str) -> Vec<String> {
    let found = portal.get(&format!("/api/v1/resources?size=10&q={}", encode(words)));
    let found = found.json();
    let items = found["items"].as_array().unwrap().iter();
    items
        .map(|hit| hit["id"].as_str().unwrap().to_owned())
        .collect()
}

/// What a page says, but for the portal's own address.
fn main_of(portal: &TestPortal, path: &str) -> String {
    let page = portal.get(path).page();
    page.text("main").replace(&portal.origin, "")
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
    let searches = searches();
    assert_eq!(searches.len(), 100);
    let mut found = 0;
    for words in &searches {
        let here = ten(&packed, words);
        assert_eq!(here, ten(&whole, words), "{words}");
        found += usize::from(!here.is_empty());
    }
    assert!(found > 90, "{found} of 100 searches found something");

    // Pages name the portal's own address; all else is the same.
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
