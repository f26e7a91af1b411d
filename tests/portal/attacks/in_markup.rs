//! Hostile records leave no script in any page.

use super::records::{FLAG, WORD, write};
use crate::harness::{Document, Setup, TestPortal, encode};

#[test]
fn pages_of_hostile_records_hold_no_script() {
    let folder = tempfile::tempdir().unwrap();
    let portal = TestPortal::start(Setup {
        import: Some(write(folder.path())),
        ..Setup::default()
    });
    let words = encode(WORD);
    let found = portal
        .get(&format!("/api/v1/resources?q={words}&size=100"))
        .json();
    let items = found["items"].as_array().unwrap();
    assert!(
        items.len() >= 20,
        "only {} hostile records were stored",
        items.len()
    );
    let mut pages = vec![
        format!("/search?q={words}&size=100"),
        "/".to_owned(),
        "/en/browse/toan".to_owned(),
        "/collections".to_owned(),
    ];
    pages.extend(
        items
            .iter()
            .map(|hit| format!("/resources/{}", encode(hit["id"].as_str().unwrap()))),
    );
    for path in pages {
        let answer = portal.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        harmless(&path, &answer.page());
    }
}

fn harmless(path: &str, page: &Document) {
    for script in page.all("script") {
        let data = script.attr("type") == Some("application/ld+json");
        assert!(
            data || script
                .attr("src")
                .is_some_and(|src| src.starts_with("/pkg/")),
            "{path}: {}",
            script.html()
        );
    }
    let forbidden = page.all("iframe, object, embed, base, frame, [srcdoc], meta[http-equiv]");
    assert!(forbidden.is_empty(), "{path}: {}", forbidden[0].html());
    for element in page.all("*") {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on"), "{path}: {:.300}", element.html());
            if [
                "href",
                "src",
                "action",
                "formaction",
                "poster",
                "xlink:href",
                "data",
            ]
            .contains(&name)
            {
                assert!(is_harmless(value), "{path}: {name}={value:?}");
            }
        }
    }
}

/// Whether following the address runs nothing.
fn is_harmless(address: &str) -> bool {
    let bare: String = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect::<String>()
        .to_lowercase();
    let picture = bare.starts_with("data:image/") && !bare.contains("svg");
    let scheme = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let known = ["http:", "https:", "mailto:", "tel:"]
        .iter()
        .any(|known| bare.starts_with(known));
    (picture || known || !scheme.contains(':')) && !(scheme.contains(FLAG) && scheme.contains(':'))
}
