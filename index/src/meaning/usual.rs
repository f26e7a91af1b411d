//! Texts that stand for queries.

use khue_content::vocabulary;

/// Languages of queries.
const LANGUAGES: [&str; 3] = ["vi", "en", "fr"];
/// Vocabularies whose labels stand for queries: subjects, levels, kinds.
const VOCABULARIES: [&str; 3] = ["about", "educationalLevel", "learningResourceType"];
/// Labels of each vocabulary, about.
const LABELS: usize = 25;

/// Words as people search with them, by language: by their vectors one knows what queries of a language have in common.
pub fn usual_queries() -> Vec<Vec<&'static str>> {
    LANGUAGES.iter().map(|language| labels(language)).collect()
}

/// Labels from all over each vocabulary.
fn labels(language: &str) -> Vec<&'static str> {
    let schemes = VOCABULARIES
        .iter()
        .filter_map(|name| vocabulary::scheme(name));
    let some = schemes.flat_map(|scheme| {
        let step = scheme.concepts.len().div_ceil(LABELS).max(1);
        scheme.concepts.iter().step_by(step)
    });
    some.map(|concept| concept.label(language)).collect()
}
