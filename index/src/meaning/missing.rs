//! Which resources have no vectors yet.

use super::joined::Joined;
use crate::Result;
use crate::matching::Address;
use crate::schema::{Fields, column};
use crate::search::read_card;
use crate::snapshot::Snapshot;
use crate::vectors::Key;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Resources that are found by their words alone so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// Some of them, the newest first: (identifier, key of the text that is in the index).
    pub first: Vec<(String, Key)>,
    /// How many there are.
    pub total: u64,
}

/// Up to `count` resources without vectors, but for those whose key `passed_over` knows.
pub(crate) fn missing(
    snapshot: &Snapshot,
    fields: &Fields,
    count: usize,
    passed_over: &dyn Fn(Key) -> bool,
) -> Result<Missing> {
    let mut newest: BinaryHeap<Reverse<(u64, Reverse<Address>, Key)>> = BinaryHeap::new();
    let mut total = 0;
    for (ordinal, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
        let keys = segment
            .fast_fields()
            .u64(column::MEANING)?
            .first_or_default_col(0);
        let recency = segment
            .fast_fields()
            .u64(column::RECENCY)?
            .first_or_default_col(0);
        for doc in segment.doc_ids_alive() {
            let key = keys.get_val(doc);
            if has_vectors(snapshot.meaning.as_ref(), key) || passed_over(key) {
                continue;
            }
            total += 1;
            newest.push(Reverse((
                recency.get_val(doc),
                Reverse((ordinal as u32, doc)),
                key,
            )));
            if newest.len() > count {
                newest.pop();
            }
        }
    }
    let first = newest
        .into_sorted_vec()
        .into_iter()
        .map(|Reverse((_, Reverse(address), key))| {
            Ok((read_card(snapshot, fields, address)?.0.id, key))
        });
    Ok(Missing {
        first: first.collect::<Result<_>>()?,
        total,
    })
}

fn has_vectors(joined: Option<&Joined>, key: Key) -> bool {
    joined.is_some_and(|joined| joined.set.find(key).is_some())
}
