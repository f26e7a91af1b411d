//! Agents, links, files, alignments and where a record comes from.

use super::Draft;
use super::text::{items, label, texts};
use crate::check::UNMAPPED_VALUE;
use crate::{Agent, AgentKind, Alignment, LearningResource, Link, MediaObject};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Words in the names of organisations.
const ORGANISATIONS: &[&str] = &[
    "university",
    "foundation",
    "college",
    "institute",
    "ministry",
    "inc.",
    "ltd",
    "team",
    "community",
    "trường",
    "đại học",
    "viện ",
    "bộ ",
    "sở ",
    "nhà xuất bản",
    "université",
    "ministère",
];

/// A person or organisation from one name, `Name <address>` included.
fn agent(text: &str) -> Agent {
    let (name, id) = with_address(text);
    let (name, marked) = match name.strip_suffix("[org]") {
        Some(name) => (name.trim_end(), true),
        None => (name, false),
    };
    let lower = format!("{} ", name.to_lowercase());
    let organisation = marked || ORGANISATIONS.iter().any(|word| lower.contains(word));
    Agent {
        name: name.to_owned(),
        kind: if organisation {
            AgentKind::Organization
        } else {
            AgentKind::Person
        },
        id: id.map(str::to_owned),
    }
}

/// `Name <address>` → both parts.
fn with_address(text: &str) -> (&str, Option<&str>) {
    let split = text
        .trim()
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'));
    match split {
        Some((name, address)) => (name.trim(), Some(address.trim())),
        None => (text.trim(), None),
    }
}

pub(super) fn agents(
    draft: &mut Draft,
    value: Value,
    place: fn(&mut LearningResource) -> &mut Vec<Agent>,
) {
    for item in items(value) {
        match item {
            Value::Object(object) => place(&mut draft.record).extend(agent_of(object)),
            other => {
                let names = label(other).unwrap_or_default();
                let names = names.split(';').filter(|name| !name.trim().is_empty());
                place(&mut draft.record).extend(names.map(agent));
            }
        }
    }
}

fn agent_of(object: Map<String, Value>) -> Option<Agent> {
    let kind = object.get("type").or_else(|| object.get("@type"));
    let kind = match kind {
        Some(Value::Array(list)) => list.first(),
        other => other,
    };
    let kind = match kind.and_then(Value::as_str) {
        Some("Person") | None => AgentKind::Person,
        Some(_) => AgentKind::Organization,
    };
    let id = ["id", "@id", "url"]
        .iter()
        .find_map(|key| object.get(*key)?.as_str());
    let id = id.map(str::to_owned);
    let name = label(Value::Object(object))?;
    Some(Agent { name, kind, id })
}

pub(super) fn links(
    draft: &mut Draft,
    key: &str,
    value: Value,
    place: fn(&mut LearningResource) -> &mut Vec<Link>,
) {
    let mut originals = Vec::new();
    for item in items(value) {
        // What is said of the other work beyond its name is kept: its licence matters.
        if ["license", "creator"]
            .iter()
            .any(|more| item.get(more).is_some())
        {
            originals.push(item.clone());
        }
        place(&mut draft.record).extend(link(item));
    }
    if !originals.is_empty() {
        draft
            .record
            .other
            .insert(key.to_owned(), Value::Array(originals));
    }
}

fn link(item: Value) -> Option<Link> {
    let Value::Object(mut object) = item else {
        let text = label(item)?;
        return Some(match with_address(&text) {
            (name, Some(id)) => Link {
                id: id.to_owned(),
                name: name.to_owned(),
                ..Link::default()
            },
            (id, None) if id.contains("://") => Link {
                id: id.to_owned(),
                ..Link::default()
            },
            (name, None) => Link {
                name: name.to_owned(),
                ..Link::default()
            },
        });
    };
    let text = |object: &Map<String, Value>, keys: &[&str]| {
        let found = keys.iter().find_map(|key| object.get(*key)?.as_str());
        found.unwrap_or_default().to_owned()
    };
    let id = text(&object, &["id", "@id", "url"]);
    let position = object.get("position").and_then(Value::as_u64);
    let path = object
        .remove("path")
        .and_then(|path| serde_json::from_value(path).ok());
    Some(Link {
        name: text(&object, &["name", "title"]),
        id,
        position: position.and_then(|position| position.try_into().ok()),
        path: path.unwrap_or_default(),
    })
}

pub(super) fn identifier(draft: &mut Draft, key: &str, value: Value) {
    let found = texts(draft, key, value).into_iter();
    for text in found {
        match draft.record.provenance.identifier.is_empty() {
            true => draft.record.provenance.identifier = text,
            false => draft.keep(key, Value::String(text)),
        }
    }
}

