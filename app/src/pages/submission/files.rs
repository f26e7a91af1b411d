//! Attachments: taken in, listed, offered to those who may see the submission.

use axum::body::Bytes;
use axum::extract::multipart::Field;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::MediaObject;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::pin::Pin;

use super::form::settled;
use super::{asked, submission_path};
use crate::people::Caller;
use crate::reader::{Reader, encode_segment};
use crate::submissions::{Content, CutOff, SubmissionView, Undone, Upload};
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
    let cut = |status| crate::pages::error::refusal(&asked.caller.reader, status);
    let mut done = Ok(Ok(()));
    loop {
        let part = match parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => break,
            Err(error) => return cut(error.status()),
        };
        let name = part.file_name().unwrap_or_default().to_owned();
        if name.is_empty() {
            continue;
        }
        let media_type = part.content_type().unwrap_or_default().to_owned();
        let mut content = Part::new(part);
        let file = Upload {
            name,
            media_type,
            content: &mut content,
        };
        done = asked.submissions.attach(&asked.viewer, &number, file).await;
        if let Some(status) = content.broken {
            return cut(status);
        }
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

/// A part of a form, as it comes.
pub struct Part<'a> {
    part: Field<'a>,
    /// Why it broke off.
    pub broken: Option<StatusCode>,
}

impl<'a> Part<'a> {
    /// A part of which nothing was read.
    pub fn new(part: Field<'a>) -> Self {
        Self { part, broken: None }
    }
}

impl Content for Part<'_> {
    fn piece(
        &mut self,
    ) -> Pin<Box<dyn Future<Output = Result<Option<Bytes>, CutOff>> + Send + '_>> {
        Box::pin(async {
            self.part.chunk().await.map_err(|error| {
                self.broken = Some(error.status());
                CutOff
            })
        })
    }
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
            {open.then(|| more(reader, view))}
        </section>
    }
    .into_any()
}

/// The form for more files.
fn more(reader: &Reader, view: &SubmissionView) -> AnyView {
    let t = reader.texts();
    let path = reader.link(&submission_path(&view.summary.number));
    let together = wording::size(reader.language, view.limits.form);
    view! {
        <form class="form" method="post" action=format!("{path}/files") enctype="multipart/form-data">
            <div class="field">
                <label for="attachment">{t.text("files-add")}</label>
                <p class="field__hint" id="attachment-hint">{t.text("files-hint")} <span data-plain="">{t.fill("files-together", &[("size", together.into())])}</span></p>
                <input type="file" id="attachment" name="file" multiple=true required=true aria-describedby="attachment-hint"/>
            </div>
            <p><button class="button" type="submit">{t.text("files-send")}</button></p>
            {in_pieces(reader, view)}
        </form>
    }
    .into_any()
}

/// What the script says of a file on its way.
const SAID: &[&str] = &[
    "upload-waiting",
    "upload-sending",
    "upload-ending",
    "upload-broken",
    "upload-paused",
    "upload-done",
    "upload-cancelled",
    "upload-again",
    "upload-large",
    "upload-empty",
    "upload-unreadable",
    "upload-many",
    "upload-full",
    "upload-out",
    "upload-closed",
    "upload-failed",
    "upload-left",
    "upload-pause",
    "upload-resume",
    "upload-retry",
    "upload-cancel",
];

/// What sends the files of the form in pieces, shown once it is awake; nothing where it was not built.
fn in_pieces(reader: &Reader, view: &SubmissionView) -> Option<AnyView> {
    let t = reader.texts();
    let script = reader.services.files.now().uploads.clone()?;
    let address = format!("{}/uploads", submission_path(&view.summary.number));
    let largest = wording::size(reader.language, view.limits.pieces);
    let said = |key: &str| {
        // Where the script puts a time, there is a sign.
        let values = [("size", largest.as_str().into()), ("time", "%".into())];
        t.fill(key, &values)
    };
    let words: BTreeMap<&str, String> = SAID.iter().map(|key| (*key, said(key))).collect();
    let words = serde_json::to_string(&words).unwrap_or_default();
    Some(
        view! {
            <div class="uploads" hidden=true data-island="uploads" data-script=script data-address=address
                data-most=view.limits.pieces.to_string() data-words=words>
                <p class="uploads__drop">{said("upload-drop")}</p>
                <ul class="uploads__list" aria-label=t.text("upload-list")></ul>
                <p class="visually-hidden" role="status"></p>
            </div>
        }
        .into_any(),
    )
}
