//! AMB and schema.org → our record.

use super::OWN_PREFIX;
use crate::LearningResource;
use crate::check::Finding;
use crate::format::{Incoming, Place, Refusal, mapping, object};
use crate::vocabulary::find;
use serde_json::{Map, Value};
use std::io::{BufRead, Read};

/// Most bytes of a whole document.
const MAX_DOCUMENT: u64 = 64 << 20;

/// The records of one JSON document: an object, a list, or an `@graph`.
pub fn read<R: BufRead>(source: R, file: &str) -> impl Iterator<Item = Incoming> + use<R> {
    let place = Place::new(file, 0);
    let found = match document(source, &place) {
        Ok(value) => records(value),
        Err(refusal) => return vec![Incoming::refused(refusal)].into_iter(),
    };
    let single = found.len() == 1;
    let incoming = |(at, value)| {
        let place = if single {
            place.clone()
        } else {
            Place::new(format!("{file}#{}", at + 1), 0)
        };
        object::incoming(place, value, Vec::new())
    };
    found
        .into_iter()
        .enumerate()
        .map(incoming)
        .collect::<Vec<_>>()
        .into_iter()
}

fn document<R: BufRead>(source: R, place: &Place) -> Result<Value, Refusal> {
    let mut bytes = Vec::new();
    let place = place.clone();
    if let Err(error) = source.take(MAX_DOCUMENT + 1).read_to_end(&mut bytes) {
        let reason = error.to_string();
        return Err(Refusal::Unreadable { place, reason });
    }
    if bytes.len() as u64 > MAX_DOCUMENT {
        let limit = MAX_DOCUMENT as usize;
        return Err(Refusal::TooLong { place, limit });
    }
    let text = String::from_utf8_lossy(&bytes);
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| Refusal::Broken {
        place: Place {
            line: error.line() as u64,
            ..place
        },
        format: "JSON",
        reason: error.to_string(),
    })
}

fn records(document: Value) -> Vec<Value> {
    match document {
        Value::Array(list) => list,
        Value::Object(mut object) => match object.remove("@graph") {
            Some(Value::Array(list)) => list,
            Some(other) => vec![other],
            None => vec![Value::Object(object)],
        },
        other => vec![other],
    }
}

/// Reads a JSON-LD object; anything else gives an empty record.
pub fn from_json_ld(document: &Value) -> (LearningResource, Vec<Finding>) {
    match document {
        Value::Object(object) => from_object(object.clone()),
        _ => Default::default(),
    }
}

/// Brings keys and types into the flat form, then reads that.
pub(in crate::format) fn from_object(
    object: Map<String, Value>,
) -> (LearningResource, Vec<Finding>) {
    let mut flat = plain_keys(object);
    let own_id = flat.remove("khue:id");
    let language = flat
        .remove("@context")
        .and_then(|context| default_language(&context));
    prefer_own(&mut flat);
    types(&mut flat);
    titles(&mut flat, language.as_deref());
    let address = address(&mut flat);
    let (mut record, findings) = mapping::resource_from(flat);
    if let Some(Value::String(id)) = own_id {
        record.id = id;
    } else if let Some(address) = address {
        take_address(&mut record, address);
    }
    (record, findings)
}

/// Keys without `@` (but for the context) and without the prefix of schema.org.
fn plain_keys(object: Map<String, Value>) -> Map<String, Value> {
    let prefixes = [
        "schema:",
        "sdo:",
        "http://schema.org/",
        "https://schema.org/",
        "dcterms:",
        "dc:",
    ];
    let plain = |key: String| match key.as_str() {
        "@id" => "id".to_owned(),
        "@type" => "type".to_owned(),
        other => {
            let short = prefixes
                .iter()
                .find_map(|prefix| other.strip_prefix(prefix));
            short.map(str::to_owned).unwrap_or(key)
        }
    };
    object
        .into_iter()
        .map(|(key, value)| (plain(key), value))
        .collect()
}

fn default_language(context: &Value) -> Option<String> {
    let list = context
        .as_array()
        .map_or(std::slice::from_ref(context), Vec::as_slice);
    list.iter()
        .find_map(|entry| entry.get("@language")?.as_str().map(str::to_owned))
}

/// What we wrote ourselves because AMB had no place for it wins over what we wrote for AMB.
fn prefer_own(flat: &mut Map<String, Value>) {
    let own: Vec<String> = flat
        .keys()
        .filter(|key| key.starts_with(OWN_PREFIX))
        .cloned()
        .collect();
    for key in own {
        if let Some(value) = flat.remove(&key) {
            flat.insert(key[OWN_PREFIX.len()..].to_owned(), value);
        }
    }
}

/// The schema.org types say something only where they name a kind of material
/// and nothing else does.
fn types(flat: &mut Map<String, Value>) {
    let stated = flat.contains_key("learningResourceType");
    let Some(types) = flat.remove("type") else {
        return;
    };
    let list = match types {
        Value::Array(list) => list,
        one => vec![one],
    };
    let kinds = list
        .into_iter()
        .filter(|kind| kind != "LearningResource" && kind != "CreativeWork");
    let (known, other): (Vec<_>, Vec<_>) = kinds.partition(|kind| {
        !stated
            && kind
                .as_str()
                .is_some_and(|text| find("learningResourceType", text).is_some())
    });
    let mut put = |key: &str, list: Vec<Value>| {
        if !list.is_empty() {
            flat.insert(key.to_owned(), Value::Array(list));
        }
    };
    put("learningResourceType", known);
    put("@type", other);
}

/// A name or description in several languages: one is taken, the other names are kept as such.
fn titles(flat: &mut Map<String, Value>, language: Option<&str>) {
    for key in ["name", "description"] {
        let Some(Value::Object(texts)) = flat.get_mut(key) else {
            continue;
        };
        if texts.contains_key("@value") {
            continue;
        }
        let first = [language, Some("vi"), Some("en"), Some("fr")]
            .into_iter()
            .flatten();
        let best = first.filter_map(|code| texts.remove(code)).next();
        let rest: Vec<Value> = std::mem::take(texts)
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        let mut all = best.into_iter().chain(rest);
        flat.insert(key.to_owned(), all.next().unwrap_or_default());
        let more: Vec<Value> = all.collect();
        if !more.is_empty() && key == "name" {
            flat.insert("alternateName".to_owned(), Value::Array(more));
        }
    }
}

/// The address that names the record, which is no identifier of a catalogue.
fn address(flat: &mut Map<String, Value>) -> Option<String> {
    match flat.remove("id")? {
        Value::String(id) => Some(id),
        other => {
            flat.insert("id".to_owned(), other);
            None
        }
    }
}

/// The record's address names it at its source and, for lack of another, opens it.
fn take_address(record: &mut LearningResource, address: String) {
    if record.url.is_none() && address.starts_with("http") {
        record.url = Some(address.clone());
    }
    let identifier = &mut record.provenance.identifier;
    if identifier.is_empty() {
        *identifier = address;
    }
}
