//! The same for search engines: plain schema.org, for the head of a page.

use super::{OWN_PREFIX, to_json_ld};
use crate::LearningResource;
use crate::vocabulary;
use serde_json::{Map, Value, json};

/// The record in plain schema.org, with `@id` and `@type` and with concepts as
/// `DefinedTerm`s named in the given language.
pub fn to_schema_org(record: &LearningResource, base_url: &str, language: &str) -> Value {
    let Value::Object(mut document) = to_json_ld(record, base_url) else {
        return Value::Null;
    };
    document.retain(|key, _| key != "@context" && !key.starts_with(OWN_PREFIX));
    // One level of detail is enough for search engines: ours, by name.
    let levels = record.educational_level.iter();
    let levels: Vec<_> = levels.map(|uri| vocabulary::label(uri, language)).collect();
    if !levels.is_empty() {
        document.insert("educationalLevel".to_owned(), json!(levels));
    }
    if let Some(url) = document
        .get("license")
        .and_then(|license| license.get("id"))
        .cloned()
    {
        document.insert("license".to_owned(), url);
    }
    for key in [
        "learningResourceType",
        "audience",
        "interactivityType",
        "conditionsOfAccess",
    ] {
        named(&mut document, key, language);
    }
    document.insert("@context".to_owned(), json!("https://schema.org"));
    renamed(Value::Object(document), language)
}

/// Replaces concepts by their names, where schema.org expects texts.
fn named(document: &mut Map<String, Value>, key: &str, language: &str) {
    let Some(value) = document.remove(key) else {
        return;
    };
    let list = match value {
        Value::Array(list) => list,
        one => vec![one],
    };
    let mut names: Vec<Value> = Vec::new();
    for concept in list
        .iter()
        .filter_map(|item| vocabulary::concept(item.get("id")?.as_str()?))
    {
        let name = match key {
            "audience" => {
                json!({"@type": "EducationalAudience", "educationalRole": concept.label(language)})
            }
            _ => json!(concept.label(language)),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if !names.is_empty() {
        document.insert(key.to_owned(), Value::Array(names));
    }
}

/// `id` → `@id`, `type` → `@type`, concepts → defined terms.
fn renamed(value: Value, language: &str) -> Value {
    match value {
        Value::Array(list) => list
            .into_iter()
            .map(|item| renamed(item, language))
            .collect(),
        Value::Object(object) => {
            let entries = object
                .into_iter()
                .map(|(key, value)| entry(key, value, language));
            Value::Object(entries.collect())
        }
        other => other,
    }
}

fn entry(key: String, value: Value, language: &str) -> (String, Value) {
    match (key.as_str(), &value) {
        ("id", _) => ("@id".to_owned(), value),
        ("type", Value::String(kind)) if kind == "Concept" => {
            ("@type".to_owned(), json!("DefinedTerm"))
        }
        ("type", _) => ("@type".to_owned(), value),
        ("prefLabel", Value::Object(labels)) => {
            let label = labels
                .get(language)
                .or_else(|| labels.values().next())
                .cloned();
            ("name".to_owned(), label.unwrap_or_default())
        }
        _ => (key, renamed(value, language)),
    }
}
