//! `/submissions/{number}`: the file as its author sees it, with the form while it is open for writing.

use axum::extract::multipart::MultipartError;
use axum::extract::{Form, Multipart, Path};
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::MediaObject;
use khue_content::format::form::filled_in;
use leptos::prelude::*;

use super::fields::fields;
use super::state::undone;
use super::{Asked, asked, message_form, status, step_name, submission_path, thread};
use crate::pages::account::{Fields, on_to, personal_page, value};
use crate::people::Caller;
use crate::reader::{Reader, encode_segment};
use crate::submissions::{Decision, Done, SubmissionView, Undone, Upload};
use crate::wording;

/// Steps of the author that need no reason.
const OWN_STEPS: &[&str] = &["send", "send-again", "take-back", "revise", "keep"];

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

async fn settled(
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

/// Takes files in.
pub async fn attach(caller: Caller, Path(number): Path<String>, mut parts: Multipart) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let view = match asked.one(&number).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    // What nobody may add is not read: it could be large.
    let barred = match (view.own, view.summary.state.is_open()) {
        (true, true) => None,
        (true, false) => Some(Undone::NotNow),
        (false, _) => Some(Undone::Forbidden),
    };
    if let Some(why) = barred {
        return settled(&asked, &view, Ok(Err(why)), "").await;
    }
    let cut =
        |error: MultipartError| crate::pages::error::refusal(&asked.caller.reader, error.status());
    let mut done = Ok(Ok(()));
    loop {
        let part = match parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => break,
            Err(error) => return cut(error),
        };
        let (name, media_type) = (
            part.file_name().unwrap_or_default().to_owned(),
            part.content_type().unwrap_or_default().to_owned(),
        );
        let content = match part.bytes().await {
            Ok(content) => content.to_vec(),
            Err(error) => return cut(error),
        };
        if name.is_empty() || content.is_empty() {
            continue;
        }
        let file = Upload {
            name,
            media_type,
            content,
        };
        done = asked.submissions.attach(&asked.viewer, &number, file).await;
        if !matches!(done, Ok(Ok(()))) {
            break;
        }
    }
    settled(
        &asked,
        &view,
        done,
        &format!("{}#files", submission_path(&number)),
    )
    .await
}

fn file_page(reader: &Reader, view: &SubmissionView, why: Option<Undone>) -> Response {
    let t = reader.texts();
    let (code, notice) = match why {
        Some(why) => {
            let (code, notice) = undone(reader, why);
            (code, Some(notice))
        }
        None => (StatusCode::OK, None),
    };
    let title = if view.record.name.is_empty() {
        t.text("submissions-unnamed")
    } else {
        &view.record.name
    };
    let open = view.own && view.summary.state.is_open();
    personal_page(reader, code, title, || {
        view! {
            <div class="container submission">
                <p><a href=reader.link("/submissions")>{t.text("submissions-title")}</a></p>
                <h1>{title.to_owned()}</h1>
                {status(reader, view)}
                {notice}
                <div class="submission__layout">
                    <div class="submission__main">
                        {if open { edit_form(reader, view) } else { closed(reader, view) }}
                    </div>
                    <aside class="submission__aside" aria-label=t.text("thread-title")>
                        <h2>{t.text("thread-title")}</h2>
                        {thread(reader, view)}
                        {message_form(reader, view, reader.link(&submission_path(&view.summary.number)))}
                    </aside>
                </div>
            </div>
        }
        .into_any()
    })
}

fn edit_form(reader: &Reader, view: &SubmissionView) -> AnyView {
    let t = reader.texts();
    let path = submission_path(&view.summary.number);
    view! {
        <form class="form submission__form" method="post" action=reader.link(&path)>
            <p class="field__hint">{t.text("submission-save-any-time")}</p>
            <input type="hidden" name="edition" value=view.edition.to_string()/>
            {fields(reader, view)}
            <div class="submission__buttons">
                <button class="button" type="submit" name="do" value="save">{t.text("submission-save")}</button>
                <button class="button" type="submit" name="do" value="preview">{t.text("submission-preview")}</button>
                {buttons(reader, view)}
            </div>
        </form>
        {files(reader, view, true)}
        {preview(view, t.text("submission-preview-title"))}
        {view.deletable.then(|| view! {
            <form method="post" action=reader.link(&path)>
                <button class="button button--quiet" type="submit" name="do" value="delete">{t.text("submission-delete")}</button>
            </form>
        })}
    }
    .into_any()
}

