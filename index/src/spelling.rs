//! Slips of the keyboard: words that the library does not know, and what was probably meant.
//!
//! A noisy channel (Kernighan, Church & Gale, *A Spelling Correction Program Based on a Noisy
//! Channel Model*, 1990). The language model is the index itself: how many documents hold a word, and
//! how often it stands near the other words of the query, read from the postings when it is needed.
//! So there is nothing to train, to load or to keep in step. The channel is [`slip`]: the price of the
//! slips that keyboards and input methods make.
//!
//! Nearly every Vietnamese syllable is one letter away from a dozen others, so a word that the library
//! knows is left alone, unless the query as a whole finds nothing and the word fits none of its
//! neighbours ([`doubtful`]).

mod candidates;
mod context;
mod input_method;
mod lexicon;
mod slip;
mod surface;
mod tone;

use crate::Result;
use crate::query::{Plan, Slot, Word};
use crate::schema::Fields;
use crate::snapshot::Snapshot;
use crate::tokenizer::{Segment, Segments};
use candidates::Candidate;
use lexicon::Lexicon;

/// Words of one query that are repaired at most.
const REPAIRED: usize = 3;
/// Other readings of a repaired word that are looked up beside the best.
const OTHERS: usize = 2;
/// How far behind the best, in the logarithm of its probability, another reading may be.
const NEAR_THE_BEST: f32 = 2.5;
/// By how much a reading, its slip included, must be more probable than a word that the library knows.
const DOUBT: f32 = 0.5;

/// What was probably meant by one or two neighbouring words of a query.
#[derive(Clone, Debug)]
pub(crate) struct Repair {
    /// The first slot that it stands for.
    pub slot: usize,
    /// How many slots it stands for.
    pub span: usize,
    /// Readings, the best first; never empty.
    pub readings: Vec<Candidate>,
    /// How the best is written.
    pub text: String,
    /// Whether the library knows none of the words as typed.
    pub unknown: bool,
}

/// Repairs for the words that the library does not know.
pub(crate) fn unknown(snapshot: &Snapshot, fields: &Fields, plan: &Plan) -> Result<Vec<Repair>> {
    repairs(&Lexicon { snapshot, fields }, plan, true)
}

/// Repairs for words that the library knows, but never near the other words of the query. It costs
/// some milliseconds: for queries that find next to nothing.
pub(crate) fn doubtful(snapshot: &Snapshot, fields: &Fields, plan: &Plan) -> Result<Vec<Repair>> {
    if plan.slots.len() < 2 {
        return Ok(Vec::new());
    }
    let mut found = repairs(&Lexicon { snapshot, fields }, plan, false)?;
    // One slip in a query is likely, two among known words are not.
    found.sort_by(|a, b| b.readings[0].score.total_cmp(&a.readings[0].score));
    found.truncate(1);
    Ok(found)
}

fn repairs(lexicon: &Lexicon, plan: &Plan, unknown: bool) -> Result<Vec<Repair>> {
    let typed: Vec<Option<&Word>> = plan.slots.iter().map(repairable).collect();
    let known = typed
        .iter()
        .map(|word| word.map_or(Ok(false), |word| lexicon.knows(word)))
        .collect::<Result<Vec<bool>>>()?;
    let mut found: Vec<Repair> = Vec::new();
    for (slot, word) in typed.iter().enumerate() {
        let Some(word) = word.filter(|_| known[slot] != unknown) else {
            continue;
        };
        if found.len() == REPAIRED || found.last().is_some_and(|r| r.slot + r.span > slot) {
            continue;
        }
        let around = Around {
            typed: &typed,
            known: &known,
            slot,
        };
        found.extend(repair(lexicon, word, &around, unknown)?);
    }
    Ok(found)
}

/// A word in its query.
struct Around<'a> {
    typed: &'a [Option<&'a Word>],
    known: &'a [bool],
    slot: usize,
}

