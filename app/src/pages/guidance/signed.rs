//! `/resources/{id}/guidance/signed`: guidance that an appraiser answers for, and what readers say of it.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::plain::plain;
use super::{Fields, download, parsed};
use crate::components::{breadcrumb, icon};
use crate::document::{Head, page};
use crate::pages::account::{on_to, value};
use crate::pages::error;
use crate::pages::submission::undone;
use crate::people::Caller;
use crate::reader::{Reader, resource_path};
use crate::services::ServiceError;
use crate::signing::{SignedGuidance, Tap};
use crate::submissions::Undone;

/// The taps, with the names that forms send.
const TAPS: [(&str, Tap); 3] = [
    ("helped", Tap::Helped),
    ("wrong", Tap::Wrong),
    ("unsafe", Tap::Unsafe),
];

/// The address of signed guidance, without the language's prefix.
pub fn signed_path(resource: &str) -> String {
    format!("{}/guidance/signed", resource_path(resource))
}

/// What is signed for a resource: in the reader's language where there is that, else in another.
async fn found(
    reader: &Reader,
    id: &str,
) -> Result<Option<(String, SignedGuidance)>, ServiceError> {
    let Some(signing) = &reader.services.signing else {
        return Ok(None);
    };
    let Some(resource) = reader.services.library.resource(id).await? else {
        return Ok(None);
    };
    let mut all = signing.signed(&resource.record.id).await?;
    let own = all
        .iter()
        .position(|one| one.draft.in_language == reader.code())
        .unwrap_or(0);
    let one = (own < all.len()).then(|| all.swap_remove(own));
    Ok(one.map(|one| (resource.record.name, one)))
}

/// The guidance, as a page or as a file.
pub async fn show(reader: Reader, Path(id): Path<String>) -> Response {
    let (name, one) = match found(&reader, &id).await {
        Ok(Some(found)) => found,
        Ok(None) => return error::not_found(&reader),
        Err(failed) => return error::unserved(&reader, &failed),
    };
    let fields = parsed(&reader.query);
    let form = download::FORMS
        .into_iter()
        .find(|form| *form == value(&fields, "file"));
    match form {
        Some(form) => download::file(&reader, &one.draft, form).await,
        None => {
            let said = value(&fields, "said") == "1";
            let notice = said.then(|| view! { <p class="notice notice--success" role="status">{reader.texts().text("signed-thanks")}</p> }.into_any());
            signed_page(&reader, StatusCode::OK, &id, &name, &one, notice)
        }
    }
}

/// Takes what a reader says with one tap.
pub async fn tap(caller: Caller, Path(id): Path<String>, Form(fields): Form<Fields>) -> Response {
    let reader = &caller.reader;
    let (name, one) = match found(reader, &id).await {
        Ok(Some(found)) => found,
        Ok(None) => return error::not_found(reader),
        Err(failed) => return error::unserved(reader, &failed),
    };
    let pressed = value(&fields, "do");
    let tap = TAPS.into_iter().find(|(name, _)| *name == pressed);
    let (Some(signing), Some((_, tap))) = (&reader.services.signing, tap) else {
        return error::not_found(reader);
    };
    match signing.tap(&caller.visitor, one.id, tap).await {
        Ok(Ok(())) => on_to(&reader.link(&format!("{}?said=1", signed_path(&id)))),
        Ok(Err(why)) => refused(reader, &id, &name, &one, why),
        Err(failed) => error::unserved(reader, &failed),
    }
}

fn refused(reader: &Reader, id: &str, name: &str, one: &SignedGuidance, why: Undone) -> Response {
    let (status, notice) = undone(reader, why);
    signed_page(reader, status, id, name, one, Some(notice))
}

fn signed_page(
    reader: &Reader,
    status: StatusCode,
    id: &str,
    name: &str,
    one: &SignedGuidance,
    notice: Option<AnyView>,
) -> Response {
    let t = reader.texts();
    let head = Head::new(
        t.fill("guidance-page-title", &[("name", name.into())]),
        t.text("signed-lead"),
    );
    page(reader, status, &head, || {
        view! {
            <div class="container container--narrow guidance">
                {breadcrumb(reader, vec![(resource_path(id), name.to_owned(), None)], (t.text("signed-title").to_owned(), None))}
                <h1 class="guidance__title">{t.text("signed-title")}</h1>
                <p class="guidance__subject">{name.to_owned()}</p>
                {notice}
                {one.to_review.then(|| view! { <p class="notice notice--warning">{t.text("signed-to-review")}</p> })}
                {files(reader, id)}
                {plain(reader, &one.draft)}
                {taps(reader, id)}
            </div>
        }
        .into_any()
    })
}

fn files(reader: &Reader, id: &str) -> AnyView {
    let t = reader.texts();
    let link = |form: &str, text: &'static str| {
        let address = format!("{}?file={form}", signed_path(id));
        view! { <a class="button" href=reader.link(&address) rel="nofollow">{icon(reader, "download")} " " {t.text(text)}</a> " " }
    };
    view! {
        <p class="guidance__actions">{link("docx", "guidance-docx")} {link("html", "guidance-html")} {link("json", "guidance-json")}</p>
    }
    .into_any()
}

fn taps(reader: &Reader, id: &str) -> AnyView {
    let t = reader.texts();
    let button = |(name, _): (&'static str, Tap)| {
        let text = t.find(&format!("tap-{name}")).unwrap_or_default();
        view! { <button class="button" type="submit" name="do" value=name>{text}</button> }
    };
    view! {
        <form class="guidance__taps" method="post" action=reader.link(&signed_path(id))>
            <fieldset class="field"><legend>{t.text("tap-title")}</legend>
                <p class="field__hint">{t.text("tap-hint")}</p>
                <div class="desk__buttons">{TAPS.map(button).collect_view()}</div>
            </fieldset>
        </form>
    }
    .into_any()
}
