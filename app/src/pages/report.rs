//! `/resources/{id}/report` and `/reports/{token}`: anybody reports what is wrong with a resource, and sees what came
//! of it. Nothing says who they are.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::community::{
    REPORT_LENGTH, ReportKind, ReportState, choice, report_kind, report_kinds, report_outcomes,
};
use leptos::prelude::*;

use super::account::{Fields, on_to, personal_page, value};
use super::error;
use super::guidance::escaped;
use super::submission::undone;
use crate::community::{Community, ReportForm, ReportView};
use crate::components::{breadcrumb, copy_button};
use crate::people::Caller;
use crate::reader::{Reader, encode_segment, resource_path};
use crate::services::ServiceError;
use crate::submissions::Undone;
use crate::wording;
use std::sync::Arc;

/// The address of the form, without the language's prefix.
pub fn report_path(resource: &str) -> String {
    format!("{}/report", resource_path(resource))
}

/// What answers, and the resource's id and name; `None` where there is none.
async fn found(
    reader: &Reader,
    id: &str,
) -> Result<Option<(Arc<dyn Community>, String, String)>, ServiceError> {
    let Some(community) = reader.services.community.clone() else {
        return Ok(None);
    };
    let resource = reader.services.library.resource(id).await?;
    Ok(resource.map(|resource| (community, resource.record.id, resource.record.name)))
}

/// The form.
pub async fn show(reader: Reader, Path(id): Path<String>) -> Response {
    match found(&reader, &id).await {
        Ok(Some((_, id, name))) => form_page(&reader, &id, &name, &Fields::new(), None),
        Ok(None) => error::not_found(&reader),
        Err(failed) => error::unserved(&reader, &failed),
    }
}

/// Opens a report.
pub async fn send(caller: Caller, Path(id): Path<String>, Form(fields): Form<Fields>) -> Response {
    let reader = &caller.reader;
    let (community, id, name) = match found(reader, &id).await {
        Ok(Some(found)) => found,
        Ok(None) => return error::not_found(reader),
        Err(failed) => return error::unserved(reader, &failed),
    };
    let form = ReportForm {
        kind: value(&fields, "kind").to_owned(),
        words: value(&fields, "words").to_owned(),
    };
    match community.report(&caller.visitor, &id, &form).await {
        Ok(Ok(token)) => on_to(&reader.link(&format!("/reports/{token}"))),
        Ok(Err(why)) => form_page(reader, &id, &name, &fields, Some(why)),
        Err(failed) => error::unserved(reader, &failed),
    }
}

fn refused(reader: &Reader, why: Undone) -> (StatusCode, AnyView) {
    let t = reader.texts();
    let (status, told) = undone(reader, why);
    let words = match why {
        Undone::TooMany => t.text("report-undone-too-many").to_owned(),
        Undone::NotNow => t.fill("report-undone-words", &[("count", REPORT_LENGTH.into())]),
        _ => return (status, told),
    };
    let notice = view! { <p class="notice notice--danger" role="alert" tabindex="-1">{words}</p> };
    (status, notice.into_any())
}

fn form_page(
    reader: &Reader,
    id: &str,
    name: &str,
    fields: &Fields,
    why: Option<Undone>,
) -> Response {
    let t = reader.texts();
    let (status, notice) = match why.map(|why| refused(reader, why)) {
        Some((status, notice)) => (status, Some(notice)),
        None => (StatusCode::OK, None),
    };
    let title = t.fill("report-page-title", &[("name", name.into())]);
    personal_page(reader, status, &title, || {
        let way = vec![(resource_path(id), name.to_owned(), None)];
        let kinds = report_kinds().iter().enumerate();
        let kinds =
            kinds.map(|(place, kind)| kind_field(reader, kind, place, value(fields, "kind")));
        let limits = t.fill("report-words-hint", &[("count", REPORT_LENGTH.into())]);
        view! {
            <div class="container container--narrow submissions">
                {breadcrumb(reader, way, (t.text("report-title").to_owned(), None))}
                <h1>{title.clone()}</h1>
                <p class="page-head__lead">{t.text("report-lead")}</p>
                {notice}
                <form class="form" method="post" action=reader.link(&report_path(id))>
                    <fieldset class="field"><legend>{t.text("report-kind")}</legend>{kinds.collect_view()}</fieldset>
                    <div class="field"><label for="words">{t.text("report-words")}</label>
                        <p class="field__hint" id="words-hint">{limits} " " {t.text("report-no-names")}</p>
                        <textarea id="words" name="words" rows="6" required=true maxlength=REPORT_LENGTH.to_string() aria-describedby="words-hint">{escaped(value(fields, "words"))}</textarea></div>
                    <p><button class="button button--primary" type="submit">{t.text("report-send")}</button></p>
                </form>
            </div>
        }
        .into_any()
    })
}

