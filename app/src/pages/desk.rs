//! `/desk`: one screen for those who appraise and publish. Queue, material, what changed, findings, thread, decision.

mod bulk;
mod changes;
mod comments;
mod decision;
mod figures;
mod imports;
mod queue;
mod reports;
mod screen;
mod suggestions;

pub use bulk::{act, show_bulk};
pub use comments::{rule_on_comment, show_comments};
pub use decision::withdraw_form;
pub use figures::show_figures;
pub use imports::{bring_sheet, change_import, show_import, show_imports, show_undo, undo_import};
pub use reports::{rule_on_report, show_report};
pub use suggestions::value_name;

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::account::Action;

use super::account::{Fields, on_to, value};
use super::error;
use super::guidance::parsed;
use super::submission::{Asked, asked};
use crate::people::Caller;
use crate::reader::encode_segment;
use crate::submissions::{Decision, Done, Undone};
use queue::Queue;

/// The path of a file at the desk, without the language's prefix.
fn desk_path(number: &str) -> String {
    format!("/desk/{}", encode_segment(number))
}

/// Somebody at the desk.
struct AtDesk {
    asked: Asked,
    queue: Queue,
}

/// Who works at the desk, with the file that is open.
async fn at_the_desk(caller: Caller, here: Option<&str>) -> Result<AtDesk, Response> {
    let asked = asked(caller).await?;
    if !asked.viewer.actor.may_somewhere(Action::ReadSubmission) {
        // Who has a role that waits for a second factor is told so on their own page.
        return Err(match asked.viewer.has_waiting_role() {
            true => on_to(&asked.caller.reader.link("/account#second-factor")),
            false => error::not_found(&asked.caller.reader),
        });
    }
    let queue = Queue::of(&asked, here).await;
    let queue = queue.map_err(|failed| asked.unserved(&failed))?;
    Ok(AtDesk { asked, queue })
}

/// The first file of the queue, or the one whose number was typed.
pub async fn show(caller: Caller) -> Response {
    let AtDesk { asked, queue } = match at_the_desk(caller, None).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let reader = &asked.caller.reader;
    let query = parsed(&reader.query);
    let typed = value(&query, "number").trim().to_uppercase();
    let number = match typed.as_str() {
        "" => queue.listed.files.first().map(|first| first.number.clone()),
        typed => Some(typed.to_owned()),
    };
    match number {
        Some(number) if reports::is_report(&number) => {
            on_to(&reader.link(&reports::report_path(&number)))
        }
        Some(number) => on_to(&reader.link(&queue.keep(&desk_path(&number)))),
        None => screen::empty(reader, &queue),
    }
}

/// One file.
pub async fn show_one(caller: Caller, Path(number): Path<String>) -> Response {
    let AtDesk { asked, queue } = match at_the_desk(caller, Some(&number)).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    match asked.one(&number).await {
        Ok(view) => screen::screen(&asked.caller.reader, StatusCode::OK, &queue, &view, None),
        Err(response) => response,
    }
}

/// Decides, or writes into the thread.
pub async fn decide(
    caller: Caller,
    Path(number): Path<String>,
    Form(form): Form<Fields>,
) -> Response {
    let AtDesk { asked, queue } = match at_the_desk(caller, Some(&number)).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let view = match asked.one(&number).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let pressed = value(&form, "do");
    let done: Result<Done<()>, _> = match pressed {
        "message" => {
            asked
                .submissions
                .write(&asked.viewer, &number, value(&form, "message"))
                .await
        }
        tag if tag.starts_with("suggestion-") => {
            let edition = value(&form, "edition").parse().unwrap_or_default();
            match suggestions::verdict(&form, tag) {
                Some((id, verdict)) => {
                    let (viewer, desk) = (&asked.viewer, &asked.submissions);
                    desk.decide_on_suggestion(viewer, &number, edition, id, &verdict)
                        .await
                }
                None => Ok(Err(Undone::Missing)),
            }
        }
        step => {
            let decision = decision_of(&form, step);
            let decided = asked
                .submissions
                .decide(&asked.viewer, &number, &decision)
                .await;
            decided.map(|decided| decided.map(|_| ()))
        }
    };
    let reader = &asked.caller.reader;
    match done {
        Ok(Ok(())) => on_to(&reader.link(&after(&queue, &number, pressed))),
        Ok(Err(why)) => {
            let refused = screen::Refused { why, form: &form };
            screen::screen(
                reader,
                StatusCode::UNPROCESSABLE_ENTITY,
                &queue,
                &view,
                Some(&refused),
            )
        }
        Err(failed) => asked.unserved(&failed),
    }
}

fn decision_of(form: &Fields, step: &str) -> Decision {
    let rubric = form
        .iter()
        .filter(|(name, _)| name == "rubric")
        .map(|(_, key)| key.clone());
    Decision {
        step: step.to_owned(),
        edition: value(form, "edition").parse().unwrap_or_default(),
        reason: value(form, "reason").to_owned(),
        words: value(form, "words").to_owned(),
        rubric: rubric.collect(),
    }
}

/// Where to go on: what was accepted can be published at once; after another decision the next file comes.
fn after(queue: &Queue, number: &str, pressed: &str) -> String {
    let stays = matches!(pressed, "message" | "take-on" | "accept");
    let here = || queue.keep(&desk_path(number));
    if stays || pressed.starts_with("suggestion-") {
        return here();
    }
    let first = queue
        .listed
        .files
        .first()
        .map(|first| first.number.as_str());
    let first = first.filter(|first| *first != number);
    queue
        .beside(number, 1)
        .or_else(|| first.map(|first| queue.keep(&desk_path(first))))
        .unwrap_or_else(here)
}
