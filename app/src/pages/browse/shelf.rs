//! `/browse/{subject}`, `/browse/level/{level}`: what there is for one subject or level.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::search::{Facet, FacetValue, SearchPage, SearchParams, Sort};
use khue_content::vocabulary::{Concept, concept};
use leptos::prelude::*;

use crate::components::{
    Tile, breadcrumb, by_notation, label, level_path, narrower, place, plain_card, subject_path,
    tile_grid,
};
use crate::document::{Head, page};
use crate::pages::error;
use crate::reader::{Reader, search_path};

/// Newest resources shown.
const NEWEST: usize = 6;

/// One subject: its levels, narrower subjects and newest resources.
pub async fn show_subject(reader: Reader, Path(subject): Path<String>) -> Response {
    show_concept(
        &reader,
        "about",
        "educationalLevel",
        by_notation("about", &subject),
    )
    .await
}

/// One stage or grade: its subjects, grades and newest resources.
pub async fn show_level(reader: Reader, Path(level): Path<String>) -> Response {
    show_concept(
        &reader,
        "educationalLevel",
        "about",
        by_notation("educationalLevel", &level),
    )
    .await
}

async fn show_concept(
    reader: &Reader,
    property: &'static str,
    other: &'static str,
    concept: Option<&'static Concept>,
) -> Response {
    let Some(concept) = concept else {
        return error::not_found(reader);
    };
    let mut params = SearchParams {
        sort: Sort::Newest,
        size: NEWEST,
        ..SearchParams::default()
    };
    params.add(property, &concept.id);
    match reader.services.library.search(&params).await {
        Ok(found) => render_concept(
            reader,
            &Shelf {
                property,
                other,
                concept,
                found,
            },
        ),
        Err(failed) => error::unserved(reader, &failed),
    }
}

/// A subject or level with what there is for it.
struct Shelf {
    property: &'static str,
    other: &'static str,
    concept: &'static Concept,
    found: SearchPage,
}

impl Shelf {
    fn search(&self) -> SearchParams {
        SearchParams::default().toggled(self.property, &self.concept.id)
    }

    fn path(&self, concept: &Concept) -> String {
        if self.property == "about" {
            subject_path(&concept.id)
        } else {
            level_path(&concept.id)
        }
    }
}

fn render_concept(reader: &Reader, shelf: &Shelf) -> Response {
    let t = reader.texts();
    let name = shelf.concept.label(reader.code());
    let count = t.fill("tile-count", &[("count", shelf.found.total.into())]);
    let definition = shelf.concept.definition.get(reader.code());
    let head = Head {
        hidden: shelf.found.total == 0,
        ..Head::new(
            name,
            t.fill(
                "shelf-description",
                &[("name", name.into()), ("count", shelf.found.total.into())],
            ),
        )
    };
    page(reader, StatusCode::OK, &head, || {
        view! {
            <div class="container">
                {way(reader, shelf)}
                <div class="page-head">
                    <h1>{name}</h1>
                    {definition.map(|words| view! { <p class="page-head__lead">{words.as_str()}</p> })}
                    {(shelf.found.total > 0).then(|| view! {
                        <p>
                            <a class="button button--primary" href=reader.search_link(&shelf.search())>
                                {t.text("shelf-search")} " (" {count} ")"
                            </a>
                        </p>
                    })}
                </div>
                {narrower_ones(reader, shelf)}
                {divided(reader, shelf)}
                {newest(reader, shelf)}
            </div>
        }
        .into_any()
    })
}

fn way(reader: &Reader, shelf: &Shelf) -> AnyView {
    let mut steps = vec![(
        "/browse".to_owned(),
        reader.texts().text("browse-title").to_owned(),
        None,
    )];
    if let Some(wider) = shelf.concept.broader.first().and_then(|uri| concept(uri)) {
        steps.push((
            shelf.path(wider),
            wider.label(reader.code()).to_owned(),
            None,
        ));
    }
    breadcrumb(
        reader,
        steps,
        (shelf.concept.label(reader.code()).to_owned(), None),
    )
}

/// Narrower subjects, or the grades of a stage.
fn narrower_ones(reader: &Reader, shelf: &Shelf) -> Option<AnyView> {
    let under = narrower(shelf.property, Some(&shelf.concept.id));
    let counted = counts_of(&shelf.found, shelf.property);
    let tile = |concept: &&'static Concept| {
        let count = counted.map(|facet| count_of(facet, &concept.id));
        Tile {
            count,
            ..Tile::new(shelf.path(concept), concept.label(reader.code()).to_owned())
        }
    };
    let key = if shelf.property == "about" {
        "shelf-subjects"
    } else {
        "shelf-grades"
    };
    (!under.is_empty()).then(|| section(reader, key, under.iter().map(tile).collect()))
}

/// The other division of the same resources: levels of a subject, subjects of a level.
fn divided(reader: &Reader, shelf: &Shelf) -> Option<AnyView> {
    let facet = counts_of(&shelf.found, shelf.other)?;
    let values = divisions(facet);
    let tile = |value: &FacetValue| {
        let params = shelf.search().toggled(shelf.other, &value.value);
        let path = search_path(&params);
        Tile {
            count: Some(value.count),
            ..Tile::new(path, label(reader, &value.value))
        }
    };
    let key = if shelf.property == "about" {
        "shelf-by-level"
    } else {
        "shelf-by-subject"
    };
    (!values.is_empty()).then(|| section(reader, key, values.into_iter().map(tile).collect()))
}

/// Levels in the order of school; subjects, the largest first, without the groups that hold them.
fn divisions(facet: &Facet) -> Vec<&FacetValue> {
    let mut values: Vec<&FacetValue> = facet.values.iter().collect();
    if facet.name == "educationalLevel" {
        values.sort_by_key(|value| place("educationalLevel", &value.value));
        return values;
    }
    let group = |value: &FacetValue| {
        let mut others = facet.values.iter();
        others.any(|other| other.broader.as_ref() == Some(&value.value))
    };
    let is_top = |value: &FacetValue| value.broader.is_none();
    values.retain(|value| !(is_top(value) && group(value)));
    values
}

fn counts_of<'a>(found: &'a SearchPage, property: &str) -> Option<&'a Facet> {
    found.facets.iter().find(|facet| facet.name == property)
}

fn count_of(facet: &Facet, uri: &str) -> usize {
    facet
        .values
        .iter()
        .find(|value| value.value == uri)
        .map_or(0, |value| value.count)
}

fn section(reader: &Reader, key: &'static str, tiles: Vec<Tile>) -> AnyView {
    view! {
        <section class="section" aria-labelledby=key>
            <h2 class="section__title" id=key>{reader.texts().text(key)}</h2>
            {tile_grid(reader, "subject-grid", tiles)}
        </section>
    }
    .into_any()
}

fn newest(reader: &Reader, shelf: &Shelf) -> Option<AnyView> {
    if shelf.found.items.is_empty() {
        return Some(
            view! { <p class="notice notice--info">{reader.texts().text("shelf-empty")}</p> }
                .into_any(),
        );
    }
    let card = |hit| view! { <li>{plain_card(reader, hit)}</li> };
    let view = view! {
        <section class="section" aria-labelledby="newest">
            <h2 class="section__title" id="newest">{reader.texts().text("home-newest")}</h2>
            <ul class="newest-list">{shelf.found.items.iter().map(card).collect_view()}</ul>
        </section>
    };
    Some(view.into_any())
}
