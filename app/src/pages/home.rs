//! `/`: search, stages, subjects, what is new.

use axum::http::StatusCode;
use axum::response::Response;
use khue_content::search::Hit;
use khue_content::vocabulary::Concept;
use leptos::prelude::*;

use super::error;
use crate::components::{
    Size, Tile, narrower, plain_card, school_subjects, search_box, subject_tiles, tile_grid,
};
use crate::document::{Head, page};
use crate::reader::Reader;
use crate::services::{Collection, Counts, ServiceError};

struct Home {
    counts: Counts,
    newest: Vec<Hit>,
    collections: Vec<Collection>,
}

/// The home page.
pub async fn show(reader: Reader) -> Response {
    match load(&reader).await {
        Ok(home) => render(&reader, &home),
        Err(failed) => error::unserved(&reader, &failed),
    }
}

async fn load(reader: &Reader) -> Result<Home, ServiceError> {
    let library = &reader.services.library;
    Ok(Home {
        counts: library.counts().await?,
        newest: library.newest(6).await?,
        collections: library.collections(6).await?,
    })
}

fn render(reader: &Reader, home: &Home) -> Response {
    let t = reader.texts();
    let head = Head::new(t.text("home-title"), t.text("home-description"));
    page(reader, StatusCode::OK, &head, || {
        view! {
            {hero(reader, home)}
            <div class="container">
                {section(reader, "home-stages", "/browse", stages(reader, &home.counts))}
                {section(reader, "home-subjects", "/browse", subjects(reader, &home.counts))}
                {(!home.newest.is_empty()).then(|| section(reader, "home-newest", "/search?sort=newest", newest(reader, home)))}
                {(!home.collections.is_empty())
                    .then(|| section(reader, "home-collections", "/collections", collections(reader, home)))}
                {paths(reader)}
                {guidance(reader)}
            </div>
        }
        .into_any()
    })
}

fn hero(reader: &Reader, home: &Home) -> AnyView {
    let t = reader.texts();
    let lead = t.fill("home-lead", &[("count", home.counts.total.into())]);
    let hint = |key: &'static str| {
        let words = t.text(key);
        let params = khue_content::search::SearchParams {
            q: words.to_owned(),
            ..Default::default()
        };
        view! { <li><a href=reader.search_link(&params)>{words}</a></li> }
    };
    view! {
        <section class="hero">
            <div class="hero__inner">
                <h1 class="hero__title">{t.text("home-heading")}</h1>
                <p class="hero__lead">{lead}</p>
                {search_box(reader, Size::Large, "", Vec::new())}
                <div class="hero__hints">
                    <p>{t.text("home-hints")}</p>
                    <ul>{["home-hint-1", "home-hint-2", "home-hint-3"].map(hint).into_iter().collect_view()}</ul>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn section(reader: &Reader, key: &'static str, more: &str, content: AnyView) -> AnyView {
    let t = reader.texts();
    let more_name = format!("{}: {}", t.text("see-all"), t.text(key));
    view! {
        <section class="section" aria-labelledby=key>
            <div class="section__head">
                <h2 class="section__title" id=key>{t.text(key)}</h2>
                <a class="section__more" href=reader.link(more) aria-label=more_name>{t.text("see-all")}</a>
            </div>
            {content}
        </section>
    }
    .into_any()
}

/// The way to learning paths.
fn paths(reader: &Reader) -> AnyView {
    let t = reader.texts();
    view! {
        <section class="section" aria-labelledby="paths-home">
            <div class="section__head"><h2 class="section__title" id="paths-home">{t.text("paths-home")}</h2></div>
            <div class="card guidance-offer">
                <p>{t.text("paths-lead")}</p>
                <a class="button" href=reader.link("/paths")>{t.text("paths-see")}</a>
                <a class="button" href=reader.link("/plan")>{t.text("plan-offer")}</a>
            </div>
        </section>
    }
    .into_any()
}

/// The way to guidance on using AI.
fn guidance(reader: &Reader) -> AnyView {
    let t = reader.texts();
    view! {
        <section class="section" aria-labelledby="guidance-home">
            <div class="section__head"><h2 class="section__title" id="guidance-home">{t.text("guidance-home")}</h2></div>
            <div class="card guidance-offer">
                <p>{t.text("guidance-home-text")}</p>
                <a class="button" href=reader.link("/guidance")>{t.text("guidance-describe")}</a>
            </div>
        </section>
    }
    .into_any()
}

fn stages(reader: &Reader, counts: &Counts) -> AnyView {
    let stages = narrower("educationalLevel", None);
    let tiles = stages
        .into_iter()
        .map(|stage| Tile::level(reader, stage, counts))
        .collect();
    tile_grid(reader, "stage-grid", tiles)
}

/// School subjects with something in them, else all of them.
fn subjects(reader: &Reader, counts: &Counts) -> AnyView {
    let all: Vec<&Concept> = school_subjects();
    let filled: Vec<&Concept> = all
        .iter()
        .copied()
        .filter(|concept| counts.subject(&concept.id) > 0)
        .collect();
    subject_tiles(
        reader,
        if filled.is_empty() { &all } else { &filled },
        counts,
    )
}

fn newest(reader: &Reader, home: &Home) -> AnyView {
    let card = |hit| view! { <li>{plain_card(reader, hit)}</li> };
    view! { <ul class="newest-list">{home.newest.iter().map(card).collect_view()}</ul> }.into_any()
}

fn collections(reader: &Reader, home: &Home) -> AnyView {
    let tiles = home
        .collections
        .iter()
        .map(|collection| Tile::collection(reader, collection))
        .collect();
    tile_grid(reader, "collection-grid", tiles)
}
