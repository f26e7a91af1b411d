//! A trial with known answers, for a model that is to choose spans: sentences of lessons themselves with
//! a gap where one of their terms stood, and beginnings of lessons of which the next sentence is gone.

use super::choose::hash;
use super::gap::{Gap, GapKind};
use super::lesson::{Claim, Lesson};
use super::naming::stands;

/// Spans that are offered.
const OFFERED: usize = 4;
/// Gaps of each kind that are made of one lesson.
const EACH: usize = 2;
/// Bytes of the lesson before a sentence that is to be found.
const BEFORE: usize = 400;

/// A gap whose answer is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The gap, spans in an order of no meaning.
    pub gap: Gap,
    /// Which span stood there.
    pub right: usize,
    /// Which span the rules would put there: the most important one.
    pub by_rule: usize,
}

impl Trial {
    /// The sentences of the lesson that must not be read before the gap is filled.
    pub fn sentences(&self) -> Vec<String> {
        let Gap {
            before,
            spans,
            after,
            ..
        } = &self.gap;
        match self.gap.kind {
            GapKind::Term => vec![
                [before, &spans[self.right], after]
                    .map(String::as_str)
                    .concat(),
            ],
            GapKind::Sentence => spans.clone(),
        }
    }
}

/// The trials that a lesson gives, in its own language.
pub fn trials(lesson: &Lesson, language: &str) -> Vec<Trial> {
    let terms = lesson
        .claims
        .iter()
        .filter_map(|claim| term(lesson, claim, language));
    let next = lesson
        .claims
        .iter()
        .filter_map(|claim| next(lesson, claim, language));
    terms.take(EACH).chain(next.take(EACH)).collect()
}

/// A sentence without the only term that it has.
fn term(lesson: &Lesson, claim: &Claim, language: &str) -> Option<Trial> {
    let terms: Vec<&str> = lesson
        .concept
        .iter()
        .chain(&lesson.terms)
        .map(String::as_str)
        .collect();
    if !lesson.written.contains(&claim.text) {
        return None;
    }
    let lower = claim.text.to_lowercase();
    let within = |term: &str| stands(&lower, &term.to_lowercase()) > 0;
    let right = terms.iter().find(|term| {
        let at = claim.text.find(**term);
        at.is_some_and(|at| at > 0) && stands(&claim.text, term) == 1
    })?;
    let others = terms.iter().filter(|term| !within(term));
    let spans: Vec<&str> = std::iter::once(right)
        .chain(others)
        .take(OFFERED)
        .copied()
        .collect();
    let (before, after) = claim.text.split_once(right)?;
    let place = |span: &str| terms.iter().position(|term| *term == span);
    let by_rule = spans.iter().min_by_key(|span| place(span)).copied()?;
    trial(GapKind::Term, language, (before, after), &spans, by_rule)
}

/// What stands before a sentence of the text, and which sentence comes next.
fn next(lesson: &Lesson, claim: &Claim, language: &str) -> Option<Trial> {
    let (before, _) = lesson.written.split_once(&claim.text)?;
    if !claim.states || before.len() < BEFORE / 2 {
        return None;
    }
    let start = (before.len().saturating_sub(BEFORE)..).find(|at| before.is_char_boundary(*at))?;
    let before = &before[start..];
    let others = lesson
        .claims
        .iter()
        .filter(|other| other.states && other.text != claim.text && !before.contains(&other.text));
    let others = others.map(|other| other.text.as_str());
    let spans: Vec<&str> = std::iter::once(claim.text.as_str())
        .chain(others)
        .take(OFFERED)
        .collect();
    let place = |span: &str| lesson.claims.iter().position(|claim| claim.text == span);
    let by_rule = spans.iter().min_by_key(|span| place(span)).copied()?;
    trial(GapKind::Sentence, language, (before, ""), &spans, by_rule)
}

/// The first of the spans is the right one; they are put in an order of no meaning.
fn trial(
    kind: GapKind,
    language: &str,
    (before, after): (&str, &str),
    spans: &[&str],
    by_rule: &str,
) -> Option<Trial> {
    if spans.len() < OFFERED {
        return None;
    }
    let right = *spans.first()?;
    let mut mixed = spans.to_vec();
    mixed.sort_by_key(|span| hash(span, 0));
    let place = |wanted: &str| mixed.iter().position(|span| *span == wanted);
    Some(Trial {
        right: place(right)?,
        by_rule: place(by_rule)?,
        gap: Gap {
            kind,
            language: language.to_owned(),
            before: before.to_owned(),
            spans: mixed.iter().map(|span| (*span).to_owned()).collect(),
            after: after.to_owned(),
        },
    })
}
