//! The lists that people choose from when they say something of a resource.

use khue_content::community::{
    Choice, CommentKind, CommentState, ReportState, choice, hiding_reasons, plain_words, ratings,
    report_kind, report_kinds, report_outcomes,
};
use std::collections::BTreeSet;

fn is_whole(name: &str, list: &[Choice]) {
    assert!(list.len() >= 2, "{name}: {} rows", list.len());
    let keys: BTreeSet<&str> = list.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys.len(), list.len(), "{name}: a key stands twice");
    for one in list {
        let plain = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(
            !one.key.is_empty() && one.key.chars().all(plain),
            "{name}: {:?}",
            one.key
        );
        let languages: Vec<&str> = one.label.keys().map(String::as_str).collect();
        assert_eq!(languages, ["en", "fr", "vi"], "{name}: {}", one.key);
        assert!(
            one.label
                .values()
                .all(|label| label.trim() == label && !label.is_empty()),
            "{name}: {}",
            one.key
        );
    }
}

#[test]
fn the_lists_are_whole_in_three_languages() {
    is_whole("ratings", ratings());
    is_whole("hidingReasons", hiding_reasons());
    is_whole("reportOutcomes", report_outcomes());
    let kinds: Vec<Choice> = report_kinds()
        .iter()
        .map(|kind| Choice {
            key: kind.key.clone(),
            label: kind.label.clone(),
        })
        .collect();
    is_whole("reportKinds", &kinds);
    assert_eq!(
        choice(ratings(), "ready").map(|one| one.label("vi")),
        Some("Dùng được ngay")
    );
    assert_eq!(choice(ratings(), "five-stars"), None);
    assert_eq!(
        choice(ratings(), "mend").map(|one| one.label("de")),
        Some("Cần sửa"),
        "a language that is not there"
    );
}

#[test]
fn safety_is_due_first() {
    let days: Vec<i64> = report_kinds().iter().map(|kind| kind.days).collect();
    assert!(
        days[0] >= 1 && days.is_sorted_by(|one, next| one < next),
        "{days:?}"
    );
    assert_eq!(report_kinds()[0].key, "safety");
    assert_eq!(report_kind("safety"), report_kinds().first());
}

#[test]
fn kinds_and_states_are_found_by_their_names() {
    for kind in CommentKind::ALL {
        assert_eq!(CommentKind::parse(kind.name()), Some(kind));
    }
    for state in CommentState::ALL {
        assert_eq!(CommentState::parse(state.name()), Some(state));
    }
    for state in ReportState::ALL {
        assert_eq!(ReportState::parse(state.name()), Some(state));
    }
    assert_eq!(CommentKind::parse(""), None);
}

#[test]
fn words_are_plain_text_of_a_length() {
    assert_eq!(
        plain_words("a\0b\u{7}\u{2066}c\u{1b}[31m\n\td\r", 99).as_deref(),
        Some("abc[31m\n\td")
    );
    assert_eq!(plain_words(" \u{202e}\u{200f} ", 9).as_deref(), Some(""));
    let long = "ế".repeat(2_000);
    assert_eq!(plain_words(&long, 2_000), Some(long.clone()));
    assert_eq!(plain_words(&format!("{long}ế"), 2_000), None);
    let html = "<script>alert(1)</script> https://evil.example";
    assert_eq!(
        plain_words(html, 99).as_deref(),
        Some(html),
        "nothing of it is markup, so nothing has to go"
    );
}
