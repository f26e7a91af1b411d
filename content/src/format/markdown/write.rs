//! A record as Markdown, lossless.

use crate::{BodyFormat, LearningResource, PROPERTIES};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// Writes a record as front matter and text; [`super::from_markdown`] reads the same record again.
pub fn to_markdown(record: &LearningResource) -> String {
    let mut fields = serde_json::to_value(record).unwrap_or_default();
    let text = record
        .body
        .as_ref()
        .map(|body| body.text.as_str())
        .unwrap_or_default();
    if let Value::Object(fields) = &mut fields {
        fields.retain(|key, value| !is_unset(key, value));
        match fields.get_mut("body") {
            // Another format than Markdown is stated; its text stands below all the same.
            Some(Value::Object(body)) if !is_markdown(record) => drop(body.remove("text")),
            _ => drop(fields.remove("body")),
        }
    }
    let yaml = serde_saphyr::to_string(&InOrder(&fields)).unwrap_or_default();
    let break_after = if yaml.ends_with('\n') || yaml.is_empty() {
        ""
    } else {
        "\n"
    };
    format!("---\n{yaml}{break_after}---\n\n{text}")
}

/// Fields in the order of forms, as people read them.
struct InOrder<'a>(&'a Value);

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut fields: Vec<_> = self.0.as_object().into_iter().flatten().collect();
        let rank = |key: &str| PROPERTIES.iter().position(|property| property.name == key);
        fields.sort_by_key(|(key, _)| match key.as_str() {
            "id" => 0,
            key => rank(key).map_or(usize::MAX, |rank| rank + 1),
        });
        to.collect_map(fields)
    }
}

fn is_markdown(record: &LearningResource) -> bool {
    record
        .body
        .as_ref()
        .is_none_or(|body| body.format == BodyFormat::Markdown)
}

fn is_unset(key: &str, value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Object(fields) if key == "provenance" => {
            let empty = |name: &str| {
                fields
                    .get(name)
                    .and_then(Value::as_str)
                    .is_none_or(str::is_empty)
            };
            empty("source")
                && empty("identifier")
                && empty("licenseAsStated")
                && fields.get("origin").and_then(Value::as_str) == Some("imported")
        }
        _ => false,
    }
}
