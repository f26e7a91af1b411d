//! How rare words are, and how long texts.

use super::Words;
use super::passage::WORDS_OF_A_PASSAGE;
use crate::Result;
use crate::schema::Fields;
use crate::snapshot::Snapshot;
use tantivy::postings::Postings as _;
use tantivy::query::Bm25StatisticsProvider as _;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet as _, TERMINATED, Term};

/// Documents that tell how often a word stands in a text that holds it.
const ASKED: u32 = 128;

/// How rare each word is.
pub(super) struct Statistics {
    /// Among documents.
    pub idf: Vec<f32>,
    /// Among passages, for a long query; empty for others. A word of many long texts is rare among
    /// their passages, if it stands once in each.
    pub idf_of_passages: Vec<f32>,
    pub average_all: f32,
    pub average_name: f32,
}

impl Statistics {
    pub fn new(snapshot: &Snapshot, fields: &Fields, words: &Words) -> Result<Self> {
        let documents = snapshot.documents().max(1) as f32;
        let frequency = |field: Field, text: &str| snapshot.frequency(field, text);
        let tokens = |field: Field| -> Result<f32> {
            Ok((snapshot.total_num_tokens(field)? as f32 / documents).max(1.0))
        };
        let average_all = tokens(fields.all_folded)?;
        let passages = (documents * average_all / WORDS_OF_A_PASSAGE).max(documents);
        let long = words.is_long();
        let mut idf = Vec::with_capacity(words.all.len());
        let mut idf_of_passages = Vec::new();
        for word in &words.all {
            let mut best = Term::from_field_text(fields.all_folded, &word.folded);
            let mut seen = match words.marked && word.marked {
                true => frequency(fields.all_exact, &word.exact)?,
                false => frequency(fields.all_folded, &word.folded)?,
            };
            if seen == 0 {
                seen = frequency(fields.all_folded, &word.folded)?;
            }
            for stem in &word.stems {
                let of_stem = frequency(fields.all_stem, stem)?;
                if of_stem > seen {
                    seen = of_stem;
                    best = Term::from_field_text(fields.all_stem, stem);
                }
            }
            let seen = (seen as f32).min(documents);
            let weight = if word.stop { STOP } else { 1.0 };
            idf.push(weight * rarity(seen, documents));
            if long {
                let times = seen * times_in_a_text(snapshot, &best)?;
                // How many of the passages hold it, if it falls anywhere (Poisson).
                let held = passages * (1.0 - (-times / passages).exp());
                idf_of_passages.push(weight * rarity(held, passages));
            }
        }
        Ok(Self {
            idf,
            idf_of_passages,
            average_all,
            average_name: tokens(fields.name_folded)?,
        })
    }
}

/// Weight of a function word.
const STOP: f32 = 0.3;

/// Inverse document frequency as BM25 has it.
fn rarity(seen: f32, all: f32) -> f32 {
    (1.0 + (all - seen + 0.5) / (seen + 0.5)).ln()
}

/// How often a word stands in a text that holds it, on average over some texts of the largest segment
/// that has it.
fn times_in_a_text(snapshot: &Snapshot, term: &Term) -> Result<f32> {
    let segments = snapshot.searcher.segment_readers();
    let largest = (0..segments.len()).max_by_key(|place| segments[*place].num_docs());
    let Some(largest) = largest else {
        return Ok(1.0);
    };
    let index = snapshot.opened[largest].lists(term.field());
    let Some(mut postings) = index.read_postings(term, IndexRecordOption::WithFreqs)? else {
        return Ok(1.0);
    };
    let (mut texts, mut times) = (0, 0);
    while texts < ASKED && postings.doc() != TERMINATED {
        texts += 1;
        times += postings.term_freq();
        postings.advance();
    }
    Ok(times.max(1) as f32 / texts.max(1) as f32)
}
