//! Words of a source → concepts of our vocabularies.

use super::text::add as add_text;
use super::{Draft, label};
use crate::LearningResource;
use crate::check::{UNMAPPED_CONCEPT, UNMAPPED_SUBJECT};
use crate::vocabulary::{Concept, find};
use serde_json::Value;

type Maybe = fn(&mut LearningResource) -> &mut Option<String>;
type Many = fn(&mut LearningResource) -> &mut Vec<String>;

/// Beginnings of the addresses that our own output puts beside ours for other
/// readers; where ours is there they say nothing new.
const FOREIGN: &[&str] = &[
    "w3id.org/kim/",
    "w3id.org/openeduhub/",
    "purl.org/dcx/lrmi-vocabs/",
];
const OWN: &str = "https://w3id.org/khue/";

/// The values of a list without translations of our own concepts.
fn items(value: Value) -> Vec<Value> {
    let mut list = super::text::items(value);
    if list
        .iter()
        .any(|item| address(item).is_some_and(|uri| uri.starts_with(OWN)))
    {
        list.retain(|item| {
            address(item).is_none_or(|uri| !FOREIGN.iter().any(|foreign| uri.contains(foreign)))
        });
    }
    list
}

fn address(item: &Value) -> Option<&str> {
    let text = item.get("id").or_else(|| item.get("@id")).unwrap_or(item);
    text.as_str().filter(|text| text.contains("://"))
}

/// The concepts that an item names: by its address, by one of its labels, or part by part.
fn concepts_of(vocabulary: &str, item: &Value) -> Vec<&'static Concept> {
    let mut texts: Vec<&str> = Vec::new();
    texts.extend(address(item).or(item.as_str()));
    let labels = item.get("prefLabel").and_then(Value::as_object);
    texts.extend(
        labels
            .into_iter()
            .flat_map(|labels| labels.values())
            .filter_map(Value::as_str),
    );
    texts.extend(item.get("name").and_then(Value::as_str));
    let whole = texts.iter().find_map(|text| find(vocabulary, text));
    if whole.is_some() || vocabulary == "about" {
        return whole.into_iter().collect();
    }
    let number = item.as_u64().map(|number| number.to_string());
    match vocabulary {
        "educationalLevel" => texts
            .into_iter()
            .chain(number.as_deref())
            .flat_map(levels)
            .collect(),
        _ => texts
            .iter()
            .find_map(|text| by_word(vocabulary, text))
            .into_iter()
            .collect(),
    }
}

/// Grades by number: `12`, `lớp 8`, `grade 8`, `6-9`, `higher-education`.
fn levels(text: &str) -> Vec<&'static Concept> {
    let lower = text.to_lowercase();
    let words = ["grades", "grade", "lớp", "lop", "khối", "year", "class"];
    let number = words
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .unwrap_or(&lower)
        .trim();
    let (first, last) = number.split_once(['-', '–']).unwrap_or((number, number));
    let grade = |text: &str| {
        text.trim()
            .parse::<u32>()
            .ok()
            .filter(|grade| (1..=12).contains(grade))
    };
    match (grade(first), grade(last)) {
        (Some(first), Some(last)) => (first..=last)
            .filter_map(|grade| find("educationalLevel", &format!("grade-{grade}")))
            .collect(),
        _ => by_word("educationalLevel", text).into_iter().collect(),
    }
}

/// A phrase whose first or last word is a concept: `educational game`,
/// `video-podcast`, `higher-education`.
fn by_word(vocabulary: &str, text: &str) -> Option<&'static Concept> {
    let mut words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 2);
    let (first, last) = (words.next()?, words.next_back());
    if text.len() > 40 || words.next().is_some() || text.contains("://") {
        return None;
    }
    let last = last.and_then(|word| find(vocabulary, word));
    last.or_else(|| find(vocabulary, first))
}

fn add(list: &mut Vec<String>, concept: &Concept) {
    if !list.contains(&concept.id) {
        list.push(concept.id.clone());
    }
}

pub(super) fn several(draft: &mut Draft, (key, name): (&str, &str), value: Value, place: Many) {
    for item in items(value) {
        let found = concepts_of(name, &item);
        let slot = place(&mut draft.record);
        found.iter().for_each(|concept| add(slot, concept));
        if found.is_empty() {
            unmapped(draft, key, name, item);
        }
    }
}

pub(super) fn one(draft: &mut Draft, (key, name): (&str, &str), value: Value, place: Maybe) {
    for item in items(value) {
        let found = concepts_of(name, &item);
        let slot = place(&mut draft.record);
        match found.first() {
            Some(concept) if slot.is_none() => *slot = Some(concept.id.clone()),
            _ => unmapped(draft, key, name, item),
        }
    }
}

fn unmapped(draft: &mut Draft, key: &str, property: &str, item: Value) {
    if super::is_empty(&item) {
        return;
    }
    let text = label(item.clone()).unwrap_or_default();
    draft.say(&UNMAPPED_CONCEPT, property, &text);
    draft.keep(key, item);
}

/// Subjects: known ones become concepts, others keywords.
pub(super) fn about(draft: &mut Draft, key: &str, value: Value) {
    for item in items(value) {
        let found = concepts_of("about", &item);
        found
            .iter()
            .for_each(|concept| add(&mut draft.record.about, concept));
        if !found.is_empty() {
            continue;
        }
        if item.is_object() {
            draft.keep(key, item.clone());
        }
        let text = label(item).unwrap_or_default();
        let parts = text
            .split([';', '|'])
            .flat_map(|part| part.split(" / "))
            .map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .for_each(|part| subject(draft, part));
    }
}

fn subject(draft: &mut Draft, part: &str) {
    if let Some(concept) = find("about", part) {
        add(&mut draft.record.about, concept);
    } else {
        let before = draft.record.keywords.len();
        add_text(&mut draft.record.keywords, part.to_owned());
        if draft.record.keywords.len() > before {
            draft.say(&UNMAPPED_SUBJECT, "about", part);
        }
    }
}

/// `format` means the kind of material in some catalogues and of file in others:
/// only what is plainly a kind of material is taken as one.
pub(super) fn format(draft: &mut Draft, key: &str, value: Value) {
    for item in super::text::items(value) {
        let found = item
            .as_str()
            .and_then(|text| find("learningResourceType", text));
        match found {
            Some(concept) => add(&mut draft.record.learning_resource_type, concept),
            None => draft.keep(key, item),
        }
    }
}
