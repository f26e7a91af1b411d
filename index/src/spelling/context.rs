//! How well a reading fits its neighbours: the postings of the index as bigram frequencies.

use super::candidates::Candidate;
use super::lexicon::Lexicon;
use crate::Result;
use crate::opened::Opened;
use crate::query::Word;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

/// Documents that are looked at for one pair of words.
const LOOKED_AT: u32 = 96;
/// Words this far apart, in either order, are near each other.
const WINDOW: u32 = 2;
/// Weights of the three estimates: near a neighbour, in a document with it, anywhere.
const NEAR: f32 = 0.6;
const SAME: f32 = 0.3;
const ANYWHERE: f32 = 0.1;
/// Logarithm of how much less probable a slip is for each unit of its price.
const SLIP: f32 = 3.5;

/// Scores readings in their context and sorts them, the best first.
pub(super) fn weigh(
    lexicon: &Lexicon,
    candidates: &mut [Candidate],
    neighbours: &[&Word],
) -> Result<()> {
    for candidate in candidates.iter_mut() {
        let fit = fit(lexicon, &candidate.words, neighbours)?;
        candidate.near = fit.near;
        candidate.score = fit.log - SLIP * candidate.price;
    }
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(())
}

/// How words fit their neighbours.
pub(super) struct Fit {
    /// Logarithm of their probability.
    pub log: f32,
    /// Whether they stand near any of them anywhere.
    pub near: bool,
}

/// Reads it from the postings.
pub(super) fn fit(lexicon: &Lexicon, words: &[Word], neighbours: &[&Word]) -> Result<Fit> {
    let documents = lexicon.documents();
    let rarest = words
        .iter()
        .map(|word| lexicon.seen(word))
        .collect::<Result<Vec<_>>>()?;
    let seen = rarest.into_iter().min().unwrap_or(0) as f32;
    let anywhere = (seen + 0.01) / documents;
    let mut fit = Fit {
        log: anywhere.ln(),
        near: false,
    };
    if neighbours.is_empty() {
        return Ok(fit);
    }
    fit.log = 0.0;
    for neighbour in neighbours {
        let mut best = (0.0f32, 0.0f32);
        for word in words {
            let found = together(lexicon, word, neighbour)?;
            best = (best.0.max(found.0), best.1.max(found.1));
        }
        let beside = lexicon.seen(neighbour)?.max(1) as f32;
        let share = |count: f32| (count / beside).min(1.0);
        fit.near |= best.0 > 0.0;
        fit.log += (NEAR * share(best.0) + SAME * share(best.1) + ANYWHERE * anywhere).ln();
    }
    fit.log /= neighbours.len() as f32;
    Ok(fit)
}

/// In how many documents, about, two words stand near each other, and in how many they both are.
fn together(lexicon: &Lexicon, a: &Word, b: &Word) -> Result<(f32, f32)> {
    let fields = lexicon.fields;
    let both_marked = a.marked && b.marked;
    let (field, x, y) = match both_marked {
        true => (fields.all_exact, &a.exact, &b.exact),
        false => (fields.all_folded, &a.folded, &b.folded),
    };
    let (seen_x, seen_y) = (lexicon.frequency(field, x)?, lexicon.frequency(field, y)?);
    if seen_x == 0 || seen_y == 0 {
        return Ok((0.0, 0.0));
    }
    let (rare, other, seen) = if seen_x < seen_y {
        (x, y, seen_x)
    } else {
        (y, x, seen_y)
    };
    let terms = (
        Term::from_field_text(field, rare),
        Term::from_field_text(field, other),
    );
    let mut counts = Counts::default();
    for segment in &lexicon.snapshot.opened {
        if counts.looked < LOOKED_AT {
            counts.segment(segment, &terms)?;
        }
    }
    let scale = seen as f32 / counts.looked.max(1) as f32;
    Ok((counts.near as f32 * scale, counts.both as f32 * scale))
}

#[derive(Default)]
struct Counts {
    looked: u32,
    both: u32,
    near: u32,
    positions: (Vec<u32>, Vec<u32>),
}

impl Counts {
    fn segment(&mut self, segment: &Opened, (rare, other): &(Term, Term)) -> Result<()> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let index = segment.lists(rare.field());
        let Some(mut rare) = index.read_postings(rare, option)? else {
            return Ok(());
        };
        let mut other = index.read_postings(other, option)?;
        while rare.doc() != TERMINATED && self.looked < LOOKED_AT {
            self.looked += 1;
            if let Some(other) = &mut other {
                self.document(&mut rare, other);
            }
            rare.advance();
        }
        Ok(())
    }

    fn document(&mut self, rare: &mut SegmentPostings, other: &mut SegmentPostings) {
        let doc = rare.doc();
        if other.doc() < doc {
            other.seek(doc);
        }
        if other.doc() != doc {
            return;
        }
        self.both += 1;
        rare.positions(&mut self.positions.0);
        other.positions(&mut self.positions.1);
        self.near += u32::from(are_near(&self.positions.0, &self.positions.1));
    }
}

/// Whether any two positions are near each other; both lists are sorted.
fn are_near(a: &[u32], b: &[u32]) -> bool {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.abs_diff(*y) <= WINDOW && x != y {
            return true;
        }
        if x < y { i += 1 } else { j += 1 }
    }
    false
}
