//! Names of resources that hold what was typed.

use super::endings;
use super::typed::Typed;
use crate::Result;
use crate::matching::Address;
use crate::opened::Opened;
use crate::query::Word;
use crate::schema::{Fields, column};
use crate::search::read_card;
use crate::snapshot::Snapshot;
use crate::tokenizer::key;
use khue_content::search::{Hit, Suggestion};
use rustc_hash::FxHashSet;
use std::collections::BinaryHeap;
use tantivy::query::{BooleanQuery, EnableScoring, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED, Term};

/// Documents that are looked at, of all that hold the words, shared among the segments by their size.
const LOOKED_AT: u64 = 1_200;
/// Documents that are looked at in the smallest segment.
const LEAST_LOOKED_AT: u64 = 40;
/// Cards that are read.
const READ: usize = 32;
/// Letters from which the beginning of a word may hold a slip.
const SLIPS: usize = 4;

/// Names with the words as typed.
pub(super) fn completions(
    snapshot: &Snapshot,
    fields: &Fields,
    typed: &Typed,
    count: usize,
) -> Result<Vec<Suggestion>> {
    // Words that follow each other in names come first: there are few documents to look at.
    if let (Some(before), Some(last)) = (typed.before.last(), &typed.last) {
        let start = format!("{}{}", before.folded, last.folded);
        let pairs = endings::of(snapshot, fields.name_pair, &start)?;
        let rest = &typed.before[..typed.before.len() - 1];
        let found = of_endings(
            snapshot,
            fields,
            typed,
            (rest, fields.name_pair, &pairs),
            count,
        )?;
        if found.len() >= count {
            return Ok(found);
        }
    }
    let ends = match &typed.last {
        Some(last) => endings::of(snapshot, fields.name_folded, &last.folded)?,
        None => Vec::new(),
    };
    if typed.last.is_some() && ends.is_empty() {
        return Ok(Vec::new());
    }
    of_endings(
        snapshot,
        fields,
        typed,
        (&typed.before, fields.name_folded, &ends),
        count,
    )
}

/// Names with a word that begins nearly like the last one.
pub(super) fn near_completions(
    snapshot: &Snapshot,
    fields: &Fields,
    typed: &Typed,
    count: usize,
) -> Result<Vec<Suggestion>> {
    let last = typed
        .last
        .as_ref()
        .filter(|last| last.folded.chars().count() >= SLIPS);
    let Some(last) = last else {
        return Ok(Vec::new());
    };
    let ends = endings::near(snapshot, fields.name_folded, &last.folded)?;
    of_endings(
        snapshot,
        fields,
        typed,
        (&typed.before, fields.name_folded, &ends),
        count,
    )
}

/// Names with all of the words and one of the endings.
fn of_endings(
    snapshot: &Snapshot,
    fields: &Fields,
    typed: &Typed,
    (before, field, ends): (&[Word], Field, &[String]),
    count: usize,
) -> Result<Vec<Suggestion>> {
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = before
        .iter()
        .map(|word| (Occur::Must, whole(fields, word)))
        .collect();
    if !ends.is_empty() {
        let any = ends.iter().map(|end| term(field, end)).collect();
        clauses.push((Occur::Must, Box::new(BooleanQuery::union(any))));
    }
    if clauses.is_empty() {
        return Ok(Vec::new());
    }
    let documents = promising(snapshot, &BooleanQuery::new(clauses))?;
    let cards = documents
        .into_iter()
        .map(|address| Ok(read_card(snapshot, fields, address)?.0));
    Ok(best(cards.collect::<Result<Vec<Hit>>>()?, typed, count))
}

/// A finished word: its marks count where it has any.
fn whole(fields: &Fields, word: &Word) -> Box<dyn Query> {
    match word.marked {
        true => term(fields.name_exact, &word.exact),
        false => term(fields.name_folded, &word.folded),
    }
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(
        Term::from_field_text(field, text),
        IndexRecordOption::Basic,
    ))
}

/// Documents with short names and complete records, among the first that match in each segment; of
/// equal names one.
fn promising(snapshot: &Snapshot, query: &dyn Query) -> Result<Vec<Address>> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
    let all = snapshot.searcher.num_docs().max(1);
    let mut kept: BinaryHeap<(u64, Address)> = BinaryHeap::with_capacity(READ + 1);
    for (ordinal, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
        let price = price(&snapshot.opened[ordinal]);
        let name = segment.fast_fields().str(column::SORT_NAME)?;
        let mut names = FxHashSet::default();
        let mut left = LEAST_LOOKED_AT.max(LOOKED_AT * u64::from(segment.num_docs()) / all);
        let mut documents = weight.scorer(segment, 1.0)?;
        while documents.doc() != TERMINATED && left > 0 {
            let doc = documents.doc();
            let key = name.as_ref().and_then(|name| name.ords().first(doc));
            if !segment.is_deleted(doc) {
                left -= 1;
                if key.is_none_or(|key| names.insert(key)) {
                    kept.push((price(doc), (ordinal as u32, doc)));
                }
                if kept.len() > READ {
                    kept.pop();
                }
            }
            documents.advance();
        }
    }
    Ok(kept
        .into_sorted_vec()
        .into_iter()
        .map(|(_, address)| address)
        .collect())
}

/// Words of the name first, then what the record lacks.
fn price(segment: &Opened) -> impl Fn(u32) -> u64 + '_ {
    |doc| {
        let words = u64::from(segment.name_length.fieldnorm(doc));
        words * 128 + 100u64.saturating_sub(segment.quality.get_val(doc))
    }
}

/// The names in the order of how well they fit: marks as typed, beginning with what was typed, holding it in
/// one piece, short.
fn best(cards: Vec<Hit>, typed: &Typed, count: usize) -> Vec<Suggestion> {
    let fit = |hit: &Hit| {
        let plain = hit.name.to_lowercase();
        let folded: Vec<String> = plain.split_whitespace().map(key::folded).collect();
        let folded = folded.join(" ");
        let begins = plain.starts_with(&typed.plain) || folded.starts_with(&typed.folded);
        let marks = plain.contains(&typed.plain);
        let whole = format!(" {folded}").contains(&format!(" {}", typed.folded));
        (begins && marks, marks, begins, whole)
    };
    let mut sorted: Vec<_> = cards.into_iter().map(|hit| (fit(&hit), hit)).collect();
    sorted.sort_by_key(|one| std::cmp::Reverse(one.0));
    let mut found: Vec<Suggestion> = Vec::new();
    for (_, hit) in sorted {
        let folded = key::folded(&hit.name);
        if found.len() < count && found.iter().all(|other| key::folded(&other.text) != folded) {
            found.push(Suggestion {
                ranges: typed.ranges(&hit.name),
                text: hit.name,
                kind: "name".into(),
                id: Some(hit.id),
            });
        }
    }
    found
}
