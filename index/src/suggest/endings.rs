//! How a word that has been begun may end, by the dictionary of names.

use crate::Result;
use crate::snapshot::Snapshot;
use rustc_hash::FxHashMap;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{SegmentReader, Term};

/// Endings that are tried, the most frequent.
const ENDINGS: usize = 24;
/// Keys of one segment that are looked at.
const LOOKED_AT: usize = 4_000;
/// Beginnings of up to so many bytes have too many endings to look at: they are counted once.
const SHORT: usize = 2;

/// Words with their frequency, by the bytes that they begin with.
type ByBeginning = FxHashMap<Box<[u8]>, Vec<(Box<str>, u32)>>;

/// The most frequent words of names for every short beginning, of one segment. A segment never
/// changes, so they are counted once for its life.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beginnings(ByBeginning);

impl Beginnings {
    /// Reads the dictionary of a segment.
    pub fn load(segment: &SegmentReader, field: Field) -> Result<Self> {
        let mut all: ByBeginning = FxHashMap::default();
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().stream()?;
        while stream.advance() {
            let (key, count) = (stream.key(), stream.value().doc_freq);
            for length in 1..=SHORT.min(key.len()) {
                let best = match all.get_mut(&key[..length]) {
                    Some(best) => best,
                    None => all.entry(key[..length].into()).or_default(),
                };
                keep(best, key, count);
            }
        }
        Ok(Self(all))
    }
}

/// Keeps the most frequent, sorted.
fn keep(best: &mut Vec<(Box<str>, u32)>, key: &[u8], count: u32) {
    if best.len() == ENDINGS && best.last().is_some_and(|(_, least)| *least >= count) {
        return;
    }
    let Ok(text) = std::str::from_utf8(key) else {
        return;
    };
    let place = best.partition_point(|(_, other)| *other >= count);
    best.insert(place, (text.into(), count));
    best.truncate(ENDINGS);
}

/// The most frequent keys of `field` that begin like this; the beginning itself first, if it is a key.
pub(super) fn of(snapshot: &Snapshot, field: Field, start: &str) -> Result<Vec<String>> {
    let mut counts: FxHashMap<String, u64> = FxHashMap::default();
    for (ordinal, segment) in snapshot.opened.iter().enumerate() {
        let mut count = |key: &str, number: u32| {
            *counts.entry(key.to_owned()).or_default() += u64::from(number)
        };
        if let Some(known) = snapshot
            .beginnings(ordinal, field)
            .filter(|_| start.len() <= SHORT)
        {
            let ends = known.0.get(start.as_bytes()).into_iter().flatten();
            ends.for_each(|(key, number)| count(key, *number));
            continue;
        }
        let index = segment.lists(field);
        let mut stream = index.terms().range().ge(start.as_bytes()).into_stream()?;
        let mut looked_at = 0;
        while looked_at < LOOKED_AT
            && stream.advance()
            && stream.key().starts_with(start.as_bytes())
        {
            looked_at += 1;
            count(
                &String::from_utf8_lossy(stream.key()),
                stream.value().doc_freq,
            );
        }
    }
    Ok(most_frequent(counts, start))
}

/// The most frequent keys of `field` that begin nearly like this, with one slip.
pub(super) fn near(snapshot: &Snapshot, field: Field, start: &str) -> Result<Vec<String>> {
    let mut counts: FxHashMap<String, u64> = FxHashMap::default();
    let term = Term::from_field_text(field, start);
    for segment in &snapshot.opened {
        let automaton = FuzzyTermQuery::new_prefix(term.clone(), 1, true).automaton()?;
        let index = segment.lists(field);
        let mut stream = index.terms().search(automaton).into_stream()?;
        let mut looked_at = 0;
        while looked_at < LOOKED_AT && stream.advance() {
            looked_at += 1;
            let key = String::from_utf8_lossy(stream.key()).into_owned();
            *counts.entry(key).or_default() += u64::from(stream.value().doc_freq);
        }
    }
    Ok(most_frequent(counts, start))
}

fn most_frequent(counts: FxHashMap<String, u64>, start: &str) -> Vec<String> {
    let mut sorted: Vec<(String, u64)> = counts.into_iter().collect();
    sorted.sort_by(|a, b| (b.0 == start, b.1, &a.0).cmp(&(a.0 == start, a.1, &b.0)));
    sorted
        .into_iter()
        .take(ENDINGS)
        .map(|(key, _)| key)
        .collect()
}
