//! Taking an import back: what would happen is shown first.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{AtSheets, at_sheets, named, sheet_path};
use crate::pages::account::{on_to, personal_page};
use crate::pages::submission::undone;
use crate::people::Caller;
use crate::reader::{Reader, encode_segment};
use crate::sheets::{SheetView, UndoPreview, UndoneRow};

/// What would happen.
pub async fn show_undo(caller: Caller, Path(id): Path<String>) -> Response {
    match sheet_of(caller, &id).await {
        Ok((desk, sheet)) => preview_page(&desk, &sheet).await,
        Err(response) => response,
    }
}

/// Does it.
pub async fn undo_import(caller: Caller, Path(id): Path<String>) -> Response {
    let (desk, sheet) = match sheet_of(caller, &id).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let reader = desk.reader();
    match desk.sheets.undo(&desk.viewer, sheet.id).await {
        Ok(Ok(())) => on_to(&reader.link(&sheet_path(sheet.id))),
        Ok(Err(why)) => {
            let (status, notice) = undone(reader, why);
            page(&desk, &sheet, status, notice)
        }
        Err(failed) => desk.unserved(&failed),
    }
}

async fn sheet_of(caller: Caller, id: &str) -> Result<(AtSheets, SheetView), Response> {
    let desk = at_sheets(caller).await?;
    let sheet = desk.one(id).await?;
    Ok((desk, sheet))
}

async fn preview_page(desk: &AtSheets, sheet: &SheetView) -> Response {
    let reader = desk.reader();
    match desk.sheets.undo_preview(&desk.viewer, sheet.id).await {
        Ok(Ok(preview)) => page(desk, sheet, StatusCode::OK, body(reader, sheet, &preview)),
        Ok(Err(why)) => {
            let (status, notice) = undone(reader, why);
            page(desk, sheet, status, notice)
        }
        Err(failed) => desk.unserved(&failed),
    }
}

fn page(desk: &AtSheets, sheet: &SheetView, status: StatusCode, body: AnyView) -> Response {
    let reader = desk.reader();
    let t = reader.texts();
    let values = [
        ("number", sheet.id.to_string().into()),
        ("name", named(sheet).into()),
    ];
    let title = t.fill("sheet-undo-title", &values);
    personal_page(reader, status, &title, || {
        view! {
            <div class="container container--narrow collection">
                <p><a href=reader.link(&sheet_path(sheet.id))>{t.fill("sheet-title", &values)}</a></p>
                <h1>{title.clone()}</h1>
                {body}
            </div>
        }
        .into_any()
    })
}

fn body(reader: &Reader, sheet: &SheetView, preview: &UndoPreview) -> AnyView {
    let t = reader.texts();
    let counts = preview.counts;
    let all = [
        ("sheet-undo-would-remove", counts.removed),
        ("sheet-undo-would-restore", counts.restored),
        ("sheet-undo-would-keep", counts.kept),
    ];
    let one =
        |(key, count): (&str, u64)| view! { <li>{t.fill(key, &[("count", count.into())])}</li> };
    let first = (!preview.first.is_empty()).then(|| {
        view! { <h2>{t.text("sheet-undo-first")}</h2> {records(reader, &preview.first)} }
    });
    view! {
        <p class="page-head__lead">{t.text("sheet-undo-lead")}</p>
        <ul class="sheet__counts">{all.map(one).collect_view()}</ul>
        <form method="post" action=reader.link(&format!("{}/undo", sheet_path(sheet.id)))>
            <p class="viewer__ways">
                <button class="button button--primary" type="submit">{t.text("sheet-undo-do")}</button>
                <a class="button button--quiet" href=reader.link(&sheet_path(sheet.id))>{t.text("sheet-undo-not")}</a>
            </p>
        </form>
        {first}
    }
    .into_any()
}

/// What was left as it is when the import was taken back.
pub(super) fn left(reader: &Reader, kept: &[UndoneRow]) -> Option<AnyView> {
    let title = reader.texts().text("sheet-undo-left");
    (!kept.is_empty()).then(|| view! { <h2>{title}</h2> {records(reader, kept)} }.into_any())
}

fn records(reader: &Reader, rows: &[UndoneRow]) -> AnyView {
    let t = reader.texts();
    let row = |one: &UndoneRow| {
        let address = reader.link(&format!("/resources/{}", encode_segment(&one.id)));
        let key = match (one.fate, one.detail.as_str()) {
            ("changed", detail) if !detail.is_empty() => "sheet-left-changed-by".to_owned(),
            (fate, _) => format!("sheet-left-{fate}"),
        };
        let why = t.fill(&key, &[("detail", one.detail.as_str().into())]);
        view! { <tr><th scope="row"><a href=address>{one.name.clone()}</a></th><td>{why}</td></tr> }
    };
    view! {
        <div class="table-region" tabindex="0" role="region" aria-label=t.text("sheet-undo-records")>
            <table class="bulk__table"><thead><tr><th scope="col">{t.text("sheet-column-name")}</th><th scope="col">{t.text("sheet-column-fate")}</th></tr></thead>
                <tbody>{rows.iter().map(row).collect_view()}</tbody></table>
        </div>
    }
    .into_any()
}
