//! How many documents match, by their tuple of facet values.

use super::Address;
use super::bits::Keys;
use super::conjunction::{Matches, matches};
use crate::Result;
use crate::facets::{Histogram, Tuples};
use crate::snapshot::Snapshot;
use tantivy::SegmentReader;
use tantivy::query::{EnableScoring, Query};

/// Up to so many results are all ranked by every feature.
const FEW: usize = 400;

/// The documents that hold one of the keys of each slot; they themselves where they are few.
pub(super) fn of_keys(
    snapshot: &Snapshot,
    slots: &[Keys],
) -> Result<(Histogram, Option<Vec<Address>>)> {
    let mut counter = Counter::default();
    for (ordinal, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
        let found = matches(
            segment,
            &snapshot.opened[ordinal],
            &snapshot.kept[ordinal],
            slots,
        )?;
        counter.count_matches(&found, segment, &snapshot.tuples[ordinal], ordinal as u32);
    }
    Ok(counter.finish())
}

/// The documents that a query matches; they themselves where they are few.
pub(super) fn of_query(
    snapshot: &Snapshot,
    query: &dyn Query,
) -> Result<(Histogram, Option<Vec<Address>>)> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
    let mut counter = Counter::default();
    for (ordinal, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
        let mut found = Vec::new();
        weight.for_each_no_score(segment, &mut |docs| found.extend_from_slice(docs))?;
        let found = Matches::List(found);
        counter.count_matches(&found, segment, &snapshot.tuples[ordinal], ordinal as u32);
    }
    Ok(counter.finish())
}

#[derive(Default)]
struct Counter {
    histogram: Histogram,
    few: Vec<Address>,
    seen: usize,
}

impl Counter {
    fn count_matches(
        &mut self,
        found: &Matches,
        segment: &SegmentReader,
        tuples: &Tuples,
        ordinal: u32,
    ) {
        let mut counts = vec![0usize; tuples.values.len()];
        let alive = segment.alive_bitset();
        match (found, alive, counts.as_mut_slice()) {
            // All have the same values: nobody needs to look which.
            (Matches::Bits(bits), None, [only]) if self.seen + bits.count() > FEW => {
                *only = bits.count();
                self.seen += *only;
            }
            (_, _, counts) => found.each(|doc| {
                if alive.is_none_or(|bits| bits.is_alive(doc)) {
                    if let Some(count) = counts.get_mut(tuples.numbers.get_val(doc) as usize) {
                        *count += 1;
                    }
                    self.seen += 1;
                    if self.seen <= FEW {
                        self.few.push((ordinal, doc));
                    }
                }
            }),
        }
        let counted = tuples.values.iter().cloned().zip(counts);
        self.histogram.0.extend(counted.filter(|(_, n)| *n > 0));
    }

    fn finish(self) -> (Histogram, Option<Vec<Address>>) {
        (self.histogram, (self.seen <= FEW).then_some(self.few))
    }
}
