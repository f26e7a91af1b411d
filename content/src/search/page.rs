//! What a search answers.

use serde::{Deserialize, Serialize};

/// One page of results with everything that a page or the API shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SearchPage {
    /// Number of all results.
    pub total: usize,
    /// Page, counted from 1.
    pub page: usize,
    /// Results asked for on a page.
    pub size: usize,
    /// Results, best first.
    pub items: Vec<Hit>,
    /// Counts per facet, in the order of [`super::FACETS`].
    pub facets: Vec<Facet>,
    /// Results that may be changed and passed on, given all filters on other properties.
    pub adaptable: usize,
    /// Filters that were read out of the words: (property, value, the words they came from).
    pub understood: Vec<(String, String, String)>,
    /// How many of the results pass the filters that were read out of the words; they come first.
    pub as_understood: usize,
    /// A better spelling to offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<Correction>,
    /// Whether fewer words than typed had to match because all together found too little.
    pub relaxed: bool,
    /// Time spent in the index, in microseconds.
    pub took_micros: u64,
}

/// A spelling that the library knows better than the one typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Correction {
    /// The whole query, corrected.
    pub text: String,
    /// How many results it would have.
    pub total: usize,
    /// Whether the results are those of this spelling already, because the library holds no word
    /// that is written as it was typed.
    pub applied: bool,
}

/// One result.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Hit {
    /// Portal id.
    pub id: String,
    /// The source's own identifier.
    pub identifier: String,
    /// Short name of the source.
    pub source: String,
    /// Title.
    pub name: String,
    /// Main language of the resource.
    pub in_language: String,
    /// Summary or the first sentences, shortened.
    pub description: String,
    /// Names of the people and organisations who made it.
    pub creator: Vec<String>,
    /// Subjects, as concept URIs.
    pub about: Vec<String>,
    /// Grades and stages, as concept URIs.
    pub educational_level: Vec<String>,
    /// Kinds of material, as concept URIs.
    pub learning_resource_type: Vec<String>,
    /// Licence, as a concept URI.
    pub license: Option<String>,
    /// Home address of material that is only linked.
    pub url: Option<String>,
    /// ISO 8601 day of publication.
    pub date_published: Option<String>,
    /// Book or course that it is a part of: (id, name).
    pub is_part_of: Option<(String, String)>,
    /// Ids or identifiers of the same work in other languages, as the record names them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub work_translation: Vec<String>,
    /// Score; comparable only within one search.
    pub score: f32,
    /// Places that matched, on the original text.
    pub highlights: Vec<Highlight>,
    /// Why it is here.
    pub reasons: Vec<Reason>,
    /// First words of the passage that is near in meaning: the page of the resource opens there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passage: Option<String>,
    /// Other versions and translations of the same work: (id, name, language).
    pub versions: Vec<(String, String, String)>,
}

/// A piece of text with marked ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Highlight {
    /// Property that the text comes from: `name`, `description` or `body`.
    pub property: String,
    /// The original text, possibly a part of it.
    pub text: String,
    /// Byte ranges of `text` that matched, in order, not overlapping.
    pub ranges: Vec<(usize, usize)>,
}

/// Why a result is in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "word", rename_all = "camelCase")]
pub enum Reason {
    /// All words stand in the name.
    Name,
    /// The words stand in the keywords or outcomes.
    Keywords,
    /// The words stand in the text.
    Text,
    /// Matches only once marks are left out.
    Folded,
    /// Found through another word for the same thing.
    Synonym(String),
    /// Found by a word of another language that says the same.
    Translation(String),
    /// Found by the word that was probably meant.
    Correction(String),
    /// Like another resource: these words stand in both.
    Shared(String),
    /// Like another resource: about the same subject, as a concept URI.
    SameSubject(String),
    /// Like another resource: for the same level, as a concept URI.
    SameLevel(String),
    /// Found by meaning.
    Meaning,
}

/// Counts of one property's values among the results.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Facet {
    /// Property name.
    pub name: String,
    /// Values, most frequent first within their parent.
    pub values: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FacetValue {
    /// Concept URI, language code or source name.
    pub value: String,
    /// Results with it, given all filters on other properties.
    pub count: usize,
    /// Whether it is chosen.
    pub selected: bool,
    /// Wider concept shown above it, for hierarchical vocabularies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub broader: Option<String>,
}

/// One completion of what is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// What to show and to search.
    pub text: String,
    /// `name`, `about`, `educationalLevel` or `query`.
    pub kind: String,
    /// Byte ranges of `text` that were typed, in order, not overlapping.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<(usize, usize)>,
    /// Portal id where it is one resource, concept URI where it is a concept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}
