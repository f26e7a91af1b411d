//! Attachments: taken in, listed, offered to those who may see the submission.

use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path};
use axum::response::Response;
use khue_content::MediaObject;
use leptos::prelude::*;

use super::form::settled;
use super::{asked, submission_path};
use crate::people::Caller;
use crate::reader::{Reader, encode_segment};
use crate::submissions::{SubmissionView, Undone, Upload};
use crate::wording;

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
