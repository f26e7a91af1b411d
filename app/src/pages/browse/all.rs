//! `/browse`: all stages and subjects.

use axum::http::StatusCode;
use axum::response::Response;
use khue_content::vocabulary::Concept;
use leptos::prelude::*;

use crate::components::{Tile, breadcrumb, narrower, notation, subject_tiles, tile_grid};
use crate::document::{Head, page};
use crate::pages::error;
use crate::reader::Reader;
use crate::services::Counts;

/// All stages and subjects.
pub async fn show_all(reader: Reader) -> Response {
    match reader.services.library.counts().await {
        Ok(counts) => render_all(&reader, &counts),
        Err(failed) => error::unserved(&reader, &failed),
    }
}

fn render_all(reader: &Reader, counts: &Counts) -> Response {
    let t = reader.texts();
    let head = Head::new(t.text("browse-title"), t.text("browse-description"));
    page(reader, StatusCode::OK, &head, || {
        let stages = narrower("educationalLevel", None);
        let stages = stages
            .into_iter()
            .map(|stage| Tile::level(reader, stage, counts))
            .collect();
        let group = |group: &'static Concept| {
            let under = narrower("about", Some(&group.id));
            let own = [group];
            let shown = if under.is_empty() {
                &own[..]
            } else {
                &under[..]
            };
            let id = format!("group-{}", notation(group));
            view! {
                <section class="section" aria-labelledby=id.clone()>
                    <h2 class="section__title" id=id.clone()>{group.label(reader.code())}</h2>
                    {subject_tiles(reader, shown, counts)}
                </section>
            }
        };
        view! {
            <div class="container">
                {breadcrumb(reader, Vec::new(), (t.text("browse-title").to_owned(), None))}
                <div class="page-head"><h1>{t.text("browse-title")}</h1></div>
                <section class="section" aria-labelledby="stages">
                    <h2 class="section__title" id="stages">{t.text("home-stages")}</h2>
                    {tile_grid(reader, "stage-grid", stages)}
                </section>
                {narrower("about", None).into_iter().map(group).collect_view()}
            </div>
        }
        .into_any()
    })
}
