//! Curation checks: a record goes in, findings come out. Never an error.

use serde::{Deserialize, Serialize};

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