impl<'a> Around<'a> {
    /// Known words beside a stretch of slots, the nearest first.
    fn neighbours(&self, span: usize) -> Vec<&'a Word> {
        let end = self.slot + span;
        let mut places: Vec<usize> = (0..self.slot).rev().take(2).chain(end..end + 2).collect();
        places.sort_by_key(|place| {
            if *place < self.slot {
                self.slot - place
            } else {
                place + 1 - end
            }
        });
        let word = |place: usize| {
            self.typed
                .get(place)
                .copied()
                .flatten()
                .filter(|_| self.known[place])
        };
        places
            .into_iter()
            .filter_map(word)
            .filter(|word| !word.stop)
            .take(2)
            .collect()
    }

    fn next(&self) -> Option<&'a Word> {
        self.typed.get(self.slot + 1).copied().flatten()
    }
}

fn repair(
    lexicon: &Lexicon,
    word: &Word,
    around: &Around,
    unknown: bool,
) -> Result<Option<Repair>> {
    let neighbours = around.neighbours(1);
    let typed = match unknown {
        true => None,
        false => Some(context::fit(
            lexicon,
            std::slice::from_ref(word),
            &neighbours,
        )?),
    };
    // A known word that stands near its neighbours somewhere is no slip.
    if typed.as_ref().is_some_and(|typed| typed.near) {
        return Ok(None);
    }
    let mut found = candidates::of_word(lexicon, word, unknown)?;
    context::weigh(lexicon, &mut found, &neighbours)?;
    if let Some(typed) = typed {
        let least = typed.log + DOUBT;
        found.retain(|candidate| candidate.near && candidate.score > least);
    }
    let mut joined = match around.next() {
        Some(next) if unknown => candidates::joined(lexicon, word, next)?,
        _ => Vec::new(),
    };
    context::weigh(lexicon, &mut joined, &around.neighbours(2))?;
    let best = |list: &[Candidate]| list.first().map_or(f32::MIN, |first| first.score);
    let (readings, span) = match best(&joined) > best(&found) {
        true => (joined, 2),
        false => (found, 1),
    };
    finished(lexicon, around.slot, span, readings, unknown)
}

fn finished(
    lexicon: &Lexicon,
    slot: usize,
    span: usize,
    mut readings: Vec<Candidate>,
    unknown: bool,
) -> Result<Option<Repair>> {
    let Some(best) = readings.first().map(|first| first.score) else {
        return Ok(None);
    };
    readings.retain(|reading| reading.score > best - NEAR_THE_BEST);
    readings.truncate(1 + OTHERS);
    for reading in &mut readings {
        surface::write(lexicon, reading)?;
    }
    let text = readings[0].text();
    Ok(Some(Repair {
        slot,
        span,
        readings,
        text,
        unknown,
    }))
}

/// The word of a slot that was typed as a plain word.
fn repairable(slot: &Slot) -> Option<&Word> {
    match slot.options.as_slice() {
        [only] if !slot.phrase && !slot.optional && slot.property.is_none() => {
            match only.as_slice() {
                [word] => Some(word),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The query as typed with its repairs in the places of the words that they stand for.
pub(crate) fn rewritten(typed: &str, plan: &Plan, repairs: &[Repair]) -> String {
    let mut new: Vec<(usize, usize, &str)> = Vec::new();
    for repair in repairs {
        for place in repair.slot..repair.slot + repair.span {
            let word = plan.slots.get(place).and_then(repairable);
            let is_word = |segment: &Segment| {
                let taken = new.iter().any(|(from, ..)| *from == segment.from);
                !taken && word.is_some_and(|word| typed[segment.from..segment.to] == word.text)
            };
            if let Some(segment) = Segments::new(typed).find(is_word) {
                let text = if place == repair.slot {
                    repair.text.as_str()
                } else {
                    ""
                };
                new.push((segment.from, segment.to, text));
            }
        }
    }
    new.sort_unstable();
    let (mut out, mut at) = (String::with_capacity(typed.len()), 0);
    for (from, to, text) in new {
        out.push_str(&typed[at..from]);
        out.push_str(text);
        at = to;
    }
    out.push_str(&typed[at..]);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
