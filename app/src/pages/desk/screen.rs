//! The screen: the queue at the left, the material in the middle, the decision at the right.

use axum::http::StatusCode;
use axum::response::Response;
use khue_content::check::{Finding, Severity};
use khue_content::community::report_kind;
use khue_content::format::form::{asked, shown};
use khue_content::{Kind, Property};
use leptos::prelude::*;

use super::changes::changes;
use super::decision::{decision, withdraw_form};
use super::desk_path;
use super::queue::Queue;
use super::reports::report_path;
use super::suggestions::suggestions;
use crate::community::ReportView;
use crate::components::label;
use crate::pages::account::{Fields, personal_page};
use crate::pages::report::state_badge as report_badge;
use crate::pages::submission::{
    files as attachments, message_form, preview, property_name, status, thread, undone,
};
use crate::reader::Reader;
use crate::submissions::{SubmissionView, Undone};
use crate::texts::finding;
use crate::wording;

/// Reports that stand in the queue.
const REPORTS: usize = 100;

/// A decision that was not taken, with what was typed.
pub struct Refused<'a> {
    pub why: Undone,
    pub form: &'a Fields,
}

/// Nothing waits.
pub(super) fn empty(reader: &Reader, queue: &Queue) -> Response {
    let t = reader.texts();
    personal_page(reader, StatusCode::OK, t.text("desk-title"), || {
        view! {
            <div class="container container--narrow">
                <h1>{t.text("desk-title")}</h1>
                {queue.reports.is_empty().then(|| view! { <p class="page-head__lead">{t.text("desk-empty")}</p> })}
                <div class="desk__queue">{queue.filter(reader, "/desk")} {beside(reader, queue)}</div>
                {open_form(reader)}
            </div>
        }
        .into_any()
    })
}

/// A file by its number, wherever it stands.
fn open_form(reader: &Reader) -> AnyView {
    let t = reader.texts();
    view! {
        <form class="desk__open" action=reader.link("/desk")>
            <label for="number">{t.text("desk-number")}</label>
            <input type="text" id="number" name="number" placeholder="HL-2026-000123" autocomplete="off" maxlength="40"/>
            <button class="button" type="submit">{t.text("desk-open")}</button>
        </form>
    }
    .into_any()
}

/// What waits beside the files.
fn beside(reader: &Reader, queue: &Queue) -> AnyView {
    let t = reader.texts();
    let comments = queue.comments.map(|count| {
        let text = t.fill("desk-comments", &[("count", count.into())]);
        view! { <p class="desk__beside"><a href=reader.link("/desk/comments")>{text}</a></p> }
    });
    let count = queue.reports.len();
    let reports = (count > 0).then(|| {
        let title = t.fill("desk-reports", &[("count", count.into())]);
        let entries = queue.reports.iter().take(REPORTS);
        let entries = entries.map(|one| reported(reader, one));
        view! { <h2>{title}</h2> <ol>{entries.collect_view()}</ol> }
    });
    let several = (queue.listed.total > 1).then(|| {
        view! { <p class="desk__beside"><a href=reader.link(&queue.keep("/desk/bulk"))>{t.text("bulk-link")}</a></p> }
    });
    let imports = queue.imports.then(|| {
        view! { <p class="desk__beside"><a href=reader.link("/desk/imports")>{t.text("sheets-title")}</a></p> }
    });
    view! { {several} {comments} {imports} {reports} }.into_any()
}

/// A report in the queue.
fn reported(reader: &Reader, one: &ReportView) -> AnyView {
    let t = reader.texts();
    let kind = report_kind(&one.kind).map(|kind| kind.label(reader.code()).to_owned());
    let age = t.fill("desk-age", &[("days", one.age.max(0).into())]);
    let late = one
        .overdue
        .then(|| view! { " " <span class="submissions__late">{t.text("desk-late")}</span> });
    view! {
        <li><a href=reader.link(&report_path(&one.number))>
            <span class="desk__name">{kind}</span>
            <span class="desk__facts">{one.resource_name.clone()} " " {report_badge(reader, one.state)} " " {age} {late}</span>
        </a></li>
    }
    .into_any()
}

