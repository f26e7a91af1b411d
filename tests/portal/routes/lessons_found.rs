//! The shipped lessons are found by what they are called, typed carefully or in haste.

use crate::harness::{Lesson, TestPortal, encode, lessons, without_marks};

/// The name without its subject and grade: "Toán 4: Tính chất…" → "Tính chất…".
fn title(lesson: &Lesson) -> &str {
    let name = lesson.record.name.as_str();
    name.split_once(": ").map_or(name, |(_, title)| title)
}

/// Identifiers of the first result and of the works it stands for.
fn first(portal: &TestPortal, words: &str) -> (String, String) {
    let found = portal
        .get(&format!("/api/v1/resources?q={}", encode(words)))
        .json();
    let first = &found["items"][0];
    (
        first["identifier"].as_str().unwrap_or_default().to_owned(),
        first["versions"].to_string(),
    )
}

fn assert_first(typed: impl Fn(&Lesson) -> String) {
    let portal = TestPortal::shared();
    let mut missed = Vec::new();
    for lesson in lessons() {
        let words = typed(lesson);
        let (identifier, versions) = first(&portal, &words);
        if identifier != lesson.identifier && !versions.contains(&lesson.record.name) {
            missed.push(format!(
                "{words:?}: {identifier} before {}",
                lesson.identifier
            ));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn by_their_title() {
    assert_first(|lesson| title(lesson).to_owned());
}

#[test]
fn by_their_title_without_marks() {
    assert_first(|lesson| without_marks(title(lesson)));
}

#[test]
fn by_their_title_without_marks_and_in_small_letters() {
    assert_first(|lesson| without_marks(title(lesson)).to_lowercase());
}

#[test]
fn by_their_whole_name() {
    assert_first(|lesson| lesson.record.name.clone());
}

#[test]
fn the_page_shows_the_same_as_the_interface() {
    let portal = TestPortal::shared();
    let words = encode("phan so");
    let found = portal.get(&format!("/api/v1/resources?q={words}")).json();
    let expected: Vec<String> = found["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| format!("/resources/{}", hit["id"].as_str().unwrap()))
        .collect();
    let page = portal.get(&format!("/search?q={words}")).page();
    let shown: Vec<String> = page
        .all(".result-list .result-card__title a")
        .iter()
        .map(|link| link.attr("href").unwrap().to_owned())
        .collect();
    assert_eq!(shown, expected);
    assert!(
        !page.all(".result-list mark").is_empty(),
        "nothing is marked"
    );
}

/// Where a subject is all that was typed, its lessons come first: “Thuật toán” and, by a word in its text, “an toàn” only behind them.
#[test]
fn a_subject_alone_finds_its_lessons_first() {
    let found = TestPortal::shared()
        .get("/api/v1/resources?q=to%C3%A1n&size=50")
        .json();
    let inside = found["asUnderstood"].as_u64().unwrap() as usize;
    let items = found["items"].as_array().unwrap();
    assert!(inside > 5 && items.len() > inside, "{inside}");
    for item in &items[..inside] {
        let about = item["about"].to_string();
        assert!(about.contains("/about/toan\""), "{}: {about}", item["name"]);
    }
    let safe = items
        .iter()
        .find(|item| item["name"].as_str().unwrap().contains("an toàn"));
    let safe = safe.expect("what holds the word in its text is found too");
    assert!(
        !safe["reasons"].to_string().contains("\"name\""),
        "{safe:.400}"
    );
}
