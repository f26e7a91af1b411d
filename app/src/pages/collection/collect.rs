//! `/resources/{id}/collect`: puts a resource into collections, or proposes it for those of others.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::collection::{NAME_LENGTH, NOTE_LENGTH, Put};
use leptos::prelude::*;

use super::{Asked, asked, collection_path};
use crate::collections::{CollectionSummary, Own};
use crate::pages::account::{Fields, on_to, personal_page, value};
use crate::pages::error;
use crate::pages::guidance::parsed;
use crate::pages::submission::undone;
use crate::people::Caller;
use crate::services::ServiceError;
use crate::submissions::{Done, Undone};

/// What the page is about.
struct Shown {
    id: String,
    name: String,
    own: Own,
    others: Vec<CollectionSummary>,
}

/// Most public collections of others that are offered.
const OFFERED: usize = 100;

async fn load(asked: &Asked, id: &str) -> Result<Option<Shown>, ServiceError> {
    let library = &asked.reader().services.library;
    // What is not public is not there, for whoever asks.
    let Some(resource) = library.resource(id).await? else {
        return Ok(None);
    };
    let own = asked.collections.own(&asked.viewer).await?;
    let mut others = asked.collections.public(OFFERED).await?;
    others.extend(own.shared.iter().cloned());
    others.retain(|one| own.open.iter().all(|mine| mine.id != one.id));
    Ok(Some(Shown {
        id: resource.record.id,
        name: resource.record.name,
        own,
        others,
    }))
}

/// The form.
pub async fn show_collect(caller: Caller, Path(id): Path<String>) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    match load(&asked, &id).await {
        Ok(Some(shown)) => {
            let told = told(&asked);
            collect_page(&asked, StatusCode::OK, &shown, told)
        }
        Ok(None) => error::not_found(asked.reader()),
        Err(failed) => error::unserved(asked.reader(), &failed),
    }
}

/// What was done just before.
fn told(asked: &Asked) -> Option<AnyView> {
    let reader = asked.reader();
    let query = parsed(&reader.query);
    let t = reader.texts();
    let words = match value(&query, "put") {
        "in" => t.text("collect-in"),
        "proposed" => t.text("collect-proposed"),
        _ => return None,
    };
    let into: Option<i64> = value(&query, "into").parse().ok();
    let link = into.map(
        |id| view! { " " <a href=reader.link(&collection_path(id))>{t.text("collect-see")}</a> },
    );
    Some(view! { <p class="notice notice--success" role="status">{words} {link}</p> }.into_any())
}

/// Puts it there.
pub async fn collect(
    caller: Caller,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let shown = match load(&asked, &id).await {
        Ok(Some(shown)) => shown,
        Ok(None) => return error::not_found(asked.reader()),
        Err(failed) => return error::unserved(asked.reader(), &failed),
    };
    match put(&asked, &shown.id, &fields).await {
        Ok(Ok((into, put))) => {
            let put = match put {
                Put::In => "in",
                Put::Proposed => "proposed",
            };
            let path = format!("{}?put={put}&into={into}", super::collect_path(&shown.id));
            on_to(&asked.reader().link(&path))
        }
        Ok(Err(why)) => {
            let (status, notice) = undone(asked.reader(), why);
            collect_page(&asked, status, &shown, Some(notice))
        }
        Err(failed) => error::unserved(asked.reader(), &failed),
    }
}

/// Into the collection that was chosen, or into a new one.
async fn put(
    asked: &Asked,
    resource: &str,
    fields: &Fields,
) -> Result<Done<(i64, Put)>, ServiceError> {
    let (collections, viewer) = (&asked.collections, &asked.viewer);
    let chosen = if value(fields, "do") == "propose" {
        "other"
    } else {
        "into"
    };
    let into = match value(fields, chosen) {
        "" => match collections.create(viewer, value(fields, "new")).await? {
            Ok(id) => id,
            Err(why) => return Ok(Err(why)),
        },
        id => match id.parse() {
            Ok(id) => id,
            Err(_) => return Ok(Err(Undone::Missing)),
        },
    };
    let put = collections
        .put(viewer, into, resource, value(fields, "note"))
        .await?;
    Ok(put.map(|put| (into, put)))
}

fn collect_page(
    asked: &Asked,
    status: StatusCode,
    shown: &Shown,
    notice: Option<AnyView>,
) -> Response {
    let reader = asked.reader();
    let t = reader.texts();
    let action = reader.link(&super::collect_path(&shown.id));
    personal_page(reader, status, t.text("collect-title"), || {
        view! {
            <div class="container container--narrow collection">
                <p><a href=reader.resource_link(&shown.id)>{shown.name.clone()}</a></p>
                <h1>{t.text("collect-title")}</h1>
                {notice}
                <form method="post" action=action.clone() class="form">
                    {own(asked, shown)}
                    {note(asked, "note-own")}
                    <p><button class="button button--primary" type="submit" name="do" value="put">{t.text("collect-put")}</button></p>
                </form>
                {propose(asked, shown, action.clone())}
                <p><a href=reader.link("/collections/own")>{t.text("collections-own")}</a></p>
            </div>
        }
        .into_any()
    })
}

/// One's own collections, and the name of a new one.
fn own(asked: &Asked, shown: &Shown) -> AnyView {
    let t = asked.reader().texts();
    let option = |one: &CollectionSummary| view! { <option value=one.id.to_string()>{one.name.clone()}</option> };
    let select = (!shown.own.open.is_empty()).then(|| {
        view! {
            <div class="field">
                <label for="into">{t.text("collect-into")}</label>
                <select id="into" name="into">
                    {shown.own.open.iter().map(option).collect_view()}
                    <option value="">{t.text("collect-new")}</option>
                </select>
            </div>
        }
    });
    view! {
        {select}
        <div class="field">
            <label for="new">{t.text("collect-new-name")}</label>
            <input id="new" name="new" maxlength=NAME_LENGTH.to_string() autocomplete="off"/>
        </div>
    }
    .into_any()
}

fn note(asked: &Asked, id: &'static str) -> AnyView {
    let words = asked.reader().texts().text("collection-note");
    view! {
        <div class="field">
            <label for=id>{words}</label>
            <input id=id name="note" maxlength=NOTE_LENGTH.to_string() autocomplete="off"/>
        </div>
    }
    .into_any()
}

/// Collections of others.
fn propose(asked: &Asked, shown: &Shown, action: String) -> Option<AnyView> {
    if shown.others.is_empty() {
        return None;
    }
    let t = asked.reader().texts();
    let option = |one: &CollectionSummary| {
        let name = match one.maker.as_str() {
            "" => one.name.clone(),
            maker => format!("{} – {maker}", one.name),
        };
        view! { <option value=one.id.to_string()>{name}</option> }
    };
    let view = view! {
        <details class="collection__hide">
            <summary>{t.text("collect-propose-title")}</summary>
            <form method="post" action=action class="form">
                <div class="field">
                    <label for="other">{t.text("collect-other")}</label>
                    <select id="other" name="other" required=true>{shown.others.iter().map(option).collect_view()}</select>
                </div>
                {note(asked, "note-other")}
                <button class="button" type="submit" name="do" value="propose">{t.text("collect-propose")}</button>
            </form>
        </details>
    };
    Some(view.into_any())
}
