//! Subjects and levels by the beginning of any of their names.

use super::typed::Typed;
use crate::query::words;
use khue_content::search::Suggestion;
use khue_content::vocabulary::{self, Concept};
use std::sync::LazyLock;

/// A concept with the keys of its names.
struct Named {
    scheme: &'static str,
    concept: &'static Concept,
    names: Vec<String>,
}

static CONCEPTS: LazyLock<Vec<Named>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for scheme in ["about", "educationalLevel"] {
        for concept in vocabulary::scheme(scheme)
            .into_iter()
            .flat_map(|s| &s.concepts)
        {
            let names = concept
                .pref_label
                .values()
                .chain(concept.alt_label.values().flatten());
            let names = names.map(|name| folded(name)).collect();
            all.push(Named {
                scheme,
                concept,
                names,
            });
        }
    }
    all
});

/// Concepts that have a name beginning with what was typed, the shortest label first.
pub(super) fn completions(typed: &Typed, language: &str, count: usize) -> Vec<Suggestion> {
    let begins = |named: &&Named| {
        named
            .names
            .iter()
            .any(|name| name.starts_with(&typed.folded))
    };
    let suggestion = |named: &Named| {
        let text = named.concept.label(language).to_owned();
        Suggestion {
            ranges: typed.ranges(&text),
            text,
            kind: named.scheme.into(),
            id: Some(named.concept.id.clone()),
        }
    };
    let mut found: Vec<Suggestion> = CONCEPTS.iter().filter(begins).map(suggestion).collect();
    // A name in the reader's language, where the typed part can be seen, comes first.
    found.sort_by_key(|s| (s.ranges.is_empty(), s.text.chars().count()));
    found.truncate(count);
    found
}

fn folded(text: &str) -> String {
    let keys: Vec<String> = words(text, &[])
        .into_iter()
        .map(|word| word.folded)
        .collect();
    keys.join(" ")
}
