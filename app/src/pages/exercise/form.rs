//! The form of an exercise: question, fields, hints, and what became of an answer.

use khue_content::exercise::{GAP, Gap, Task};
use leptos::prelude::*;

use super::{Shown, fields, outcome};

/// The form as HTML.
pub(super) fn html(shown: &Shown) -> String {
    view(shown).to_html()
}

/// What the exercise is called.
pub(super) fn label(shown: &Shown) -> String {
    let label = match shown.exercise.label.as_str() {
        "" => shown.number.to_string(),
        label => label.to_owned(),
    };
    let values = [("label", label.into())];
    shown.reader.texts().fill("exercise-label", &values)
}

fn view(shown: &Shown) -> AnyView {
    let reader = shown.reader;
    let t = reader.texts();
    let id = format!("exercise-{}", shown.number);
    let question = format!("{id}-question");
    let action = format!("{}#{id}", reader.link(&shown.path()));
    let verdict = shown
        .given
        .map(|(_, outcome)| outcome::name(outcome.verdict));
    let send = match shown.given {
        Some(_) => t.text("exercise-again"),
        None => t.text("exercise-check"),
    };
    // The text around it may be in another language than the portal's words.
    let own = shown.lang.as_ref().map(|_| reader.code());
    view! {
        <form class="exercise" id=id.clone() lang=own method="post" action=action
            data-exercise=format!("{}/{}", shown.resource, shown.number) data-verdict=verdict>
            <fieldset class="exercise__task" aria-describedby=question.clone()>
                <legend class="exercise__label">{label(shown)}</legend>
                {question_view(shown, &question)}
                {fields::fields(shown)}
            </fieldset>
            <div class="exercise__outcome" role="status" tabindex="-1">{outcome::outcome(shown)}</div>
            <p class="exercise__actions"><button class="button button--primary">{send}</button></p>
            {hints(shown)}
        </form>
    }
    .into_any()
}

/// The same without a form of its own: only whether it was right is said, not how the answer is found.
pub(super) fn question(shown: &Shown) -> AnyView {
    let id = format!("exercise-{}", shown.number);
    let question = format!("{id}-question");
    let verdict = shown
        .given
        .map(|(_, outcome)| outcome::name(outcome.verdict));
    let own = shown.lang.as_ref().map(|_| shown.reader.code());
    view! {
        <div class="exercise" id=id lang=own data-verdict=verdict>
            <fieldset class="exercise__task" aria-describedby=question.clone()>
                <legend class="exercise__label">{label(shown)}</legend>
                {question_view(shown, &question)}
                {fields::fields(shown)}
            </fieldset>
            {outcome::verdict(shown)}
        </div>
    }
    .into_any()
}

/// The question, its gaps as fields.
fn question_view(shown: &Shown, id: &str) -> AnyView {
    let mut html = shown.markdown(&shown.exercise.question);
    if let Task::Gaps(gaps) = &shown.exercise.task {
        html = with_gaps(shown, &html, gaps);
    }
    view! {
        <div class="exercise__question" id=id.to_owned() lang=shown.lang.clone() inner_html=html></div>
    }
    .into_any()
}

fn with_gaps(shown: &Shown, html: &str, gaps: &[Gap]) -> String {
    let mut pieces = html.split(GAP);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for (at, piece) in pieces.enumerate() {
        if let Some(gap) = gaps.get(at) {
            out.push_str(&fields::gap(shown, at, gap).to_html());
        }
        out.push_str(piece);
    }
    out
}

/// Hints that are opened one by one.
fn hints(shown: &Shown) -> AnyView {
    let t = shown.reader.texts();
    let hint = |(at, hint): (usize, &String)| {
        let name = t.fill("exercise-hint", &[("number", (at + 1).into())]);
        view! {
            <details class="exercise__hint">
                <summary>{name}</summary>
                <div lang=shown.lang.clone() inner_html=shown.markdown(hint)></div>
            </details>
        }
    };
    let hints = shown.exercise.hints.iter().enumerate().map(hint);
    hints.collect_view().into_any()
}
