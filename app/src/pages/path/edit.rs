//! `/paths/{id}/edit`: a path as its maker works on it. One form: whatever button is pressed, all that was typed is kept.

use axum::extract::{Form, Path as Segment};
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::path::Path;
use leptos::prelude::*;

use super::editor::{buttons, finder, steps, versions, words_of};
use super::find;
use super::form::{Act, read};
use super::own::{Asked, asked, edit_path};
use super::page_of;
use crate::pages::account::{Fields, on_to, personal_page, unkept, value};
use crate::pages::error;
use crate::pages::guidance::parsed;
use crate::pages::submission::undone;
use crate::path_making::PathView;
use crate::people::Caller;
use crate::reader::{Reader, encode_segment};

/// The editor, or the path as it will look.
pub async fn show_edit(caller: Caller, Segment(id): Segment<String>) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let view = match asked.one(&id).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let reader = asked.reader();
    let query = parsed(&reader.query);
    if value(&query, "preview") == "1" {
        return unkept(page_of(
            reader,
            &view.path,
            Some(preview_notice(reader, &view.path)),
        ));
    }
    let told = ["saved", "proposed", "published"]
        .into_iter()
        .find(|name| value(&query, name) == "1");
    let told = told.map(|name| {
        let words = reader
            .texts()
            .find(&format!("path-told-{name}"))
            .unwrap_or_default();
        view! { <p class="notice notice--success" role="status">{words}</p> }.into_any()
    });
    edit_page(&asked, StatusCode::OK, &view, value(&query, "find"), told).await
}

fn preview_notice(reader: &Reader, path: &Path) -> AnyView {
    let t = reader.texts();
    view! {
        <p class="notice notice--info">
            {t.text("path-preview-text")} " " <a href=reader.link(&edit_path(&path.id))>{t.text("path-preview-back")}</a>
        </p>
    }
    .into_any()
}

/// Does what a button says.
pub async fn change(
    caller: Caller,
    Segment(id): Segment<String>,
    Form(fields): Form<Fields>,
) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let mut view = match asked.one(&id).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let reader = asked.reader();
    let act = Act::of(&fields);
    let edition = value(&fields, "edition").parse().unwrap_or_default();
    let words = value(&fields, "find").to_owned();
    let mut path = read(&fields, &view.path, &act);
    if let Act::Add(resource) = act
        && path.place(resource).is_none()
    {
        match find::step(reader, resource).await {
            Ok(step) => path.steps.extend(step),
            Err(failed) => return error::unserved(reader, &failed),
        }
    }
    let (making, viewer) = (&asked.making, &asked.viewer);
    let done = match act {
        Act::Delete => making.delete(viewer, &view.path.id).await,
        Act::Withdraw => making.withdraw(viewer, &view.path.id).await,
        Act::Publish if path.faults().is_empty() => making.publish(viewer, edition, &path).await,
        _ => making.save(viewer, edition, &path).await,
    };
    view.path = path;
    match done {
        Ok(Ok(())) if matches!(act, Act::Publish) && !view.path.faults().is_empty() => {
            view.edition = edition + 1;
            let notice = faults(reader, &view.path);
            edit_page(
                &asked,
                StatusCode::UNPROCESSABLE_ENTITY,
                &view,
                &words,
                Some(notice),
            )
            .await
        }
        Ok(Ok(())) => on_to(&reader.link(&onward(&act, &view.path.id, &words))),
        Ok(Err(why)) => {
            let (status, notice) = undone(reader, why);
            edit_page(&asked, status, &view, &words, Some(notice)).await
        }
        Err(failed) => error::unserved(reader, &failed),
    }
}

/// Where a button leads.
fn onward(act: &Act, id: &str, words: &str) -> String {
    let here = edit_path(id);
    match act {
        Act::Delete => "/paths/own".to_owned(),
        Act::Publish => format!("{here}?published=1"),
        act if act.is_about_steps() => {
            let place = if matches!(act, Act::Find | Act::Add(_)) {
                "find"
            } else {
                "steps"
            };
            format!("{here}?find={}#{place}", encode_segment(words))
        }
        _ => format!("{here}?saved=1"),
    }
}

/// What keeps it from being published, in words.
fn faults(reader: &Reader, path: &Path) -> AnyView {
    let t = reader.texts();
    let faults = path
        .faults()
        .into_iter()
        .filter_map(|fault| t.find(&format!("path-fault-{}", fault.name())));
    view! {
        <div class="notice notice--danger" role="alert" tabindex="-1">
            <p>{t.text("path-not-published")}</p>
            <ul>{faults.map(|words| view! { <li>{words}</li> }).collect_view()}</ul>
        </div>
    }
    .into_any()
}

async fn edit_page(
    asked: &Asked,
    status: StatusCode,
    view: &PathView,
    words: &str,
    notice: Option<AnyView>,
) -> Response {
    let reader = asked.reader();
    let hits = match find::hits(reader, &view.path, words).await {
        Ok(hits) => hits,
        Err(failed) => return error::unserved(reader, &failed),
    };
    let t = reader.texts();
    personal_page(reader, status, t.text("path-edit"), || {
        let path = &view.path;
        view! {
            <div class="container container--narrow path-editor">
                <p><a href=reader.link("/paths/own")>{t.text("paths-own")}</a></p>
                <h1>{t.text("path-edit")}</h1>
                {notice}
                <form class="form" id="path-form" method="post" action=reader.link(&edit_path(&path.id)) data-island="path_editor"
                    data-moved=t.text("path-moved") data-address=reader.link(&edit_path(&path.id))>
                    <input type="hidden" name="edition" value=view.edition.to_string()/>
                    <input type="hidden" name="order" value=""/>
                    // Enter in a field keeps the draft; it must not be what the first button of a step does.
                    <button class="visually-hidden" type="submit" name="do" value="save" tabindex="-1" aria-hidden="true"></button>
                    {words_of(reader, path)}
                    {steps(reader, path)}
                    {finder(reader, words, &hits)}
                    {buttons(reader, view)}
                    <p class="visually-hidden" role="status"></p>
                </form>
                {versions(reader, &view.versions)}
            </div>
        }
        .into_any()
    })
}
