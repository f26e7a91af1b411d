//! Values, counts and results of the small library.

use khue_content::LearningResource;
use khue_content::search::{Facet, FacetValue, Hit, SearchParams};
use khue_content::vocabulary::with_broader;

/// The values of a record by which it is filtered, wider concepts included.
pub fn values(record: &LearningResource, name: &str) -> Vec<String> {
    let own = match name {
        "about" => record.about.clone(),
        "educationalLevel" => record.educational_level.clone(),
        "learningResourceType" => record.learning_resource_type.clone(),
        "inLanguage" => record.in_language.clone(),
        "license" => record.license.clone().into_iter().collect(),
        "source" => vec![record.provenance.source.clone()],
        "isPartOf" => record
            .is_part_of
            .iter()
            .map(|link| link.id.clone())
            .collect(),
        _ => Vec::new(),
    };
    let wider = own
        .iter()
        .flat_map(|uri| with_broader(uri))
        .map(|concept| concept.id.clone());
    let mut all: Vec<String> = own.iter().cloned().chain(wider).collect();
    all.sort();
    all.dedup();
    all
}

/// How many records have each value, the most frequent first.
pub fn counted(name: &str, records: &[&LearningResource]) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for value in records.iter().flat_map(|record| values(record, name)) {
        match counts.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    counts.sort_by(|(a, more), (b, less)| less.cmp(more).then(a.cmp(b)));
    counts
}

/// The counts of one property.
pub fn facet(name: &str, found: &[&LearningResource], params: &SearchParams) -> Facet {
    let value = |(value, count): (String, usize)| FacetValue {
        selected: params.filter(name).contains(&value),
        broader: with_broader(&value).get(1).map(|wider| wider.id.clone()),
        value,
        count,
    };
    Facet {
        name: name.to_owned(),
        values: counted(name, found).into_iter().map(value).collect(),
    }
}

/// A record as a result.
pub fn hit(record: &LearningResource) -> Hit {
    Hit {
        id: record.id.clone(),
        identifier: record.provenance.identifier.clone(),
        source: record.provenance.source.clone(),
        name: record.name.clone(),
        in_language: record.in_language.first().cloned().unwrap_or_default(),
        description: record.description.clone(),
        creator: record
            .creator
            .iter()
            .map(|agent| agent.name.clone())
            .collect(),
        about: record.about.clone(),
        educational_level: record.educational_level.clone(),
        learning_resource_type: record.learning_resource_type.clone(),
        license: record.license.clone(),
        url: record.url.clone(),
        date_published: record.date_published.clone(),
        is_part_of: record
            .is_part_of
            .first()
            .map(|link| (link.id.clone(), link.name.clone())),
        ..Hit::default()
    }
}
