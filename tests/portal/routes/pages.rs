//! Every public page in every language: there, whole, well formed.

use super::{LANGUAGES, PAGES, in_language};
use crate::harness::{Document, TestPortal, lessons};

fn check(address: &str, code: &str, page: &Document) {
    assert_eq!(page.attribute("html", "lang"), code, "{address}");
    assert_eq!(page.all("h1").len(), 1, "{address}: one h1");
    assert!(
        !page.text("h1").is_empty(),
        "{address}: the h1 says something"
    );
    assert!(
        page.text("title").ends_with("Khuê"),
        "{address}: {}",
        page.text("title")
    );
    assert!(
        !page
            .attribute("meta[name=description]", "content")
            .is_empty(),
        "{address}"
    );
    assert_eq!(page.all("main#main").len(), 1, "{address}: one main");
    assert_eq!(
        page.attributes("link[rel=alternate][hreflang]", "hreflang")
            .len(),
        4,
        "{address}"
    );
    no_repeated_ids(address, page);
}

fn no_repeated_ids(address: &str, page: &Document) {
    let elements = page.all("[id]");
    let ids = page.attributes("[id]", "id");
    assert_eq!(elements.len(), ids.len(), "{address}: an id stands twice");
}

#[test]
fn every_page_is_there_in_every_language() {
    let portal = TestPortal::shared();
    for (prefix, code) in LANGUAGES {
        for page in PAGES {
            let address = in_language(prefix, page);
            let answer = portal.get(&address);
            assert_eq!(answer.status, 200, "{address}");
            assert_eq!(answer.header("content-language"), *code, "{address}");
            check(&address, code, &answer.page());
        }
    }
}

#[test]
fn every_shipped_lesson_has_its_page() {
    let portal = TestPortal::shared();
    for (place, lesson) in lessons().iter().enumerate() {
        let (prefix, code) = LANGUAGES[place % LANGUAGES.len()];
        let address = format!("{prefix}{}", portal.resource(&lesson.identifier));
        let answer = portal.get(&address);
        assert_eq!(answer.status, 200, "{address}");
        let page = answer.page();
        check(&address, code, &page);
        assert_eq!(page.text("h1"), lesson.record.name.trim(), "{address}");
        assert_eq!(
            page.all("article math, .prose math, math").is_empty(),
            !has_formula(lesson),
            "{}",
            lesson.identifier
        );
    }
}

fn has_formula(lesson: &crate::harness::Lesson) -> bool {
    let body = lesson
        .record
        .body
        .as_ref()
        .map(|body| format!("{body:?}"))
        .unwrap_or_default();
    body.contains('$')
}

#[test]
fn an_address_that_leads_nowhere_has_ways_out() {
    let portal = TestPortal::shared();
    for (prefix, code) in LANGUAGES {
        for lost in [
            "/nothing-here",
            "/resources/no-such-thing",
            "/browse/no-such-subject",
            "/browse/level/no-such",
        ] {
            let address = format!("{prefix}{lost}");
            let answer = portal.get(&address);
            assert_eq!(answer.status, 404, "{address}");
            let page = answer.page();
            assert_eq!(page.attribute("html", "lang"), *code, "{address}");
            assert_eq!(page.all("h1").len(), 1, "{address}");
            assert!(page.has_id("q"), "{address}: no search");
            let ways = page.attributes("main a[href]", "href");
            assert!(
                ways.contains(&in_language(prefix, "/")),
                "{address}: {ways:?}"
            );
            assert!(
                ways.contains(&in_language(prefix, "/browse")),
                "{address}: {ways:?}"
            );
        }
    }
}

#[test]
fn a_closing_slash_is_taken_away() {
    let portal = TestPortal::shared();
    for (from, to) in [
        ("/browse/", "/browse"),
        ("/en/search/?q=a", "/en/search?q=a"),
        ("/fr/", "/fr"),
    ] {
        let answer = portal.get(from);
        assert!(
            answer.status == 308 || answer.status == 200,
            "{from}: {}",
            answer.status
        );
        if answer.status == 308 {
            assert_eq!(answer.header("location"), to);
        }
    }
    let answer = portal.get("//evil.example/");
    assert!(
        !answer.header("location").starts_with("//"),
        "{}",
        answer.header("location")
    );
}
