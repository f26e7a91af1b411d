//! What two resources have in common, in words that a reader understands.

use crate::highlight::Marker;
use crate::query::{Plan, words};
use khue_content::search::{Hit, Reason};
use khue_content::vocabulary;

/// Stretches of words that are told.
const TOLD: usize = 2;
/// Letters of a single word that says something by itself.
const SPEAKING: usize = 6;

/// Words, subject and level that a resource shares with its neighbour.
pub(super) fn reasons(speaking: &Plan, own: &Hit, other: &Hit) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let told = stretches(speaking, other);
    if !told.is_empty() {
        reasons.push(Reason::Shared(told.join(", ")));
    }
    let both = |mine: &[String], theirs: &[String]| {
        narrowest(mine.iter().filter(|uri| theirs.contains(uri)))
    };
    reasons.extend(both(&own.about, &other.about).map(Reason::SameSubject));
    reasons.extend(both(&own.educational_level, &other.educational_level).map(Reason::SameLevel));
    reasons
}

/// The concept with the most concepts above it.
fn narrowest<'a>(uris: impl Iterator<Item = &'a String>) -> Option<String> {
    uris.max_by_key(|uri| vocabulary::with_broader(uri).len())
        .cloned()
}

/// Stretches of the neighbour's name and description that are made of speaking words.
fn stretches(speaking: &Plan, other: &Hit) -> Vec<String> {
    let marker = Marker::new(speaking, &other.in_language, false);
    let mut told: Vec<String> = Vec::new();
    for text in [&other.name, &other.description] {
        for (from, to) in marker.ranges(text) {
            let stretch = text[from..to].to_lowercase();
            let speaks = words(&stretch, &[]).len() > 1 || stretch.chars().count() >= SPEAKING;
            if speaks && told.len() < TOLD && !told.contains(&stretch) {
                told.push(stretch);
            }
        }
    }
    told
}
