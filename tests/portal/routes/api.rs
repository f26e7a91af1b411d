//! The interface for programs.

use crate::harness::{TestPortal, encode};
use serde_json::Value;

const TOAN: &str = "https://w3id.org/khue/about/toan";

fn total(found: &Value) -> u64 {
    found["total"].as_u64().unwrap()
}

fn ids(found: &Value) -> Vec<String> {
    let items = found["items"].as_array().unwrap();
    items
        .iter()
        .map(|hit| hit["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_search_gives_results_with_what_was_found() {
    let portal = TestPortal::shared();
    let answer = portal.get(&format!("/api/v1/resources?q={}", encode("định luật")));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let found = answer.json();
    assert!(total(&found) >= 2, "{found:.500}");
    let items = found["items"].as_array().unwrap();
    assert!(
        items
            .windows(2)
            .all(|pair| pair[0]["score"].as_f64() >= pair[1]["score"].as_f64())
    );
    for hit in items {
        assert!(
            !hit["id"].as_str().unwrap().is_empty() && !hit["name"].as_str().unwrap().is_empty()
        );
        for highlight in hit["highlights"].as_array().unwrap() {
            check_ranges(highlight);
        }
    }
    let marked = items[0]["highlights"].as_array().unwrap();
    assert!(
        !marked.is_empty(),
        "the first result shows nothing that was found: {}",
        items[0]
    );
}

fn check_ranges(highlight: &Value) {
    let text = highlight["text"].as_str().unwrap();
    let mut end = 0;
    for range in highlight["ranges"].as_array().unwrap() {
        let (from, to) = (
            range[0].as_u64().unwrap() as usize,
            range[1].as_u64().unwrap() as usize,
        );
        assert!(
            from >= end && to > from && text.get(from..to).is_some(),
            "{highlight}"
        );
        end = to;
    }
}

#[test]
fn facets_count_what_their_filters_find() {
    let portal = TestPortal::shared();
    let all = portal.get("/api/v1/resources").json();
    let facets = all["facets"].as_array().unwrap();
    assert!(facets.len() >= 5, "{all:.500}");
    for facet in facets {
        let name = facet["name"].as_str().unwrap();
        for value in facet["values"].as_array().unwrap().iter().take(4) {
            let wanted = value["value"].as_str().unwrap();
            let found = portal
                .get(&format!("/api/v1/resources?{name}={}", encode(wanted)))
                .json();
            assert_eq!(
                total(&found),
                value["count"].as_u64().unwrap(),
                "{name}={wanted}"
            );
            assert!(total(&found) > 0);
        }
    }
}

#[test]
fn facets_of_a_search_count_its_results() {
    let portal = TestPortal::shared();
    for words in ["định luật", "phân số", "newton"] {
        let path = format!("/api/v1/resources?q={}", encode(words));
        let found = portal.get(&path).json();
        let facets = found["facets"].as_array().unwrap();
        let languages = facets
            .iter()
            .find(|facet| facet["name"] == "inLanguage")
            .unwrap();
        let values = languages["values"].as_array().unwrap();
        let counted: u64 = values
            .iter()
            .map(|value| value["count"].as_u64().unwrap())
            .sum();
        assert_eq!(
            counted,
            total(&found),
            "{words}: every lesson has one language"
        );
    }
}

#[test]
fn filters_take_notations_labels_and_addresses() {
    let portal = TestPortal::shared();
    let count = |value: &str| {
        total(
            &portal
                .get(&format!("/api/v1/resources?about={}", encode(value)))
                .json(),
        )
    };
    let expected = count(TOAN);
    assert!(expected > 3);
    for same in ["toan", "Toán", "Mathematics"] {
        assert_eq!(count(same), expected, "{same}");
    }
    let none = portal.get("/api/v1/resources?about=no-such-subject").json();
    assert_eq!(total(&none), 0);
    assert!(
        none["warnings"][0]
            .as_str()
            .unwrap()
            .contains("no-such-subject")
    );
}

#[test]
fn filters_of_one_property_add_up_and_of_two_narrow_down() {
    let portal = TestPortal::shared();
    let count = |query: &str| total(&portal.get(&format!("/api/v1/resources?{query}")).json());
    assert!(count("about=toan&about=ngu-van") > count("about=toan"));
    assert!(count("about=toan&inLanguage=vi") <= count("about=toan"));
    let (all, open) = (count(""), count("adaptable=1"));
    assert!(open > 0 && open <= all);
    assert_eq!(count("from=2100"), 0);
    assert_eq!(count("to=1900"), 0);
}

#[test]
fn pages_go_through_all_results_once() {
    let portal = TestPortal::shared();
    for sort in ["relevance", "newest", "name"] {
        let page = |n: u64| {
            portal
                .get(&format!("/api/v1/resources?size=10&sort={sort}&page={n}"))
                .json()
        };
        let total = total(&page(1));
        let mut seen: Vec<String> = (1..=total.div_ceil(10))
            .flat_map(|n| ids(&page(n)))
            .collect();
        assert_eq!(seen.len() as u64, total, "{sort}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len() as u64, total, "{sort}: a result stands twice");
        assert!(ids(&page(total.div_ceil(10) + 1)).is_empty());
    }
}

#[test]
fn a_page_links_to_its_neighbours() {
    let portal = TestPortal::shared();
    let second = portal.get("/api/v1/resources?size=5&page=2").json();
    for (way, page) in [("previous", 1), ("next", 3)] {
        let link = second["links"][way].as_str().unwrap();
        let path = link.strip_prefix(&portal.origin).unwrap_or(link);
        assert_eq!(portal.get(path).json()["page"], page, "{link}");
    }
}

#[test]
fn orders_are_kept() {
    let portal = TestPortal::shared();
    let newest = portal.get("/api/v1/resources?sort=newest&size=100").json();
    let days: Vec<&str> = newest["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|hit| hit["datePublished"].as_str())
        .collect();
    assert!(
        days.len() > 10 && days.is_sorted_by(|a, b| a >= b),
        "{days:?}"
    );
}

#[test]
fn facets_come_as_asked_for_and_change_nothing_else() {
    let portal = TestPortal::shared();
    let ask = |facets: &str| {
        let path = format!("/api/v1/resources?q={}{facets}", encode("phân số"));
        portal.get(&path).json()
    };
    let names = |found: &Value| -> Vec<String> {
        let facets = found["facets"].as_array().unwrap().iter();
        facets
            .map(|facet| facet["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = ask("");
    assert!(names(&all).len() > 3);
    for (asked, wanted) in [
        ("&facets=none", &[][..]),
        ("&facets=license,about", &["about", "license"]),
    ] {
        let found = ask(asked);
        assert_eq!(names(&found), wanted, "{asked}");
        assert_eq!((total(&found), ids(&found)), (total(&all), ids(&all)));
    }
}

#[test]
fn wrong_parameters_are_explained() {
    let portal = TestPortal::shared();
    for (query, name) in [
        ("page=abc", "page"),
        ("size=99999999", "size"),
        ("sort=zzz", "sort"),
        ("from=abc", "from"),
        ("lang=xx", "lang"),
        ("adaptable=maybe", "adaptable"),
        ("facets=subject", "facets"),
        ("facets=none,about", "facets"),
    ] {
        let answer = portal.get(&format!("/api/v1/resources?{query}"));
        assert_eq!(answer.status, 400, "{query}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{query}"
        );
        assert!(answer.text().contains(name), "{query}: {}", answer.text());
    }
    let warned = portal.get("/api/v1/resources?pgae=2").json();
    assert!(
        warned["warnings"][0].as_str().unwrap().contains("`page`"),
        "{}",
        warned["warnings"]
    );
}

#[test]
fn labels_come_in_the_language_asked_for() {
    let portal = TestPortal::shared();
    let label = |lang: &str| {
        portal
            .get(&format!("/api/v1/resources?about=toan&size=1&lang={lang}"))
            .json()["labels"][TOAN]
            .clone()
    };
    assert_eq!(
        (label("vi"), label("en")),
        ("Toán".into(), "Mathematics".into())
    );
    let french = portal
        .ask(
            "GET",
            "/api/v1/resources?about=toan&size=1",
            &[("accept-language", "fr")],
            "",
        )
        .json();
    assert_eq!(french["language"], "fr");
}