/// The steps that the author may take now.
fn buttons(reader: &Reader, view: &SubmissionView) -> AnyView {
    let own = view
        .steps
        .iter()
        .filter(|step| OWN_STEPS.contains(&step.name));
    let button = |step: &&khue_content::review::Transition| {
        let sends = step.name.starts_with("send");
        let class = if sends {
            "button button--primary"
        } else {
            "button"
        };
        view! { <button class=class type="submit" name="do" value=step.name>{step_name(reader, step.name)}</button> }
    };
    own.map(button).collect_view().into_any()
}

/// The file while its author cannot write.
fn closed(reader: &Reader, view: &SubmissionView) -> AnyView {
    let t = reader.texts();
    let path = submission_path(&view.summary.number);
    view! {
        {view.own.then(|| view! {
            <form class="submission__buttons" method="post" action=reader.link(&path)>
                <input type="hidden" name="edition" value=view.edition.to_string()/>
                {buttons(reader, view)}
            </form>
        })}
        {view.own.then(|| crate::pages::desk::withdraw_form(reader, view))}
        {files(reader, view, false)}
        {preview(view, t.text("submission-preview-title"))}
    }
    .into_any()
}

/// The text as readers will see it.
pub fn preview(view: &SubmissionView, title: &'static str) -> Option<AnyView> {
    let reading = view.reading.as_ref()?;
    let html = reading.html.clone();
    let lang = view.record.in_language.first().cloned();
    Some(
        view! {
            <section class="submission__preview" id="preview" aria-label=title>
                <h2>{title}</h2>
                <div class="resource-body" lang=lang inner_html=html></div>
            </section>
        }
        .into_any(),
    )
}

/// The address of a file of a submission, which only those can open who may see the submission.
pub fn file_link(number: &str, file: &MediaObject) -> Option<String> {
    let sha256 = file.sha256.as_ref()?;
    Some(format!(
        "{}/files/{sha256}/{}",
        submission_path(number),
        encode_segment(&file.name)
    ))
}

/// Attachments, and while the author may write the form for more.
pub fn files(reader: &Reader, view: &SubmissionView, open: bool) -> AnyView {
    let t = reader.texts();
    let number = &view.summary.number;
    let entry = |file: &MediaObject| {
        let size = file
            .content_size
            .map(|size| wording::size(reader.language, size));
        let sha256 = file.sha256.clone().unwrap_or_default();
        let name = match file_link(number, file) {
            Some(link) => {
                view! { <a class="file-list__name" href=link>{file.name.clone()}</a> }.into_any()
            }
            None => view! { <span class="file-list__name">{file.name.clone()}</span> }.into_any(),
        };
        let remove = open.then(|| {
            let label = format!("{}: {}", t.text("files-remove"), file.name);
            view! { <button class="button button--small" type="submit" name="do" value=format!("detach-{sha256}") aria-label=label>{t.text("files-remove")}</button> }
        });
        view! { <li>{name} <span class="file-list__size">{size}</span> {remove}</li> }
    };
    let list = view.record.encoding.iter().map(entry).collect_view();
    let path = reader.link(&submission_path(number));
    let nothing = view.record.encoding.is_empty();
    if nothing && !open {
        return ().into_any();
    }
    view! {
        <section class="submission__files" id="files">
            <h2>{t.text("files-title")}</h2>
            <form method="post" action=path.clone()><ul class="file-list">{list}</ul></form>
            {open.then(|| view! {
                <form class="form" method="post" action=format!("{path}/files") enctype="multipart/form-data">
                    <div class="field">
                        <label for="attachment">{t.text("files-add")}</label>
                        <p class="field__hint" id="attachment-hint">{t.text("files-hint")}</p>
                        <input type="file" id="attachment" name="file" multiple=true required=true aria-describedby="attachment-hint"/>
                    </div>
                    <p><button class="button" type="submit">{t.text("files-send")}</button></p>
                </form>
            })}
        </section>
    }
    .into_any()
}
