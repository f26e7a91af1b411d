//! The interface for programs.

use crate::fixture::{app, ask, get, get_with, request};
use axum::http::StatusCode;
use khue_server::routes::api::search::parameters;
use serde_json::{Value, json};

#[tokio::test]
async fn a_search_has_labels_in_the_language_asked_for() {
    let english = get("/api/v1/resources?lang=en").await;
    assert_eq!(
        (english.status, english.header("content-type")),
        (StatusCode::OK, "application/json")
    );
    assert_eq!(english.header("access-control-allow-origin"), "*");
    let page = english.json();
    assert_eq!(page["language"], "en");
    let total = page["total"].as_u64().unwrap();
    assert!(total > 2 && page["items"].as_array().unwrap().len() as u64 == total);
    let subject = page["items"][0]["about"][0].as_str().unwrap();
    let vietnamese = get_with("/api/v1/resources", &[("accept-language", "vi;q=0.9, de")])
        .await
        .json();
    assert!(page["labels"][subject].is_string());
    assert_ne!(page["labels"][subject], vietnamese["labels"][subject]);
    assert!(english.header("vary").contains("accept-language"));
}

#[tokio::test]
async fn concepts_may_be_named_as_people_name_them() {
    let by_uri = get("/api/v1/resources?about=https%3A%2F%2Fw3id.org%2Fkhue%2Fabout%2Ftoan")
        .await
        .json();
    assert!(by_uri["total"].as_u64().unwrap() > 0);
    for name in ["toan", "To%C3%A1n"] {
        let by_name = get(&format!("/api/v1/resources?about={name}")).await.json();
        assert_eq!(
            (&by_name["total"], &by_name["warnings"]),
            (&by_uri["total"], &json!([])),
            "{name}"
        );
    }
    let unknown = get("/api/v1/resources?about=alchemy").await.json();
    assert_eq!(unknown["total"], 0);
    assert!(unknown["warnings"][0].as_str().unwrap().contains("alchemy"));
}

