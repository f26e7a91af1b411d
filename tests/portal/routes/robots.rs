//! What robots and supervisors ask for.

use crate::harness::{TestPortal, lessons};
use regex::Regex;

#[test]
fn robots_are_told_where_to_go() {
    let portal = TestPortal::shared();
    let answer = portal.get("/robots.txt");
    assert!(answer.header("content-type").starts_with("text/plain"));
    assert!(
        answer
            .text()
            .contains(&format!("Sitemap: {}/sitemap.xml", portal.origin)),
        "{}",
        answer.text()
    );
    assert!(answer.text().contains("Disallow: /api/"));
}

fn addresses(portal: &TestPortal, path: &str) -> Vec<String> {
    let answer = portal.get(path);
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "application/xml"),
        "{path}"
    );
    let text = answer.text();
    let location = Regex::new("<loc>([^<]+)</loc>").unwrap();
    let found = location
        .captures_iter(&text)
        .map(|found| found[1].to_owned());
    found
        .map(|address| {
            address
                .strip_prefix(&portal.origin)
                .unwrap_or_else(|| panic!("{address}"))
                .to_owned()
        })
        .collect()
}

#[test]
fn the_sitemap_names_every_page_and_every_lesson() {
    let portal = TestPortal::shared();
    let parts = addresses(&portal, "/sitemap.xml");
    let all: Vec<String> = parts
        .iter()
        .flat_map(|part| addresses(&portal, part))
        .collect();
    let resources = all
        .iter()
        .filter(|path| path.contains("/resources/"))
        .count();
    assert!(resources >= lessons().len(), "{resources}");
    for path in all.iter().step_by(7) {
        assert_eq!(portal.get(path).status, 200, "{path}");
    }
    let missing = addresses_missing(&all);
    assert!(missing.is_empty(), "{missing:?}");
}

fn addresses_missing(all: &[String]) -> Vec<&'static str> {
    let wanted = [
        "/",
        "/browse",
        "/browse/toan",
        "/browse/level/grade-4",
        "/collections",
        "/about",
        "/help",
        "/accessibility",
        "/privacy",
        "/offline",
    ];
    wanted
        .into_iter()
        .filter(|page| !all.iter().any(|address| address == page))
        .collect()
}

#[test]
fn supervisors_see_that_it_lives() {
    let portal = TestPortal::shared();
    assert_eq!(portal.get("/healthz").status, 200);
    let ready = portal.get("/readyz").json();
    assert_eq!(
        (&ready["ready"], &ready["store"], &ready["index"]),
        (&true.into(), &"ok".into(), &"ok".into())
    );
    assert_eq!(
        portal
            .get("/sitemap/99999999.xml")
            .text()
            .matches("<url>")
            .count(),
        0
    );
    assert_eq!(portal.get("/sitemap/x.xml").status, 404);
}

#[test]
fn the_icon_is_there() {
    let portal = TestPortal::shared();
    assert_eq!(
        portal.get("/favicon.svg").header("content-type"),
        "image/svg+xml"
    );
}