/// One file.
pub(super) fn screen(
    reader: &Reader,
    code: StatusCode,
    queue: &Queue,
    view: &SubmissionView,
    refused: Option<&Refused<'_>>,
) -> Response {
    let t = reader.texts();
    let name = if view.record.name.is_empty() {
        t.text("submissions-unnamed")
    } else {
        &view.record.name
    };
    let action = reader.link(&queue.keep(&desk_path(&view.summary.number)));
    let told = refused.map(|refused| undone(reader, refused.why));
    let code = told.as_ref().map_or(code, |(code, _)| *code);
    let notice = told.map(|(_, notice)| notice);
    personal_page(reader, code, name, || {
        view! {
            {keys(reader)}
            <div class="container desk" id="desk">
                <nav class="desk__queue" aria-label=t.text("desk-title")>
                    {queue.view(reader, &view.summary.number)}
                    {beside(reader, queue)}
                    {open_form(reader)}
                    {queue.neighbours(reader, &view.summary.number)}
                </nav>
                <div class="desk__material">
                    <h1 tabindex="-1">{name.to_owned()}</h1>
                    {status(reader, view)}
                    {found(reader, &view.findings)}
                    {changed(reader, view)}
                    {facts(reader, view)}
                    {preview(view, t.text("submission-preview-title"))}
                    {attachments(reader, view, false)}
                </div>
                <aside class="desk__side" aria-label=t.text("desk-decision")>
                    {notice}
                    <h2 id="desk-decision" tabindex="-1">{t.text("desk-decision")}</h2>
                    {decision(reader, view, &action, refused)}
                    {withdraw_form(reader, view)}
                    {suggestions(reader, view, &action)}
                    <h2>{t.text("thread-title")}</h2>
                    {thread(reader, view)}
                    {message_form(reader, view, action.clone())}
                </aside>
            </div>
        }
        .into_any()
    })
}

/// The keys, and what makes the desk change in place.
fn keys(reader: &Reader) -> AnyView {
    let t = reader.texts();
    view! {
        // A hidden button tells the page to wake at once: the first key counts too.
        <div class="container desk__keys" data-island="desk_keys" data-loading=t.text("desk-loading")>
            <button class="button button--small" type="button" hidden=true aria-expanded="false">{t.text("desk-keys-show")}</button>
            <p class="field__hint" hidden=true>{t.text("desk-keys")}</p>
            <p class="visually-hidden" role="status"></p>
        </div>
    }
    .into_any()
}

fn found(reader: &Reader, findings: &[Finding]) -> AnyView {
    let t = reader.texts();
    if findings.is_empty() {
        return view! { <p class="notice notice--success">{t.text("desk-no-findings")}</p> }
            .into_any();
    }
    let errors = findings.iter().any(|one| one.severity == Severity::Error);
    let class = if errors {
        "notice notice--danger notice--list"
    } else {
        "notice notice--warning notice--list"
    };
    let entry = |one: &Finding| {
        let name = property_name(reader, &one.property);
        let name = if name.is_empty() {
            one.property.clone()
        } else {
            name.to_owned()
        };
        view! { <li><strong>{name}</strong> ": " {finding(reader.language, one)}</li> }
    };
    view! { <ul class=class>{findings.iter().map(entry).collect_view()}</ul> }.into_any()
}

fn changed(reader: &Reader, view: &SubmissionView) -> Option<AnyView> {
    let t = reader.texts();
    changes(reader, view.before.as_ref(), &view.record).map(|changes| {
        view! { <details class="desk__changes" open=true><summary>{t.text("desk-changes")}</summary>{changes}</details> }.into_any()
    })
}

/// What the record says, property by property.
fn facts(reader: &Reader, view: &SubmissionView) -> AnyView {
    let row = |property: &'static Property| {
        let values = shown(&view.record, property);
        if values.is_empty() || property.name == "name" {
            return None;
        }
        let words = |value: &String| match property.kind {
            Kind::Concept(_) => label(reader, value),
            Kind::Language => wording::language_name(reader.language, value),
            _ => value.clone(),
        };
        let text = values.iter().map(words).collect::<Vec<_>>().join("; ");
        Some(view! { <div><dt>{property_name(reader, property.name)}</dt><dd>{text}</dd></div> })
    };
    view! { <dl class="fact-list desk__record">{asked().filter_map(row).collect_view()}</dl> }
        .into_any()
}
