//! What a document has of each word: postings walked in the order of documents.

use crate::Result;
use crate::opened::Opened;
use crate::query::Word;
use crate::schema::Fields;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED, Term};

/// Weight of a word that is there only with other marks than typed.
pub(super) const OTHER_MARKS: f32 = 0.1;
/// Positions of a word that are looked at for neighbours.
const MAX_POSITIONS: usize = 128;

/// Postings of one key, walked in the order of documents.
struct Cursor(Option<SegmentPostings>);

impl Cursor {
    fn open(segment: &Opened, field: Field, text: &str, option: IndexRecordOption) -> Result<Self> {
        let term = Term::from_field_text(field, text);
        Ok(Self(segment.lists(field).read_postings(&term, option)?))
    }

    /// How often the key occurs in the document.
    fn count(&mut self, doc: u32) -> f32 {
        let Some(postings) = &mut self.0 else {
            return 0.0;
        };
        if postings.doc() < doc {
            postings.seek(doc);
        }
        if postings.doc() == doc && doc != TERMINATED {
            postings.term_freq() as f32
        } else {
            0.0
        }
    }

    /// Where it stands; to be called after [`Cursor::count`] found it.
    fn positions(&mut self, into: &mut Vec<u32>) {
        if let Some(postings) = &mut self.0 {
            postings.append_positions_with_offset(0, into);
        }
    }
}

/// Cursors of one word.
pub(super) struct WordCursors {
    all_exact: Cursor,
    all_folded: Cursor,
    all_stem: Vec<Cursor>,
    name_exact: Cursor,
    name_folded: Cursor,
    name_stem: Vec<Cursor>,
    name_pair: Cursor,
    keys: Cursor,
}

impl WordCursors {
    pub fn open(segment: &Opened, fields: &Fields, word: &Word, marked: bool) -> Result<Self> {
        use IndexRecordOption::{WithFreqs, WithFreqsAndPositions};
        let exact = |field, option| match marked && word.marked {
            true => Cursor::open(segment, field, &word.exact, option),
            false => Ok(Cursor(None)),
        };
        let stems = |field, option| -> Result<Vec<Cursor>> {
            word.stems
                .iter()
                .map(|stem| Cursor::open(segment, field, stem, option))
                .collect()
        };
        Ok(Self {
            all_exact: exact(fields.all_exact, WithFreqsAndPositions)?,
            all_folded: Cursor::open(
                segment,
                fields.all_folded,
                &word.folded,
                WithFreqsAndPositions,
            )?,
            all_stem: stems(fields.all_stem, WithFreqsAndPositions)?,
            name_exact: exact(fields.name_exact, WithFreqs)?,
            name_folded: Cursor::open(segment, fields.name_folded, &word.folded, WithFreqs)?,
            name_stem: stems(fields.name_stem, WithFreqs)?,
            name_pair: match word.foreign {
                true => Cursor::open(segment, fields.name_pair, &word.folded, WithFreqs)?,
                false => Cursor(None),
            },
            keys: Cursor::open(segment, fields.keys_folded, &word.folded, WithFreqs)?,
        })
    }
}

/// What a document has of one word.
#[derive(Clone, Default)]
pub(super) struct Found {
    pub all: f32,
    pub name: f32,
    pub keys: f32,
    /// The word is there, but with other marks than typed.
    pub other_marks: bool,
    /// It stands there too often for its places to be looked at.
    pub crowded: bool,
    pub positions: Vec<u32>,
}

impl Found {
    /// Whether the name has the word: with the marks as typed, or with others where the whole document has no other.
    pub fn in_name(&self) -> bool {
        self.name >= 1.0 || self.other_marks && self.name > 0.0
    }

    pub fn anywhere(&self) -> bool {
        self.all > 0.0 || self.name > 0.0
    }
}

/// Looks a word up in a document.
pub(super) fn look(
    cursors: &mut WordCursors,
    doc: u32,
    marks_speak: bool,
    word: &Word,
    found: &mut Found,
) {
    let marked = marks_speak && word.marked;
    let places = if word.stop { 0.0 } else { MAX_POSITIONS as f32 };
    found.positions.clear();
    let exact = cursors.all_exact.count(doc);
    let folded = cursors.all_folded.count(doc);
    let name_exact = cursors.name_exact.count(doc);
    let name_folded = cursors
        .name_folded
        .count(doc)
        .max(cursors.name_pair.count(doc));
    found.other_marks = marked && exact == 0.0 && folded > 0.0;
    found.all = if marked {
        exact.max(OTHER_MARKS * folded)
    } else {
        folded
    };
    found.name = if marked {
        name_exact.max(OTHER_MARKS * name_folded)
    } else {
        name_folded
    };
    found.keys = cursors.keys.count(doc);
    found.crowded = found.all > places;
    // Marks tell words apart: “số phần” is no “phân số”.
    if exact > 0.0 && exact <= places {
        cursors.all_exact.positions(&mut found.positions);
    } else if exact == 0.0 && folded > 0.0 && folded <= places {
        cursors.all_folded.positions(&mut found.positions);
    }
    for stem in &mut cursors.all_stem {
        let count = stem.count(doc);
        if count > found.all {
            found.all = count;
            found.positions.clear();
            if count <= places {
                stem.positions(&mut found.positions);
            }
        }
    }
    for stem in &mut cursors.name_stem {
        found.name = found.name.max(stem.count(doc));
    }
}

/// Whether the second may stand right behind the first, in the text and with the marks as typed.
pub(super) fn follows(first: &Found, second: &Found) -> bool {
    let behind = |place: &u32| second.positions.binary_search(&(place + 1)).is_ok();
    first.crowded || second.crowded || first.positions.iter().any(behind)
}

/// How often the second follows the first closely: 1 for each time next to it, less further
/// away, half as much in the other order.
pub(super) fn nearness(first: &[u32], second: &[u32]) -> f32 {
    let mut sum = 0.0;
    let mut start = 0;
    for a in first {
        while second.get(start).is_some_and(|b| b + 4 < *a) {
            start += 1;
        }
        for b in second[start..].iter().take_while(|b| **b <= a + 4) {
            let distance = b.abs_diff(*a);
            if distance > 0 {
                let weight = if b > a { 1.0 } else { 0.5 };
                sum += weight / (distance * distance) as f32;
            }
        }
    }
    sum
}
