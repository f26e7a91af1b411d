//! What must be stated, and that there is something to read at all.

use super::{Finding, MISSING_PROPERTY, NO_CONTENT};
use crate::{LearningResource, PROPERTIES};

pub(super) fn judge(record: &LearningResource, findings: &mut Vec<Finding>) {
    let required = PROPERTIES.iter().filter(|property| property.required);
    let missing = required.filter(|property| is_missing(record, property.name));
    findings.extend(missing.map(|property| MISSING_PROPERTY.on(property.name, "")));
    let empty = record.body.as_ref().is_none_or(|body| is_blank(&body.text));
    if empty && record.encoding.is_empty() && record.url.is_none() && record.has_part.is_empty() {
        findings.push(NO_CONTENT.on("body", ""));
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Whether a required property is empty. A property that becomes required needs
/// a line here; a test holds this against the table.
fn is_missing(record: &LearningResource, name: &str) -> bool {
    match name {
        "name" => is_blank(&record.name),
        "description" => is_blank(&record.description),
        "about" => record.about.is_empty(),
        "educationalLevel" => record.educational_level.is_empty(),
        "learningResourceType" => record.learning_resource_type.is_empty(),
        "inLanguage" => record.in_language.is_empty(),
        "license" => record.license.is_none(),
        "creator" => record.creator.iter().all(|agent| is_blank(&agent.name)),
        _ => false,
    }
}
