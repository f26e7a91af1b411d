//! Which kind of record a JSON object is: our export, JSON-LD, or a flat catalogue's.

use super::{Incoming, Place, Refusal, json_ld, mapping};
use crate::LearningResource;
use crate::check::{DAMAGED_EXPORT, Finding};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Reads any JSON value as a record.
pub(super) fn incoming(place: Place, value: Value, mut findings: Vec<Finding>) -> Incoming {
    let found = match value {
        Value::Object(object) => object,
        Value::Array(_) => return not_an_object(place, "a list"),
        Value::String(_) => return not_an_object(place, "a text"),
        _ => return not_an_object(place, "a number or nothing"),
    };
    let (record, more) = resource(found);
    findings.extend(more);
    Incoming {
        place,
        record: Ok(record),
        findings,
    }
}

fn not_an_object(place: Place, found: &'static str) -> Incoming {
    Incoming::refused(Refusal::NotAnObject { place, found })
}

fn resource(object: Map<String, Value>) -> (LearningResource, Vec<Finding>) {
    if is_export(&object) {
        from_export(object)
    } else if is_linked_data(&object) {
        json_ld::from_object(object)
    } else {
        mapping::resource_from(object)
    }
}

/// Our own records always say where they come from, in this form.
fn is_export(object: &Map<String, Value>) -> bool {
    let provenance = object.get("provenance");
    provenance.is_some_and(|provenance| {
        provenance.get("identifier").is_some() && provenance.get("origin").is_some()
    }) && object.contains_key("id")
        && !object.contains_key("@context")
}

fn is_linked_data(object: &Map<String, Value>) -> bool {
    ["@context", "@type", "@id", "mainEntityOfPage"]
        .iter()
        .any(|key| object.contains_key(*key))
        || object.get("type").is_some_and(Value::is_array)
}

/// Lossless for what we wrote; keys that we did not write are kept aside.
fn from_export(object: Map<String, Value>) -> (LearningResource, Vec<Finding>) {
    let value = Value::Object(object);
    match (LearningResource::deserialize(&value), value) {
        (Ok(mut record), Value::Object(object)) => {
            keep_unknown(&mut record, object);
            (record, Vec::new())
        }
        (Err(error), Value::Object(object)) => {
            let (record, mut findings) = mapping::resource_from(object);
            findings.push(DAMAGED_EXPORT.on("provenance", &error.to_string()));
            (record, findings)
        }
        _ => Default::default(),
    }
}

/// Names of the fields that the record has beside the table of properties.
const FURTHER: &[&str] = &["id", "body", "encoding", "provenance", "other"];

fn keep_unknown(record: &mut LearningResource, object: Map<String, Value>) {
    let known = |key: &str| {
        FURTHER.contains(&key)
            || crate::PROPERTIES
                .iter()
                .any(|property| property.name == key)
    };
    for (key, value) in object {
        if !known(&key) {
            record.other.entry(key).or_insert(value);
        }
    }
}
