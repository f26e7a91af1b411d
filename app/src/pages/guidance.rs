//! `/resources/{id}/guidance` and `/guidance`: a draft of guidance on using AI in a lesson, and a
//! form that describes a lesson.
//!
//! Until a teacher sends it nothing of it is stored: what is changed travels in the form of the page, and the draft
//! is made anew from the record, the numbers of the seeds and the changes.

mod changes;
mod describe;
mod download;
mod draft;
mod lesson;
mod marks;
mod plain;
mod sent;
mod signed;

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::LearningResource;
use khue_content::guidance::{GuidanceDraft, GuidanceRequest};
use khue_content::render::{self, Rendered};
use leptos::prelude::*;

use super::account::on_to;
use super::error;
use super::submission::undone;
use crate::components::breadcrumb;
use crate::document::{Head, page};
use crate::people::Caller;
use crate::reader::{Reader, resource_path};
use crate::services::ServiceError;
use changes::Changes;
use describe::Description;
pub use draft::escaped;
pub use sent::{rule, sent_path, show_sent, show_sent_one};
pub use signed::{show as show_signed, signed_path, tap};

/// What a form sends.
pub(super) type Fields = Vec<(String, String)>;

/// A lesson, from the library or described in the form.
struct Source {
    record: LearningResource,
    reading: Option<Rendered>,
    description: Option<Description>,
    request: GuidanceRequest,
}

/// The draft for a resource.
pub async fn show(reader: Reader, Path(id): Path<String>) -> Response {
    let fields = parsed(&reader.query);
    of_resource(&reader, &id, &fields).await
}

/// The same with a teacher's changes.
pub async fn change(
    reader: Reader,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    of_resource(&reader, &id, &fields).await
}

/// The form that describes a lesson.
pub async fn describe(reader: Reader) -> Response {
    let description = Description::read(&parsed(&reader.query));
    form_page(&reader, &description, None)
}

/// The draft for a described lesson.
pub async fn describe_drafted(reader: Reader, Form(fields): Form<Fields>) -> Response {
    let description = Description::read(&fields);
    if fields
        .iter()
        .any(|(name, value)| name == "do" && value == "describe")
    {
        return form_page(&reader, &description, None);
    }
    let record = description.record(reader.language);
    let source = Source {
        reading: record
            .body
            .as_ref()
            .map(|body| render::render(body, &[], &|_| None, reader.code())),
        request: description.request(reader.language),
        description: Some(description),
        record,
    };
    answer(&reader, &source, &Changes::read(&fields)).await
}

/// Sends the draft with a teacher's changes to the appraisers.
pub async fn send(caller: Caller, Path(id): Path<String>, Form(fields): Form<Fields>) -> Response {
    let reader = &caller.reader;
    let source = match source_of(reader, &id).await {
        Ok(source) => source,
        Err(response) => return response,
    };
    let changes = Changes::read(&fields);
    let drafts = match revised(reader, &source, &changes).await {
        Ok(Ok(drafts)) => drafts,
        Ok(Err(reason)) => return refused_page(reader, &source, &reason),
        Err(failed) => return error::unserved(reader, &failed),
    };
    let sent = match (caller.viewer().await, &reader.services.signing) {
        (Ok(Some(viewer)), Some(signing)) => signing.send(&viewer, &drafts.1).await,
        (Ok(_), _) => {
            // What was edited stays on the page.
            let notice = sign_in_first(reader);
            let status = StatusCode::FORBIDDEN;
            return draft_page(reader, &source, &changes, &drafts, (status, Some(notice)));
        }
        (Err(failed), _) => Err(failed),
    };
    match sent {
        Ok(Ok(number)) => on_to(&reader.link(&sent::sent_path(number))),
        Ok(Err(why)) => {
            let (status, notice) = undone(reader, why);
            draft_page(reader, &source, &changes, &drafts, (status, Some(notice)))
        }
        Err(failed) => error::unserved(reader, &failed),
    }
}

fn sign_in_first(reader: &Reader) -> AnyView {
    let t = reader.texts();
    view! {
        <p class="notice notice--warning" role="alert">{t.text("guidance-sign-in")} " "
            <a href=reader.link("/sign-in") target="_blank">{t.text("account-sign-in")}</a></p>
    }
    .into_any()
}

async fn of_resource(reader: &Reader, id: &str, fields: &Fields) -> Response {
    match source_of(reader, id).await {
        Ok(source) => answer(reader, &source, &Changes::read(fields)).await,
        Err(response) => response,
    }
}

/// The lesson of a resource.
async fn source_of(reader: &Reader, id: &str) -> Result<Source, Response> {
    let found = match reader.services.library.resource(id).await {
        Ok(Some(resource)) => resource,
        Ok(None) => return Err(error::not_found(reader)),
        Err(failed) => return Err(error::unserved(reader, &failed)),
    };
    Ok(Source {
        record: found.record,
        reading: found.reading,
        description: None,
        request: GuidanceRequest {
            language: Some(reader.code().to_owned()),
            ..GuidanceRequest::default()
        },
    })
}

