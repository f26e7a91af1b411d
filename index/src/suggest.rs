//! Completions while somebody types: names that hold the words typed so far, then concepts.

use crate::Result;
use crate::query::words;
use crate::rank::rank;
use crate::schema::Fields;
use crate::search::read_card;
use crate::snapshot::Snapshot;
use crate::tokenizer::key;
use crate::{
    matching,
    query::{Plan, Slot},
};
use khue_content::search::{SearchParams, Suggestion};
use khue_content::vocabulary;
use tantivy::Term;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

/// Endings that the last, unfinished word is tried with.
const ENDINGS: usize = 24;
/// Names that are looked at.
const LOOKED_AT: usize = 40;

/// The best completions of `prefix`.
pub(crate) fn suggest(
    snapshot: &Snapshot,
    fields: &Fields,
    prefix: &str,
    language: &str,
    count: usize,
) -> Result<Vec<Suggestion>> {
    let typed = words(prefix, &[]);
    let Some((last, before)) = typed.split_last() else {
        return Ok(Vec::new());
    };
    let mut found = concepts(prefix, language);
    found.truncate(count / 3);
    let endings = endings(snapshot, fields, &last.folded)?;
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = before
        .iter()
        .map(|word| (Occur::Must, name(fields, &word.folded)))
        .collect();
    clauses.push((
        Occur::Must,
        Box::new(BooleanQuery::union(
            endings.iter().map(|e| name(fields, e)).collect(),
        )),
    ));
    let query = BooleanQuery::new(clauses);
    let best = matching::best(snapshot, &query, &SearchParams::default(), LOOKED_AT)?;
    let documents: Vec<_> = best.into_iter().map(|(_, address)| address).collect();
    let slot = |word: &crate::query::Word| Slot {
        options: vec![vec![word.clone()]],
        ..Slot::default()
    };
    let plan = Plan {
        slots: typed.iter().map(slot).collect(),
        excluded: Vec::new(),
    };
    let names = rank(snapshot, fields, &plan, &documents)?;
    for ranked in names {
        let (hit, _) = read_card(snapshot, fields, ranked.address)?;
        let folded = key::folded(&hit.name);
        if found.len() < count && found.iter().all(|s| key::folded(&s.text) != folded) {
            found.push(Suggestion {
                text: hit.name,
                kind: "name".into(),
                id: Some(hit.id),
            });
        }
    }
    Ok(found)
}

fn name(fields: &Fields, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(
        Term::from_field_text(fields.name_folded, text),
        IndexRecordOption::WithFreqs,
    ))
}

/// The most frequent words of names that begin like this; the word itself first.
fn endings(snapshot: &Snapshot, fields: &Fields, start: &str) -> Result<Vec<String>> {
    let mut counts: rustc_hash::FxHashMap<String, u64> = rustc_hash::FxHashMap::default();
    for segment in snapshot.searcher.segment_readers() {
        let index = segment.inverted_index(fields.name_folded)?;
        let mut stream = index.terms().range().ge(start.as_bytes()).into_stream()?;
        let mut looked = 0;
        while stream.advance() && stream.key().starts_with(start.as_bytes()) && looked < 4_000 {
            looked += 1;
            let text = String::from_utf8_lossy(stream.key()).into_owned();
            *counts.entry(text).or_default() += u64::from(stream.value().doc_freq);
        }
    }
    let mut sorted: Vec<(String, u64)> = counts.into_iter().collect();
    sorted.sort_by(|a, b| (b.0 == start, b.1, &a.0).cmp(&(a.0 == start, a.1, &b.0)));
    let mut endings: Vec<String> = sorted
        .into_iter()
        .take(ENDINGS)
        .map(|(text, _)| text)
        .collect();
    if endings.is_empty() {
        endings.push(start.to_owned());
    }
    Ok(endings)
}

/// Subjects and levels whose label begins like this, marks aside.
fn concepts(prefix: &str, language: &str) -> Vec<Suggestion> {
    let folded = folded_text(prefix);
    let mut found = Vec::new();
    for scheme in ["about", "educationalLevel"] {
        for concept in vocabulary::scheme(scheme)
            .into_iter()
            .flat_map(|s| &s.concepts)
        {
            let label = concept.label(language);
            if folded_text(label).starts_with(&folded) {
                found.push(Suggestion {
                    text: label.to_owned(),
                    kind: scheme.into(),
                    id: Some(concept.id.clone()),
                });
            }
        }
    }
    found.sort_by_key(|s| s.text.len());
    found
}

fn folded_text(text: &str) -> String {
    let keys: Vec<String> = words(text, &[])
        .into_iter()
        .map(|word| word.folded)
        .collect();
    keys.join(" ")
}
