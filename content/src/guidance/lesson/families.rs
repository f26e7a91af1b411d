//! Which families of subjects a record belongs to.

use crate::LearningResource;
use crate::guidance::policy::policy;
use crate::vocabulary;

/// Families of the record's subjects, nearest first; where it names none, of
/// the subject that its title begins with (“Vật lí 10: …”).
pub(super) fn of(record: &LearningResource) -> Vec<String> {
    let mut found = Vec::new();
    for uri in &record.about {
        add(uri, &mut found);
    }
    if found.is_empty() {
        let start = record
            .name
            .split([':', '–', '-', '('])
            .next()
            .unwrap_or_default();
        let words: Vec<&str> = start
            .split_whitespace()
            .filter(|word| word.chars().any(|c| !c.is_ascii_digit()))
            .collect();
        for length in (1..=words.len().min(5)).rev() {
            if let Some(concept) = vocabulary::find("about", &words[..length].join(" ")) {
                add(&concept.id, &mut found);
                break;
            }
        }
    }
    found
}

/// Whether a notation is that of a whole subject.
pub(super) fn is_whole(notation: &str) -> bool {
    let families = policy().map(|policy| policy.families.values());
    let mut all = families.into_iter().flatten().flatten();
    all.any(|own| own == notation)
}

fn add(uri: &str, found: &mut Vec<String>) {
    let Some(families) = policy().map(|policy| &policy.families) else {
        return;
    };
    for concept in vocabulary::with_broader(uri) {
        let family = families
            .iter()
            .find(|(_, notations)| notations.contains(&concept.notation));
        if let Some((name, _)) = family {
            if !found.contains(name) {
                found.push(name.clone());
            }
            return;
        }
    }
}
