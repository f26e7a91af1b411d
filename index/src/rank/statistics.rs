//! How rare words are, and how long texts.

use super::Words;
use crate::Result;
use crate::schema::Fields;
use crate::snapshot::Snapshot;
use tantivy::Term;
use tantivy::schema::Field;

/// How rare each word is.
pub(super) struct Statistics {
    pub idf: Vec<f32>,
    pub average_all: f32,
    pub average_name: f32,
}

impl Statistics {
    pub fn new(snapshot: &Snapshot, fields: &Fields, words: &Words) -> Result<Self> {
        let searcher = &snapshot.searcher;
        let documents = searcher.num_docs().max(1) as f32;
        let frequency =
            |field: Field, text: &str| searcher.doc_freq(&Term::from_field_text(field, text));
        let mut idf = Vec::with_capacity(words.all.len());
        for word in &words.all {
            let mut seen = match words.marked && word.marked {
                true => frequency(fields.all_exact, &word.exact)?,
                false => frequency(fields.all_folded, &word.folded)?,
            };
            if seen == 0 {
                seen = frequency(fields.all_folded, &word.folded)?;
            }
            for stem in &word.stems {
                seen = seen.max(frequency(fields.all_stem, stem)?);
            }
            let seen = (seen as f32).min(documents);
            let rare = (1.0 + (documents - seen + 0.5) / (seen + 0.5)).ln();
            idf.push(if word.stop { rare * 0.3 } else { rare });
        }
        let tokens = |field: Field| -> Result<f32> {
            let mut sum = 0;
            for segment in searcher.segment_readers() {
                sum += segment.inverted_index(field)?.total_num_tokens();
            }
            Ok((sum as f32 / documents).max(1.0))
        };
        Ok(Self {
            idf,
            average_all: tokens(fields.all_folded)?,
            average_name: tokens(fields.name_folded)?,
        })
    }
}
