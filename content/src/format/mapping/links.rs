//! Other works, and the whole that a record is a part of.

use super::Draft;
use super::agents::with_address;
use super::text::{items, label, texts};
use crate::{LearningResource, Link};
use serde_json::{Map, Value};

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
