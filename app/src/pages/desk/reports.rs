//! `/desk/reports/{number}`: a report of errors, rights or safety, taken on, answered and closed.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::account::Action;
use khue_content::community::{Choice, REPORT_LENGTH, ReportState, report_kind, report_outcomes};
use leptos::prelude::*;

use super::{at_the_desk, desk_path};
use crate::community::{Community, ReportRuling, ReportView};
use crate::pages::account::{Fields, on_to, personal_page, value};
use crate::pages::error;
use crate::pages::guidance::escaped;
use crate::pages::report::{answer, facts};
use crate::pages::submission::undone;
use crate::people::{Caller, Viewer};
use crate::reader::{Reader, encode_segment};
use crate::submissions::Undone;
use std::sync::Arc;

/// The path of a report at the desk, without the language's prefix.
pub(super) fn report_path(number: &str) -> String {
    format!("/desk/reports/{}", encode_segment(number))
}

/// Whether a number is one of a report.
pub(super) fn is_report(number: &str) -> bool {
    number.starts_with("PA-")
}

/// Somebody who handles reports, and the one that they look at.
struct Handler {
    reader: Reader,
    viewer: Viewer,
    community: Arc<dyn Community>,
    report: ReportView,
}

async fn handler(caller: Caller, number: &str) -> Result<Handler, Response> {
    let desk = at_the_desk(caller, None).await?;
    let reader = desk.asked.caller.reader;
    let viewer = desk.asked.viewer;
    let community = reader.services.community.clone();
    let may = viewer.actor.may_somewhere(Action::HandleReports);
    let Some(community) = community.filter(|_| may) else {
        return Err(error::not_found(&reader));
    };
    let found = community.report_file(&viewer, number).await;
    match found {
        Ok(Some(report)) => Ok(Handler {
            reader,
            viewer,
            community,
            report,
        }),
        Ok(None) => Err(error::not_found(&reader)),
        Err(failed) => Err(error::unserved(&reader, &failed)),
    }
}

/// The report.
pub async fn show_report(caller: Caller, Path(number): Path<String>) -> Response {
    match handler(caller, &number).await {
        Ok(handler) => report_page(&handler, &Fields::new(), None),
        Err(response) => response,
    }
}

/// Takes it on, or answers and closes it.
pub async fn rule_on_report(
    caller: Caller,
    Path(number): Path<String>,
    Form(form): Form<Fields>,
) -> Response {
    let handler = match handler(caller, &number).await {
        Ok(handler) => handler,
        Err(response) => return response,
    };
    let ruling = match value(&form, "do") {
        "take-on" => ReportRuling::TakeOn,
        "close" => ReportRuling::Close(
            value(&form, "outcome").to_owned(),
            value(&form, "words").to_owned(),
        ),
        "reopen" => ReportRuling::Reopen(value(&form, "reopen-words").to_owned()),
        _ => return error::not_found(&handler.reader),
    };
    let edition = value(&form, "edition").parse().unwrap_or_default();
    let ruled = handler
        .community
        .rule_on_report(&handler.viewer, &number, edition, &ruling)
        .await;
    match ruled {
        Ok(Ok(())) => on_to(&handler.reader.link(&report_path(&handler.report.number))),
        Ok(Err(why)) => report_page(&handler, &form, Some(why)),
        Err(failed) => error::unserved(&handler.reader, &failed),
    }
}

fn report_page(handler: &Handler, form: &Fields, why: Option<Undone>) -> Response {
    let (reader, report) = (&handler.reader, &handler.report);
    let t = reader.texts();
    let (status, notice) = match why.map(|why| notice(reader, why)) {
        Some((status, notice)) => (status, Some(notice)),
        None => (StatusCode::OK, None),
    };
    let title =
        report_kind(&report.kind).map_or(report.kind.as_str(), |kind| kind.label(reader.code()));
    personal_page(reader, status, title, || {
        let handler = (!report.handler.is_empty()).then(|| {
            let text = t.fill(
                "report-handler",
                &[("name", report.handler.as_str().into())],
            );
            view! { <p class="field__hint">{text}</p> }
        });
        view! {
            <div class="container container--narrow submissions">
                <p><a href=reader.link("/desk")>{t.text("desk-title")}</a></p>
                <h1>{title.to_owned()}</h1>
                {facts(reader, report)}
                {handler}
                {notice}
                {ways(reader, report)}
                <h2>{t.text("report-sent")}</h2>
                <p class="thread__words" dir="auto">{report.words.clone()}</p>
                {answer(reader, report)}
                {reopened(reader, report)}
                {decision(reader, report, form)}
            </div>
        }
        .into_any()
    })
}

