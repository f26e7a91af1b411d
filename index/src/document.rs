//! A record as the index sees it.

use crate::schema::Fields;
use crate::similar::lesson;
use crate::sort_key::{day_number, sort_key};
use crate::tokenizer::{StemLanguage, stem_tokens};
use crate::{facets, fold};
use khue_content::search::Hit;
use khue_content::{Body, LearningResource, vocabulary};
use tantivy::TantivyDocument;

/// Text of a body that is kept for highlights, in bytes; what follows is found but not shown.
const KEPT_TEXT: usize = 12_000;
/// Length of the description on a result card, in characters.
const CARD_TEXT: usize = 300;

/// A record and what the index cannot work out by itself.
#[derive(Clone, Debug)]
pub struct IndexDocument<'a> {
    /// The record.
    pub record: &'a LearningResource,
    /// Body and text of its files, without markup.
    pub text: &'a str,
    /// How it stands with guidance on using AI: a value of that facet, or empty for none.
    pub guidance: &'a str,
    /// Number of the store's change that this record comes from.
    pub change: i64,
}

/// What the card of a result shows, as stored.
pub(crate) fn card(document: &IndexDocument) -> Hit {
    let record = document.record;
    let whole = record.is_part_of.first();
    Hit {
        id: record.id.clone(),
        identifier: record.provenance.identifier.clone(),
        source: record.provenance.source.clone(),
        name: record.name.clone(),
        in_language: record.main_language().unwrap_or_default().to_owned(),
        description: shortened(&record.description, CARD_TEXT),
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
        work_translation: record
            .work_translation
            .iter()
            .map(|link| link.id.clone())
            .collect(),
        is_part_of: whole.map(|link| (link.id.clone(), link.name.clone())),
        ..Hit::default()
    }
}

/// The document for tantivy.
pub(crate) fn document(fields: &Fields, source: &IndexDocument) -> TantivyDocument {
    let record = source.record;
    let mut doc = TantivyDocument::new();
    doc.add_text(fields.id, &record.id);
    doc.add_bytes(
        fields.card,
        &serde_json::to_vec(&card(source)).unwrap_or_default(),
    );
    let kept = &source.text[..boundary(source.text, KEPT_TEXT)];
    doc.add_text(fields.text, kept);
    add_keys(&mut doc, fields, source);
    let provenance = &record.provenance;
    let named = fold::identifier(&provenance.source, &provenance.identifier);
    doc.add_text(fields.named, named);
    for link in &record.is_part_of {
        doc.add_text(fields.part_of, &link.id);
    }
    for alignment in &record.educational_alignment {
        for key in lesson::keys(alignment) {
            doc.add_text(fields.aligned, key);
        }
    }
    doc.add_text(fields.facets, facets::tuple(record, source.guidance));
    doc.add_text(fields.sort_name, sort_key(&record.name));
    add_numbers(&mut doc, fields, source);
    doc
}

fn add_keys(doc: &mut TantivyDocument, fields: &Fields, source: &IndexDocument) {
    let record = source.record;
    let keys = curated(record);
    for field in [fields.name_exact, fields.name_folded, fields.name_pair] {
        doc.add_text(field, &record.name);
    }
    doc.add_text(fields.keys_folded, &keys);
    let all = [
        record.name.as_str(),
        &keys,
        &record.description,
        without_name(record, source.text),
    ];
    let all = all
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join("\n");
    doc.add_text(fields.all_exact, &all);
    doc.add_text(fields.all_folded, &all);
    if let Some(language) = record.main_language().and_then(StemLanguage::from_code) {
        doc.add_pre_tokenized_text(fields.name_stem, stem_tokens(language, &record.name));
        doc.add_pre_tokenized_text(fields.all_stem, stem_tokens(language, &all));
    }
}

/// Many texts begin with their own title: it must not count twice.
fn without_name<'a>(record: &LearningResource, text: &'a str) -> &'a str {
    text.trim_start_matches(['#', ' '])
        .strip_prefix(record.name.as_str())
        .unwrap_or(text)
}

fn add_numbers(doc: &mut TantivyDocument, fields: &Fields, source: &IndexDocument) {
    let day = source.record.date_published.as_deref().and_then(day_number);
    if let Some(day) = day {
        doc.add_i64(fields.day, day);
    }
    let days = u64::try_from(day.unwrap_or(0).clamp(0, i64::from(u32::MAX))).unwrap_or(0);
    let change = u64::try_from(source.change).unwrap_or(0) & u64::from(u32::MAX);
    doc.add_u64(fields.recency, days << 32 | change);
    doc.add_u64(fields.quality, completeness(source.record));
    let print = fold::fingerprint::of(source.text);
    doc.add_u64(fields.print_a, print[0]);
    doc.add_u64(fields.print_b, print[1]);
    doc.add_u64(
        fields.meaning,
        crate::meaning::key(source.record, source.text),
    );
    doc.add_u64(fields.length, source.text.len() as u64);
}

/// What people who know the resource wrote about it, and the labels of its concepts.
fn curated(record: &LearningResource) -> String {
    let mut parts: Vec<&str> = Vec::new();
    parts.extend(record.alternate_name.iter().map(String::as_str));
    parts.extend(record.keywords.iter().map(String::as_str));
    parts.extend(record.teaches.iter().map(String::as_str));
    parts.extend(record.creator.iter().map(|agent| agent.name.as_str()));
    for alignment in &record.educational_alignment {
        parts.extend([
            alignment.educational_framework.as_str(),
            alignment.target_name.as_str(),
        ]);
    }
    let concepts = record.about.iter().chain(&record.educational_level);
    for concept in concepts.filter_map(|uri| vocabulary::concept(uri)) {
        parts.extend(concept.pref_label.values().map(String::as_str));
    }
    parts.extend(record.is_part_of.iter().map(|link| link.name.as_str()));
    parts.join("\n")
}

/// Share of the properties that readers look for, 0 to 100.
fn completeness(record: &LearningResource) -> u64 {
    let has_text = record
        .body
        .as_ref()
        .is_some_and(|Body { text, .. }| text.len() > 400);
    let present = [
        !record.description.is_empty(),
        !record.about.is_empty(),
        !record.educational_level.is_empty(),
        !record.learning_resource_type.is_empty(),
        record.license.is_some(),
        !record.teaches.is_empty(),
        !record.creator.is_empty(),
        has_text || !record.encoding.is_empty(),
    ];
    let count = present.iter().filter(|p| **p).count() as u64;
    count * 100 / present.len() as u64
}

fn shortened(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// The largest character boundary of `text` that is at most `limit`.
fn boundary(text: &str, limit: usize) -> usize {
    (0..=limit.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}
