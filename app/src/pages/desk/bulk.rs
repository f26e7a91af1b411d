//! `/desk/bulk`: the same for several files at once. What will happen to each is shown before it is done, and it can be
//! taken back.

mod choose;
mod outcome;

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::at_the_desk;
use crate::pages::account::{Fields, value};
use crate::people::Caller;
use crate::reader::Reader;
use crate::submissions::BulkAction;
use choose::choose;
use outcome::{preview_page, result_page, take_back};

/// The address of the page, without the language's prefix.
const PATH: &str = "/desk/bulk";
/// How sure suggestions have to be where nobody says so, in percent.
const SURE: u8 = 90;

/// The steps that can be taken at once.
const STEPS: &[&str] = &["take-on", "accept", "publish", "request-changes", "decline"];

/// The queue with boxes to tick, and what can be done.
pub async fn show_bulk(caller: Caller) -> Response {
    let desk = match at_the_desk(caller, None).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    choose(&desk, StatusCode::OK, &Fields::new(), None).await
}

/// Shows what would happen, does it, or takes it back.
pub async fn act(caller: Caller, Form(form): Form<Fields>) -> Response {
    let desk = match at_the_desk(caller, None).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    if let Ok(batch) = value(&form, "undo").parse() {
        return take_back(&desk, batch).await;
    }
    let reader = &desk.asked.caller.reader;
    let Some(action) = action(&form) else {
        let notice = notice(reader.texts().text("bulk-choose-action"));
        return choose(&desk, StatusCode::UNPROCESSABLE_ENTITY, &form, Some(notice)).await;
    };
    let files = chosen(&form);
    if files.is_empty() {
        let notice = notice(reader.texts().text("bulk-choose-files"));
        return choose(&desk, StatusCode::UNPROCESSABLE_ENTITY, &form, Some(notice)).await;
    }
    let (viewer, submissions) = (&desk.asked.viewer, &desk.asked.submissions);
    if value(&form, "do") == "apply" {
        return match submissions.bulk_apply(viewer, &action, &files).await {
            Ok((batch, rows)) => result_page(&desk, &action, batch, &rows),
            Err(failed) => desk.asked.unserved(&failed),
        };
    }
    let numbers: Vec<String> = files.into_iter().map(|(number, _)| number).collect();
    match submissions.bulk_preview(viewer, &action, &numbers).await {
        Ok(rows) => preview_page(&desk, &form, &action, &rows),
        Err(failed) => desk.asked.unserved(&failed),
    }
}

fn notice(words: &str) -> AnyView {
    view! { <p class="notice notice--danger" role="alert" tabindex="-1">{words.to_owned()}</p> }
        .into_any()
}

/// The files that were ticked, each with the edition that was seen.
fn chosen(form: &Fields) -> Vec<(String, i64)> {
    let ticked = form
        .iter()
        .filter(|(name, _)| name == "file")
        .map(|(_, number)| number);
    let mut files: Vec<(String, i64)> = Vec::new();
    for number in ticked {
        if files.iter().all(|(known, _)| known != number) {
            let edition = value(form, &format!("edition-{number}"))
                .parse()
                .unwrap_or_default();
            files.push((number.clone(), edition));
        }
    }
    files
}

/// What the form asks for; nothing where it asks for nothing that there is.
fn action(form: &Fields) -> Option<BulkAction> {
    match value(form, "action") {
        "assign" => value(form, "to").parse().ok().map(BulkAction::Assign),
        "accept-suggestions" => {
            let percent: u8 = value(form, "sure").parse().unwrap_or(SURE);
            Some(BulkAction::AcceptSuggestions(percent.clamp(1, 100)))
        }
        step => STEPS.contains(&step).then(|| BulkAction::Step {
            step: step.to_owned(),
            reason: value(form, "reason").to_owned(),
            words: value(form, "words").to_owned(),
        }),
    }
}

/// What an action is called.
fn action_name(reader: &Reader, name: &str) -> &'static str {
    let key = format!("bulk-do-{name}");
    reader.texts().find(&key).unwrap_or_default()
}

fn name_of(action: &BulkAction) -> &str {
    match action {
        BulkAction::Step { step, .. } => step,
        BulkAction::Assign(_) => "assign",
        BulkAction::AcceptSuggestions(_) => "accept-suggestions",
    }
}

fn called(reader: &Reader, name: &str) -> String {
    match name {
        "" => reader.texts().text("submissions-unnamed").to_owned(),
        name => name.to_owned(),
    }
}
