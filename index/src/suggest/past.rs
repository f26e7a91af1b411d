//! What other people searched for.

use super::typed::Typed;
use crate::query::words;
use khue_content::search::Suggestion;

/// Entries with the same beginning that are compared.
const COMPARED: usize = 2_000;

/// Searches that many people made, ready for completion. Whose they were is known nowhere.
#[derive(Clone, Debug, Default)]
pub struct PastQueries {
    /// Sorted by key.
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    folded: String,
    text: String,
    count: u64,
}

impl PastQueries {
    /// From texts and how often each was searched for.
    pub fn new(queries: impl IntoIterator<Item = (String, u64)>) -> Self {
        let entry = |(text, count): (String, u64)| Entry {
            folded: folded(&text),
            text,
            count,
        };
        let mut entries: Vec<Entry> = queries.into_iter().map(entry).collect();
        entries.sort_by(|a, b| a.folded.cmp(&b.folded));
        Self { entries }
    }

    /// Number of searches that are known.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The most frequent searches that begin with what was typed; marks as typed come first.
    pub(super) fn completions(&self, typed: &Typed, count: usize) -> Vec<Suggestion> {
        let start = self
            .entries
            .partition_point(|entry| entry.folded < typed.folded);
        let begins = |entry: &&Entry| entry.folded.starts_with(&typed.folded);
        let mut found: Vec<&Entry> = self.entries[start..]
            .iter()
            .take(COMPARED)
            .take_while(begins)
            .collect();
        found.retain(|entry| entry.text != typed.plain);
        let marks = |entry: &Entry| entry.text.starts_with(&typed.plain);
        found.sort_by(|a, b| (marks(b), b.count, &a.text).cmp(&(marks(a), a.count, &b.text)));
        // The same search with and without marks is one.
        let mut kept: Vec<&Entry> = Vec::new();
        for entry in found {
            if kept.len() < count && kept.iter().all(|other| other.folded != entry.folded) {
                kept.push(entry);
            }
        }
        let suggestion = |entry: &Entry| Suggestion {
            ranges: typed.ranges(&entry.text),
            text: entry.text.clone(),
            kind: "query".into(),
            id: None,
        };
        kept.into_iter().map(suggestion).collect()
    }
}

fn folded(text: &str) -> String {
    let keys: Vec<String> = words(text, &[])
        .into_iter()
        .map(|word| word.folded)
        .collect();
    keys.join(" ")
}
