//! `/collections/own`: a person's collections.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::collection::{DAYS_TO_UNDO, NAME_LENGTH};
use leptos::prelude::*;

use super::{Asked, asked, collection_path, list};
use crate::collections::{CollectionSummary, Own};
use crate::pages::account::{Fields, on_to, personal_page, value};
use crate::pages::error;
use crate::pages::guidance::parsed;
use crate::pages::submission::undone;
use crate::people::Caller;
use crate::reader::Reader;

/// The list.
pub async fn show_own(caller: Caller) -> Response {
    match asked(caller).await {
        Ok(asked) => {
            let query = parsed(&asked.reader().query);
            let deleted = value(&query, "deleted") == "1";
            let told = deleted.then(|| {
                let words = asked
                    .reader()
                    .texts()
                    .fill("collection-deleted", &[("days", DAYS_TO_UNDO.into())]);
                view! { <p class="notice notice--success" role="status">{words}</p> }.into_any()
            });
            list_page(&asked, StatusCode::OK, told).await
        }
        Err(response) => response,
    }
}

/// Begins a collection, or brings a deleted one back.
pub async fn create(caller: Caller, Form(fields): Form<Fields>) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let done = match value(&fields, "restore").parse::<i64>() {
        Ok(id) => asked
            .collections
            .restore(&asked.viewer, id)
            .await
            .map(|done| done.map(|()| id)),
        Err(_) => {
            asked
                .collections
                .create(&asked.viewer, value(&fields, "name"))
                .await
        }
    };
    match done {
        Ok(Ok(id)) => on_to(
            &asked
                .reader()
                .link(&format!("{}/edit", collection_path(id))),
        ),
        Ok(Err(why)) => {
            let (status, notice) = undone(asked.reader(), why);
            list_page(&asked, status, Some(notice)).await
        }
        Err(failed) => error::unserved(asked.reader(), &failed),
    }
}

async fn list_page(asked: &Asked, status: StatusCode, notice: Option<AnyView>) -> Response {
    let reader = asked.reader();
    let own = match asked.collections.own(&asked.viewer).await {
        Ok(own) => own,
        Err(failed) => return error::unserved(reader, &failed),
    };
    let t = reader.texts();
    personal_page(reader, status, t.text("collections-own"), || {
        view! {
            <div class="container container--narrow collection">
                <h1>{t.text("collections-own")}</h1>
                {notice}
                <p class="page-head__lead">{t.text("collections-own-lead")}</p>
                {new_form(reader)}
                {lists(reader, &own)}
            </div>
        }
        .into_any()
    })
}

fn new_form(reader: &Reader) -> AnyView {
    let t = reader.texts();
    view! {
        <form method="post" action=reader.link("/collections/own") class="collection__new">
            <label for="new-name">{t.text("collection-name")}</label>
            <input id="new-name" name="name" required=true maxlength=NAME_LENGTH.to_string() autocomplete="off"/>
            <button class="button button--primary" type="submit">{t.text("collection-begin")}</button>
        </form>
    }
    .into_any()
}

fn lists(reader: &Reader, own: &Own) -> AnyView {
    let t = reader.texts();
    let open = match own.open.as_slice() {
        [] => view! { <p>{t.text("collections-own-none")}</p> }.into_any(),
        all => list(reader, all, true),
    };
    let shared = (!own.shared.is_empty()).then(|| {
        view! { <h2>{t.text("collections-shared")}</h2> {list(reader, &own.shared, false)} }
    });
    let deleted = (!own.deleted.is_empty()).then(|| {
        let entries = own.deleted.iter().map(|one| gone(reader, one)).collect_view();
        view! { <h2>{t.text("collections-deleted")}</h2> <ul class="collection-list">{entries}</ul> }
    });
    view! { {open} {shared} {deleted} }.into_any()
}

/// A deleted collection, with the way back.
fn gone(reader: &Reader, one: &CollectionSummary) -> AnyView {
    let t = reader.texts();
    let words = t.fill("collection-restore", &[("name", one.name.as_str().into())]);
    view! {
        <li>
            <form method="post" action=reader.link("/collections/own")>
                <span dir="auto">{one.name.clone()}</span> " "
                <button class="button button--small" type="submit" name="restore" value=one.id.to_string() aria-label=words>{t.text("collection-undo")}</button>
            </form>
        </li>
    }
    .into_any()
}
