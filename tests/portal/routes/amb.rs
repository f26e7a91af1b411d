//! What programs read about a resource.

use crate::harness::{TestPortal, lessons};
use khue_content::format::json_ld::judge_amb;
use serde_json::Value;

#[test]
fn every_shipped_lesson_is_valid_by_the_amb_profile() {
    let portal = TestPortal::shared();
    for lesson in lessons() {
        let id = portal.find(&lesson.record.name, &lesson.identifier)["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let answer = portal.get(&format!("/api/v1/resources/{id}.jsonld"));
        assert_eq!(answer.header("content-type"), "application/ld+json", "{id}");
        let document = answer.json();
        assert!(
            judge_amb(&document).is_empty(),
            "{id}: {:?}",
            judge_amb(&document)
        );
        assert_eq!(document["name"], lesson.record.name.as_str());
    }
}

#[test]
fn the_form_is_chosen_by_what_is_accepted() {
    let portal = TestPortal::shared();
    let path = format!(
        "/api/v1{}",
        portal.resource("vat-li-10-dinh-luat-ii-newton")
    );
    let kind = |accept: &str| {
        portal
            .ask("GET", &path, &[("accept", accept)], "")
            .header("content-type")
            .to_owned()
    };
    assert_eq!(kind("application/ld+json"), "application/ld+json");
    assert_eq!(kind("application/json"), "application/json");
    assert_eq!(kind("*/*"), "application/json");
}

#[test]
fn one_resource_comes_with_its_text_and_its_labels() {
    let portal = TestPortal::shared();
    let shown = portal
        .get(&format!(
            "/api/v1{}?lang=en",
            portal.resource("vat-li-10-dinh-luat-ii-newton")
        ))
        .json();
    assert_eq!(shown["record"]["inLanguage"][0], "vi");
    assert!(
        shown["html"].as_str().unwrap().contains("<h2"),
        "{shown:.400}"
    );
    assert!(
        shown["labels"]
            .as_object()
            .unwrap()
            .values()
            .any(|label| label == "Physics"),
        "{}",
        shown["labels"]
    );
}

#[test]
fn a_resource_page_tells_search_engines_what_it_is() {
    let portal = TestPortal::shared();
    for lesson in lessons() {
        let page = portal.get(&portal.resource(&lesson.identifier)).page();
        let script: String = page
            .one("script[type='application/ld+json']")
            .text()
            .collect();
        let data: Value = serde_json::from_str(&script)
            .unwrap_or_else(|e| panic!("{}: {e}: {script:.300}", lesson.identifier));
        assert_eq!(data["@context"], "https://schema.org");
        assert_eq!(data["@type"], "LearningResource");
        assert_eq!(data["name"], lesson.record.name.as_str());
        for property in [
            "description",
            "inLanguage",
            "license",
            "educationalLevel",
            "learningResourceType",
        ] {
            assert!(
                !data[property].is_null(),
                "{}: {property}",
                lesson.identifier
            );
        }
        assert!(
            data["license"]
                .as_str()
                .unwrap()
                .starts_with("https://creativecommons.org/"),
            "{}",
            data["license"]
        );
    }
}
