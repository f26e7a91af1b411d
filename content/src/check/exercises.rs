//! Exercises that cannot be read.

use super::{BROKEN_EXERCISE, Finding, MOST};
use crate::{BodyFormat, LearningResource, exercise};

pub(super) fn judge(record: &LearningResource, findings: &mut Vec<Finding>) {
    let Some(body) = record
        .body
        .as_ref()
        .filter(|body| body.format == BodyFormat::Markdown)
    else {
        return;
    };
    let language = record.in_language.first().map_or("", String::as_str);
    let faults = exercise::find(&body.text, language)
        .into_iter()
        .filter_map(|found| found.exercise.err())
        .flatten();
    let found = faults.map(|fault| BROKEN_EXERCISE.on("body", &fault.to_string()));
    findings.extend(found.take(MOST));
}
