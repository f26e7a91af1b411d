//! Answers that were typed: numbers and words.

use super::fold::{Fold, key as fold};
use super::number::{Reading, readings};
use super::score::said;
use super::unit::Unit;
use super::{Choice, Note, NumberAnswer, NumberKey, Outcome, TextKey, Verdict};

/// How far two numbers may differ that are written alike, as a share of the larger.
const ROUNDING: f64 = 1e-9;

/// How a typed number compares to a known one.
#[derive(PartialEq)]
enum Fit {
    Right,
    Converted,
    UnitMissing,
    UnitDiffers(String),
    Off,
}

/// Scores a number.
pub(super) fn number(key: &NumberKey, typed: &str) -> Outcome {
    if typed.is_empty() {
        return Outcome::default();
    }
    let readings = readings(typed);
    if readings.is_empty() {
        return Outcome::whole(Verdict::Wrong, vec![Note::NotANumber(typed.to_owned())]);
    }
    let fits = |right: bool| {
        let answers = key
            .answers
            .iter()
            .filter(move |answer| answer.right == right);
        answers.flat_map(|answer| readings.iter().map(move |reading| (answer, reading)))
    };
    let fit = |(answer, reading): (&'_ NumberAnswer, &Reading)| fit(answer, reading, key);
    let best = |wanted: fn(&Fit) -> bool| {
        fits(true).find_map(|(answer, reading)| {
            let fit = fit((answer, reading));
            wanted(&fit).then_some((answer, fit))
        })
    };
    if let Some((answer, fit)) = best(|fit| matches!(fit, Fit::Right | Fit::Converted)) {
        let mut notes = said(&answer.feedback);
        if fit == Fit::Converted {
            notes.push(Note::Converted {
                value: answer.value,
                meant: answer.unit.clone(),
            });
        }
        return Outcome::whole(Verdict::Right, notes);
    }
    let expected = fits(false).find(|pair| matches!(fit(*pair), Fit::Right | Fit::Converted));
    if let Some((answer, _)) = expected {
        return Outcome::whole(Verdict::Wrong, said(&answer.feedback));
    }
    match best(|fit| *fit != Fit::Off) {
        Some((_, Fit::UnitMissing)) => Outcome::whole(Verdict::Partly, vec![Note::UnitMissing]),
        Some((answer, Fit::UnitDiffers(typed))) => {
            let meant = answer.unit.clone();
            Outcome::whole(Verdict::Partly, vec![Note::UnitDiffers { typed, meant }])
        }
        _ => Outcome::whole(Verdict::Wrong, Vec::new()),
    }
}

fn fit(answer: &NumberAnswer, reading: &Reading, key: &NumberKey) -> Fit {
    let close = |value: f64| {
        let rounding = ROUNDING * value.abs().max(answer.value.abs());
        (value - answer.value).abs() <= answer.tolerance + rounding
    };
    let (typed, meant) = (Unit::read(&reading.rest), Unit::read(&answer.unit));
    if typed.is_none() || meant.is_none() {
        let missing = key.unit_required && !meant.is_none();
        return match close(reading.value) {
            false => Fit::Off,
            true if missing => Fit::UnitMissing,
            true => Fit::Right,
        };
    }
    match typed.in_terms_of(&meant) {
        Some(factor) if close(reading.value * factor) => match close(reading.value) {
            true => Fit::Right,
            false => Fit::Converted,
        },
        _ if close(reading.value) => Fit::UnitDiffers(reading.rest.clone()),
        _ => Fit::Off,
    }
}

/// Scores words.
pub(super) fn text(key: &TextKey, typed: &str, language: &str) -> Outcome {
    if typed.is_empty() {
        return Outcome::default();
    }
    let strict = Fold {
        case: key.case_matters,
        no_marks: key.marks_ignored,
        vietnamese: language.starts_with("vi"),
    };
    let with = |fold_by: Fold, right: bool| {
        let own = fold(typed, fold_by);
        let same =
            move |answer: &&Choice| answer.right == right && fold(&answer.text, fold_by) == own;
        key.answers.iter().find(same)
    };
    if let Some(answer) = with(strict, true) {
        return Outcome::whole(Verdict::Right, said(&answer.feedback));
    }
    if let Some(answer) = with(strict, false) {
        return Outcome::whole(Verdict::Wrong, said(&answer.feedback));
    }
    if let Some(answer) = with(
        Fold {
            case: false,
            ..strict
        },
        true,
    ) {
        return Outcome::whole(
            Verdict::Partly,
            vec![Note::CapitalsDiffer(answer.text.clone())],
        );
    }
    if let Some(answer) = with(
        Fold {
            no_marks: true,
            ..strict
        },
        true,
    ) {
        return Outcome::whole(
            Verdict::Partly,
            vec![Note::MarksDiffer(answer.text.clone())],
        );
    }
    Outcome::whole(Verdict::Wrong, Vec::new())
}
