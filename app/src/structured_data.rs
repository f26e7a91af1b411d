//! JSON-LD for search engines: the record in schema.org's words.

use khue_content::vocabulary;
use khue_content::{Agent, AgentKind};
use serde_json::{Map, Value, json};

use crate::reader::{Reader, resource_path};
use crate::services::ResourceView;

/// A resource as JSON-LD.
pub fn json_ld(reader: &Reader, resource: &ResourceView) -> String {
    let record = &resource.record;
    let address = reader.absolute(&resource_path(&record.id));
    let labels = |uris: &[String]| -> Vec<String> {
        uris.iter()
            .map(|uri| vocabulary::label(uri, reader.code()).to_owned())
            .collect()
    };
    let license = record.license.as_deref().map(license_address);
    let mut data = Map::new();
    let mut add = |name: &str, value: Value| {
        if !is_empty(&value) {
            data.insert(name.to_owned(), value);
        }
    };
    add("@context", json!("https://schema.org"));
    add("@type", json!("LearningResource"));
    add("@id", json!(address));
    add("url", json!(address));
    add("name", json!(record.name));
    add("description", json!(record.description));
    add("inLanguage", json!(record.in_language));
    add("license", json!(license));
    add("creator", agents(&record.creator));
    add("publisher", agents(&record.publisher));
    add("about", json!(labels(&record.about)));
    add("educationalLevel", json!(labels(&record.educational_level)));
    add(
        "learningResourceType",
        json!(labels(&record.learning_resource_type)),
    );
    add("teaches", json!(labels(&record.teaches)));
    add("keywords", json!(record.keywords));
    add("isAccessibleForFree", json!(record.is_accessible_for_free));
    add("timeRequired", json!(record.time_required));
    add("datePublished", json!(record.date_published));
    add("dateModified", json!(record.date_modified));
    add("accessibilityFeature", json!(record.accessibility_feature));
    add("isPartOf", wholes(reader, resource));
    Value::Object(data).to_string()
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        _ => false,
    }
}

fn agents(agents: &[Agent]) -> Value {
    let agent = |agent: &Agent| {
        let kind = match agent.kind {
            AgentKind::Person => "Person",
            AgentKind::Organization => "Organization",
        };
        json!({ "@type": kind, "name": agent.name })
    };
    agents.iter().map(agent).collect()
}

fn wholes(reader: &Reader, resource: &ResourceView) -> Value {
    let whole = |whole: &crate::services::Whole| {
        let address = reader.absolute(&resource_path(&whole.link.id));
        json!({ "@type": "LearningResource", "@id": address, "name": whole.link.name })
    };
    resource.wholes.iter().map(whole).collect()
}

/// The deed of a licence, where it has one: what search engines understand.
fn license_address(uri: &str) -> String {
    let deed = vocabulary::concept(uri).and_then(|license| license.facts.get("url")?.as_str());
    deed.unwrap_or(uri).to_owned()
}
