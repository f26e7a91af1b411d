//! `/offline`: what can be read without a network. The service worker shows this page in place of one that is not kept.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::components::breadcrumb;
use crate::document::{Head, page};
use crate::reader::Reader;

/// The pages that this browser keeps, filled in by the script, and how they are kept.
pub async fn show(reader: Reader) -> Response {
    let t = reader.texts();
    let title = t.text("offline-title");
    let head = Head::new(title, t.text("offline-lead"));
    page(&reader, StatusCode::OK, &head, || {
        let paragraph = |key| view! { <p>{t.text(key)}</p> };
        let how = ["offline-how-1", "offline-how-2", "offline-how-3"].map(paragraph);
        view! {
            <div class="container container--narrow">
                {breadcrumb(&reader, Vec::new(), (title.to_owned(), None))}
                <article class="resource-body prose">
                    <h1>{title}</h1>
                    <p class="notice notice--warning kept-pages__asked">{t.text("offline-asked")}</p>
                    <p class="page-head__lead">{t.text("offline-lead")}</p>
                    {kept(&reader)}
                    <h2>{t.text("offline-how")}</h2>
                    {how.into_iter().collect_view()}
                </article>
            </div>
        }
        .into_any()
    })
}

fn kept(reader: &Reader) -> AnyView {
    let t = reader.texts();
    view! {
        <h2 id="kept-title">{t.text("offline-kept")}</h2>
        <p id="kept-none" tabindex="-1">{t.text("offline-kept-none")}</p>
        <ul id="kept-pages" class="kept-pages" aria-labelledby="kept-title"></ul>
        <p><button type="button" id="kept-forget" class="button button--small" hidden>{t.text("offline-forget")}</button></p>
    }
    .into_any()
}
