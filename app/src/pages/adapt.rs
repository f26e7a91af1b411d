//! `/resources/{id}/adapt`: begins a draft that is made from a resource, where its licence lets one.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::LearningResource;
use khue_content::adapt::{Refusal, adapt};
use leptos::prelude::*;

use super::account::{on_to, personal_page};
use super::error;
use super::submission::{Asked, asked, submission_path, undone};
use crate::components::short_label;
use crate::people::Caller;
use crate::reader::{Reader, resource_path};

/// The address, without the language's prefix.
pub fn adapt_path(resource: &str) -> String {
    format!("{}/adapt", resource_path(resource))
}

/// Why a resource cannot be adapted, in words.
pub fn refusal(reader: &Reader, why: Refusal) -> &'static str {
    let key = format!("adapt-refused-{}", why.name());
    reader.texts().find(&key).unwrap_or_default()
}

/// A resource, and what would be made from it.
struct Made {
    asked: Asked,
    base: LearningResource,
    made: Result<LearningResource, Refusal>,
}

async fn made(caller: Caller, id: &str) -> Result<Made, Response> {
    let asked = asked(caller).await?;
    let reader = &asked.caller.reader;
    let found = reader.services.library.resource(id).await;
    let base = match found {
        Ok(Some(view)) => view.record,
        // What is not public is not there, for whoever asks.
        Ok(None) => return Err(error::not_found(reader)),
        Err(failed) => return Err(error::unserved(reader, &failed)),
    };
    let address = reader.absolute(&resource_path(&base.id));
    let made = adapt(&base, &address, &asked.viewer.name);
    Ok(Made { asked, base, made })
}

/// What would be copied, and under which licence; or why not.
pub async fn show(caller: Caller, Path(id): Path<String>) -> Response {
    match made(caller, &id).await {
        Ok(made) => adapt_page(&made, StatusCode::OK, None),
        Err(response) => response,
    }
}

/// Begins the draft and leads to its form.
pub async fn begin(caller: Caller, Path(id): Path<String>) -> Response {
    let made = match made(caller, &id).await {
        Ok(made) => made,
        Err(response) => return response,
    };
    let asked = &made.asked;
    let record = match &made.made {
        Ok(record) => record,
        Err(_) => return adapt_page(&made, StatusCode::FORBIDDEN, None),
    };
    match asked
        .submissions
        .adapt(&asked.viewer, &made.base.id, record)
        .await
    {
        Ok(Ok(number)) => on_to(&asked.caller.reader.link(&submission_path(&number))),
        Ok(Err(why)) => {
            let (status, notice) = undone(&asked.caller.reader, why);
            adapt_page(&made, status, Some(notice))
        }
        Err(failed) => asked.unserved(&failed),
    }
}

fn adapt_page(made: &Made, status: StatusCode, notice: Option<AnyView>) -> Response {
    let reader = &made.asked.caller.reader;
    let t = reader.texts();
    let base = &made.base;
    personal_page(reader, status, t.text("adapt-title"), || {
        view! {
            <div class="container container--narrow collection">
                <p><a href=reader.resource_link(&base.id)>{base.name.clone()}</a></p>
                <h1>{t.text("adapt-title")}</h1>
                {notice}
                {match &made.made {
                    Ok(record) => offered(reader, base, record),
                    Err(why) => view! { <p class="notice notice--danger" role="alert">{refusal(reader, *why)}</p> }.into_any(),
                }}
            </div>
        }
        .into_any()
    })
}

fn offered(reader: &Reader, base: &LearningResource, record: &LearningResource) -> AnyView {
    let t = reader.texts();
    let license = |record: &LearningResource| {
        let uri = record.license.as_deref();
        uri.map(|uri| short_label(reader, uri)).unwrap_or_default()
    };
    let (from, to) = (license(base), license(record));
    let values = [("from", from.as_str().into()), ("to", to.as_str().into())];
    let files = record.encoding.len();
    view! {
        <p>{t.text("adapt-lead")}</p>
        <ul class="collection__items">
            <li>{t.fill("adapt-licence", &values)}</li>
            <li>{t.text("adapt-source")}</li>
            <li>{t.fill("adapt-files", &[("count", files.into())])}</li>
        </ul>
        <form method="post" action=reader.link(&adapt_path(&base.id))>
            <button class="button button--primary" type="submit">{t.text("adapt-begin")}</button>
        </form>
    }
    .into_any()
}