/// The draft as asked for: a page, or a file.
async fn answer(reader: &Reader, source: &Source, changes: &Changes) -> Response {
    match revised(reader, source, changes).await {
        Ok(Ok(drafts)) => match changes.wanted() {
            Some(form) => download::file(reader, &drafts.1, form).await,
            None => draft_page(reader, source, changes, &drafts, (StatusCode::OK, None)),
        },
        Ok(Err(reason)) => match &source.description {
            Some(description) => form_page(reader, description, Some(&reason)),
            None => refused_page(reader, source, &reason),
        },
        Err(failed) => error::unserved(reader, &failed),
    }
}

/// The draft as the machine made it and as the teacher has changed it, or why there is none.
type Drafts = Result<(GuidanceDraft, GuidanceDraft), String>;

async fn revised(
    reader: &Reader,
    source: &Source,
    changes: &Changes,
) -> Result<Drafts, ServiceError> {
    let library = &reader.services.library;
    let request = |seed| GuidanceRequest {
        seed,
        worded: changes.worded,
        ..source.request.clone()
    };
    let language = reader.code();
    let mut first = match library
        .guidance(&source.record, &request(changes.seed))
        .await?
    {
        Ok(made) => made,
        Err(refusal) => return Ok(Err(refusal.message(language))),
    };
    for (seed, sections) in changes.again() {
        // What could be drafted once can be drafted with any seed.
        if let Ok(other) = library.guidance(&source.record, &request(seed)).await? {
            sections
                .iter()
                .for_each(|number| first.take_section(&other, *number));
        }
    }
    let mut last = first.clone();
    last.revise(&changes.texts, &changes.removed);
    Ok(Ok((first, last)))
}

fn draft_page(
    reader: &Reader,
    source: &Source,
    changes: &Changes,
    (first, last): &(GuidanceDraft, GuidanceDraft),
    (status, notice): (StatusCode, Option<AnyView>),
) -> Response {
    around(reader, source, status, || {
        let draft = draft::view(&draft::Shown {
            reader,
            source,
            changes,
            first,
            last,
        });
        view! { {notice} {draft} }.into_any()
    })
}

fn refused_page(reader: &Reader, source: &Source, reason: &str) -> Response {
    let t = reader.texts();
    around(reader, source, StatusCode::OK, || {
        view! {
            <div class="notice notice--warning" role="status">
                <p class="notice__title">{t.text("guidance-refused")}</p>
                <p>{reason.to_owned()}</p>
            </div>
            <p class="guidance__ways">
                <a class="button" href=reader.resource_link(&source.record.id)>{t.text("guidance-back")}</a> " "
                <a class="button" href=reader.link("/guidance")>{t.text("guidance-describe")}</a>
            </p>
        }
        .into_any()
    })
}

fn form_page(reader: &Reader, description: &Description, reason: Option<&str>) -> Response {
    let t = reader.texts();
    let head = Head::new(
        t.text("guidance-describe"),
        t.text("guidance-describe-lead"),
    );
    let status = if reason.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    page(reader, status, &head, || {
        view! {
            <div class="container container--narrow guidance">
                {breadcrumb(reader, Vec::new(), (t.text("guidance-describe").to_owned(), None))}
                <h1 class="guidance__title">{t.text("guidance-describe")}</h1>
                <p class="guidance__lead">{t.text("guidance-describe-lead")}</p>
                {reason.map(|reason| view! {
                    <div class="notice notice--warning" role="alert">
                        <p class="notice__title">{t.text("guidance-refused")}</p>
                        <p>{reason.to_owned()}</p>
                    </div>
                })}
                {lesson::form(reader, description)}
            </div>
        }
        .into_any()
    })
}

/// The page around a draft or the reason why there is none.
fn around(
    reader: &Reader,
    source: &Source,
    status: StatusCode,
    content: impl FnOnce() -> AnyView,
) -> Response {
    let t = reader.texts();
    let name = source.record.name.clone();
    let head = Head {
        hidden: true,
        ..Head::new(
            t.fill("guidance-page-title", &[("name", name.as_str().into())]),
            t.text("guidance-lead"),
        )
    };
    let way = match source.description {
        Some(_) => (
            "/guidance".to_owned(),
            t.text("guidance-describe").to_owned(),
            None,
        ),
        None => (resource_path(&source.record.id), name.clone(), None),
    };
    page(reader, status, &head, || {
        view! {
            <div class="container guidance">
                {breadcrumb(reader, vec![way], (t.text("guidance-title").to_owned(), None))}
                <h1 class="guidance__title">{t.text("guidance-title")}</h1>
                <p class="guidance__subject">{name}</p>
                {content()}
            </div>
        }
        .into_any()
    })
}

/// The fields of a query.
pub fn parsed(query: &str) -> Fields {
    let decode = |text: &str| {
        let spaced = text.replace('+', " ");
        percent_encoding::percent_decode_str(&spaced)
            .decode_utf8_lossy()
            .into_owned()
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}
