//! What a draft is. It speaks the same JSON to programs and pages.

use super::policy::Mode;
use serde::{Deserialize, Serialize};

/// A draft of guidance: 17 sections in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GuidanceDraft {
    /// “Bản nháp do AI hỗ trợ”, in the draft's language: shown wherever the draft is.
    pub label: String,
    /// Heading of the whole.
    pub title: String,
    /// `vi`, `en` or `fr`.
    pub in_language: String,
    /// What it is about.
    pub resource: ResourceRef,
    /// Day of making, ISO 8601.
    pub date: String,
    /// Number that decides among equals; the same number, the same draft.
    pub seed: u64,
    /// The model that chose, with its revision; nothing where rules and words chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<Chosen>,
    /// The language model that chose spans, with its revision; nothing where none did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub writer: Option<Chosen>,
    /// Short name of the band of ages.
    pub band: String,
    /// Age in years of the youngest learners.
    pub youngest: u8,
    /// Who handles the tool.
    pub mode: Mode,
    /// Sections 0 to 16.
    pub sections: Vec<Section>,
    /// Statements that it rests on, in order of first use.
    pub references: Vec<Reference>,
    /// Whether the separate check found something that a person must mend first.
    pub locked: bool,
}

/// The resource of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceRef {
    /// Its id in the portal.
    pub id: String,
    /// Its title, where it may be shown.
    pub name: String,
    /// Version or day of its last change, where the record says.
    pub version: String,
}

/// A model that chose: among patterns, or spans for their gaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Its name.
    pub name: String,
    /// Its revision.
    pub revision: String,
}

/// One of the 17 sections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// From 0 to 16.
    pub number: u8,
    /// Its name for programs.
    pub key: String,
    /// Its heading.
    pub title: String,
    /// What it says.
    pub items: Vec<Item>,
}

/// Where the words of an item come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Policy: the same for every lesson of this age and licence.
    #[default]
    Rule,
    /// The record.
    Record,
    /// A pattern with spans of the record.
    Pattern,
    /// The separate check.
    Check,
}

/// One thing that a section says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Item {
    /// What it is, in a word or two.
    pub label: String,
    /// What it says; may be empty where `parts` say it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Named pieces, such as what the teacher and the pupils do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Level of AI use, for tasks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Code of a vocabulary, for competences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Spans of the record in it, each exactly as the record has it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<Quote>,
    /// Ids of statements that it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// The pattern that it was made from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Where its words come from.
    pub origin: Origin,
    /// Whether a language model chose spans of it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub worded: bool,
    /// Whether a person has changed its words.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub edited: bool,
}

impl Item {
    /// Text and parts on one line.
    pub fn words(&self) -> String {
        let parts = self.parts.iter().map(|part| part.text.as_str());
        let all = std::iter::once(self.text.as_str()).chain(parts);
        all.filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A named piece of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What it is.
    pub label: String,
    /// What it says.
    pub text: String,
}

/// An exact span of the record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The span.
    pub text: String,
    /// Property of the record that holds it, such as `body` or `teaches`.
    pub property: String,
    /// Heading of the resource under which it stands, where there is one.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub heading: String,
}

/// A statement in the list of references.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Its id.
    pub id: String,
    /// What it says, in our words.
    pub text: String,
    /// Document, article and date.
    pub source: String,
    /// Whether a person has compared it with the original.
    pub verified: bool,
    /// What to write beside it where nobody has.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub note: String,
}
