//! Our concepts in the vocabularies that AMB takes.

use super::amb::begins;
use super::shapes::LICENSES;
use crate::vocabulary::{self, Concept};
use serde_json::{Value, json};

/// Property, beginnings of the addresses that AMB takes there, and the address
/// of "something else" where there is one.
const TAKEN: &[(&str, &[&str], Option<&str>)] = &[
    (
        "about",
        &[
            "https://w3id.org/kim/hochschulfaechersystematik/",
            "http://w3id.org/kim/schulfaecher/",
        ],
        Some("https://w3id.org/kim/hochschulfaechersystematik/n0"),
    ),
    (
        "learningResourceType",
        &["https://w3id.org/kim/hcrt/"],
        Some("https://w3id.org/kim/hcrt/other"),
    ),
    (
        "educationalLevel",
        &["https://w3id.org/kim/educationalLevel/"],
        None,
    ),
    (
        "audience",
        &["http://purl.org/dcx/lrmi-vocabs/educationalAudienceRole/"],
        None,
    ),
    (
        "conditionsOfAccess",
        &["http://w3id.org/kim/conditionsOfAccess/"],
        None,
    ),
    (
        "interactivityType",
        &["http://purl.org/dcx/lrmi-vocabs/interactivityType/"],
        None,
    ),
    ("license", LICENSES, None),
];

fn row(
    property: &str,
) -> Option<&'static (&'static str, &'static [&'static str], Option<&'static str>)> {
    TAKEN.iter().find(|(name, ..)| *name == property)
}

/// The address by which AMB knows a concept: its own, a near one, or that of
/// something wider.
pub(super) fn foreign(property: &str, uri: &str) -> Option<&'static str> {
    let (_, starts, _) = row(property)?;
    let taken = |address: &&String| starts.iter().any(|start| begins(address, start));
    let of = |concept: &'static Concept| {
        let fact = || concept.facts.get("url")?.as_str();
        let deed = fact().filter(|url| starts.iter().any(|start| begins(url, start)));
        let named = concept
            .exact_match
            .iter()
            .chain(&concept.close_match)
            .find(taken);
        deed.or(named.map(String::as_str))
    };
    vocabulary::with_broader(uri).into_iter().find_map(of)
}

/// What stands in where AMB insists on an address and has none that fits.
pub(super) fn something_else(property: &str) -> Option<&'static str> {
    row(property)?.2
}

/// A concept of ours with its labels.
pub(super) fn own(uri: &str) -> Value {
    match vocabulary::concept(uri) {
        Some(concept) => {
            json!({"type": "Concept", "id": concept.id, "prefLabel": concept.pref_label})
        }
        None => json!({"type": "Concept", "id": uri}),
    }
}
