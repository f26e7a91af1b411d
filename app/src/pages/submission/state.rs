//! Names of states, steps and reasons, in the reader's language.

use axum::http::StatusCode;
use khue_content::review::State;
use leptos::prelude::*;

use crate::reader::Reader;
use crate::submissions::Undone;

/// The name of a state.
pub fn state_name(reader: &Reader, state: State) -> &'static str {
    named(reader, "state", state.name())
}

/// The name of a step, as a button says it.
pub fn step_name(reader: &Reader, step: &str) -> &'static str {
    named(reader, "step", step)
}

/// What a step was, once it was taken.
pub fn event_name(reader: &Reader, kind: &str) -> &'static str {
    named(reader, "event", kind)
}

/// A reason.
pub fn reason_name(reader: &Reader, reason: &str) -> &'static str {
    named(reader, "reason", reason)
}

/// What an appraiser looks at.
pub fn rubric_name(reader: &Reader, key: &str) -> &'static str {
    named(reader, "rubric", key)
}

fn named(reader: &Reader, family: &str, name: &str) -> &'static str {
    reader
        .texts()
        .find(&format!("{family}-{name}"))
        .unwrap_or_default()
}

/// A state as a badge.
pub fn state_badge(reader: &Reader, state: State) -> AnyView {
    let class = match state {
        State::Published | State::Accepted => "badge badge--level",
        State::ChangesRequested => "badge badge--warning",
        State::Declined | State::Withdrawn => "badge badge--new",
        _ => "badge",
    };
    view! { <span class=class>{state_name(reader, state)}</span> }.into_any()
}

/// Why something was not done, with the status that says so.
pub fn undone(reader: &Reader, why: Undone) -> (StatusCode, AnyView) {
    let t = reader.texts();
    let (status, words) = match why {
        Undone::Missing => (StatusCode::NOT_FOUND, t.text("undone-missing")),
        Undone::Forbidden => (StatusCode::FORBIDDEN, t.text("undone-forbidden")),
        Undone::Stale => (StatusCode::CONFLICT, t.text("undone-stale")),
        Undone::InUse => (StatusCode::CONFLICT, t.text("undone-in-use")),
        Undone::TooMany => (StatusCode::TOO_MANY_REQUESTS, t.text("undone-too-many")),
        Undone::NotNow => (StatusCode::UNPROCESSABLE_ENTITY, t.text("undone-not-now")),
    };
    (
        status,
        view! { <p class="notice notice--danger" role="alert" tabindex="-1">{words}</p> }
            .into_any(),
    )
}
