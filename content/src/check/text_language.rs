//! Whether the text is in the language that the record states.

use super::{Finding, LANGUAGE_CONTRADICTS_TEXT};
use crate::{LearningResource, language};

/// Bytes below which a text says too little about its language.
const SHORTEST: usize = 60;

pub(super) fn judge(record: &LearningResource, findings: &mut Vec<Finding>) {
    let Some(stated) = record
        .main_language()
        .filter(|code| matches!(*code, "vi" | "en" | "fr"))
    else {
        return;
    };
    let body = record.body.as_ref().map(|body| body.text.as_str());
    let text = body
        .filter(|text| text.len() >= SHORTEST)
        .unwrap_or(&record.description);
    if text.len() < SHORTEST {
        return;
    }
    let named = |code: &str| {
        record
            .in_language
            .iter()
            .any(|stated| stated.starts_with(code))
    };
    if let Some(seen) = language::detect(text).filter(|seen| !named(seen)) {
        findings.push(LANGUAGE_CONTRADICTS_TEXT.on("inLanguage", &format!("{stated} ≠ {seen}")));
    }
}
