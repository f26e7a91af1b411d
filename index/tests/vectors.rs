//! Vectors through the public API: what is near is found, whatever happens to the files.

use khue_index::vectors::{Entry, Key, Passage, VectorSet, VectorStore};
use proptest::prelude::*;
use std::collections::HashMap;
use std::path::Path;

const DIMENSIONS: usize = 384;
const MODEL: &str = "test@1";

/// Vectors with what real ones have: a common direction, topics, and something of their own.
struct Made {
    random: u64,
    topics: Vec<Vec<f32>>,
}

impl Made {
    fn new(seed: u64) -> Self {
        let mut made = Self {
            random: seed | 1,
            topics: Vec::new(),
        };
        made.topics = (0..40).map(|_| made.noise(1.0)).collect();
        made
    }

    fn next(&mut self) -> f32 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random >> 40) as f32 / (1u64 << 24) as f32 - 0.5
    }

    fn noise(&mut self, size: f32) -> Vec<f32> {
        (0..DIMENSIONS)
            .map(|_| size * (self.next() + self.next() + self.next()))
            .collect()
    }

    fn vector(&mut self) -> Vec<f32> {
        let topic = ((self.next() + 0.5) * 40.0) as usize % 40;
        let own = self.noise(0.7);
        let mixed = self.topics[topic].iter().zip(&own).enumerate();
        mixed
            .map(|(place, (t, o))| t + o + if place % 7 == 0 { 2.0 } else { 0.1 })
            .collect()
    }

    /// A vector near another one.
    fn near(&mut self, vector: &[f32]) -> Vec<f32> {
        let noise = self.noise(0.5);
        vector.iter().zip(noise).map(|(v, n)| v + n).collect()
    }

    fn entry(&mut self, key: Key, passages: usize) -> (Key, Vec<Passage>) {
        let passage = |number: usize, vector| Passage {
            vector,
            place: (number as u32 * 100, number as u32 * 100 + 90),
        };
        (
            key,
            (0..passages)
                .map(|number| passage(number, self.vector()))
                .collect(),
        )
    }
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

/// Keys spread like those of real texts.
fn key(number: u64) -> Key {
    number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x55
}

type All = HashMap<Key, Vec<Passage>>;

/// The oracle: every cosine, sorted.
fn exactly(all: &All, query: &[f32], limit: usize) -> Vec<Key> {
    let best = |passages: &[Passage]| {
        passages
            .iter()
            .map(|p| cosine(&p.vector, query))
            .fold(-1.0, f32::max)
    };
    let mut scored: Vec<(f32, Key)> = all
        .iter()
        .map(|(key, passages)| (best(passages), *key))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().take(limit).map(|(_, key)| key).collect()
}

fn keys_of(set: &VectorSet, all: &All) -> HashMap<Entry, Key> {
    all.keys()
        .filter_map(|key| Some((set.find(*key)?, *key)))
        .collect()
}

fn found(set: &VectorSet, all: &All, query: &[f32], limit: usize) -> Vec<Key> {
    let keys = keys_of(set, all);
    let near = set.nearest(query, limit, |entry| keys.contains_key(&entry));
    near.into_iter()
        .filter_map(|near| keys.get(&near.entry).copied())
        .collect()
}

fn recall(set: &VectorSet, all: &All, queries: &[Vec<f32>]) -> f64 {
    let shared = |query: &Vec<f32>| {
        let exact = exactly(all, query, 10);
        let found = found(set, all, query, 10);
        exact.iter().filter(|key| found.contains(key)).count() as f64 / exact.len() as f64
    };
    queries.iter().map(shared).sum::<f64>() / queries.len() as f64
}

