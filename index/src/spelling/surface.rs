//! How a word is written: keys do not tell, texts do.

use super::candidates::Candidate;
use super::lexicon::Lexicon;
use super::tone;
use crate::Result;
use crate::query::Word;
use crate::search::read_card;
use crate::tokenizer::{Segments, key};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

/// Documents that are read for one word.
const READ: usize = 2;

/// Gives the words of a reading the letters they have in the library.
pub(super) fn write(lexicon: &Lexicon, candidate: &mut Candidate) -> Result<()> {
    for word in &mut candidate.words {
        if word.text.is_empty() {
            word.text = match word.marked {
                true => found(lexicon, word)?.unwrap_or_else(|| tone::spelled(&word.exact)),
                false => word.folded.clone(),
            };
        }
    }
    Ok(())
}

/// The word in one of the documents that hold it, in small letters.
fn found(lexicon: &Lexicon, word: &Word) -> Result<Option<String>> {
    let term = Term::from_field_text(lexicon.fields.all_exact, &word.exact);
    for (ordinal, segment) in lexicon.snapshot.opened.iter().enumerate() {
        let index = segment.lists(lexicon.fields.all_exact);
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
            continue;
        };
        for _ in 0..READ {
            if postings.doc() == TERMINATED {
                break;
            }
            let (card, text) = read_card(
                lexicon.snapshot,
                lexicon.fields,
                (ordinal as u32, postings.doc()),
            )?;
            let texts = [card.name, card.description, text];
            if let Some(found) = texts.iter().find_map(|text| written(text, &word.exact)) {
                return Ok(Some(found));
            }
            postings.advance();
        }
        break;
    }
    Ok(None)
}

fn written(text: &str, exact: &str) -> Option<String> {
    let mut own = String::new();
    Segments::new(text)
        .map(|s| &text[s.from..s.to])
        .find_map(|word| {
            key::exact_into(word, &mut own);
            (own == exact).then(|| word.to_lowercase())
        })
}