/// Why something was not done, in the words of this page.
fn notice(reader: &Reader, why: Undone) -> (StatusCode, AnyView) {
    let t = reader.texts();
    let (status, told) = undone(reader, why);
    let words = match why {
        Undone::NotNow => t.text("report-undone-answer"),
        Undone::Stale => t.text("report-undone-stale"),
        _ => return (status, told),
    };
    let notice = view! { <p class="notice notice--danger" role="alert" tabindex="-1">{words}</p> };
    (status, notice.into_any())
}

/// What the report is about, and the file that it came of.
fn ways(reader: &Reader, report: &ReportView) -> AnyView {
    let t = reader.texts();
    let name = report.resource_name.clone();
    let subject = match report.resource_published {
        true => view! { <a href=reader.resource_link(&report.resource)>{name}</a> }.into_any(),
        false => {
            view! { {name} " " <span class="badge badge--new">{t.text("state-withdrawn")}</span> }
                .into_any()
        }
    };
    let file = report.submission.as_ref().map(|number| {
        view! { " · " <a href=reader.link(&desk_path(number))>{number.clone()}</a> }
    });
    view! { <p>{subject} {file}</p> }.into_any()
}

/// Why it was opened again.
fn reopened(reader: &Reader, report: &ReportView) -> Option<AnyView> {
    let t = reader.texts();
    (!report.reopened.is_empty()).then(|| {
        view! {
            <h2>{t.text("report-reopened")}</h2>
            <p class="thread__words" dir="auto">{report.reopened.clone()}</p>
        }
        .into_any()
    })
}

/// Opening what is closed again: with a reason.
fn reopen(reader: &Reader, report: &ReportView, form: &Fields) -> AnyView {
    let t = reader.texts();
    let words = value(form, "reopen-words").to_owned();
    view! {
        <form class="form" method="post" action=reader.link(&report_path(&report.number))>
            <input type="hidden" name="edition" value=report.edition.to_string()/>
            <details class="submission__more" open=!words.is_empty()>
                <summary>{t.text("report-reopen")}</summary>
                <div class="submission__fields">
                    <div class="field"><label for="reopen-words">{t.text("report-reopen-words")}</label>
                        <textarea id="reopen-words" name="reopen-words" rows="3" maxlength=REPORT_LENGTH.to_string()>{escaped(&words)}</textarea></div>
                    <p><button class="button" type="submit" name="do" value="reopen">{t.text("report-reopen")}</button></p>
                </div>
            </details>
        </form>
    }
    .into_any()
}

/// Taking on, and the answer; for what is closed, opening it again.
fn decision(reader: &Reader, report: &ReportView, form: &Fields) -> Option<AnyView> {
    if report.state == ReportState::Closed {
        return Some(reopen(reader, report, form));
    }
    let t = reader.texts();
    let chosen = value(form, "outcome").to_owned();
    let option = |row: &Choice| {
        let label = row.label(reader.code()).to_owned();
        view! { <option value=row.key.clone() selected=chosen == row.key>{label}</option> }
    };
    let take_on = (report.state == ReportState::Open).then(|| {
        view! { <p><button class="button" type="submit" name="do" value="take-on">{t.text("report-take-on")}</button></p> }
    });
    Some(
        view! {
            <h2 id="desk-decision">{t.text("desk-decision")}</h2>
            <form class="form" method="post" action=reader.link(&report_path(&report.number)) aria-labelledby="desk-decision">
                <input type="hidden" name="edition" value=report.edition.to_string()/>
                {take_on}
                <div class="field"><label for="outcome">{t.text("report-outcome")}</label>
                    <select id="outcome" name="outcome">
                        <option value="">{t.text("submission-choose")}</option>
                        {report_outcomes().iter().map(option).collect_view()}
                    </select></div>
                <div class="field"><label for="words">{t.text("report-answer-words")}</label>
                    <textarea id="words" name="words" rows="5" maxlength=REPORT_LENGTH.to_string()>{escaped(value(form, "words"))}</textarea></div>
                <p><button class="button button--primary" type="submit" name="do" value="close">{t.text("report-close")}</button></p>
            </form>
        }
        .into_any(),
    )
}
