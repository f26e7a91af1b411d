//! Texts, languages, keywords and bodies.

use super::Draft;
use crate::check::{BAD_LANGUAGE, UNMAPPED_VALUE};
use crate::{Body, BodyFormat, LearningResource, language};
use serde_json::{Map, Value};

type One = fn(&mut LearningResource) -> &mut String;
type Maybe = fn(&mut LearningResource) -> &mut Option<String>;
type Many = fn(&mut LearningResource) -> &mut Vec<String>;

/// The text of a value: itself, a number, or what an object is called.
pub(in crate::format) fn label(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Object(object) => of_object(object),
        Value::Array(_) | Value::Null => None,
    }
    .filter(|text| !text.trim().is_empty())
}

/// Keys under which an object says what it is called, the best first.
const CALLED: &[&str] = &[
    "@value",
    "name",
    "prefLabel",
    "title",
    "targetName",
    "vi",
    "en",
    "fr",
    "id",
    "@id",
    "url",
];

fn of_object(mut object: Map<String, Value>) -> Option<String> {
    let named = CALLED.iter().find_map(|key| label(object.remove(*key)?));
    named.or_else(|| {
        object
            .into_iter()
            .find_map(|(_, value)| value.as_str().map(str::to_owned))
    })
}

/// The values of a list, or a single value as a list.
pub(super) fn items(value: Value) -> Vec<Value> {
    match value {
        Value::Array(list) => list,
        other => vec![other],
    }
}

/// The texts of a value or list; what is none is kept.
pub(super) fn texts(draft: &mut Draft, key: &str, value: Value) -> Vec<String> {
    let mut found = Vec::new();
    for item in items(value) {
        match item {
            nested @ Value::Array(_) => draft.keep(key, nested),
            item => found.extend(label(item).map(trimmed)),
        }
    }
    found
}

fn trimmed(text: String) -> String {
    match text.trim().len() == text.len() {
        true => text,
        false => text.trim().to_owned(),
    }
}

pub(super) fn one(draft: &mut Draft, key: &str, value: Value, place: One) {
    let mut found = texts(draft, key, value).into_iter();
    let slot = place(&mut draft.record);
    if slot.is_empty() {
        *slot = found.next().unwrap_or_default();
    }
    found.for_each(|more| draft.keep(key, Value::String(more)));
}

pub(super) fn maybe(draft: &mut Draft, key: &str, value: Value, place: Maybe) {
    let mut found = texts(draft, key, value).into_iter();
    let slot = place(&mut draft.record);
    if slot.is_none() {
        *slot = found.next();
    }
    found.for_each(|more| draft.keep(key, Value::String(more)));
}

pub(super) fn several(draft: &mut Draft, key: &str, value: Value, place: Many) {
    let found = texts(draft, key, value);
    let slot = place(&mut draft.record);
    for text in found {
        add(slot, text);
    }
}

/// Values up to which repetitions are looked for; real records have fewer, and
/// hostile ones could have millions.
const FEW: usize = 200;

/// Adds a value that is not there yet.
pub(super) fn add(list: &mut Vec<String>, text: String) {
    if list.len() > FEW || !list.contains(&text) {
        list.push(text);
    }
}

/// A list is taken as it is; a text is split, at bars where it has some.
pub(super) fn keywords(draft: &mut Draft, key: &str, value: Value) {
    let Value::String(text) = value else {
        return several(draft, key, value, |record| &mut record.keywords);
    };
    let separators: &[char] = if text.contains('|') {
        &['|']
    } else {
        &[',', ';', '\n']
    };
    let words = text.split(separators).map(str::trim);
    for word in words.filter(|word| !word.is_empty()) {
        add(&mut draft.record.keywords, word.to_owned());
    }
}

pub(super) fn languages(draft: &mut Draft, key: &str, value: Value) {
    for stated in texts(draft, key, value) {
        match language::code(&stated) {
            Some(code) => add(&mut draft.record.in_language, code),
            None => {
                draft.say(&BAD_LANGUAGE, "inLanguage", &stated);
                draft.keep(key, Value::String(stated));
            }
        }
    }
}

/// A text alone, or `{format, text}` as in an export.
pub(super) fn body(draft: &mut Draft, key: &str, value: Value) {
    let body = match value {
        Value::Object(object) => serde_json::from_value(Value::Object(object)).ok(),
        other => label(other).map(|text| Body {
            format: apparent_format(&text),
            text,
        }),
    };
    match (draft.record.body.is_some(), body) {
        (false, Some(body)) => draft.record.body = Some(body),
        (true, Some(more)) => draft.keep(key, Value::String(more.text)),
        (_, None) => draft.say(&UNMAPPED_VALUE, "body", key),
    }
}

/// Markdown where headings show it; else plain text, which shows everything as it is.
fn apparent_format(text: &str) -> BodyFormat {
    let heading = text.starts_with("# ") || text.starts_with("## ") || text.contains("\n## ");
    match heading {
        true => BodyFormat::Markdown,
        false => BodyFormat::Plain,
    }
}

/// How the text is written, stated in a field of its own.
pub(super) fn body_format(draft: &mut Draft, key: &str, value: Value) {
    let stated = label(value).unwrap_or_default().to_lowercase();
    let format = match stated.trim_start_matches("text/") {
        "markdown" | "md" => BodyFormat::Markdown,
        "html" | "xhtml" => BodyFormat::Html,
        "plain" | "txt" | "text" => BodyFormat::Plain,
        _ => return draft.keep(key, Value::String(stated)),
    };
    if let Some(body) = &mut draft.record.body {
        body.format = format;
    }
}

/// Yes or no, in the words of sheets.
pub(super) fn free(draft: &mut Draft, key: &str, value: Value) {
    let stated = match &value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => match text.trim().to_lowercase().as_str() {
            "true" | "yes" | "1" | "có" | "x" | "oui" | "free" => Some(true),
            "false" | "no" | "0" | "không" | "non" => Some(false),
            _ => None,
        },
        _ => None,
    };
    draft.record.is_accessible_for_free = stated;
    if stated.is_none() {
        draft.say(&UNMAPPED_VALUE, "isAccessibleForFree", &value.to_string());
        draft.keep(key, value);
    }
}
