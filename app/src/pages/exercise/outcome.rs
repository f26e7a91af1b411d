//! What is said about an answer.

use khue_content::exercise::{Decimal, Note, Part, Verdict};
use leptos::prelude::*;

use super::Shown;
use crate::components::icon;

/// The verdict as scripts and styles name it.
pub(super) fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unanswered => "unanswered",
        Verdict::Wrong => "wrong",
        Verdict::Partly => "partly",
        Verdict::Right => "right",
    }
}

/// The verdict in words.
fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unanswered => "exercise-unanswered",
        Verdict::Wrong => "exercise-wrong",
        Verdict::Partly => "exercise-partly",
        Verdict::Right => "exercise-right",
    }
}

/// What became of the answer; nothing before there is one.
pub(super) fn outcome(shown: &Shown) -> Option<AnyView> {
    let (_, outcome) = shown.given?;
    let t = shown.reader.texts();
    let picture = match outcome.verdict {
        Verdict::Right => "check",
        Verdict::Wrong | Verdict::Partly => "info",
        Verdict::Unanswered => "warning",
    };
    let class = match outcome.verdict {
        Verdict::Right => "notice notice--success",
        _ => "notice",
    };
    let notes = outcome
        .notes
        .iter()
        .map(|note| said(shown, note))
        .collect_view();
    let view = view! {
        <div class=class>
            <p class="notice__title">{icon(shown.reader, picture)} " " {t.text(words(outcome.verdict))}</p>
            {notes}
        </div>
        {explanation(shown, outcome.verdict)}
    };
    Some(view.into_any())
}

/// The verdict alone.
pub(super) fn verdict(shown: &Shown) -> Option<AnyView> {
    let (_, outcome) = shown.given?;
    let class = match outcome.verdict {
        Verdict::Right => "notice notice--success",
        _ => "notice",
    };
    let words = shown.reader.texts().text(words(outcome.verdict));
    Some(view! { <p class=class>{words}</p> }.into_any())
}

/// How the answer is found: open for those who have it, closed for those who want to try again.
fn explanation(shown: &Shown, verdict: Verdict) -> Option<AnyView> {
    let text = &shown.exercise.explanation;
    if text.is_empty() || verdict == Verdict::Unanswered {
        return None;
    }
    let open = verdict == Verdict::Right;
    let view = view! {
        <details class="exercise__explanation" open=open>
            <summary>{shown.reader.texts().text("exercise-explanation")}</summary>
            <div lang=shown.lang.clone() inner_html=shown.markdown(text)></div>
        </details>
    };
    Some(view.into_any())
}

fn said(shown: &Shown, note: &Note) -> AnyView {
    match note {
        Note::Feedback(text) => {
            view! { <div lang=shown.lang.clone() inner_html=shown.markdown(text)></div> }.into_any()
        }
        other => view! { <p>{note_text(shown, other)}</p> }.into_any(),
    }
}

/// A note in one line; what an author says is HTML and not here.
fn note_text(shown: &Shown, note: &Note) -> String {
    let t = shown.reader.texts();
    match note {
        Note::Feedback(text) => text.clone(),
        Note::MarksDiffer(word) => t.fill("exercise-marks", &[("word", word.as_str().into())]),
        Note::CapitalsDiffer(word) => {
            t.fill("exercise-capitals", &[("word", word.as_str().into())])
        }
        Note::UnitMissing => t.text("exercise-unit-missing").to_owned(),
        Note::UnitDiffers { typed, meant } => t.fill(
            "exercise-unit-differs",
            &[
                ("typed", typed.as_str().into()),
                ("meant", meant.as_str().into()),
            ],
        ),
        Note::Converted { value, meant } => {
            let value = decimal(shown.reader.code(), *value);
            t.fill(
                "exercise-converted",
                &[("value", value.into()), ("unit", meant.as_str().into())],
            )
        }
        Note::NotANumber(typed) => {
            t.fill("exercise-no-number", &[("typed", typed.as_str().into())])
        }
        Note::ChoicesMissing(count) => t.fill("exercise-missing", &[("count", (*count).into())]),
        Note::ChoicesTooMany(count) => t.fill("exercise-too-many", &[("count", (*count).into())]),
        Note::PartsRight(right, all) => t.fill(
            "exercise-parts",
            &[("right", (*right).into()), ("all", (*all).into())],
        ),
        _ => String::new(),
    }
}

/// What became of a part: a sign with its word, and what is said about it.
pub(super) fn part(shown: &Shown, part: Option<&Part>) -> Option<AnyView> {
    let part = part?;
    let key = match part.verdict {
        Verdict::Unanswered => return None,
        Verdict::Right => "exercise-part-right",
        Verdict::Partly => "exercise-part-partly",
        Verdict::Wrong => "exercise-part-wrong",
    };
    let class = format!("exercise__mark exercise__mark--{}", name(part.verdict));
    let note = |note: &Note| match note {
        Note::Feedback(text) => {
            let html = shown.words(text);
            view! { <span class="exercise__note" lang=shown.lang.clone() inner_html=html></span> }
                .into_any()
        }
        other => view! { <span class="exercise__note">{note_text(shown, other)}</span> }.into_any(),
    };
    let notes = part.notes.iter().map(note).collect_view();
    let view = view! { <span class=class>{shown.reader.texts().text(key)}</span> {notes} };
    Some(view.into_any())
}

/// A number as it is written in a language.
fn decimal(language: &str, value: f64) -> String {
    match Decimal::of(language) {
        Decimal::Comma => value.to_string().replace('.', ","),
        Decimal::Point => value.to_string(),
    }
}
