//! What the concepts of an answer are called.

use khue_app::Language;
use khue_content::LearningResource;
use khue_content::search::SearchPage;
use khue_content::vocabulary;
use std::collections::BTreeMap;

/// Concept URI → label.
pub(super) type Labels<'a> = BTreeMap<&'a str, &'a str>;

/// Labels of all concepts on a page of results.
pub(super) fn of_page(page: &SearchPage, language: Language) -> Labels<'_> {
    let mut labels = Labels::new();
    for hit in &page.items {
        let lists = [
            &hit.about,
            &hit.educational_level,
            &hit.learning_resource_type,
        ];
        lists
            .into_iter()
            .flatten()
            .chain(&hit.license)
            .for_each(|uri| add(&mut labels, uri, language));
    }
    for value in page.facets.iter().flat_map(|facet| &facet.values) {
        [Some(&value.value), value.broader.as_ref()]
            .into_iter()
            .flatten()
            .for_each(|uri| add(&mut labels, uri, language));
    }
    page.understood
        .iter()
        .for_each(|(_, uri, _)| add(&mut labels, uri, language));
    labels
}

/// Labels of all concepts of a record.
pub(super) fn of_record(record: &LearningResource, language: Language) -> Labels<'_> {
    let mut labels = Labels::new();
    let lists = [
        &record.about,
        &record.educational_level,
        &record.learning_resource_type,
        &record.audience,
        &record.teaches,
        &record.assesses,
        &record.competency_required,
    ];
    let single = [
        &record.license,
        &record.conditions_of_access,
        &record.interactivity_type,
    ];
    lists
        .into_iter()
        .flatten()
        .chain(single.into_iter().flatten())
        .for_each(|uri| add(&mut labels, uri, language));
    labels
}

fn add<'a>(labels: &mut Labels<'a>, uri: &'a str, language: Language) {
    if let Some(concept) = vocabulary::concept(uri) {
        labels.insert(uri, concept.label(language.code()));
    }
}
