//! Which documents match: counted for facets, and the most promising for ranking.

mod best;
mod bits;
mod conjunction;
mod counter;

pub(crate) use best::best;
pub(crate) use bits::{Kept, Keys};

use crate::Result;
use crate::facets::Histogram;
use crate::query::{Plan, Reading};
use crate::schema::Fields;
use crate::snapshot::{CountKey, Counted, Snapshot};
use crate::sort_key::day_number;
use khue_content::search::SearchParams;
use rustc_hash::FxHashSet;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, EnableScoring, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

/// Fewer results than this, and a looser reading is tried; in the end results with a part of the words.
const ENOUGH: usize = 100;
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
        let (histogram, few) = match plain(key, fields, reading) {
            Some(slots) => counter::of_keys(snapshot, &slots)?,
            None => {
                let query = restricted(key.plan.conjunction(fields, reading), fields, key);
                counter::of_query(snapshot, query.as_ref())?
            }
        };
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

/// The keys of each required word, where a search is that and nothing else.
fn plain(key: &CountKey, fields: &Fields, reading: Reading) -> Option<Vec<Keys>> {
    let unrestricted = key.part_of.is_empty() && key.days == (None, None);
    unrestricted
        .then(|| key.plan.required_keys(fields, reading))
        .flatten()
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

/// All documents that match.
pub(crate) fn all(snapshot: &Snapshot, query: &dyn Query) -> Result<FxHashSet<Address>> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
    let mut found = FxHashSet::default();
    for (ordinal, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
        weight.for_each_no_score(segment, &mut |docs| {
            found.extend(docs.iter().map(|doc| (ordinal as u32, *doc)));
        })?;
    }
    Ok(found)
}
