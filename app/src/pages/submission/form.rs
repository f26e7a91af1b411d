//! `/submissions/{number}`: the file as its author sees it, with the form while it is open for writing.

use axum::extract::{Form, Path};
use axum::response::Response;
use khue_content::format::form::filled_in;

use super::page::file_page;
use super::{Asked, asked, submission_path};
use crate::pages::account::{Fields, on_to, value};
use crate::people::Caller;
use crate::submissions::{Decision, Done, SubmissionView};

/// Steps of the author that need no reason.
pub(super) const OWN_STEPS: &[&str] = &["send", "send-again", "take-back", "revise", "keep"];

/// The file.
pub async fn show(caller: Caller, Path(number): Path<String>) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    match asked.one(&number).await {
        Ok(view) => file_page(&asked.caller.reader, &view, None),
        Err(response) => response,
    }
}

/// Saves, and does what the pressed button says.
pub async fn save(
    caller: Caller,
    Path(number): Path<String>,
    Form(form): Form<Fields>,
) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let view = match asked.one(&number).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let done = match value(&form, "do") {
        "message" => {
            asked
                .submissions
                .write(&asked.viewer, &number, value(&form, "message"))
                .await
        }
        "delete" => {
            let deleted = asked.submissions.delete(&asked.viewer, &number).await;
            return settled(&asked, &view, deleted, "/submissions").await;
        }
        other => match other.strip_prefix("detach-") {
            Some(sha256) => {
                asked
                    .submissions
                    .detach(&asked.viewer, &number, sha256)
                    .await
            }
            None => save_and_step(&asked, &view, &form, other).await,
        },
    };
    // What was typed is shown again where it could not be saved.
    let typed = view.own && form.iter().any(|(name, _)| name == "name");
    let view = match typed {
        true => SubmissionView {
            record: filled_in(&view.record, &form),
            ..view
        },
        false => view,
    };
    let place = match value(&form, "do") {
        "preview" => format!("{}#preview", submission_path(&number)),
        _ => submission_path(&number),
    };
    settled(&asked, &view, done, &place).await
}

/// Leads on, or shows the page again with why nothing was done.
pub(super) async fn settled(
    asked: &Asked,
    view: &SubmissionView,
    done: Result<Done<()>, crate::services::ServiceError>,
    place: &str,
) -> Response {
    let reader = &asked.caller.reader;
    match done {
        Ok(Ok(())) => on_to(&reader.link(place)),
        Ok(Err(why)) => file_page(reader, view, Some(why)),
        Err(failed) => asked.unserved(&failed),
    }
}

/// What was typed is saved whatever button was pressed; then the step is taken.
async fn save_and_step(
    asked: &Asked,
    view: &SubmissionView,
    form: &Fields,
    pressed: &str,
) -> Result<Done<()>, crate::services::ServiceError> {
    let (number, viewer) = (&view.summary.number, &asked.viewer);
    let mut edition = value(form, "edition").parse().unwrap_or_default();
    let has_fields = form.iter().any(|(name, _)| name == "name");
    if view.own && view.summary.state.is_open() && has_fields {
        let record = filled_in(&view.record, form);
        match asked
            .submissions
            .save(viewer, number, edition, &record)
            .await?
        {
            Ok(next) => edition = next,
            Err(why) => return Ok(Err(why)),
        }
    }
    if !OWN_STEPS.contains(&pressed) {
        return Ok(Ok(()));
    }
    let decision = Decision {
        step: pressed.to_owned(),
        edition,
        ..Decision::default()
    };
    let decided = asked.submissions.decide(viewer, number, &decision).await?;
    Ok(decided.map(|_| ()))
}

/// Takes what was published out of sight.
pub async fn withdraw(
    caller: Caller,
    Path(number): Path<String>,
    Form(form): Form<Fields>,
) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let view = match asked.one(&number).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let decision = Decision {
        step: "withdraw".to_owned(),
        edition: value(&form, "edition").parse().unwrap_or_default(),
        reason: value(&form, "reason").to_owned(),
        words: value(&form, "words").to_owned(),
        rubric: Vec::new(),
    };
    let decided = asked
        .submissions
        .decide(&asked.viewer, &number, &decision)
        .await;
    settled(
        &asked,
        &view,
        decided.map(|decided| decided.map(|_| ())),
        &submission_path(&number),
    )
    .await
}
