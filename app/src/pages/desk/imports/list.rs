//! The list of sheets, and the form that brings one.

use axum::extract::Multipart;
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::account::{Action, Actor, Reach, reach};
use leptos::prelude::*;

use super::{AtSheets, PATH, at_sheets, badge, brought, named, refusal, sheet_path};
use crate::pages::account::{on_to, personal_page};
use crate::pages::error;
use crate::pages::submission::Part;
use crate::people::Caller;
use crate::reader::Reader;
use crate::sheets::{SheetLimits, SheetView};
use crate::submissions::{Undone, Upload};
use crate::wording;

/// Longest code of a source, in bytes.
const LONGEST: usize = 200;

/// The list.
pub async fn show_imports(caller: Caller) -> Response {
    match at_sheets(caller).await {
        Ok(desk) => list_page(&desk, StatusCode::OK, None, None).await,
        Err(response) => response,
    }
}

/// Takes a file and leads to its page.
pub async fn bring_sheet(caller: Caller, mut parts: Multipart) -> Response {
    let desk = match at_sheets(caller).await {
        Ok(desk) => desk,
        Err(response) => return response,
    };
    let reader = desk.reader();
    let mut source = String::new();
    loop {
        let part = match parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => break,
            Err(broken) => return error::refusal(reader, broken.status()),
        };
        let name = part.file_name().unwrap_or_default().to_owned();
        if part.name() == Some("source") {
            let typed = part.text().await.unwrap_or_default();
            source = typed.trim().chars().take(LONGEST).collect();
            continue;
        }
        if name.is_empty() {
            continue;
        }
        return keep(&desk, &source, name, Part::new(part)).await;
    }
    let words = reader.texts().text("sheet-choose-file");
    list_page(
        &desk,
        StatusCode::UNPROCESSABLE_ENTITY,
        Some(words),
        Some(&source),
    )
    .await
}

async fn keep(desk: &AtSheets, source: &str, name: String, mut content: Part<'_>) -> Response {
    let reader = desk.reader();
    let file = Upload {
        name,
        media_type: String::new(),
        content: &mut content,
    };
    let brought = desk
        .sheets
        .bring(&desk.viewer, source, reader.language, file);
    let brought = brought.await;
    if let Some(status) = content.broken {
        return error::refusal(reader, status);
    }
    let t = reader.texts();
    let (status, words) = match brought {
        Ok(Ok(id)) => return on_to(&reader.link(&sheet_path(id))),
        Ok(Err(Undone::Forbidden)) => (StatusCode::FORBIDDEN, t.text("sheet-source-forbidden")),
        Ok(Err(Undone::TooMany)) => (StatusCode::TOO_MANY_REQUESTS, t.text("sheet-too-many")),
        Ok(Err(_)) => (StatusCode::PAYLOAD_TOO_LARGE, t.text("sheet-too-large")),
        Err(failed) => return desk.unserved(&failed),
    };
    list_page(desk, status, Some(words), Some(source)).await
}

async fn list_page(
    desk: &AtSheets,
    status: StatusCode,
    refused: Option<&str>,
    source: Option<&str>,
) -> Response {
    let all = match desk.sheets.all(&desk.viewer).await {
        Ok(all) => all,
        Err(failed) => return desk.unserved(&failed),
    };
    let reader = desk.reader();
    let t = reader.texts();
    let own = own_source(&desk.viewer.actor);
    personal_page(reader, status, t.text("sheets-title"), || {
        view! {
            <div class="container container--narrow collection">
                <p><a href=reader.link("/desk")>{t.text("desk-title")}</a></p>
                <h1>{t.text("sheets-title")}</h1>
                {refused.map(refusal)}
                <p class="page-head__lead">{t.text("sheets-lead")}</p>
                {form(reader, desk.sheets.limits(), source.unwrap_or(&own))}
                <h2>{t.text("sheets-all")}</h2>
                {match all.as_slice() {
                    [] => view! { <p>{t.text("sheets-none")}</p> }.into_any(),
                    all => table(reader, all),
                }}
            </div>
        }
        .into_any()
    })
}

/// The source that is proposed: the institution for which somebody takes sheets in.
fn own_source(actor: &Actor) -> String {
    let held = actor.roles.iter();
    let mut takes = held.filter(|held| reach(held.role, Action::ImportSheets) != Reach::Nothing);
    let named = takes.find(|held| !held.institution.is_empty());
    named
        .map(|held| held.institution.clone())
        .unwrap_or_default()
}

fn form(reader: &Reader, limits: SheetLimits, source: &str) -> AnyView {
    let t = reader.texts();
    let size = wording::size(reader.language, limits.bytes);
    let values = [("size", size.into()), ("rows", limits.rows.into())];
    view! {
        <form class="form" method="post" action=reader.link(PATH) enctype="multipart/form-data">
            <div class="field">
                <label for="source">{t.text("sheet-source")}</label>
                <p class="field__hint" id="source-hint">{t.text("sheet-source-hint")}</p>
                <input id="source" name="source" type="text" required=true maxlength="40" pattern="[A-Za-z0-9._\\-]+" value=source.to_owned()
                    autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="source-hint"/>
            </div>
            <div class="field">
                <label for="file">{t.text("sheet-file")}</label>
                <p class="field__hint" id="file-hint">{t.fill("sheet-file-hint", &values)}</p>
                <input id="file" name="file" type="file" required=true accept=".csv,.tsv,.txt,.xlsx,.xlsm,.ods,.xls,text/csv" aria-describedby="file-hint"/>
            </div>
            <p><button class="button button--primary" type="submit">{t.text("sheet-check")}</button></p>
        </form>
    }
    .into_any()
}

fn table(reader: &Reader, all: &[SheetView]) -> AnyView {
    let t = reader.texts();
    let row = |one: &SheetView| {
        view! {
            <tr>
                <th scope="row"><a href=reader.link(&sheet_path(one.id))>{one.id} " · " {named(one)}</a></th>
                <td><code>{one.source.clone()}</code></td>
                <td>{brought(reader, one)}</td>
                <td>{badge(reader, one.state)}</td>
            </tr>
        }
    };
    let heads = ["number", "source", "brought", "state"].map(|key| {
        view! { <th scope="col">{t.find(&format!("sheets-column-{key}")).unwrap_or_default()}</th> }
    });
    view! {
        <div class="table-region" tabindex="0" role="region" aria-label=t.text("sheets-all")>
            <table class="bulk__table"><thead><tr>{heads.collect_view()}</tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody></table>
        </div>
    }
    .into_any()
}
