//! The table of properties: one row each. Form, facets, checks, sheets and the
//! index read it, so a new property is a field, a row and, if controlled, a vocabulary.

/// How a property's values look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A line of text.
    Text,
    /// Paragraphs.
    LongText,
    /// One concept of the named vocabulary, or several.
    Concept(&'static str),
    /// BCP 47 code.
    Language,
    /// ISO 8601 date.
    Date,
    /// ISO 8601 duration.
    Duration,
    /// Web address.
    Url,
    /// Person or organisation.
    Agent,
    /// Yes or no.
    Flag,
    /// Another work.
    Link,
}

/// One row: what the portal knows of one property of a record.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// schema.org/LRMI name as in JSON, URL, form and index.
    pub name: &'static str,
    /// Shape of the values.
    pub kind: Kind,
    /// Whether there may be several values.
    pub many: bool,
    /// Whether publishing should wait for it.
    pub required: bool,
    /// Whether readers can filter by it.
    pub facet: bool,
    /// Weight of a match in ranking; 0 means not searched as text.
    pub weight: f32,
}

const fn row(
    name: &'static str,
    kind: Kind,
    many: bool,
    required: bool,
    facet: bool,
    weight: f32,
) -> Property {
    Property {
        name,
        kind,
        many,
        required,
        facet,
        weight,
    }
}

/// Every property, in the order in which forms and sheets show them.
pub const PROPERTIES: &[Property] = &[
    row("name", Kind::Text, false, true, false, 4.0),
    row("alternateName", Kind::Text, true, false, false, 3.0),
    row("description", Kind::LongText, false, true, false, 1.5),
    row("about", Kind::Concept("about"), true, true, true, 1.0),
    row(
        "educationalLevel",
        Kind::Concept("educationalLevel"),
        true,
        true,
        true,
        1.0,
    ),
    row(
        "learningResourceType",
        Kind::Concept("learningResourceType"),
        true,
        true,
        true,
        0.5,
    ),
    row("inLanguage", Kind::Language, true, true, true, 0.0),
    row("license", Kind::Concept("license"), false, true, true, 0.0),
    row("creator", Kind::Agent, true, true, false, 1.0),
    row("contributor", Kind::Agent, true, false, false, 0.5),
    row("publisher", Kind::Agent, true, false, false, 0.5),
    row("keywords", Kind::Text, true, false, false, 2.0),
    row("teaches", Kind::LongText, true, false, false, 1.5),
    row("assesses", Kind::LongText, true, false, false, 1.0),
    row(
        "competencyRequired",
        Kind::LongText,
        true,
        false,
        false,
        0.5,
    ),
    row("educationalAlignment", Kind::Text, true, false, false, 2.0),
    row(
        "audience",
        Kind::Concept("audience"),
        true,
        false,
        false,
        0.0,
    ),
    row(
        "interactivityType",
        Kind::Concept("interactivityType"),
        false,
        false,
        false,
        0.0,
    ),
    row("isAccessibleForFree", Kind::Flag, false, false, false, 0.0),
    row(
        "conditionsOfAccess",
        Kind::Concept("conditionsOfAccess"),
        false,
        false,
        false,
        0.0,
    ),
    row("typicalAgeRange", Kind::Text, false, false, false, 0.0),
    row("timeRequired", Kind::Duration, false, false, false, 0.0),
    row("accessibilityFeature", Kind::Text, true, false, false, 0.0),
    row("isBasedOn", Kind::Link, true, false, false, 0.0),
    row("isPartOf", Kind::Link, true, false, false, 0.5),
    row("hasPart", Kind::Link, true, false, false, 0.0),
    row("workTranslation", Kind::Link, true, false, false, 0.0),
    row("url", Kind::Url, false, false, false, 0.0),
    row("image", Kind::Url, false, false, false, 0.0),
    row("dateCreated", Kind::Date, false, false, false, 0.0),
    row("datePublished", Kind::Date, false, false, false, 0.0),
    row("dateModified", Kind::Date, false, false, false, 0.0),
    row("version", Kind::Text, false, false, false, 0.0),
];
