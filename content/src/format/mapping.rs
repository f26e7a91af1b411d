//! Flat catalogue records → our record.
//!
//! One table says which names mean which property. JSON Lines, JSON-LD and
//! sheets all end here, so a new name is a word in the table.

use crate::LearningResource;
use crate::check::{Finding, Rule};
use crate::vocabulary::{folded, without_marks};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::LazyLock;

mod agents;
mod concepts;
mod files;
mod links;
mod parts;
mod rights;
mod table;
mod text;

use table::FIELDS;
pub(super) use table::Field;
pub(super) use text::label;

/// A record in the making.
#[derive(Default)]
pub(super) struct Draft {
    pub record: LearningResource,
    pub findings: Vec<Finding>,
}

/// Most findings that a reader makes of one record.
const MOST: usize = 200;

impl Draft {
    /// Notes what was noticed.
    pub fn say(&mut self, rule: &Rule, property: &str, detail: &str) {
        if self.findings.len() < MOST {
            self.findings.push(rule.on(property, detail));
        }
    }

    /// Keeps what no property holds; several values of one name become a list.
    pub fn keep(&mut self, key: &str, value: Value) {
        let other = &mut self.record.other;
        match other.get_mut(key) {
            None => drop(other.insert(key.to_owned(), value)),
            Some(Value::Array(list)) => list.push(value),
            Some(there) => {
                let first = there.take();
                *there = Value::Array(vec![first, value]);
            }
        }
    }
}

/// Folded name → row of the table and rank of the name within it.
static NAMES: LazyLock<HashMap<String, (usize, usize)>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for (row, field) in FIELDS.iter().enumerate() {
        for (rank, name) in field.all_names().enumerate() {
            names.entry(key_of(name)).or_insert((row, rank));
        }
    }
    names
});

/// `learning_resource_type`, `learningResourceType` and `Learning resource type` are one name.
fn key_of(name: &str) -> String {
    let mut key = without_marks(&folded(name));
    key.retain(|c| c != ' ');
    key
}

/// Row and rank of a field name; most names need no folding.
fn place_of(name: &str) -> Option<(usize, usize)> {
    let found = NAMES.get(name).copied();
    found.or_else(|| NAMES.get(&key_of(name)).copied())
}

/// The row of the table that a field name or column heading means.
pub(super) fn field(name: &str) -> Option<&'static Field> {
    place_of(name).and_then(|(row, _)| FIELDS.get(row))
}

/// Reads one flat object; nothing of it is lost and nothing makes it fail.
pub fn resource_from(object: Map<String, Value>) -> (LearningResource, Vec<Finding>) {
    let mut draft = Draft::default();
    let mut known: Vec<((usize, usize), String, Value)> = Vec::with_capacity(object.len());
    for (key, value) in object {
        match place_of(&key) {
            Some(_) if is_empty(&value) => {}
            Some(place) => known.push((place, key, value)),
            None => draft.unknown(key, value),
        }
    }
    known.sort_by_key(|(place, ..)| *place);
    for ((row, _), key, value) in known {
        FIELDS[row].take(&mut draft, &key, value);
    }
    draft.finish()
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    }
}

impl Draft {
    /// A field that the table does not have: kept, unless it is a title in
    /// another language such as `title_en`.
    fn unknown(&mut self, key: String, value: Value) {
        let language = key
            .strip_prefix("title_")
            .or_else(|| key.strip_prefix("name_"));
        match (
            language.filter(|code| crate::language::is_two_letter_code(code)),
            value,
        ) {
            (Some(_), Value::String(title)) if !title.trim().is_empty() => {
                self.record.alternate_name.push(title);
            }
            (_, value) => drop(self.record.other.insert(key, value)),
        }
    }

    /// What can only be said when everything has been read.
    fn finish(mut self) -> (LearningResource, Vec<Finding>) {
        let record = &mut self.record;
        if record.description.is_empty()
            && let Some(goal) = record.teaches.first()
        {
            record.description.clone_from(goal);
        }
        (self.record, self.findings)
    }
}