#[test]
fn finds_what_an_exhaustive_search_finds() {
    let mut made = Made::new(7);
    let mut store = VectorStore::in_memory(MODEL, DIMENSIONS).expect("a store");
    let mut all = All::new();
    // Appended in pieces of all sizes, so that segments with and without a centre of their own exist.
    let mut number = 0;
    for size in [3, 700, 40, 1, 900, 200, 5, 5, 5, 5, 5, 5, 5, 100] {
        let batch: Vec<_> = (0..size)
            .map(|n| made.entry(key(number + n), 1 + n as usize % 3))
            .collect();
        number += size;
        all.extend(batch.iter().cloned());
        store.append(batch).expect("append");
    }
    let chosen: Vec<Vec<f32>> = (0..60)
        .map(|number| all[&key(number)][0].vector.clone())
        .collect();
    let queries: Vec<Vec<f32>> = chosen.iter().map(|vector| made.near(vector)).collect();
    let recall = recall(&store.set(), &all, &queries);
    assert!(recall >= 0.98, "recall@10 {recall:.3}");
}

#[test]
fn cosines_and_places_are_those_of_the_best_passage() {
    let mut made = Made::new(3);
    let mut store = VectorStore::in_memory(MODEL, DIMENSIONS).expect("a store");
    let batch: Vec<_> = (0..300).map(|n| made.entry(key(n), 3)).collect();
    store.append(batch.clone()).expect("append");
    for (key, passages) in batch.iter().take(20) {
        let query = made.near(&passages[1].vector);
        let set = store.set();
        let best = set.nearest(&query, 1, |_| true)[0];
        assert_eq!(Some(best.entry), set.find(*key));
        assert_eq!(best.place, (100, 190));
        assert!((best.cosine - cosine(&query, &passages[1].vector)).abs() < 2e-3);
    }
}

#[test]
fn a_filter_is_applied_inside() {
    let mut made = Made::new(11);
    let mut store = VectorStore::in_memory(MODEL, DIMENSIONS).expect("a store");
    let batch: Vec<_> = (0..4000).map(|n| made.entry(key(n), 1)).collect();
    store.append(batch.clone()).expect("append");
    let set = store.set();
    // One in four hundred, however far it is.
    let few: All = batch.iter().step_by(400).cloned().collect();
    let query = made.vector();
    assert_eq!(found(&set, &few, &query, 10), exactly(&few, &query, 10));
    assert!(set.nearest(&query, 10, |_| false).is_empty());
}

#[test]
fn what_is_replaced_or_dropped_is_gone_and_the_rest_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut made = Made::new(5);
    let mut store = VectorStore::open(folder.path(), MODEL, DIMENSIONS).expect("a store");
    let mut all = All::new();
    for round in 0..30u64 {
        let batch: Vec<_> = (0..20)
            .map(|n| made.entry(key(round * 13 + n), 1))
            .collect();
        all.extend(batch.iter().cloned());
        store.append(batch).expect("append");
    }
    let queries: Vec<Vec<f32>> = all.values().take(30).map(|p| p[0].vector.clone()).collect();
    assert!(recall(&store.set(), &all, &queries) >= 0.98);
    let files = || {
        std::fs::read_dir(folder.path())
            .expect("files")
            .flatten()
            .count()
    };
    assert!(files() < 20, "merged as they grow: {} files", files());
    all.retain(|key, _| key % 3 == 0);
    store.tidy(&|key| key % 3 == 0).expect("tidy");
    assert!(store.set().entries() < 600, "{}", store.set().entries());
    assert!(recall(&store.set(), &all, &queries) >= 0.98);
    drop(store);
    let again = VectorStore::open(folder.path(), MODEL, DIMENSIONS).expect("opened again");
    assert!(recall(&again.set(), &all, &queries) >= 0.98);
}

#[test]
fn one_writer_and_one_model_at_a_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut made = Made::new(9);
    let mut store = VectorStore::open(folder.path(), MODEL, DIMENSIONS).expect("a store");
    assert!(VectorStore::open(folder.path(), MODEL, DIMENSIONS).is_err());
    store.append(vec![made.entry(1, 2)]).expect("append");
    drop(store);
    let other =
        VectorStore::open(folder.path(), "other@2", DIMENSIONS).expect("opened for another model");
    assert!(
        other.set().is_empty(),
        "vectors of two models are never mixed"
    );
}

