//! `/collections/{id}/edit`: what its maker does to a collection. One form: whatever button is pressed, all that was
//! typed is saved.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::collection::{
    CollectionText, DESCRIPTION_LENGTH, ItemChange, NAME_LENGTH, NOTE_LENGTH, Visibility,
};
use leptos::prelude::*;

use super::{Asked, asked, collection_path, visibility_name};
use crate::collections::{CollectionSummary, CollectionView, Item};
use crate::pages::account::{Fields, on_to, personal_page, value};
use crate::pages::error;
use crate::pages::guidance::parsed;
use crate::pages::submission::undone;
use crate::people::Caller;
use crate::reader::Reader;

/// The form.
pub async fn show_edit(caller: Caller, Path(id): Path<String>) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    match asked.own(&id).await {
        Ok(view) => {
            let query = parsed(&asked.reader().query);
            let saved = (value(&query, "saved") == "1").then(|| {
                let words = asked.reader().texts().text("collection-saved");
                view! { <p class="notice notice--success" role="status">{words}</p> }.into_any()
            });
            edit_page(&asked, StatusCode::OK, &view, saved)
        }
        Err(response) => response,
    }
}

/// Does what a button says.
pub async fn change(
    caller: Caller,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let mut view = match asked.own(&id).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let id = view.summary.id;
    let pressed = value(&fields, "do");
    let (done, then) = match pressed {
        "delete" => {
            let done = asked.collections.delete(&asked.viewer, id).await;
            (done, "/collections/own?deleted=1".to_owned())
        }
        pressed => {
            let form = form(&fields);
            let edition = value(&fields, "edition").parse().unwrap_or_default();
            let change = item_change(pressed);
            let done = asked
                .collections
                .change(&asked.viewer, id, edition, &form, change.as_ref())
                .await;
            typed(&mut view, form);
            let place = if change.is_some() { "#items" } else { "" };
            (done, format!("{}/edit?saved=1{place}", collection_path(id)))
        }
    };
    match done {
        Ok(Ok(())) => on_to(&asked.reader().link(&then)),
        Ok(Err(why)) => {
            let (status, notice) = undone(asked.reader(), why);
            edit_page(&asked, status, &view, Some(notice))
        }
        Err(failed) => error::unserved(asked.reader(), &failed),
    }
}

/// What was typed stays in the form that says why it was not saved.
fn typed(view: &mut CollectionView, form: CollectionText) {
    view.summary.name = form.name;
    view.summary.description = form.description;
    view.summary.visibility = form.visibility;
    for (resource, note) in form.notes {
        if let Some(item) = view.items.iter_mut().find(|item| item.resource == resource) {
            item.note = note;
        }
    }
}

fn form(fields: &Fields) -> CollectionText {
    let note = |(name, words): &(String, String)| {
        Some((name.strip_prefix("note-")?.to_owned(), words.clone()))
    };
    CollectionText {
        name: value(fields, "name").to_owned(),
        description: value(fields, "description").to_owned(),
        visibility: Visibility::parse(value(fields, "visibility")).unwrap_or_default(),
        notes: fields.iter().filter_map(note).collect(),
    }
}

fn item_change(pressed: &str) -> Option<ItemChange> {
    let (what, resource) = pressed.split_once(':')?;
    let resource = resource.to_owned();
    match what {
        "up" => Some(ItemChange::Up(resource)),
        "down" => Some(ItemChange::Down(resource)),
        "remove" => Some(ItemChange::Remove(resource)),
        "accept" => Some(ItemChange::Accept(resource)),
        "decline" => Some(ItemChange::Decline(resource)),
        _ => None,
    }
}

fn edit_page(
    asked: &Asked,
    status: StatusCode,
    view: &CollectionView,
    notice: Option<AnyView>,
) -> Response {
    let reader = asked.reader();
    let t = reader.texts();
    let one = &view.summary;
    let path = reader.link(&collection_path(one.id));
    personal_page(reader, status, t.text("collection-edit"), || {
        view! {
            <div class="container container--narrow collection">
                <p><a href=path.clone()>{one.name.clone()}</a></p>
                <h1>{t.text("collection-edit")}</h1>
                {notice}
                <form method="post" action=format!("{path}/edit") class="form">
                    <input type="hidden" name="edition" value=view.edition.to_string()/>
                    // Enter in a field presses the first button.
                    <button class="visually-hidden" type="submit" name="do" value="save" tabindex="-1" aria-hidden="true">{t.text("collection-save")}</button>
                    {words(reader, one)}
                    {visibility(asked, one)}
                    {items(reader, &view.items)}
                    {proposals(reader, &view.proposals)}
                    <p class="viewer__ways">
                        <button class="button button--primary" type="submit" name="do" value="save">{t.text("collection-save")}</button>
                        <button class="button button--quiet" type="submit" name="do" value="delete" formnovalidate=true>{t.text("collection-delete")}</button>
                    </p>
                </form>
            </div>
        }
        .into_any()
    })
}

