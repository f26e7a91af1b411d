//! The form of a sentence, by which a retelling of it goes wrong: a condition is dropped, “often” becomes
//! “always”, a list loses an item.

use crate::guidance::naming::stands;
use crate::guidance::policy::policy;

/// Commas from which on a sentence lists things.
const COMMAS: usize = 2;
/// Forms that need a sentence long enough to be spoilt in this way.
const SHORTEST: usize = 5;

/// The forms of a sentence in this language, in the order of their names.
pub(super) fn forms(sentence: &str, language: &str) -> Vec<&'static str> {
    let Some(policy) = policy() else {
        return Vec::new();
    };
    if sentence.split_whitespace().count() < SHORTEST {
        return Vec::new();
    }
    let lower = sentence.to_lowercase().replace('\'', "’");
    let has = |name: &str| {
        policy.forms.get(name).is_some_and(|form| {
            let passed = form.not.get(language).into_iter().flatten();
            let plain = passed.fold(lower.clone(), |text, words| {
                text.replace(words.as_str(), "·")
            });
            let words = form.words.get(language).into_iter().flatten();
            words.into_iter().any(|word| stands(&plain, word) > 0)
        })
    };
    let named = policy.forms.keys().map(String::as_str);
    named
        .filter(|name| has(name) || *name == "list" && lists(&lower, language))
        .collect()
}

/// Whether several things stand between commas, with a word that joins the last.
fn lists(lower: &str, language: &str) -> bool {
    let joins: &[&str] = match language {
        "en" => &["and", "or"],
        "fr" => &["et", "ou"],
        _ => &["và", "hoặc", "hay"],
    };
    lower.matches(", ").count() >= COMMAS && joins.iter().any(|word| stands(lower, word) > 0)
}