#[test]
fn odd_vectors_are_passed_over() {
    let mut store = VectorStore::in_memory(MODEL, DIMENSIONS).expect("a store");
    let odd = |vector: Vec<f32>| {
        vec![Passage {
            vector,
            place: (0, 0),
        }]
    };
    let batch = vec![
        (1, odd(vec![0.0; DIMENSIONS])),
        (2, odd(vec![f32::NAN; DIMENSIONS])),
        (3, odd(vec![1.0; 7])),
        (4, Vec::new()),
        (5, odd(vec![1.0; DIMENSIONS])),
    ];
    store.append(batch).expect("append");
    let set = store.set();
    assert_eq!(set.entries(), 1);
    assert_eq!(set.nearest(&vec![1.0; DIMENSIONS], 5, |_| true).len(), 1);
    for query in [
        vec![],
        vec![0.0; DIMENSIONS],
        vec![f32::INFINITY; DIMENSIONS],
    ] {
        assert!(set.nearest(&query, 5, |_| true).is_empty());
    }
}

/// Files of a folder with vectors in several segments.
fn written(folder: &Path) -> All {
    let mut made = Made::new(21);
    let mut store = VectorStore::open(folder, MODEL, DIMENSIONS).expect("a store");
    let mut all = All::new();
    for round in 0..4u64 {
        let batch: Vec<_> = (0..30)
            .map(|n| made.entry(key(round * 30 + n), 2))
            .collect();
        all.extend(batch.iter().cloned());
        store.append(batch).expect("append");
    }
    all
}

/// Whatever is left of the files, what is served is right, and what is missing can be added.
fn still_right(folder: &Path, all: &All) {
    let mut store = VectorStore::open(folder, MODEL, DIMENSIONS).expect("opens whatever happened");
    let set = store.set();
    for (key, passages) in all {
        if let Some(entry) = set.find(*key) {
            let near = set.nearest(&passages[0].vector, 1, |other| other == entry);
            assert!(
                near[0].cosine > 0.99,
                "a vector of something else: {}",
                near[0].cosine
            );
        }
    }
    let missing = all.iter().filter(|(key, _)| set.find(**key).is_none());
    let missing: Vec<_> = missing
        .map(|(key, passages)| (*key, passages.clone()))
        .collect();
    store.append(missing).expect("what is missing is filled");
    assert!(all.keys().all(|key| store.set().find(*key).is_some()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn files_cut_off_anywhere_lose_no_more_than_themselves(choice in 0usize..100, share in 0.0f64..1.0) {
        let folder = tempfile::tempdir().expect("a folder");
        let all = written(folder.path());
        let mut files: Vec<_> = std::fs::read_dir(folder.path()).expect("files").flatten().map(|f| f.path()).collect();
        files.retain(|path| !path.ends_with("writer.lock"));
        files.sort();
        let path = &files[choice % files.len()];
        let bytes = std::fs::read(path).expect("bytes");
        std::fs::write(path, &bytes[..(bytes.len() as f64 * share) as usize]).expect("cut");
        still_right(folder.path(), &all);
    }

    #[test]
    fn damaged_tables_are_noticed(choice in 0usize..100, at in 0.0f64..1.0, bit in 0u8..8) {
        let folder = tempfile::tempdir().expect("a folder");
        let all = written(folder.path());
        let mut files: Vec<_> = std::fs::read_dir(folder.path()).expect("files").flatten().map(|f| f.path()).collect();
        files.retain(|path| path.extension().is_some_and(|e| e == "vectors"));
        files.sort();
        let path = &files[choice % files.len()];
        let mut bytes = std::fs::read(path).expect("bytes");
        // Anything but the codes themselves, whose damage only blurs a score.
        let tables = 4 * DIMENSIONS + 30 * 8 + 31 * 4 + 60 * 12;
        let last = bytes.len() - 1;
        let place = (at * (tables + 64) as f64) as usize;
        let place = if place < tables { place } else { last - (place - tables).min(63) };
        bytes[place] ^= 1 << bit;
        std::fs::write(path, &bytes).expect("damage");
        still_right(folder.path(), &all);
    }
}
