//! Curation checks: a record goes in, findings come out. Never an error.
//!
//! Each rule has a row in [`CODES`]; `tests/fixtures/valid` and `…/invalid` hold
//! one record each for every rule of [`check`].

use crate::LearningResource;
use serde::{Deserialize, Serialize};

mod alternative;
mod concepts;
mod content;
pub(crate) mod dates;
mod derivation;
mod duplicates;
mod exercises;
mod mathematics;
mod required;
mod rules;
mod text_language;
pub(crate) mod values;

pub use derivation::check_derivation;
pub use duplicates::DuplicateUrls;
pub use rules::*;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Should be mended.
    Warning,
    /// Must be mended before publishing by a person.
    Error,
}

/// One thing that is wrong with, or missing from, a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Property in its schema.org name, such as `license` or `body`.
    pub property: String,
    /// Stable code: also the key of the texts in three languages, such as `unknown-concept`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// The value or place it is about, shortened.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// What is wrong and what to do next, in English, for logs and reports;
    /// pages use `code` and `detail` with their own texts.
    pub message: String,
}

/// Most findings of one rule about one record: more would help nobody, and a
/// hostile record could hold millions.
const MOST: usize = 50;

/// A group of rules: looks at a record and adds what it finds.
type Judge = fn(&LearningResource, &mut Vec<Finding>);

const JUDGES: &[Judge] = &[
    required::judge,
    values::judge,
    concepts::judge,
    content::judge,
    alternative::judge,
    derivation::judge,
    mathematics::judge,
    exercises::judge,
    text_language::judge,
];

/// Everything that can be said of a record by itself.
///
/// ```
/// use khue_content::{LearningResource, check};
/// let findings = check::check(&LearningResource::default());
/// assert!(findings.iter().any(|found| found.code == "missing-property"));
/// ```
pub fn check(record: &LearningResource) -> Vec<Finding> {
    let mut findings = Vec::new();
    for judge in JUDGES {
        judge(record, &mut findings);
    }
    findings
}
