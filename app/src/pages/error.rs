//! Pages for when something is not there or does not work, with ways on.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::components::{Size, search_box};
use crate::document::{Head, page};
use crate::reader::Reader;
use crate::services::ServiceError;

/// There is nothing at this address.
pub fn not_found(reader: &Reader) -> Response {
    show(
        reader,
        StatusCode::NOT_FOUND,
        "not-found-title",
        "not-found-text",
    )
}

/// The portal is at fault.
pub fn failure(reader: &Reader) -> Response {
    show(
        reader,
        StatusCode::INTERNAL_SERVER_ERROR,
        "failure-title",
        "failure-text",
    )
}

/// A request that is not answered, for a reason that its status tells.
pub fn refusal(reader: &Reader, status: StatusCode) -> Response {
    let (title, text) = match status {
        StatusCode::FORBIDDEN => ("forbidden-title", "forbidden-text"),
        StatusCode::METHOD_NOT_ALLOWED => ("method-title", "method-text"),
        StatusCode::PAYLOAD_TOO_LARGE => ("too-large-title", "too-large-text"),
        StatusCode::TOO_MANY_REQUESTS => ("too-many-title", "too-many-text"),
        StatusCode::SERVICE_UNAVAILABLE => ("busy-title", "busy-text"),
        _ => ("not-understood-title", "not-understood-text"),
    };
    show(reader, status, title, text)
}

/// A page whose data could not be had.
pub fn unserved(reader: &Reader, error: &ServiceError) -> Response {
    tracing::error!(%error, path = reader.path, "page without its data");
    match error {
        ServiceError::Busy(_) => show(
            reader,
            StatusCode::SERVICE_UNAVAILABLE,
            "busy-title",
            "busy-text",
        ),
        ServiceError::ReadOnly(_) => show(
            reader,
            StatusCode::INSUFFICIENT_STORAGE,
            "read-only-title",
            "read-only-text",
        ),
        ServiceError::Failed(_) => failure(reader),
    }
}

fn show(reader: &Reader, status: StatusCode, title: &'static str, text: &'static str) -> Response {
    let t = reader.texts();
    let head = Head {
        hidden: true,
        ..Head::new(t.text(title), t.text(text))
    };
    page(reader, status, &head, || {
        let entry = |(path, key): (&str, &'static str)| view! { <li><a class="button" href=reader.link(path)>{t.text(key)}</a></li> };
        let ways = [
            ("/", "nav-home"),
            ("/browse", "nav-browse"),
            ("/help", "nav-help"),
        ];
        view! {
            <section class="error-page container container--narrow">
                <p class="error-page__code" aria-hidden="true">{status.as_u16().to_string()}</p>
                <h1 class="error-page__title">{t.text(title)}</h1>
                <p class="error-page__text">{t.text(text)}</p>
                {matches!(reader.path.as_str(), "/" | "/search").then(|| search_box(reader, Size::Normal, "", Vec::new()))}
                <ul class="error-page__ways">{ways.map(entry).into_iter().collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
