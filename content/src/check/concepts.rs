//! Values of controlled properties, and whether they fit each other.

use super::{AGE_CONTRADICTS_LEVEL, Finding, LICENSE_UNKNOWN, MOST, UNKNOWN_CONCEPT, values};
use crate::{LearningResource, vocabulary};

/// The controlled properties with their values; each has a vocabulary of its name.
fn controlled(record: &LearningResource) -> [(&'static str, &[String]); 7] {
    let one = Option::as_slice;
    [
        ("about", &record.about),
        ("educationalLevel", &record.educational_level),
        ("learningResourceType", &record.learning_resource_type),
        ("audience", &record.audience),
        ("license", one(&record.license)),
        ("interactivityType", one(&record.interactivity_type)),
        ("conditionsOfAccess", one(&record.conditions_of_access)),
    ]
}

pub(super) fn judge(record: &LearningResource, findings: &mut Vec<Finding>) {
    for (property, uris) in controlled(record) {
        let unknown = uris.iter().filter(|uri| !is_of(property, uri));
        findings.extend(
            unknown
                .take(MOST)
                .map(|uri| UNKNOWN_CONCEPT.on(property, uri)),
        );
    }
    if record
        .license
        .as_deref()
        .is_some_and(|uri| uri.ends_with("/license/unknown"))
    {
        findings.push(LICENSE_UNKNOWN.on("license", &record.provenance.license_as_stated));
    }
    ages(record, findings);
}

/// Whether a concept's own URI is in the vocabulary of this name.
fn is_of(vocabulary: &str, uri: &str) -> bool {
    vocabulary::find(vocabulary, uri).is_some_and(|concept| concept.id == uri)
}

/// Usual ages of the stages of general education, with a year or two of grace.
const AGES: &[(&str, u32, u32)] = &[
    ("preschool", 0, 7),
    ("primary", 5, 13),
    ("lower-secondary", 10, 17),
    ("upper-secondary", 14, 21),
    ("higher", 16, 120),
];

/// The ages must overlap with at least one of the stages that are stated.
fn ages(record: &LearningResource, findings: &mut Vec<Finding>) {
    let Some(range) = record.typical_age_range.as_deref() else {
        return;
    };
    let Some((first, last)) = values::age_range(range) else {
        return;
    };
    let mut stages = record
        .educational_level
        .iter()
        .map(|uri| usual_ages(uri))
        .peekable();
    let fits = |stage: Option<(u32, u32)>| {
        stage.is_none_or(|(from, to)| first <= to && last.is_none_or(|last| last >= from))
    };
    if stages.peek().is_some() && !stages.any(fits) {
        findings.push(AGE_CONTRADICTS_LEVEL.on("typicalAgeRange", range));
    }
}

/// Ages of the stage that a level is or belongs to.
fn usual_ages(uri: &str) -> Option<(u32, u32)> {
    let levels = vocabulary::with_broader(uri);
    let row = |name: &str| AGES.iter().find(|(stage, ..)| *stage == name);
    let found = levels.iter().find_map(|level| row(&level.notation))?;
    Some((found.1, found.2))
}
