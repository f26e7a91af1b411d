//! What the index knows about words.

use crate::Result;
use crate::query::Word;
use crate::schema::Fields;
use crate::snapshot::Snapshot;
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

/// The words of one state of the index.
#[derive(Clone, Copy)]
pub(crate) struct Lexicon<'a> {
    pub snapshot: &'a Snapshot,
    pub fields: &'a Fields,
}

impl Lexicon<'_> {
    /// How many documents hold a key.
    pub fn frequency(&self, field: Field, key: &str) -> Result<u64> {
        self.snapshot.frequency(field, key)
    }

    /// The field and the key by which a word is known: its marks count where it has any.
    pub fn key<'w>(&self, word: &'w Word) -> (Field, &'w str) {
        match word.marked {
            true => (self.fields.all_exact, &word.exact),
            false => (self.fields.all_folded, &word.folded),
        }
    }

    /// How many documents hold a word, its marks as typed.
    pub fn seen(&self, word: &Word) -> Result<u64> {
        let (field, key) = self.key(word);
        self.frequency(field, key)
    }

    /// Whether any document holds the word, another form of it, or the two words that it joins.
    pub fn knows(&self, word: &Word) -> Result<bool> {
        if self.seen(word)? > 0 || self.frequency(self.fields.name_pair, &word.folded)? > 0 {
            return Ok(true);
        }
        for stem in &word.stems {
            if self.frequency(self.fields.all_stem, stem)? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Keys within `distance` slips of `key` (Damerau–Levenshtein, Schulz & Mihov 2002), with the number of
    /// documents that hold each, sorted by key.
    pub fn near(&self, field: Field, key: &str, distance: u8) -> Result<Vec<(String, u64)>> {
        let term = Term::from_field_text(field, key);
        let mut found: Vec<(String, u64)> = Vec::new();
        let automaton = FuzzyTermQuery::new(term, distance, true).automaton()?;
        for segment in &self.snapshot.opened {
            let index = segment.lists(field);
            let mut stream = index.terms().search(&automaton).into_stream()?;
            while stream.advance() {
                let text = String::from_utf8_lossy(stream.key()).into_owned();
                found.push((text, u64::from(stream.value().doc_freq)));
            }
        }
        found.sort();
        found.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        Ok(found)
    }

    /// Number of documents, at least one.
    pub fn documents(&self) -> f32 {
        self.snapshot.documents().max(1) as f32
    }
}
