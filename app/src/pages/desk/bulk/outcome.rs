//! What will become of each file, what became of it, and what was taken back.

use axum::http::StatusCode;
use axum::response::Response;
use khue_content::review::State;
use leptos::prelude::*;

use super::super::suggestions::value_name;
use super::super::{AtDesk, desk_path};
use super::choose::choose;
use super::{PATH, action_name, called, name_of};
use crate::components::property_label;
use crate::pages::account::{Fields, personal_page, value};
use crate::pages::submission::{property_name, state_badge, undone};
use crate::reader::Reader;
use crate::submissions::{BulkAction, BulkRow, Done, Undone};

/// What will happen to each, with the button that does it to those that it can be done to.
pub(super) fn preview_page(
    desk: &AtDesk,
    form: &Fields,
    action: &BulkAction,
    rows: &[BulkRow],
) -> Response {
    let reader = &desk.asked.caller.reader;
    let t = reader.texts();
    let open: Vec<&BulkRow> = rows.iter().filter(|row| row.result.is_ok()).collect();
    let keep = |name: &'static str| view! { <input type="hidden" name=name value=value(form, name).to_owned()/> };
    let file = |row: &&BulkRow| {
        view! {
            <input type="hidden" name="file" value=row.number.clone()/>
            <input type="hidden" name=format!("edition-{}", row.number) value=row.edition.to_string()/>
        }
    };
    let title = t.fill(
        "bulk-preview-title",
        &[("action", action_name(reader, name_of(action)).into())],
    );
    let go = t.fill("bulk-apply", &[("count", open.len().into())]);
    personal_page(reader, StatusCode::OK, &title, || {
        view! {
            <div class="container container--narrow collection">
                <h1>{title.clone()}</h1>
                {table(reader, rows)}
                <form method="post" action=reader.link(&desk.queue.keep(PATH))>
                    {keep("action")} {keep("to")} {keep("sure")} {keep("reason")} {keep("words")}
                    {open.iter().map(file).collect_view()}
                    <p class="viewer__ways">
                        {(!open.is_empty()).then(|| view! { <button class="button button--primary" type="submit" name="do" value="apply">{go}</button> })}
                        <a class="button button--quiet" href=reader.link(&desk.queue.keep(PATH))>{t.text("bulk-back")}</a>
                    </p>
                </form>
            </div>
        }
        .into_any()
    })
}

/// What became of each, with the button that takes it back.
pub(super) fn result_page(
    desk: &AtDesk,
    action: &BulkAction,
    batch: i64,
    rows: &[BulkRow],
) -> Response {
    let reader = &desk.asked.caller.reader;
    let t = reader.texts();
    let done = rows.iter().filter(|row| row.result.is_ok()).count();
    let values = [
        ("action", action_name(reader, name_of(action)).into()),
        ("count", done.into()),
    ];
    let title = t.fill("bulk-done-title", &values);
    personal_page(reader, StatusCode::OK, &title, || {
        view! {
            <div class="container container--narrow collection">
                <h1 role="status">{title.clone()}</h1>
                {table(reader, rows)}
                <form method="post" action=reader.link(&desk.queue.keep(PATH)) class="viewer__ways">
                    {(done > 0).then(|| view! { <button class="button" type="submit" name="undo" value=batch.to_string()>{t.text("bulk-undo")}</button> })}
                    <a class="button button--quiet" href=reader.link("/desk")>{t.text("desk-title")}</a>
                </form>
            </div>
        }
        .into_any()
    })
}

fn table(reader: &Reader, rows: &[BulkRow]) -> AnyView {
    let t = reader.texts();
    let row = |one: &BulkRow| {
        let came = match &one.result {
            Ok((state, tags)) => came(reader, *state, tags),
            Err(why) => barred(reader, *why),
        };
        file_row(reader, &one.number, &one.name, came)
    };
    view! {
        <div class="table-region" tabindex="0" role="region" aria-label=t.text("bulk-files")>
            <table class="bulk__table"><thead><tr><th scope="col">{t.text("bulk-file")}</th><th scope="col">{t.text("bulk-came")}</th></tr></thead>
                <tbody>{rows.iter().map(row).collect_view()}</tbody></table>
        </div>
    }
    .into_any()
}

fn file_row(reader: &Reader, number: &str, name: &str, came: AnyView) -> AnyView {
    let link = reader.link(&desk_path(number));
    view! { <tr><th scope="row"><a href=link>{called(reader, name)}</a> " " <code>{number.to_owned()}</code></th><td>{came}</td></tr> }.into_any()
}

fn came(reader: &Reader, state: State, tags: &[(String, String)]) -> AnyView {
    let tag = |(property, value): &(String, String)| {
        let name = property_name(reader, property);
        let name = if name.is_empty() {
            property_label(reader, property).to_owned()
        } else {
            name.to_owned()
        };
        view! { <li>{name} ": " {value_name(reader, property, value)}</li> }
    };
    let tags = (!tags.is_empty()).then(|| view! { <ul>{tags.iter().map(tag).collect_view()}</ul> });
    view! { {state_badge(reader, state)} {tags} }.into_any()
}

/// Why nothing is done to a file.
fn barred(reader: &Reader, why: Undone) -> AnyView {
    let t = reader.texts();
    let words = match why {
        Undone::NotNow => t.text("bulk-not-now"),
        Undone::Forbidden => t.text("bulk-forbidden"),
        Undone::Stale => t.text("undone-stale"),
        Undone::InUse => t.text("undone-in-use"),
        _ => t.text("undone-missing"),
    };
    view! { <span class="submissions__late">{words}</span> }.into_any()
}

/// Takes back what was done at once, and says what became of each.
pub(super) async fn take_back(desk: &AtDesk, batch: i64) -> Response {
    let reader = &desk.asked.caller.reader;
    let rows = match desk
        .asked
        .submissions
        .bulk_undo(&desk.asked.viewer, batch)
        .await
    {
        Ok(Ok(rows)) => rows,
        Ok(Err(why)) => {
            let (status, notice) = undone(reader, why);
            return choose(desk, status, &Fields::new(), Some(notice)).await;
        }
        Err(failed) => return desk.asked.unserved(&failed),
    };
    let t = reader.texts();
    let row = |(number, name, result): &(String, String, Done<()>)| {
        let came = match result {
            Ok(()) => {
                view! { <span class="badge badge--level">{t.text("bulk-undone")}</span> }.into_any()
            }
            Err(why) => barred(reader, *why),
        };
        file_row(reader, number, name, came)
    };
    personal_page(reader, StatusCode::OK, t.text("bulk-undo-title"), || {
        view! {
            <div class="container container--narrow collection">
                <h1 role="status">{t.text("bulk-undo-title")}</h1>
                <div class="table-region" tabindex="0" role="region" aria-label=t.text("bulk-files")>
                    <table class="bulk__table"><thead><tr><th scope="col">{t.text("bulk-file")}</th><th scope="col">{t.text("bulk-came")}</th></tr></thead>
                        <tbody>{rows.iter().map(row).collect_view()}</tbody></table>
                </div>
                <p><a href=reader.link(&desk.queue.keep(PATH))>{t.text("bulk-title")}</a></p>
            </div>
        }
        .into_any()
    })
}
