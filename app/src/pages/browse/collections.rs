//! `/collections`: books, courses and collections.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::collections::CollectionSummary;
use crate::components::{Tile, breadcrumb, tile_grid};
use crate::document::{Head, page};
use crate::pages::{collection, error};
use crate::reader::Reader;
use crate::services::Collection;

/// How many are shown.
const COLLECTIONS: usize = 200;

/// Books, courses and collections.
pub async fn show_collections(reader: Reader) -> Response {
    let people = match &reader.services.collections {
        // The books stand without them.
        Some(people) => people.public(COLLECTIONS).await.ok(),
        None => None,
    };
    match reader.services.library.collections(COLLECTIONS).await {
        Ok(collections) => render_collections(&reader, &collections, people.as_deref()),
        Err(failed) => error::unserved(&reader, &failed),
    }
}

fn render_collections(
    reader: &Reader,
    collections: &[Collection],
    people: Option<&[CollectionSummary]>,
) -> Response {
    let t = reader.texts();
    let head = Head::new(
        t.text("home-collections"),
        t.text("collections-description"),
    );
    page(reader, StatusCode::OK, &head, || {
        let tiles = collections
            .iter()
            .map(|collection| Tile::collection(reader, collection))
            .collect();
        let none = collections
            .is_empty()
            .then(|| view! { <p class="notice notice--info">{t.text("collections-none")}</p> });
        view! {
            <div class="container">
                {breadcrumb(reader, Vec::new(), (t.text("home-collections").to_owned(), None))}
                <div class="page-head">
                    <h1>{t.text("home-collections")}</h1>
                    <p class="page-head__lead">{t.text("collections-description")}</p>
                </div>
                {none}
                {tile_grid(reader, "collection-grid", tiles)}
                {people.map(|people| of_people(reader, people))}
            </div>
        }
        .into_any()
    })
}

/// Public collections that people made, and the way to one's own.
fn of_people(reader: &Reader, people: &[CollectionSummary]) -> AnyView {
    let t = reader.texts();
    let list = (!people.is_empty()).then(|| collection::list(reader, people, false));
    view! {
        <section class="section collection" aria-labelledby="people-collections">
            <h2 class="section__title" id="people-collections">{t.text("collections-people")}</h2>
            <p class="field__hint">{t.text("collections-people-lead")}</p>
            {list}
            <p><a class="button" href=reader.link("/collections/own") rel="nofollow">{t.text("collections-own")}</a></p>
        </section>
    }
    .into_any()
}
