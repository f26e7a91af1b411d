//! From what a source says about rights to a licence of the vocabulary.

use crate::vocabulary::{self, Concept, find};
use serde_json::Value;

mod names;

/// What a statement about rights comes to.
#[derive(Clone, Copy, Debug)]
pub enum Stated {
    /// One licence.
    One(&'static Concept),
    /// A choice between licences, and the one that suits learning material best.
    Choice(&'static Concept),
    /// The statement is about a list or its metadata, not about the work.
    OfTheList,
    /// A licence whose version is not said.
    WithoutVersion,
    /// Different licences for different parts.
    Several,
    /// Nothing that the vocabulary knows.
    Unrecognised,
}

/// Words that show that a statement is about a catalogue.
const OF_A_LIST: &[&str] = &[
    "list:",
    "catalogue:",
    "metadata:",
    "linked works",
    "have their own",
];

/// Reads a statement such as `CC BY-SA 4.0`, an address, or a sentence.
///
/// ```
/// use khue_content::license::{Stated, read};
/// let found = |text| match read(text) {
///     Stated::One(license) => license.notation.as_str(),
///     _ => "",
/// };
/// assert_eq!(found("http://creativecommons.org/licenses/by-nc-sa/4.0/"), "CC-BY-NC-SA-4.0");
/// assert_eq!(found("GPL-3.0-or-later (version 3.1-2 of the package)"), "GPL-3.0-or-later");
/// assert!(matches!(read("CC BY"), Stated::WithoutVersion));
/// assert!(matches!(read("list: CC BY 4.0 (linked works have their own)"), Stated::OfTheList));
/// ```
pub fn read(statement: &str) -> Stated {
    if let Some(whole) = find("license", statement) {
        return Stated::One(whole);
    }
    let lower = statement.to_lowercase();
    if OF_A_LIST.iter().any(|word| lower.contains(word)) {
        return Stated::OfTheList;
    }
    let named = names::in_text(&lower);
    match named.as_slice() {
        [] => Stated::Unrecognised,
        [name] if name.version.is_empty() => Stated::WithoutVersion,
        [name] => concept(name).map_or(Stated::Unrecognised, Stated::One),
        several => choice(several, &lower),
    }
}

fn concept(name: &names::Name) -> Option<&'static Concept> {
    find(
        "license",
        &format!("{}-{}", name.family, name.version).replace("--", "-"),
    )
    .or_else(|| find("license", &name.family).filter(|_| name.version == "-"))
}

/// Where "or" joins the licences the reader may choose: Creative Commons if offered.
fn choice(named: &[names::Name], lower: &str) -> Stated {
    let joined = [" or ", " hoặc ", " ou "]
        .iter()
        .any(|or| lower.contains(or));
    let parts = lower.contains(';') || lower.contains(" and ") || lower.contains(" và ");
    let mut known = named.iter().filter_map(concept);
    let best = known
        .clone()
        .find(|license| license.notation.starts_with("CC"));
    match best.or_else(|| known.next()) {
        Some(license) if joined && !parts => Stated::Choice(license),
        _ => Stated::Several,
    }
}

/// The licence that a JSON object states under `license`, as address, text or object.
pub fn of(object: &Value) -> Option<&'static Concept> {
    let stated = object.get("license")?;
    let text = stated.as_str().or_else(|| {
        let keys = ["id", "@id", "url", "name"];
        keys.iter().find_map(|key| stated.get(key)?.as_str())
    })?;
    match read(text) {
        Stated::One(license) | Stated::Choice(license) => Some(license),
        _ => None,
    }
}

/// A fact of a licence, such as `permitsAdaptation`.
pub fn permits(license: &Concept, fact: &str) -> Option<bool> {
    license.facts.get(fact)?.as_bool()
}

/// The licence for which nothing is known.
pub fn unknown() -> Option<&'static Concept> {
    vocabulary::find("license", "unknown")
}
