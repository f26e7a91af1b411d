//! What stands at the address of a resource that was withdrawn.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::document::{Head, page};
use crate::pages::error;
use crate::pages::submission::reason_name;
use crate::reader::Reader;
use crate::services::Tombstone;

/// The tombstone, or that there never was anything.
pub async fn or_not_found(reader: &Reader, id: &str) -> Response {
    match reader.services.library.tombstone(id).await {
        Ok(Some(tombstone)) => tombstone_page(reader, &tombstone),
        Ok(None) => error::not_found(reader),
        Err(failed) => error::unserved(reader, &failed),
    }
}

fn tombstone_page(reader: &Reader, tombstone: &Tombstone) -> Response {
    let t = reader.texts();
    let head = Head {
        hidden: true,
        ..Head::new(t.text("tombstone-title"), "")
    };
    let name = t.fill(
        "tombstone-text",
        &[("name", tombstone.name.as_str().into())],
    );
    let known = reason_name(reader, &tombstone.reason);
    let reason = if known.is_empty() {
        &tombstone.reason
    } else {
        known
    };
    let reason = t.fill("tombstone-reason", &[("reason", reason.into())]);
    page(reader, StatusCode::GONE, &head, || {
        view! {
            <section class="error-page container container--narrow">
                <h1 class="error-page__title">{t.text("tombstone-title")}</h1>
                <p class="error-page__text">{name}</p>
                <p class="error-page__text">{reason}</p>
                <ul class="error-page__ways"><li><a class="button" href=reader.link("/search")>{t.text("nav-search")}</a></li></ul>
            </section>
        }
        .into_any()
    })
}