fn words(reader: &Reader, one: &CollectionSummary) -> AnyView {
    let t = reader.texts();
    view! {
        <div class="field">
            <label for="name">{t.text("collection-name")}</label>
            <input id="name" name="name" required=true maxlength=NAME_LENGTH.to_string() value=one.name.clone()/>
        </div>
        <div class="field">
            <label for="description">{t.text("collection-description")}</label>
            <textarea id="description" name="description" rows="3" maxlength=DESCRIPTION_LENGTH.to_string()>{one.description.clone()}</textarea>
        </div>
    }
    .into_any()
}

/// Who sees it; what somebody may not choose is not offered.
fn visibility(asked: &Asked, one: &CollectionSummary) -> AnyView {
    use khue_content::account::Action;
    let reader = asked.reader();
    let t = reader.texts();
    let actor = &asked.viewer.actor;
    let institution = match actor.institution() {
        "" => one.institution.clone(),
        own => own.to_owned(),
    };
    let may_share = actor.may(Action::ShareCollection, actor.account, &institution);
    let offered = |visibility: &Visibility| match visibility {
        Visibility::Private => true,
        other if *other == one.visibility => true,
        Visibility::Institution => may_share && !institution.is_empty(),
        Visibility::Public => may_share,
    };
    let choice = |visibility: Visibility| {
        let named = CollectionSummary {
            visibility,
            institution: institution.clone(),
            ..CollectionSummary::default()
        };
        let id = format!("visibility-{}", visibility.name());
        view! {
            <p class="collection__choice">
                <input type="radio" id=id.clone() name="visibility" value=visibility.name() checked=visibility == one.visibility/>
                <label for=id>{visibility_name(reader, &named)}</label>
            </p>
        }
    };
    let choices = Visibility::ALL
        .into_iter()
        .filter(offered)
        .map(choice)
        .collect_view();
    let hint = (!may_share)
        .then(|| view! { <p class="field__hint">{t.text("collection-share-hint")}</p> });
    view! { <fieldset class="field"><legend>{t.text("collection-visibility")}</legend>{choices} {hint}</fieldset> }.into_any()
}

fn items(reader: &Reader, items: &[Item]) -> AnyView {
    let t = reader.texts();
    let last = items.len().saturating_sub(1);
    let entry = |(at, item): (usize, &Item)| {
        let lang = reader.foreign(&item.in_language);
        let note = format!("note-{}", item.resource);
        let button = |what: &'static str, keys: [&'static str; 2], open: bool| {
            let [key, label] = keys;
            let label = t.fill(label, &[("name", item.name.as_str().into())]);
            open.then(|| {
                view! {
                    <button class="button button--small" type="submit" name="do" value=format!("{what}:{}", item.resource)
                        aria-label=label formnovalidate=true>{t.text(key)}</button>
                }
            })
        };
        view! {
            <li>
                <a href=reader.resource_link(&item.resource) lang=lang>{item.name.clone()}</a>
                <div class="field">
                    <label for=note.clone()>{t.text("collection-note")}</label>
                    <input id=note.clone() name=note maxlength=NOTE_LENGTH.to_string() value=item.note.clone()/>
                </div>
                <p class="viewer__ways">
                    {button("up", ["collection-up", "collection-up-label"], at > 0)}
                    {button("down", ["collection-down", "collection-down-label"], at < last)}
                    {button("remove", ["collection-remove", "collection-remove-label"], true)}
                </p>
            </li>
        }
    };
    let body = match items {
        [] => view! { <p>{t.text("collection-fill-hint")}</p> }.into_any(),
        items => view! { <ol class="collection__items">{items.iter().enumerate().map(entry).collect_view()}</ol> }.into_any(),
    };
    view! { <h2 id="items">{t.text("collection-items")}</h2> {body} }.into_any()
}

fn proposals(reader: &Reader, items: &[Item]) -> Option<AnyView> {
    if items.is_empty() {
        return None;
    }
    let t = reader.texts();
    let entry = |item: &Item| {
        let lang = reader.foreign(&item.in_language);
        let button = |what: &'static str, keys: [&'static str; 2]| {
            let [key, label] = keys;
            let label = t.fill(label, &[("name", item.name.as_str().into())]);
            view! {
                <button class="button button--small" type="submit" name="do" value=format!("{what}:{}", item.resource)
                    aria-label=label formnovalidate=true>{t.text(key)}</button>
            }
        };
        let note = (!item.note.is_empty())
            .then(|| view! { <p class="collection__note" dir="auto">{item.note.clone()}</p> });
        view! {
            <li>
                <a href=reader.resource_link(&item.resource) lang=lang>{item.name.clone()}</a> " "
                <span class="field__hint">{t.fill("collection-proposed-by", &[("name", item.proposer.as_str().into())])}</span>
                {note}
                <p class="viewer__ways">
                    {button("accept", ["collection-accept", "collection-accept-label"])}
                    {button("decline", ["collection-decline", "collection-decline-label"])}
                </p>
            </li>
        }
    };
    let entries = items.iter().map(entry).collect_view();
    Some(view! { <h2 id="proposals">{t.text("collection-proposals")}</h2> <ul class="collection__items">{entries}</ul> }.into_any())
}
