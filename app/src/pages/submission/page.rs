//! The page of a file, for its author.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::fields::fields;
use super::files::files;
use super::form::OWN_STEPS;
use super::state::undone;
use super::{message_form, status, step_name, submission_path, thread};
use crate::pages::account::personal_page;
use crate::reader::Reader;
use crate::submissions::{SubmissionView, Undone};

/// The page, with why something was not done.
pub fn file_page(reader: &Reader, view: &SubmissionView, why: Option<Undone>) -> Response {
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
    let script = reader.services.files.now().uploads.clone();
    view! {
        <form class="form submission__form" method="post" action=reader.link(&path)
            data-island=script.is_some().then_some("autosave") data-script=script data-saved=t.fill("submission-kept", &[("time", "%".into())])
            data-unsaved=t.text("submission-not-kept") data-stale=t.text("undone-stale")>
            <p class="field__hint">{t.text("submission-save-any-time")}</p>
            <input type="hidden" name="edition" value=view.edition.to_string()/>
            {fields(reader, view)}
            <div class="submission__buttons">
                <button class="button" type="submit" name="do" value="save">{t.text("submission-save")}</button>
                <button class="button" type="submit" name="do" value="preview">{t.text("submission-preview")}</button>
                {buttons(reader, view)}
            </div>
            <p class="field__hint" role="status" data-kept=""></p>
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
