//! One collection, for those who see it.

use axum::extract::{Form, Path};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use khue_content::collection::{NOTE_LENGTH, Visibility};
use leptos::prelude::*;

use super::{asked, collection_path, visibility_name};
use crate::collections::{CollectionView, Item};
use crate::components::{breadcrumb, icon};
use crate::document::{Head, page};
use crate::pages::account::{Fields, on_to, unkept, value};
use crate::pages::error;
use crate::pages::submission::undone;
use crate::people::Caller;
use crate::reader::Reader;
use crate::wording;

/// The collection that an address names, for the one who asks, signed in or not.
async fn found(caller: &Caller, id: &str) -> Result<CollectionView, Response> {
    let reader = &caller.reader;
    let (Some(collections), Ok(id)) = (&reader.services.collections, id.parse()) else {
        return Err(error::not_found(reader));
    };
    let failed = |failed| error::unserved(reader, &failed);
    let viewer = caller.viewer().await.map_err(failed)?;
    let found = collections.one(viewer.as_ref(), id).await;
    found
        .map_err(failed)?
        .ok_or_else(|| error::not_found(reader))
}

/// The collection.
pub async fn show(caller: Caller, Path(id): Path<String>) -> Response {
    match found(&caller, &id).await {
        Ok(view) => render(&caller.reader, StatusCode::OK, &view, None),
        Err(response) => response,
    }
}

/// The collection as a file.
pub async fn file(caller: Caller, Path((id, form)): Path<(String, String)>) -> Response {
    let reader = &caller.reader;
    let view = match found(&caller, &id).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let Some(collections) = &reader.services.collections else {
        return error::not_found(reader);
    };
    match collections
        .file(&view, &form, &reader.services.origin)
        .await
    {
        Ok(Some(file)) => {
            let mut response = file.content.into_response();
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.media_type));
            let said = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", file.name));
            headers.extend(said.ok().map(|said| (CONTENT_DISPOSITION, said)));
            unkept(response)
        }
        Ok(None) => error::not_found(reader),
        Err(failed) => error::unserved(reader, &failed),
    }
}

/// Takes it out of sight.
pub async fn hide(caller: Caller, Path(id): Path<String>, Form(fields): Form<Fields>) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let view = match found(&asked.caller, &id).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let done = asked
        .collections
        .hide(&asked.viewer, view.summary.id, value(&fields, "words"));
    match done.await {
        Ok(Ok(())) => on_to(&asked.reader().link("/collections")),
        Ok(Err(why)) => {
            let (status, notice) = undone(asked.reader(), why);
            render(asked.reader(), status, &view, Some(notice))
        }
        Err(failed) => error::unserved(asked.reader(), &failed),
    }
}

fn render(
    reader: &Reader,
    status: StatusCode,
    view: &CollectionView,
    notice: Option<AnyView>,
) -> Response {
    let t = reader.texts();
    let one = &view.summary;
    let public = one.visibility == Visibility::Public;
    let description = match one.description.as_str() {
        "" => t.fill(
            "collection-described",
            &[("name", one.name.as_str().into())],
        ),
        words => words.chars().take(300).collect(),
    };
    let head = Head {
        hidden: !public,
        ..Head::new(one.name.clone(), description)
    };
    let response = page(reader, status, &head, || {
        let way = vec![(
            "/collections".to_owned(),
            t.text("home-collections").to_owned(),
            None,
        )];
        view! {
            <div class="container collection">
                {breadcrumb(reader, way, (one.name.clone(), None))}
                <h1 dir="auto">{one.name.clone()}</h1>
                {notice}
                {(!one.description.is_empty()).then(|| view! { <p class="page-head__lead collection__words" dir="auto">{one.description.clone()}</p> })}
                {facts(reader, view)}
                {ways(reader, view)}
                {items(reader, &view.items)}
                {view.may_hide.then(|| hide_form(reader, view))}
            </div>
        }
        .into_any()
    });
    // What its maker or an institution alone sees is kept nowhere.
    if public { response } else { unkept(response) }
}

fn facts(reader: &Reader, view: &CollectionView) -> AnyView {
    let t = reader.texts();
    let one = &view.summary;
    let maker = (!one.maker.is_empty()).then(|| {
        view! { <bdi>{t.fill("collection-by", &[("name", one.maker.as_str().into())])}</bdi> " · " }
    });
    let day = wording::date(reader.language, &one.changed_at);
    view! {
        <p class="collection-list__facts">{maker} {t.fill("collection-count", &[("count", one.count.into())])} " · "
            {t.fill("collection-changed", &[("date", day.into())])} " · " {visibility_name(reader, one)}</p>
    }
    .into_any()
}

fn ways(reader: &Reader, view: &CollectionView) -> AnyView {
    let t = reader.texts();
    let path = collection_path(view.summary.id);
    let edit = view.own.then(|| {
        let words = match view.proposals.len() {
            0 => t.text("collection-edit").to_owned(),
            count => t.fill("collection-edit-waiting", &[("count", count.into())]),
        };
        view! { <a class="button button--primary" href=reader.link(&format!("{path}/edit")) rel="nofollow">{words}</a> }
    });
    let file = |form: &str, name: &'static str| {
        view! { <a class="button button--quiet" href=reader.link(&format!("{path}/{form}")) rel="nofollow">{icon(reader, "download")} {name}</a> }
    };
    let nothing = view.items.is_empty();
    let files = (!nothing).then(
        || view! { {file("odt", "OpenDocument")} {file("csv", "CSV")} {file("json", "JSON-LD")} },
    );
    view! { <p class="viewer__ways">{edit} {files}</p> }.into_any()
}

fn items(reader: &Reader, items: &[Item]) -> AnyView {
    if items.is_empty() {
        return view! { <p class="notice notice--info">{reader.texts().text("collection-empty")}</p> }.into_any();
    }
    let entry = |item: &Item| {
        let lang = reader.foreign(&item.in_language);
        let note = (!item.note.is_empty())
            .then(|| view! { <p class="collection__note" dir="auto">{item.note.clone()}</p> });
        view! { <li><a href=reader.resource_link(&item.resource) lang=lang>{item.name.clone()}</a> {note}</li> }
    };
    view! { <ol class="collection__items">{items.iter().map(entry).collect_view()}</ol> }.into_any()
}

fn hide_form(reader: &Reader, view: &CollectionView) -> AnyView {
    let t = reader.texts();
    let action = reader.link(&format!("{}/hide", collection_path(view.summary.id)));
    view! {
        <details class="collection__hide">
            <summary>{t.text("collection-hide")}</summary>
            <form method="post" action=action class="form">
                <label for="hide-words">{t.text("collection-hide-why")}</label>
                <textarea id="hide-words" name="words" rows="2" required=true maxlength=NOTE_LENGTH.to_string()></textarea>
                <button class="button" type="submit">{t.text("collection-hide")}</button>
            </form>
        </details>
    }
    .into_any()
}
