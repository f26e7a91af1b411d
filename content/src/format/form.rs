//! A record as the fields of a form, and back: drawn from the table of properties.

use super::csv::cells;
use super::mapping::resource_from;
use crate::{Body, BodyFormat, Kind, LearningResource, PROPERTIES, Property, vocabulary};
use serde_json::{Map, Value};

/// Most characters of a field, and of the text.
const FIELD: usize = 10_000;
const TEXT: usize = 400_000;
/// Most values of a field.
const VALUES: usize = 200;
/// The field of the text.
pub const TEXT_FIELD: &str = "text";
/// Properties that nobody fills in: the portal does, or other works say it.
const NOT_ASKED: &[&str] = &[
    "hasPart",
    "workTranslation",
    "image",
    "datePublished",
    "dateModified",
    "version",
];

/// The properties that a form asks for, in its order.
pub fn asked() -> impl Iterator<Item = &'static Property> {
    PROPERTIES
        .iter()
        .filter(|property| !NOT_ASKED.contains(&property.name))
}

/// The values of a property as a form shows them: concepts as their URIs, the rest as people write it.
pub fn shown(record: &LearningResource, property: &Property) -> Vec<String> {
    if let Some(cells) = cells(record, property.name) {
        return cells;
    }
    let value = serde_json::to_value(record).unwrap_or_default();
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match value.get(property.name) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(one)) if one.is_empty() => Vec::new(),
        Some(Value::Array(list)) => list.iter().map(text).collect(),
        Some(one) => vec![text(one)],
    }
}

/// The record with what a form says. A field may come several times, and hold one value in each line where there may
/// be several. What the form does not ask for stays as it was; so does all of it where a field is missing.
pub fn filled_in(former: &LearningResource, fields: &[(String, String)]) -> LearningResource {
    let mut record = serde_json::to_value(former).unwrap_or_default();
    let Some(object) = record.as_object_mut() else {
        return former.clone();
    };
    let mut plain = Map::new();
    let mut sent: Vec<&'static Property> = Vec::new();
    for property in asked().filter(|property| fields.iter().any(|(name, _)| name == property.name))
    {
        let typed = typed(property, fields);
        match property.kind {
            Kind::Concept(scheme) => put(object, property, concepts(scheme, typed)),
            _ => {
                plain.insert(
                    property.name.to_owned(),
                    Value::Array(typed.into_iter().map(Value::String).collect()),
                );
                sent.push(property);
            }
        }
    }
    let (parsed, _) = resource_from(one_or_many(plain));
    let parsed = serde_json::to_value(parsed).unwrap_or_default();
    for property in sent {
        let value = parsed.get(property.name).cloned();
        let stated = fields
            .iter()
            .any(|(name, text)| name == property.name && !text.trim().is_empty());
        match value.filter(|_| stated) {
            Some(value) => drop(object.insert(property.name.to_owned(), value)),
            None => drop(object.remove(property.name)),
        }
    }
    let mut record: LearningResource =
        serde_json::from_value(record).unwrap_or_else(|_| former.clone());
    if let Some((_, text)) = fields.iter().rfind(|(name, _)| name == TEXT_FIELD) {
        record.body = body(text);
    }
    record
}

/// What was typed into a field, one value after the other.
fn typed(property: &Property, fields: &[(String, String)]) -> Vec<String> {
    let own = fields.iter().filter(|(name, _)| name == property.name);
    let clean = |text: &str| -> String {
        let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
        text.replace("\r\n", "\n")
            .chars()
            .filter(kept)
            .take(FIELD)
            .collect::<String>()
            .trim()
            .to_owned()
    };
    let texts = own.map(|(_, text)| clean(text));
    let split: Vec<String> = match property.many {
        true => texts
            .flat_map(|text| {
                text.lines()
                    .map(|line| line.trim().to_owned())
                    .collect::<Vec<_>>()
            })
            .collect(),
        false => texts.collect(),
    };
    let mut values: Vec<String> = Vec::new();
    for value in split
        .into_iter()
        .filter(|value| !value.is_empty())
        .take(VALUES)
    {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    if !property.many {
        values.drain(..values.len().saturating_sub(1));
    }
    values
}

/// URIs of concepts of a vocabulary; anything else is left out.
fn concepts(scheme: &str, typed: Vec<String>) -> Vec<Value> {
    let known = |uri: &String| {
        let concepts = vocabulary::scheme(scheme).map(|scheme| &scheme.concepts);
        let meant = vocabulary::concept(uri).map_or(uri.as_str(), |concept| &concept.id);
        concepts.is_some_and(|concepts| concepts.iter().any(|concept| concept.id == meant))
    };
    typed.into_iter().filter(known).map(Value::String).collect()
}

fn put(object: &mut Map<String, Value>, property: &Property, mut values: Vec<Value>) {
    let value = match (values.is_empty(), property.many) {
        (true, _) => return drop(object.remove(property.name)),
        (false, true) => Value::Array(values),
        (false, false) => values.remove(0),
    };
    object.insert(property.name.to_owned(), value);
}

/// One value stands for itself.
fn one_or_many(map: Map<String, Value>) -> Map<String, Value> {
    let even = |(name, value): (String, Value)| match value {
        Value::Array(mut list) if list.len() == 1 => (name, list.remove(0)),
        other => (name, other),
    };
    map.into_iter().map(even).collect()
}

fn body(text: &str) -> Option<Body> {
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let text: String = text
        .replace("\r\n", "\n")
        .chars()
        .filter(kept)
        .take(TEXT)
        .collect();
    (!text.trim().is_empty()).then_some(Body {
        format: BodyFormat::Markdown,
        text,
    })
}
