//! `/collections`: books, courses and collections.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::components::{Tile, breadcrumb, tile_grid};
use crate::document::{Head, page};
use crate::pages::error;
use crate::reader::Reader;
use crate::services::Collection;

/// How many are shown.
const COLLECTIONS: usize = 200;

/// Books, courses and collections.
pub async fn show_collections(reader: Reader) -> Response {
    match reader.services.library.collections(COLLECTIONS).await {
        Ok(collections) => render_collections(&reader, &collections),
        Err(failed) => error::unserved(&reader, &failed),
    }
}

fn render_collections(reader: &Reader, collections: &[Collection]) -> Response {
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
            </div>
        }
        .into_any()
    })
}
