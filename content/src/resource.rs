//! The record: one learning resource, in the names of schema.org and LRMI.
//!
//! Every field may be empty. A record says what its source said; whether that
//! is enough, or right, is the business of [`crate::check`].

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A person or an organisation named in a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Agent {
    /// The name as it should be shown.
    pub name: String,
    /// Person or organisation.
    #[serde(rename = "type")]
    pub kind: AgentKind,
    /// An identifier such as an ORCID or ROR address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl Agent {
    /// A person with this name.
    pub fn person(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind: AgentKind::Person,
            id: None,
        }
    }

    /// An organisation with this name.
    pub fn organization(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind: AgentKind::Organization,
            id: None,
        }
    }
}

/// What an [`Agent`] is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AgentKind {
    /// A human being.
    #[default]
    Person,
    /// A school, publisher, ministry, project.
    Organization,
}

/// A pointer to another work, in this portal or elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Link {
    /// Portal id or absolute address of the other work.
    pub id: String,
    /// Its name, where the source gives one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Place in the whole, counted from 1 (only for `isPartOf` and `hasPart`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
    /// Section titles between the whole and this part, outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<String>,
}

/// How a resource lines up with a framework: a textbook lesson, a curriculum
/// outcome (schema.org `AlignmentObject`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Alignment {
    /// Name of the framework: a textbook series, a programme.
    pub educational_framework: String,
    /// Concept of the framework, where it has a URI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_url: Option<String>,
    /// What is aligned with, as people call it: "Bài 5. Lực".
    pub target_name: String,
}

/// How the text of a body is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BodyFormat {
    /// CommonMark with tables, footnotes and TeX mathematics between `$`.
    #[default]
    Markdown,
    /// HTML, possibly with MathML; never trusted.
    Html,
    /// Plain paragraphs.
    Plain,
}

/// The text of a resource, kept as it came. It is made safe when rendered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Body {
    /// How `text` is written.
    pub format: BodyFormat,
    /// The source text, unsanitised.
    pub text: String,
}

/// A file of a resource (schema.org `encoding`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MediaObject {
    /// File name as people should see it, and the name by which the body refers to it.
    pub name: String,
    /// Address of the file where it is not kept here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_url: Option<String>,
    /// Media type such as `application/pdf`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding_format: Option<String>,
    /// Size in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_size: Option<u64>,
    /// SHA-256 of the content in lower-case hexadecimal; the key under which the store keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// What a reader who cannot see it should know.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// How a record came to the portal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Read from files by an operator.
    #[default]
    Imported,
    /// Taken from another repository over a protocol.
    Harvested,
    /// Sent in by a person.
    Submitted,
    /// Part of the library that comes with the portal.
    Shipped,
}

/// Where a record comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Provenance {
    /// Short name of the source; with `identifier` it names the record for ever.
    pub source: String,
    /// The source's own identifier.
    pub identifier: String,
    /// How it came.
    pub origin: Origin,
    /// The licence in the source's own words, before any mapping.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub license_as_stated: String,
}

/// One learning resource.
///
/// Values of controlled properties (`about`, `educational_level`, `license`, …)
/// are concept URIs of [`crate::vocabulary`]; what a source said that is no known
/// concept is kept in [`LearningResource::other`] and found by the checks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LearningResource {
    /// Address within the portal: `[A-Za-z0-9._~:-]+`, given when first stored, never changed.
    pub id: String,
    /// Title.
    pub name: String,
    /// Other titles, abbreviations, titles in other languages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternate_name: Vec<String>,
    /// Summary in plain text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Who made it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub creator: Vec<Agent>,
    /// Who helped.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contributor: Vec<Agent>,
    /// Who publishes it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub publisher: Vec<Agent>,
    /// Subjects, as concept URIs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// Kinds of material, as concept URIs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub learning_resource_type: Vec<String>,
    /// Grades and stages, as concept URIs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub educational_level: Vec<String>,
    /// BCP 47 codes, the main language first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub in_language: Vec<String>,
    /// Licence, as a concept URI of the licence vocabulary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// Free keywords.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Whether it costs nothing to use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_accessible_for_free: Option<bool>,
    /// Whether a sign-in is needed, as a concept URI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions_of_access: Option<String>,
    /// Outcomes (*yêu cầu cần đạt*): concept URIs or plain sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub teaches: Vec<String>,
    /// Outcomes that it assesses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assesses: Vec<String>,
    /// What a learner should know first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub competency_required: Vec<String>,
    /// Whom it is for, as concept URIs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<String>,
    /// Active, expositive or mixed, as a concept URI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interactivity_type: Option<String>,
    /// Works that it was made from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub is_based_on: Vec<Link>,
    /// Books, courses and collections that it is a part of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub is_part_of: Vec<Link>,
    /// Its parts, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub has_part: Vec<Link>,
    /// Portal ids or addresses of the same work in other languages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub work_translation: Vec<Link>,
    /// Ages in years such as `6-7` or `18-`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typical_age_range: Option<String>,
    /// Time that a learner needs, as an ISO 8601 duration such as `PT45M`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_required: Option<String>,
    /// Accessibility features in the words of the schema.org list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accessibility_feature: Vec<String>,
    /// Textbook lessons and other framework nodes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub educational_alignment: Vec<Alignment>,
    /// Address of the resource at its home, for material that is only linked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Address of a preview picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Day of making, ISO 8601 (`2026`, `2026-09` or `2026-09-05`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_created: Option<String>,
    /// Day of publication, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_published: Option<String>,
    /// Day of the last change at the source, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_modified: Option<String>,
    /// The source's version label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The text itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Files, in the order in which they should be offered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub encoding: Vec<MediaObject>,
    /// Where the record comes from.
    pub provenance: Provenance,
    /// What the source said and no property holds: kept so that nothing is lost.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub other: Map<String, Value>,
}

impl LearningResource {
    /// The main language as a bare code (`vi`), where one is stated.
    pub fn main_language(&self) -> Option<&str> {
        let code = self.in_language.first()?;
        code.split(['-', '_']).next().filter(|c| !c.is_empty())
    }
}
