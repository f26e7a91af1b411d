//! Completions while somebody types.

use super::{Library, record};
use khue_content::search::Suggestion;
use khue_index::PastQueries;

const NAMES: &[&str] = &[
    "Định luật Niu-tơn",
    "Định luật Ôm cho đoạn mạch",
    "Định luật bảo toàn khối lượng",
    "Quang hợp ở thực vật",
    "Phân số và hỗn số",
    "Phép chia phân số",
    "Phân tích nhân vật",
    "Vật lí quanh ta",
    "Đổi đơn vị đo độ dài",
];

fn library() -> Library {
    Library::of(
        NAMES
            .iter()
            .enumerate()
            .map(|(n, name)| (record(&format!("r{n}"), name, "vi"), "")),
    )
}

fn past() -> PastQueries {
    let counted = [
        ("phân số lớp 4", 40),
        ("phan so lop 4", 90),
        ("phân bào", 10),
        ("định luật ôm", 7),
    ];
    PastQueries::new(counted.map(|(text, count)| (text.to_owned(), count)))
}

fn texts(found: &[Suggestion], kind: &str) -> Vec<String> {
    found
        .iter()
        .filter(|s| s.kind == kind)
        .map(|s| s.text.clone())
        .collect()
}

fn suggest(library: &Library, typed: &str) -> Vec<Suggestion> {
    library
        .index
        .suggest(&past(), typed, "vi", 9)
        .expect("suggestions")
}

#[test]
fn names_are_completed_with_and_without_marks() {
    let library = library();
    for typed in [
        "định luật n",
        "dinh luat n",
        "dinh luat niu to",
        "ĐỊNH LUẬT NIU-T",
    ] {
        let found = texts(&suggest(&library, typed), "name");
        assert_eq!(
            found.first().map(String::as_str),
            Some("Định luật Niu-tơn"),
            "{typed}: {found:?}"
        );
    }
    let found = texts(&suggest(&library, "phân s"), "name");
    assert_eq!(
        found,
        ["Phân số và hỗn số", "Phép chia phân số"],
        "what begins with it comes first"
    );
    assert_eq!(
        texts(&suggest(&library, "d"), "name").len(),
        4,
        "one letter is enough: đ is d"
    );
}

#[test]
fn past_queries_concepts_and_names_are_groups() {
    let library = library();
    let found = suggest(&library, "phân");
    assert_eq!(
        texts(&found, "query"),
        ["phân số lớp 4", "phân bào"],
        "marks as typed, the same words once"
    );
    assert_eq!(
        texts(&suggest(&library, "phan"), "query"),
        ["phan so lop 4", "phân bào"]
    );
    let kinds: Vec<&str> = found.iter().map(|s| s.kind.as_str()).collect();
    assert!(
        kinds.is_sorted_by_key(|kind| match *kind {
            "query" => 0,
            "name" => 1,
            _ => 2,
        }),
        "{kinds:?}"
    );
    let subjects = texts(&suggest(&library, "vat l"), "about");
    assert!(
        subjects.iter().any(|s| s.contains("Vật lí")),
        "{subjects:?}"
    );
}

#[test]
fn what_was_typed_is_marked() {
    let library = library();
    let found = suggest(&library, "dinh lu");
    let first = found
        .iter()
        .find(|s| s.text == "Định luật Niu-tơn")
        .expect("the name");
    let marked: Vec<&str> = first
        .ranges
        .iter()
        .map(|(from, to)| &first.text[*from..*to])
        .collect();
    assert_eq!(marked, ["Định", "lu"]);
}

#[test]
fn slips_are_forgiven_in_the_last_resort() {
    let library = library();
    for (typed, name) in [
        ("qunag h", "Quang hợp ở thực vật"),
        ("dinh lauat", "Định luật Niu-tơn"),
        ("quagn", "Quang hợp ở thực vật"),
    ] {
        let found = texts(&suggest(&library, typed), "name");
        assert!(
            found.iter().any(|found| found == name),
            "{typed}: {found:?}"
        );
    }
}

#[test]
fn whatever_is_typed_is_answered() {
    let library = library();
    let empty = Library::of([]);
    for typed in [
        "",
        " ",
        "\"",
        "-",
        "é",
        "e\u{301}",
        "🎓",
        "a b c d e f g h i j k l",
        "đ",
        "H₂",
        "3/",
        &"x".repeat(300),
    ] {
        suggest(&library, typed);
        suggest(&empty, typed);
    }
}