/// The whole that `book`, `chapter`, `path` and `order` speak of.
fn part_of(draft: &mut Draft) -> &mut Link {
    let list = &mut draft.record.is_part_of;
    if list.is_empty() {
        list.push(Link::default());
    }
    &mut list[0]
}

pub(super) fn whole(draft: &mut Draft, _: &str, value: Value) {
    if let Some(name) = label(value) {
        part_of(draft).name = name;
    }
}

/// The chapter stands for the whole where no book is named.
pub(super) fn chapter(draft: &mut Draft, _: &str, value: Value) {
    let Some(name) = label(value) else { return };
    let link = part_of(draft);
    match link.name.is_empty() {
        true => link.name = name,
        false => link.path = vec![name],
    }
}

pub(super) fn path(draft: &mut Draft, key: &str, value: Value) {
    let path = texts(draft, key, value);
    part_of(draft).path = path;
}

/// `order` counts from 0, as lists in programs do.
pub(super) fn order(draft: &mut Draft, key: &str, value: Value) {
    place(draft, key, value, 1);
}

/// `position` counts from 1.
pub(super) fn position(draft: &mut Draft, key: &str, value: Value) {
    place(draft, key, value, 0);
}

fn place(draft: &mut Draft, key: &str, value: Value, more: u32) {
    let number = value
        .as_u64()
        .or_else(|| value.as_str()?.trim().parse().ok());
    let number = number.and_then(|number| u32::try_from(number).ok()?.checked_add(more));
    // An order without a whole orders nothing.
    match (draft.record.is_part_of.first_mut(), number) {
        (Some(link), Some(number)) => link.position = Some(number),
        _ => draft.keep(key, value),
    }
}

/// Reads items as our own type; what does not fit is kept.
fn own<T: DeserializeOwned>(draft: &mut Draft, key: &str, item: Value) -> Option<T> {
    let kept = item.clone();
    let read = serde_json::from_value(item).ok();
    if read.is_none() {
        draft.say(&UNMAPPED_VALUE, key, &kept.to_string());
        draft.keep(key, kept);
    }
    read
}

pub(super) fn alignments(draft: &mut Draft, key: &str, value: Value) {
    for item in items(value) {
        let found = match item {
            Value::String(text) => Some(alignment(&text)),
            other => own(draft, key, other),
        };
        draft.record.educational_alignment.extend(found);
    }
}

/// `Framework » lesson <address>`.
fn alignment(text: &str) -> Alignment {
    let (text, target) = with_address(text);
    let (framework, name) = text.split_once('»').unwrap_or(("", text));
    Alignment {
        educational_framework: framework.trim().to_owned(),
        target_url: target.map(str::to_owned),
        target_name: name.trim().to_owned(),
    }
}

pub(super) fn files(draft: &mut Draft, key: &str, value: Value) {
    for item in items(value) {
        let found = match item {
            Value::String(text) => Some(file(&text)),
            Value::Object(object) => own(draft, key, sized(object)),
            other => own(draft, key, other),
        };
        draft.record.encoding.extend(found);
    }
}

fn file(text: &str) -> MediaObject {
    let (name, address) = with_address(text);
    let bare = address.is_none() && name.contains("://");
    MediaObject {
        name: if bare {
            name.rsplit('/').next().unwrap_or_default()
        } else {
            name
        }
        .to_owned(),
        content_url: if bare { Some(name) } else { address }.map(str::to_owned),
        ..MediaObject::default()
    }
}

/// A file object whose size may be written as a text and whose address may be `embedUrl`.
fn sized(mut object: Map<String, Value>) -> Value {
    let size = object.get("contentSize").and_then(Value::as_str);
    if let Some(size) = size.and_then(|size| size.trim().parse::<u64>().ok()) {
        object.insert("contentSize".to_owned(), size.into());
    }
    if !object.contains_key("contentUrl")
        && let Some(address) = object.remove("embedUrl")
    {
        object.insert("contentUrl".to_owned(), address);
    }
    if let Some(text) = object
        .get("sha256")
        .and_then(Value::as_str)
        .map(str::to_lowercase)
    {
        object.insert("sha256".to_owned(), text.into());
    }
    Value::Object(object)
}

pub(super) fn provenance(draft: &mut Draft, key: &str, value: Value) {
    if let Some(read) = value.is_object().then(|| own(draft, key, value)).flatten() {
        draft.record.provenance = read;
    }
}
