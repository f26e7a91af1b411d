//! The most promising documents by plain score, with block-max pruning.

use super::Address;
use crate::Result;
use crate::snapshot::Snapshot;
use khue_content::search::SearchParams;
use tantivy::Score;
use tantivy::query::{EnableScoring, Query};

/// The `limit` documents with the highest plain score that the filters let through.
pub(crate) fn best(
    snapshot: &Snapshot,
    query: &dyn Query,
    params: &SearchParams,
    limit: usize,
) -> Result<Vec<(Score, Address)>> {
    let scoring = EnableScoring::enabled_from_statistics_provider(snapshot, &snapshot.searcher);
    let weight = query.weight(scoring)?;
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