fn kind_field(reader: &Reader, kind: &ReportKind, place: usize, chosen: &str) -> AnyView {
    let id = format!("kind-{}", kind.key);
    let checked = kind.key == chosen;
    let days = reader
        .texts()
        .fill("report-days", &[("days", kind.days.into())]);
    let label = kind.label(reader.code()).to_owned();
    // One of them is required: browsers ask for it by any of the group.
    let required = place == 0;
    view! {
        <p class="field__choice"><input type="radio" id=id.clone() name="kind" value=kind.key.clone() checked=checked required=required/>
            <label for=id>{label} " " <span class="field__hint">{days}</span></label></p>
    }
    .into_any()
}

/// How a report stands, for whoever has its address.
pub async fn show_state(reader: Reader, Path(token): Path<String>) -> Response {
    let Some(community) = reader.services.community.clone() else {
        return error::not_found(&reader);
    };
    match community.reported(&token).await {
        Ok(Some(report)) => state_page(&reader, &token, &report),
        Ok(None) => error::not_found(&reader),
        Err(failed) => error::unserved(&reader, &failed),
    }
}

fn state_page(reader: &Reader, token: &str, report: &ReportView) -> Response {
    let t = reader.texts();
    let address = reader.link(&format!("/reports/{}", encode_segment(token)));
    let address = reader.absolute(&address);
    personal_page(reader, StatusCode::OK, t.text("report-state-title"), || {
        let name = report.resource_name.clone();
        let subject = match report.resource_published {
            true => view! { <a href=reader.resource_link(&report.resource)>{name}</a> }.into_any(),
            false => name.into_any(),
        };
        let waits = report.state != ReportState::Closed;
        view! {
            <div class="container container--narrow submissions">
                <h1>{t.text("report-state-title")}</h1>
                {facts(reader, report)}
                <p>{subject}</p>
                {waits.then(|| view! { <p class="notice">{t.text("report-keep")}</p> })}
                <p class="report__address"><code id="page-address">{address}</code> {copy_button(reader, "page-address", "copy-link")}</p>
                {answer(reader, report)}
                <h2>{t.text("report-sent")}</h2>
                <p class="thread__words" dir="auto">{report.words.clone()}</p>
            </div>
        }
        .into_any()
    })
}

/// Number, kind, state, since when and until when.
pub fn facts(reader: &Reader, report: &ReportView) -> AnyView {
    let t = reader.texts();
    let day = |iso: &str| wording::date(reader.language, iso);
    let kind = report_kind(&report.kind).map(|kind| kind.label(reader.code()).to_owned());
    let since = t.fill(
        "submission-since",
        &[("date", day(&report.opened_at).into())],
    );
    let late = report.overdue.then_some("submissions__late");
    let (key, date) = match (&report.closed_at, report.overdue) {
        (Some(closed), _) => ("report-closed-at", closed),
        (None, true) => ("submissions-overdue", &report.due_at),
        (None, false) => ("submissions-due", &report.due_at),
    };
    let until = t.fill(key, &[("date", day(date).into())]);
    view! {
        <ul class="submission__status">
            <li><code>{report.number.clone()}</code></li>
            <li>{state_badge(reader, report.state)}</li>
            <li>{kind}</li>
            <li>{since}</li>
            <li class=late>{until}</li>
        </ul>
    }
    .into_any()
}

/// What came of it.
pub fn answer(reader: &Reader, report: &ReportView) -> Option<AnyView> {
    let outcome = choice(report_outcomes(), &report.outcome)?;
    let outcome = outcome.label(reader.code()).to_owned();
    Some(
        view! {
            <h2>{reader.texts().text("report-answer")}</h2>
            <p class="thread__reason">{outcome}</p>
            <p class="thread__words" dir="auto">{report.answer.clone()}</p>
        }
        .into_any(),
    )
}

/// A state as a badge.
pub fn state_badge(reader: &Reader, state: ReportState) -> AnyView {
    let t = reader.texts();
    let (class, words) = match state {
        ReportState::Open => ("badge badge--warning", t.text("report-state-open")),
        ReportState::InHand => ("badge", t.text("report-state-in-hand")),
        ReportState::Closed => ("badge badge--level", t.text("report-state-closed")),
    };
    view! { <span class=class>{words}</span> }.into_any()
}
