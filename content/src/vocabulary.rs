//! Controlled vocabularies: SKOS concept schemes with labels in Vietnamese,
//! English and French, read from `vocabularies/*.json`.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

mod lookup;

pub(crate) use lookup::folded;
pub(crate) use lookup::without_marks;
pub use lookup::{find, plain};

/// Text in several languages: BCP 47 code → text.
pub type Labels = BTreeMap<String, String>;

/// A SKOS concept scheme.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConceptScheme {
    /// URI of the scheme.
    pub id: String,
    /// Name of the vocabulary as used in [`crate::Kind::Concept`].
    pub name: String,
    /// What it is called.
    pub pref_label: Labels,
    /// Where it comes from, with date.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Whether a person has compared it with the official text.
    #[serde(default)]
    pub verified: bool,
    /// The concepts, in the order in which people expect them.
    pub concepts: Vec<Concept>,
}

/// A SKOS concept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Concept {
    /// Stable URI.
    pub id: String,
    /// Label by language; `vi`, `en` and `fr` are always there.
    pub pref_label: Labels,
    /// Other names and abbreviations by language.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub alt_label: BTreeMap<String, Vec<String>>,
    /// What belongs to it, in words, by language (`vi` and `en` at least for subjects).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub definition: Labels,
    /// URIs of wider concepts in the same scheme.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub broader: Vec<String>,
    /// Short code where the field has one (`toan`, `CC BY 4.0`).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub notation: String,
    /// URIs of the same thing in other vocabularies (AMB and others).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exact_match: Vec<String>,
    /// URIs of nearly the same thing in other vocabularies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub close_match: Vec<String>,
    /// Facts that code reads, such as what a licence permits.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, serde_json::Value>,
}

impl Concept {
    /// Label in the language asked for, else Vietnamese, else any, else the URI.
    pub fn label(&self, language: &str) -> &str {
        let labels = &self.pref_label;
        let any = || labels.values().next();
        labels
            .get(language)
            .or_else(|| labels.get("vi"))
            .or_else(any)
            .map_or(&self.id, String::as_str)
    }
}

const SOURCES: &[(&str, &str)] = &[
    ("about", include_str!("../vocabularies/about.json")),
    (
        "educationalLevel",
        include_str!("../vocabularies/educationalLevel.json"),
    ),
    (
        "learningResourceType",
        include_str!("../vocabularies/learningResourceType.json"),
    ),
    ("license", include_str!("../vocabularies/license.json")),
    ("audience", include_str!("../vocabularies/audience.json")),
    (
        "interactivityType",
        include_str!("../vocabularies/interactivityType.json"),
    ),
    (
        "conditionsOfAccess",
        include_str!("../vocabularies/conditionsOfAccess.json"),
    ),
    (
        "competencies",
        include_str!("../vocabularies/competencies.json"),
    ),
    ("textbook", include_str!("../vocabularies/textbook.json")),
];

/// All schemes by name, and all concepts by URI (their other URIs included).
struct Schemes {
    by_name: HashMap<&'static str, ConceptScheme>,
    by_uri: HashMap<String, (&'static str, usize)>,
}

static SCHEMES: LazyLock<Schemes> = LazyLock::new(|| {
    let mut by_name = HashMap::new();
    let mut by_uri = HashMap::new();
    for (name, text) in SOURCES {
        // The files are part of the program; a test reads each of them.
        let scheme: ConceptScheme = serde_json::from_str(text).unwrap_or_default();
        for (place, concept) in scheme.concepts.iter().enumerate() {
            for uri in concept.exact_match.iter().chain([&concept.id]) {
                by_uri.entry(uri.clone()).or_insert((*name, place));
            }
        }
        // A scheme's own URIs win over another's exactMatch.
        for (place, concept) in scheme.concepts.iter().enumerate() {
            by_uri.insert(concept.id.clone(), (*name, place));
        }
        by_name.insert(*name, scheme);
    }
    Schemes { by_name, by_uri }
});

/// Names of all vocabularies.
pub fn names() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|(name, _)| *name)
}

/// The vocabulary with this name, such as `about`.
pub fn scheme(name: &str) -> Option<&'static ConceptScheme> {
    SCHEMES.by_name.get(name)
}

/// The concept with this URI, or whose `exactMatch` it is.
pub fn concept(uri: &str) -> Option<&'static Concept> {
    let (name, place) = SCHEMES.by_uri.get(uri)?;
    SCHEMES.by_name.get(name)?.concepts.get(*place)
}

/// The label of a concept, or the URI itself where it is unknown.
pub fn label<'a>(uri: &'a str, language: &str) -> &'a str {
    concept(uri).map_or(uri, |found| found.label(language))
}

/// The concept and everything wider, nearest first; empty where it is unknown.
pub fn with_broader(uri: &str) -> Vec<&'static Concept> {
    let mut found: Vec<&'static Concept> = concept(uri).into_iter().collect();
    let mut next = 0;
    while let Some(current) = found.get(next) {
        for wider in current.broader.iter().filter_map(|uri| concept(uri)) {
            if !found.iter().any(|seen| seen.id == wider.id) {
                found.push(wider);
            }
        }
        next += 1;
    }
    found
}
