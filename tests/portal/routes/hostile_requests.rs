//! Whatever is asked, the portal is not at fault.

use super::hostile_queries::queries;
use crate::harness::{TestPortal, encode, send_raw};

#[test]
fn no_parameters_are_the_portals_fault() {
    let portal = TestPortal::shared();
    for path in [
        "/search",
        "/en/search",
        "/api/v1/resources",
        "/api/v1/suggest",
        "/",
    ] {
        for query in queries() {
            let status = status_of(&portal, &format!("{path}?{query}"));
            assert!((200..500).contains(&status), "{path}?{query:.80}: {status}");
            let passes_over = path.ends_with("/search") && query.len() < 1_000;
            assert!(!passes_over || status == 200, "{path}?{query}: {status}");
        }
    }
    assert_eq!(portal.get("/readyz").status, 200);
}

/// Well-behaved clients refuse to send the longest addresses.
fn status_of(portal: &TestPortal, address: &str) -> u16 {
    if address.len() < 60_000 {
        return portal.get(address).status;
    }
    let request = format!("GET {address} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    // A connection that is closed without an answer is a refusal too.
    send_raw(&portal.origin, request.as_bytes()).unwrap_or(400)
}

#[test]
fn no_path_is_the_portals_fault() {
    let portal = TestPortal::shared();
    let steps = [
        "%00",
        "%FF",
        "..",
        "%2e%2e",
        "%2F",
        "%5C",
        "a%0d%0aX-Evil:1",
        "%F0%9F%A6%86",
        ".jsonld",
        "'",
        "%22%3E",
        "%zz",
        "%",
    ];
    let folders = [
        "/",
        "/resources/",
        "/browse/",
        "/browse/level/",
        "/files/",
        "/files/0/",
        "/pkg/",
        "/sitemap/",
        "/api/v1/resources/",
        "/api/v1/vocabularies/",
    ];
    for folder in folders {
        for step in steps
            .map(str::to_owned)
            .into_iter()
            .chain([encode(&"ệ".repeat(3_000))])
        {
            let answer = portal.get(&format!("{folder}{step}"));
            assert!(
                (200..500).contains(&answer.status),
                "{folder}{step:.80}: {}",
                answer.status
            );
            assert!(answer.header("x-evil").is_empty(), "{folder}{step}");
        }
    }
}

#[test]
fn words_searched_for_come_back_as_text() {
    let portal = TestPortal::shared();
    let words = "</title><script>alert(1)</script>\"><img src=x onerror=alert(1)> ' onfocus='x";
    for path in ["/search", "/en/search"] {
        let page = portal.get(&format!("{path}?q={}", encode(words))).page();
        assert_eq!(page.attribute("input#q", "value"), words);
        assert!(page.all("img[onerror], [onfocus], [onload]").is_empty());
        let scripts = page.all("script");
        assert!(
            scripts
                .iter()
                .all(|script| !script.html().contains("alert")),
            "{path}"
        );
    }
}
