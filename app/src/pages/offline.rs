//! `/offline`: what can be read without a network. The service worker shows this page in place of one that is not kept.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::components::breadcrumb;
use crate::document::{Head, page};
use crate::reader::Reader;
use crate::services::PackReader;

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
                    {packs(&reader)}
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

/// School packs, or why there are none yet.
fn packs(reader: &Reader) -> Option<AnyView> {
    let key = match &reader.services.files.now().packs {
        PackReader::LeftOut => return None,
        PackReader::Ready(script) => return Some(offered(reader, script)),
        PackReader::Coming => "packs-preparing",
        PackReader::Failed => "packs-unprepared",
    };
    let t = reader.texts();
    let view = view! {
        <section aria-labelledby="packs-title">
            <h2 id="packs-title">{t.text("packs-title")}</h2>
            <p class="notice notice--info">{t.text(key)}</p>
        </section>
    };
    Some(view.into_any())
}

/// Filled in and shown by the script.
fn offered(reader: &Reader, script: &str) -> AnyView {
    let t = reader.texts();
    view! {
        <section id="packs" hidden=true aria-labelledby="packs-title"
            data-download=t.text("pack-download") data-continue=t.text("pack-continue") data-update=t.text("pack-update")
            data-erase=t.text("pack-erase") data-resources=t.text("pack-resources") data-kept=t.text("pack-kept")
            data-coming=t.text("pack-coming") data-waiting=t.text("pack-waiting") data-done=t.text("pack-done")
            data-failed=t.text("pack-failed") data-full=t.text("pack-full") data-unreadable=t.text("pack-unreadable")
            data-erased=t.text("pack-erased")>
            <h2 id="packs-title">{t.text("packs-title")}</h2>
            <p>{t.text("packs-lead")}</p>
            <p data-none="" hidden=true>{t.text("packs-none")}</p>
            <ul class="packs" aria-labelledby="packs-title"></ul>
            <p role="status" tabindex="-1"></p>
        </section>
        <script type="module" src=script.to_owned()></script>
    }
    .into_any()
}
