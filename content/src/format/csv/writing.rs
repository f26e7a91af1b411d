//! Records → sheet.

use super::SEPARATOR;
use crate::{
    Agent, AgentKind, Alignment, LearningResource, Link, MediaObject, PROPERTIES, vocabulary,
};
use serde_json::Value;
use std::io::Write;

/// The columns of a sheet: identifier, every property, text, and how it is written.
pub(super) fn columns() -> Vec<&'static str> {
    let properties = PROPERTIES.iter().map(|property| property.name);
    std::iter::once("identifier")
        .chain(properties)
        .chain(["encoding", "text", "textFormat"])
        .collect()
}

/// Writes a header and a row for each record, in UTF-8 with a byte order mark
/// so that spreadsheet programs see the Vietnamese.
///
/// # Errors
/// Where the target cannot be written to.
pub fn write<'a, W: Write>(
    mut target: W,
    records: impl IntoIterator<Item = &'a LearningResource>,
) -> std::io::Result<()> {
    target.write_all("\u{feff}".as_bytes())?;
    let mut sheet = csv::Writer::from_writer(target);
    sheet.write_record(columns())?;
    for record in records {
        sheet.write_record(row(record))?;
    }
    sheet.flush()
}

/// The cells of a record, in the order of [`columns`].
fn row(record: &LearningResource) -> Vec<String> {
    let value = serde_json::to_value(record).unwrap_or_default();
    let cell = |name: &str| match name {
        "identifier" => record.provenance.identifier.clone(),
        "encoding" => texts(&record.encoding, file).join(SEPARATOR),
        "text" => record
            .body
            .as_ref()
            .map_or_else(String::new, |body| body.text.clone()),
        "textFormat" => {
            let format = value.pointer("/body/format").and_then(Value::as_str);
            format.unwrap_or_default().to_owned()
        }
        other => match cells(record, other) {
            Some(cells) => cells.join(SEPARATOR),
            None => value.get(other).map_or_else(String::new, plain),
        },
    };
    columns().into_iter().map(cell).collect()
}

/// Texts as they are, concepts by their short code.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => match vocabulary::concept(text) {
            Some(concept) if !concept.notation.is_empty() => concept.notation.clone(),
            _ => text.clone(),
        },
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(SEPARATOR),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// People, works and places in frameworks as people write them; `None` for properties of plain values.
pub(in crate::format) fn cells(record: &LearningResource, name: &str) -> Option<Vec<String>> {
    Some(match name {
        "creator" => texts(&record.creator, agent),
        "contributor" => texts(&record.contributor, agent),
        "publisher" => texts(&record.publisher, agent),
        "isBasedOn" => texts(&record.is_based_on, link),
        "isPartOf" => texts(&record.is_part_of, link),
        "hasPart" => texts(&record.has_part, link),
        "workTranslation" => texts(&record.work_translation, link),
        "educationalAlignment" => texts(&record.educational_alignment, alignment),
        _ => return None,
    })
}

fn texts<T>(list: &[T], cell: fn(&T) -> String) -> Vec<String> {
    list.iter().map(cell).collect()
}

/// `name <address>`, or whichever there is.
fn addressed(name: &str, address: &str) -> String {
    match (name, address) {
        (name, "") => name.to_owned(),
        (name, address) => format!("{name} <{address}>").trim().to_owned(),
    }
}

fn agent(agent: &Agent) -> String {
    let mark = match agent.kind {
        AgentKind::Person => "",
        AgentKind::Organization => " [org]",
    };
    addressed(
        &format!("{}{mark}", agent.name),
        agent.id.as_deref().unwrap_or_default(),
    )
}

fn link(link: &Link) -> String {
    addressed(&link.name, &link.id)
}

fn alignment(alignment: &Alignment) -> String {
    let framework = &alignment.educational_framework;
    let name = match framework.is_empty() {
        true => alignment.target_name.clone(),
        false => format!("{framework} » {}", alignment.target_name),
    };
    addressed(&name, alignment.target_url.as_deref().unwrap_or_default())
}

fn file(file: &MediaObject) -> String {
    addressed(&file.name, file.content_url.as_deref().unwrap_or_default())
}
