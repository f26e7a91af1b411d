//! How well a draft rests on its lesson, in numbers that can be compared.

use super::draft::{GuidanceDraft, Item, Origin};
use std::collections::BTreeSet;

/// Sections that should rest on the lesson.
const MATTER: [u8; 6] = [2, 5, 6, 7, 10, 12];
/// Items of §7 that a full draft has.
const CHECKS: f32 = 5.0;
/// Different spans that a full draft quotes.
const SPANS: f32 = 12.0;

/// Scores from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Rubric {
    /// Share of the lesson-specific items that quote the lesson.
    pub grounded: f32,
    /// How many claims §7 has somebody verify, of five.
    pub verified: f32,
    /// How many different spans of the lesson are quoted, of twelve.
    pub varied: f32,
    /// Share of the four activities that are there, each with five parts.
    pub whole: f32,
    /// Mean of the others.
    pub score: f32,
}

/// Scores a draft.
pub fn rubric(draft: &GuidanceDraft) -> Rubric {
    let matter = draft
        .sections
        .iter()
        .filter(|section| MATTER.contains(&section.number));
    let items: Vec<&Item> = matter
        .flat_map(|section| &section.items)
        .filter(|item| item.origin == Origin::Pattern)
        .collect();
    let quoting = items.iter().filter(|item| !item.quotes.is_empty()).count();
    let spans: BTreeSet<&str> = items
        .iter()
        .flat_map(|item| &item.quotes)
        .map(|quote| quote.text.as_str())
        .collect();
    let of = |number: usize| {
        draft
            .sections
            .get(number)
            .map_or(&[][..], |section| &section.items)
    };
    let activities = of(5).iter().filter(|item| {
        item.parts
            .iter()
            .filter(|part| !part.text.is_empty())
            .count()
            == 5
    });
    let grounded = quoting as f32 / items.len().max(1) as f32;
    let verified = (of(7).len() as f32 / CHECKS).min(1.0);
    let varied = (spans.len() as f32 / SPANS).min(1.0);
    let whole = (activities.count() as f32 / 4.0).min(1.0);
    Rubric {
        grounded,
        verified,
        varied,
        whole,
        score: (grounded + verified + varied + whole) / 4.0,
    }
}
