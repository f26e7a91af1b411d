//! Orders other than relevance: by a number, newest first; by name.

use crate::Result;
use crate::matching::Address;
use crate::schema::column;
use crate::snapshot::Snapshot;
use khue_content::search::SearchParams;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::SegmentReader;
use tantivy::query::{EnableScoring, Query, Weight};

/// The `wanted` documents with the greatest numbers in a column.
pub(crate) fn by_number(
    snapshot: &Snapshot,
    query: &dyn Query,
    params: &SearchParams,
    name: &str,
    wanted: usize,
) -> Result<Vec<Address>> {
    let mut top: BinaryHeap<Reverse<(u64, Reverse<Address>)>> = BinaryHeap::new();
    visit(
        snapshot,
        query,
        params,
        |ordinal, segment, weight, passes| {
            let numbers = segment.fast_fields().u64(name)?.first_or_default_col(0);
            weight.for_each_no_score(segment, &mut |docs| {
                for doc in docs.iter().copied().filter(|doc| passes(*doc)) {
                    keep(
                        &mut top,
                        Reverse((numbers.get_val(doc), Reverse((ordinal, doc)))),
                        wanted,
                    );
                }
            })?;
            Ok(())
        },
    )?;
    Ok(top
        .into_sorted_vec()
        .into_iter()
        .map(|Reverse((_, Reverse(address)))| address)
        .collect())
}

/// The first `wanted` documents by name.
pub(crate) fn by_name(
    snapshot: &Snapshot,
    query: &dyn Query,
    params: &SearchParams,
    wanted: usize,
) -> Result<Vec<Address>> {
    let mut merged: Vec<(String, Address)> = Vec::new();
    visit(
        snapshot,
        query,
        params,
        |ordinal, segment, weight, passes| {
            let Some(names) = segment.fast_fields().str(column::SORT_NAME)? else {
                return Ok(());
            };
            let numbers = names.ords().clone().first_or_default_col(0);
            let mut top: BinaryHeap<(u64, Address)> = BinaryHeap::new();
            weight.for_each_no_score(segment, &mut |docs| {
                for doc in docs.iter().copied().filter(|doc| passes(*doc)) {
                    keep(&mut top, (numbers.get_val(doc), (ordinal, doc)), wanted);
                }
            })?;
            for (number, address) in top {
                let mut name = String::new();
                names.ord_to_str(number, &mut name)?;
                merged.push((name, address));
            }
            Ok(())
        },
    )?;
    merged.sort();
    Ok(merged
        .into_iter()
        .take(wanted)
        .map(|(_, address)| address)
        .collect())
}

fn keep<T: Ord>(top: &mut BinaryHeap<T>, entry: T, wanted: usize) {
    if top.len() < wanted {
        top.push(entry);
    } else if let Some(mut worst) = top.peek_mut()
        && entry < *worst
    {
        *worst = entry;
    }
}

/// Calls `each` for every segment with a test for deleted and filtered documents.
fn visit(
    snapshot: &Snapshot,
    query: &dyn Query,
    params: &SearchParams,
    mut each: impl FnMut(u32, &SegmentReader, &dyn Weight, &dyn Fn(u32) -> bool) -> Result<()>,
) -> Result<()> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
    for (ordinal, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
        let tuples = &snapshot.tuples[ordinal];
        let allowed = tuples.allowed(params);
        let numbers = &tuples.numbers;
        let passes = |doc: u32| {
            allowed
                .get(numbers.get_val(doc) as usize)
                .copied()
                .unwrap_or(false)
                && !segment.is_deleted(doc)
        };
        each(ordinal as u32, segment, weight.as_ref(), &passes)?;
    }
    Ok(())
}