#[tokio::test]
async fn unknown_parameters_are_named() {
    let page = get("/api/v1/resources?educationallevel=x&utm=1&q=")
        .await
        .json();
    let warnings: Vec<&str> = page["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|w| w.as_str().unwrap())
        .collect();
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(
        warnings[0].contains("did you mean `educationalLevel`?"),
        "{warnings:?}"
    );
    assert!(warnings[1].contains("`utm` is not known"), "{warnings:?}");
}

#[tokio::test]
async fn wrong_values_are_problems_that_name_them() {
    let long = format!("q={}", "a".repeat(501));
    let wrong = [
        "page=x",
        "page=0",
        "page=501",
        "size=101",
        "sort=best",
        "from=5.9.2026",
        "to=2026-13",
        "adaptable=yes",
        "lang=de",
        &long,
    ];
    for parameter in wrong {
        let said = get(&format!("/api/v1/resources?{parameter}")).await;
        let name = parameter.split('=').next().unwrap();
        assert_eq!(
            (said.status, said.header("content-type")),
            (StatusCode::BAD_REQUEST, "application/problem+json"),
            "{parameter}"
        );
        let problem = said.json();
        assert_eq!(
            (&problem["parameter"], &problem["status"]),
            (&json!(name), &json!(400)),
            "{problem}"
        );
        assert!(
            problem["detail"].as_str().unwrap().contains("must be"),
            "{problem}"
        );
        assert_eq!(said.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn pages_of_results_are_linked() {
    let first = get("/api/v1/resources?size=2&sort=name").await.json();
    assert_eq!(first["links"]["previous"], Value::Null);
    let next = first["links"]["next"]
        .as_str()
        .unwrap()
        .strip_prefix("https://khue.example")
        .unwrap();
    let second = get(next).await.json();
    assert_eq!((&second["page"], &second["size"]), (&json!(2), &json!(2)));
    assert_ne!(second["items"][0]["id"], first["items"][0]["id"]);
    assert!(second["links"]["previous"].is_string());
}

#[tokio::test]
async fn a_resource_comes_as_json_and_as_json_ld() {
    let plain = get("/api/v1/resources/so-sanh-phan-so").await;
    assert_eq!(plain.json()["record"]["id"], "so-sanh-phan-so");
    assert!(plain.json()["html"].as_str().unwrap().contains('<'));
    let browser = get_with(
        "/api/v1/resources/so-sanh-phan-so",
        &[("accept", "text/html, application/json;q=0.9, */*;q=0.8")],
    )
    .await;
    assert_eq!(browser.header("content-type"), "application/json");
    let linked = get_with(
        "/api/v1/resources/so-sanh-phan-so",
        &[("accept", "application/ld+json")],
    )
    .await;
    assert_eq!(linked.header("content-type"), "application/ld+json");
    assert!(linked.json()["@context"].is_array(), "{}", linked.text());
    assert!(linked.header("vary").contains("accept"));
    let by_ending = get("/api/v1/resources/so-sanh-phan-so.jsonld").await;
    assert_eq!(by_ending.json(), linked.json());
    let lost = get("/api/v1/resources/no-such").await;
    assert_eq!(
        (lost.status, lost.header("content-type")),
        (StatusCode::NOT_FOUND, "application/problem+json")
    );
    assert!(lost.json()["detail"].as_str().unwrap().contains("no-such"));
}

#[tokio::test]
async fn suggestions_are_a_list() {
    assert_eq!(get("/api/v1/suggest").await.json(), json!([]));
    let found = get("/api/v1/suggest?q=So%20s&lang=vi").await.json();
    assert!(
        found[0]["text"].as_str().unwrap().starts_with("So s"),
        "{found}"
    );
}

#[tokio::test]
async fn vocabularies_are_listed_and_read() {
    let list = get("/api/v1/vocabularies").await.json();
    for entry in list.as_array().unwrap() {
        let said = get(entry["url"].as_str().unwrap()).await;
        assert_eq!(
            json!(said.json()["concepts"].as_array().unwrap().len()),
            entry["concepts"]
        );
    }
    let lost = get("/api/v1/vocabularies/colours").await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    assert!(
        lost.json()["detail"]
            .as_str()
            .unwrap()
            .contains("educationalLevel")
    );
}

#[tokio::test]
async fn what_is_not_there_and_not_allowed_are_problems() {
    for (method, address, status) in [
        ("GET", "/api/v2/resources", 404),
        ("POST", "/api/v1/resources", 405),
        ("DELETE", "/api/v1/resources/x", 405),
    ] {
        let said = ask(app(), request(method, address, &[])).await;
        assert_eq!(
            (said.status.as_u16(), said.header("content-type")),
            (status, "application/problem+json"),
            "{address}"
        );
        assert_eq!(said.json()["status"], status);
    }
}

#[tokio::test]
async fn the_description_describes_what_there_is() {
    let description = get("/api/openapi.json").await.json();
    assert_eq!(description["servers"][0]["url"], "https://khue.example");
    let paths = description["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 7);
    for path in paths.keys() {
        let address = path
            .replace("{id}", "so-sanh-phan-so")
            .replace("{name}", "about");
        assert_eq!(get(&address).await.status, StatusCode::OK, "{path}");
    }
    let described = paths["/api/v1/resources"]["get"]["parameters"]
        .as_array()
        .unwrap();
    let name = |parameter: &Value| match parameter["$ref"].as_str() {
        Some(place) => place.rsplit('/').next().unwrap().to_owned(),
        None => parameter["name"].as_str().unwrap().to_owned(),
    };
    let mut described: Vec<String> = described.iter().map(name).collect();
    let mut known: Vec<String> = parameters().map(str::to_owned).collect();
    described.sort();
    known.sort();
    assert_eq!(described, known);
}

#[tokio::test]
async fn guidance_is_refused_with_a_reason_and_wrong_parameters_are_named() {
    // A text of two words is too short for guidance.
    let address = "/api/v1/resources/what-is-a-fraction/guidance";
    let refused = get(&format!("{address}?lang=vi")).await;
    assert_eq!(refused.header("content-type"), "application/problem+json");
    let problem = refused.json();
    assert_eq!(problem["code"], "too-little-text");
    assert!(problem["detail"].as_str().unwrap().contains("quá ít chữ"));
    for wrong in ["format=exe", "seed=x", "seed=9999999", "lang=de"] {
        let answer = get(&format!("{address}?{wrong}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    let none = get("/api/v1/resources/none/guidance").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn answers_have_what_the_description_requires() {
    let description = get("/api/openapi.json").await.json();
    let required = |schema: &str| {
        description["components"]["schemas"][schema]["required"]
            .as_array()
            .unwrap()
            .clone()
    };
    let (page, resource) = (
        get("/api/v1/resources").await.json(),
        get("/api/v1/resources/so-sanh-phan-so").await.json(),
    );
    let problem = get("/api/v1/resources?page=x").await.json();
    let cases = [
        ("SearchPage", &page),
        ("Hit", &page["items"][0]),
        ("Facet", &page["facets"][0]),
        ("Resource", &resource),
        ("Problem", &problem),
    ];
    for (schema, value) in cases {
        for name in required(schema) {
            assert!(
                value.get(name.as_str().unwrap()).is_some(),
                "{schema}.{name}"
            );
        }
        let known = description["components"]["schemas"][schema]["properties"]
            .as_object()
            .unwrap();
        for name in value.as_object().unwrap().keys() {
            assert!(known.contains_key(name), "{schema}.{name} is not described");
        }
    }
}
