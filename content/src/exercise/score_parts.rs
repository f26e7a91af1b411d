//! Answers with several parts: orders, pairs, gaps.

use super::score::{Part, share, single};
use super::{Answers, Gap, Note, Outcome, Pair, Verdict, score_typed};

/// The share of pairs of items that stand in the right order (Kendall, *A New Measure of Rank Correlation*,
/// Biometrika 30, 1938, scaled to 0…1): one slip costs little, the reverse order gives nothing.
pub(super) fn ordering(count: usize, answers: &Answers) -> Outcome {
    let places: Vec<Option<usize>> = (0..count)
        .map(|at| answers.number(&format!("p{at}")))
        .collect();
    if places.iter().all(Option::is_none) {
        return Outcome::default();
    }
    let in_order = |first: usize, second: usize| match (places[first], places[second]) {
        (Some(a), Some(b)) => a < b,
        _ => false,
    };
    let pairs = (0..count).flat_map(|second| (0..second).map(move |first| (first, second)));
    let (mut right, mut all) = (0, 0);
    for (first, second) in pairs {
        all += 1;
        right += usize::from(in_order(first, second));
    }
    let part = |(at, place): (usize, &Option<usize>)| part(place.map(|place| place == at + 1));
    // Gaps between the numbers do no harm: only their order counts.
    let parts: Vec<Part> = match right == all {
        true => (0..count).map(|_| self::part(Some(true))).collect(),
        false => places.iter().enumerate().map(part).collect(),
    };
    with_count(share(right, all), parts)
}

/// Pairs one by one. Right sides that say the same are the same.
pub(super) fn matching(pairs: &[Pair], others: &[String], answers: &Answers) -> Outcome {
    let right_side = |number: usize| match pairs.get(number) {
        Some(pair) => Some(&pair.right),
        None => others.get(number - pairs.len()),
    };
    let parts: Vec<Part> = pairs
        .iter()
        .enumerate()
        .map(|(at, pair)| {
            let taken = answers.number(&format!("m{at}")).and_then(right_side);
            let mut part = part(taken.map(|side| *side == pair.right));
            if part.verdict != Verdict::Unanswered {
                part.notes = super::score::said(&pair.feedback);
            }
            part
        })
        .collect();
    counted(parts)
}

/// Gaps one by one.
pub(super) fn gaps(gaps: &[Gap], answers: &Answers, language: &str) -> Outcome {
    let one = |(at, gap): (usize, &Gap)| {
        let name = format!("g{at}");
        let outcome = match gap {
            Gap::Text(key) => score_typed::text(key, answers.text(&name), language),
            Gap::Number(key) => score_typed::number(key, answers.text(&name)),
            Gap::Choice(choices) => single(choices, answers.number(&name)),
        };
        Part {
            verdict: outcome.verdict,
            notes: outcome.notes,
        }
    };
    counted(gaps.iter().enumerate().map(one).collect())
}

fn part(right: Option<bool>) -> Part {
    let verdict = match right {
        None => Verdict::Unanswered,
        Some(true) => Verdict::Right,
        Some(false) => Verdict::Wrong,
    };
    Part {
        verdict,
        notes: Vec::new(),
    }
}

/// The share of right parts; half right ones count half.
fn counted(parts: Vec<Part>) -> Outcome {
    if parts.iter().all(|part| part.verdict == Verdict::Unanswered) {
        return Outcome::default();
    }
    let count = |verdict: Verdict| parts.iter().filter(|part| part.verdict == verdict).count();
    let points = 2 * count(Verdict::Right) + count(Verdict::Partly);
    with_count(share(points, 2 * parts.len()), parts)
}

fn with_count(score: f64, parts: Vec<Part>) -> Outcome {
    let right = parts
        .iter()
        .filter(|part| part.verdict == Verdict::Right)
        .count();
    let notes = match parts.len() {
        0 | 1 => Vec::new(),
        _ if score >= 1.0 => Vec::new(),
        all => vec![Note::PartsRight(right, all)],
    };
    Outcome::graded(score, notes, parts)
}
