//! Which documents match: counted for facets, and the most promising for ranking.

use crate::Result;
use crate::facets::Histogram;
use crate::query::{Plan, Reading};
use crate::schema::Fields;
use crate::snapshot::{CountKey, Counted, Snapshot};
use crate::sort_key::day_number;
use khue_content::search::SearchParams;
use std::ops::Bound;
use tantivy::query::{AllQuery, BooleanQuery, EnableScoring, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Score, Term};

/// Fewer results than this, and a looser reading is tried; in the end results with a part of the words.
const ENOUGH: usize = 100;
/// Up to so many results are all ranked by every feature.
const FEW: usize = 400;

/// A document: segment and number in it.
pub(crate) type Address = (u32, u32);

/// What a count depends on.
pub(crate) fn count_key(plan: &Plan, params: &SearchParams) -> CountKey {
    let day = |text: &Option<String>| text.as_deref().and_then(day_number);
    CountKey {
        plan: plan.clone(),
        part_of: params.filter("isPartOf").to_vec(),
        days: (
            day(&params.from),
            day(&params.to).map(|to| last_day(params.to.as_deref(), to)),
        ),
    }
}

/// "2026" as an end means its last day.
fn last_day(text: Option<&str>, first: i64) -> i64 {
    match text.map(str::len) {
        Some(4) => first + 364,
        Some(7) => first + 30,
        _ => first,
    }
}

/// Counts the documents that hold every word, by the strictest reading that finds enough.
pub(crate) fn count(snapshot: &Snapshot, fields: &Fields, key: &CountKey) -> Result<Counted> {
    let mut last = None;
    for reading in key.plan.readings() {
        let query = restricted(key.plan.conjunction(fields, reading), fields, key);
        let (histogram, few) = histogram(snapshot, query.as_ref())?;
        let total: usize = histogram.0.iter().map(|(_, n)| n).sum();
        let counted = Counted {
            reading,
            histogram,
            few,
            enough: total >= ENOUGH || key.plan.slots.is_empty(),
        };
        if counted.enough {
            return Ok(counted);
        }
        last = Some(counted);
    }
    Ok(last.unwrap_or(Counted {
        reading: Reading::Folded,
        histogram: Histogram::default(),
        few: Some(Vec::new()),
        enough: false,
    }))
}

/// The query with the filters that are no part of the tuples.
pub(crate) fn restricted(
    query: Option<Box<dyn Query>>,
    fields: &Fields,
    key: &CountKey,
) -> Box<dyn Query> {
    let mut clauses: Vec<(Occur, Box<dyn Query>)> =
        query.into_iter().map(|q| (Occur::Must, q)).collect();
    if !key.part_of.is_empty() {
        let wholes = key.part_of.iter().map(|id| {
            let term = Term::from_field_text(fields.part_of, id);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>
        });
        clauses.push((Occur::Must, Box::new(BooleanQuery::union(wholes.collect()))));
    }
    if key.days != (None, None) {
        let bound = |day: Option<i64>| {
            day.map_or(Bound::Unbounded, |d| {
                Bound::Included(Term::from_field_i64(fields.day, d))
            })
        };
        clauses.push((
            Occur::Must,
            Box::new(RangeQuery::new(bound(key.days.0), bound(key.days.1))),
        ));
    }
    match clauses.len() {
        0 => Box::new(AllQuery),
        1 => clauses.remove(0).1,
        _ => Box::new(BooleanQuery::new(clauses)),
    }
}

fn histogram(snapshot: &Snapshot, query: &dyn Query) -> Result<(Histogram, Option<Vec<Address>>)> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
    let mut merged = Vec::new();
    let mut few = Vec::new();
    let mut seen = 0;
    for (ordinal, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
        let tuples = &snapshot.tuples[ordinal];
        let mut counts = vec![0usize; tuples.values.len()];
        let numbers = &tuples.numbers;
        let mut count = |doc: u32| {
            if let Some(slot) = counts.get_mut(numbers.get_val(doc) as usize) {
                *slot += 1;
            }
            seen += 1;
            if seen <= FEW {
                few.push((ordinal as u32, doc));
            }
        };
        weight.for_each_no_score(segment, &mut |docs| match segment.alive_bitset() {
            Some(alive) => docs
                .iter()
                .filter(|doc| alive.is_alive(**doc))
                .for_each(|doc| count(*doc)),
            None => docs.iter().for_each(|doc| count(*doc)),
        })?;
        merged.extend(
            tuples
                .values
                .iter()
                .cloned()
                .zip(counts)
                .filter(|(_, n)| *n > 0),
        );
    }
    Ok((Histogram(merged), (seen <= FEW).then_some(few)))
}

/// The `limit` documents with the highest plain score that the filters let through.
pub(crate) fn best(
    snapshot: &Snapshot,
    query: &dyn Query,
    params: &SearchParams,
    limit: usize,
) -> Result<Vec<(Score, Address)>> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(&snapshot.searcher))?;
    let mut top = Top::new(limit);
    for (ordinal, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
        let tuples = &snapshot.tuples[ordinal];
        let allowed = tuples.allowed(params);
        let all = allowed.iter().all(|a| *a);
        let numbers = &tuples.numbers;
        let alive = segment.alive_bitset();
        weight.for_each_pruning(top.threshold(), segment, &mut |doc, score| {
            let passes = (all
                || allowed
                    .get(numbers.get_val(doc) as usize)
                    .copied()
                    .unwrap_or(false))
                && alive.is_none_or(|bits| bits.is_alive(doc));
            if passes {
                top.push(score, (ordinal as u32, doc));
            }
            top.threshold()
        })?;
    }
    Ok(top.into_sorted())
}

/// The best so far, the worst of them at hand.
struct Top {
    limit: usize,
    kept: std::collections::BinaryHeap<Entry>,
}

/// Ordered so that the heap's greatest entry is the one to drop first.
struct Entry(Score, Address);

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Entry {}
impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        other.0.total_cmp(&self.0).then(self.1.cmp(&other.1))
    }
}

impl Top {
    fn new(limit: usize) -> Self {
        Self {
            limit: limit.max(1),
            kept: std::collections::BinaryHeap::with_capacity(limit + 1),
        }
    }

    fn threshold(&self) -> Score {
        match self.kept.peek() {
            Some(worst) if self.kept.len() >= self.limit => worst.0,
            _ => Score::MIN,
        }
    }

    fn push(&mut self, score: Score, address: Address) {
        self.kept.push(Entry(score, address));
        if self.kept.len() > self.limit {
            self.kept.pop();
        }
    }

    fn into_sorted(self) -> Vec<(Score, Address)> {
        self.kept
            .into_sorted_vec()
            .into_iter()
            .map(|Entry(score, address)| (score, address))
            .collect()
    }
}
