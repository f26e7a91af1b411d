//! Front matter: YAML whose keys are properties.

use crate::check::{Finding, UNKNOWN_FIELD};
use crate::format::{Place, Refusal, mapping};
use crate::{Kind, LearningResource, PROPERTIES, vocabulary};
use serde_json::{Map, Value};

/// The first line of front matter in its file; the `---` stands before it.
const FIRST_LINE: u64 = 2;

/// Front matter as it was read.
pub(super) struct FrontMatter<'t> {
    file: &'t str,
    text: &'t str,
    fields: Map<String, Value>,
}

impl<'t> FrontMatter<'t> {
    /// Reads the YAML between the `---` lines.
    pub(super) fn parse(file: &'t str, text: &'t str) -> Result<Self, Refusal> {
        let broken = |line: u64, reason: String| Refusal::Broken {
            place: Place::new(file, line),
            format: "front matter",
            reason,
        };
        let value = match text.trim().is_empty() {
            true => Value::Object(Map::new()),
            false => serde_saphyr::from_str(text).map_err(|error| {
                let line = error
                    .location()
                    .map_or(0, |place| place.line().saturating_sub(1));
                let reason = error.without_snippet().to_string();
                broken(line + FIRST_LINE, first_line(&reason))
            })?,
        };
        match value {
            Value::Object(fields) => Ok(Self { file, text, fields }),
            Value::Null => Ok(Self {
                file,
                text,
                fields: Map::new(),
            }),
            _ => Err(broken(
                FIRST_LINE,
                "there are no `name: value` lines".to_owned(),
            )),
        }
    }

    /// The record that it describes. What has our own form is taken as it is,
    /// the rest goes the way of catalogue records.
    pub(super) fn into_record(self) -> (LearningResource, Vec<Finding>) {
        let Self { file, text, fields } = self;
        let mut exact = Map::new();
        let mut loose = Map::new();
        for (key, value) in fields {
            let into = if is_exact(&key, &value) {
                &mut exact
            } else {
                &mut loose
            };
            into.insert(key, value);
        }
        let mut findings = unknown_fields(&loose);
        let (loose, more) = mapping::resource_from(loose);
        findings.extend(more);
        for finding in &mut findings {
            let place = Place::new(file, line_of(text, &finding.property, &finding.detail));
            finding.message = format!("{place}: {}", finding.message);
        }
        (overlay(loose, exact), findings)
    }
}

/// What a YAML parser says, without the picture of the place.
fn first_line(reason: &str) -> String {
    reason.lines().next().unwrap_or("no YAML").trim().to_owned()
}

/// Whether a field is in the form in which records are written.
fn is_exact(key: &str, value: &Value) -> bool {
    let alone = Map::from_iter([(key.to_owned(), value.clone())]);
    let fits = record_from(alone);
    // A key that the record does not have leaves it as it was.
    fits.is_some_and(|record| record != LearningResource::default()) && has_concepts(key, value)
}

/// Whether the values of a controlled property are known concepts.
fn has_concepts(key: &str, value: &Value) -> bool {
    let property = PROPERTIES.iter().find(|property| property.name == key);
    let Some(Kind::Concept(_)) = property.map(|property| property.kind) else {
        return true;
    };
    let known = |one: &Value| {
        one.as_str()
            .and_then(vocabulary::concept)
            .is_some_and(|c| Some(c.id.as_str()) == one.as_str())
    };
    match value {
        Value::Array(list) => list.iter().all(known),
        one => known(one),
    }
}

fn unknown_fields(loose: &Map<String, Value>) -> Vec<Finding> {
    let unknown = loose.keys().filter(|key| mapping::field(key).is_none());
    unknown.map(|key| UNKNOWN_FIELD.on("other", key)).collect()
}

/// Puts the exact fields over what came from the others.
fn overlay(loose: LearningResource, exact: Map<String, Value>) -> LearningResource {
    let Ok(Value::Object(mut all)) = serde_json::to_value(&loose) else {
        return loose;
    };
    for (key, value) in exact {
        match (all.get_mut(&key), value) {
            (Some(Value::Object(there)), Value::Object(more)) if key == "other" => {
                there.extend(more)
            }
            (_, value) => drop(all.insert(key, value)),
        }
    }
    record_from(all).unwrap_or(loose)
}

/// The line on which a field stands.
fn line_of(text: &str, property: &str, detail: &str) -> u64 {
    let names = [property, detail];
    let is_field = |line: &str| {
        let key = line
            .split(':')
            .next()
            .unwrap_or_default()
            .trim_matches(['"', '\'', ' ']);
        names.contains(&key) || mapping::field(key).is_some_and(|field| field.property == property)
    };
    let line = text
        .lines()
        .position(|line| !line.starts_with([' ', '-', '#']) && is_field(line));
    line.and_then(|line| u64::try_from(line).ok())
        .map_or(1, |line| line + FIRST_LINE)
}

fn record_from(fields: Map<String, Value>) -> Option<LearningResource> {
    serde_json::from_value(Value::Object(fields)).ok()
}
