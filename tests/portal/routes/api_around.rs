//! The interface for programs, besides the search.

use crate::harness::{TestPortal, encode};
use serde_json::Value;

#[test]
fn suggestions_complete_with_and_without_marks() {
    let portal = TestPortal::shared();
    for typed in ["định l", "dinh l", "toán 4", "Newt"] {
        let answer = portal.get(&format!("/api/v1/suggest?q={}", encode(typed)));
        let found = answer.json();
        let found = found.as_array().unwrap();
        assert!(!found.is_empty() && found.len() <= 10, "{typed}: {found:?}");
        assert!(
            found
                .iter()
                .all(|one| one["text"].is_string() && one["kind"].is_string()),
            "{found:?}"
        );
    }
    assert_eq!(
        portal.get("/api/v1/suggest?q=").json(),
        Value::Array(Vec::new())
    );
}

#[test]
fn the_interface_describes_itself() {
    let portal = TestPortal::shared();
    let description = portal.get("/api/openapi.json").json();
    assert!(description["openapi"].as_str().unwrap().starts_with("3."));
    let paths = description["paths"].as_object().unwrap();
    for path in paths.keys().filter(|path| !path.contains('{')) {
        assert_eq!(portal.get(path).status, 200, "{path}");
    }
    assert!(
        paths.contains_key("/api/v1/resources"),
        "{:?}",
        paths.keys().collect::<Vec<_>>()
    );
}

#[test]
fn vocabularies_are_whole() {
    let portal = TestPortal::shared();
    for entry in portal
        .get("/api/v1/vocabularies")
        .json()
        .as_array()
        .unwrap()
    {
        let answer = portal.get(entry["url"].as_str().unwrap());
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.json()["concepts"].as_array().unwrap().len() as u64,
            entry["concepts"].as_u64().unwrap()
        );
    }
}

#[test]
fn what_is_not_there_is_a_problem_document() {
    let portal = TestPortal::shared();
    for path in [
        "/api/v1/resources/no-such",
        "/api/v1/vocabularies/no-such",
        "/api/v1/no-such",
    ] {
        let answer = portal.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{path}"
        );
        assert_eq!(answer.json()["status"], 404, "{path}");
    }
}
