//! `/resources/{id}`: one resource.

mod adapting;
mod aside;
mod cite;
mod collected;
mod facts;
mod files;
mod header;
mod license;
mod network;
mod next;
mod pictures;
mod reading;
mod terms;
mod tombstone;
mod tools;
mod viewers;
mod voices;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::LearningResource;
use khue_content::next_step::{NextStep, next_steps};
use khue_content::search::Hit;
use leptos::prelude::*;

use super::{error, path};
use crate::collections::CollectionSummary;
use crate::community::Voices;
use crate::components::{breadcrumb, label, subject_path};
use crate::document::{Frames, Head, page};
use crate::reader::{Reader, is_web, resource_path};
use crate::services::{ResourceView, ServiceError, Whole};
use crate::structured_data;
use crate::viewing::{FileView, Way};

pub use pictures::waiting_picture;
pub use reading::outcome_text;
pub use voices::{counts as rating_counts, said};

/// How many similar resources are shown.
const SIMILAR: usize = 4;
/// How many are looked through for what to learn next.
const NEAR: usize = 24;

/// The page of a resource.
pub async fn show(reader: Reader, Path(id): Path<String>) -> Response {
    match load(&reader, &id).await {
        Ok(Some((resource, related))) => render(&reader, &resource, &related),
        Ok(None) => tombstone::or_not_found(&reader, &id).await,
        Err(failed) => error::unserved(&reader, &failed),
    }
}

/// Resources that are shown below a resource.
struct Related {
    same_lesson: Vec<Hit>,
    similar: Vec<Hit>,
    next: Vec<NextStep>,
    near: Vec<LearningResource>,
    voices: Option<Voices>,
    files: Vec<FileView>,
    collections: Option<Vec<CollectionSummary>>,
}

async fn load(reader: &Reader, id: &str) -> Result<Option<(ResourceView, Related)>, ServiceError> {
    let library = &reader.services.library;
    let Some(resource) = library.resource(id).await? else {
        return Ok(None);
    };
    // The page stands without its neighbours.
    let alignments = &resource.record.educational_alignment;
    let same_lesson = library
        .same_lesson(id, alignments, SIMILAR)
        .await
        .unwrap_or_default();
    let mut similar = library.similar(id, NEAR).await.unwrap_or_default();
    let near: Vec<String> = similar.iter().map(|hit| hit.id.clone()).collect();
    let near = library.records(&near).await.unwrap_or_default();
    let next = next_steps(&resource.record, &near, &reader.paths());
    similar.truncate(SIMILAR);
    similar.retain(|hit| same_lesson.iter().all(|other| other.id != hit.id));
    let voices = match &reader.services.community {
        Some(community) => community.voices(&resource.record.id).await.ok(),
        None => None,
    };
    let files = match &reader.services.viewing {
        Some(viewing) => viewing.files(&resource.record).await.unwrap_or_default(),
        None => Vec::new(),
    };
    let collections = match &reader.services.collections {
        Some(all) => all.of_resource(&resource.record.id).await.ok(),
        None => None,
    };
    let related = Related {
        same_lesson,
        similar,
        next,
        near,
        voices,
        files,
        collections,
    };
    Ok(Some((resource, related)))
}

fn render(reader: &Reader, resource: &ResourceView, related: &Related) -> Response {
    let has_pdf = related.files.iter().any(|file| file.way == Way::Pdf);
    let head = Head {
        frames: if has_pdf { Frames::Own } else { Frames::None },
        ..head(reader, resource)
    };
    page(reader, StatusCode::OK, &head, || {
        view! {
            <div class="container">
                {way(reader, resource)}
                {header::header(reader, resource)}
                {layout(reader, resource, related)}
                {next::steps(reader, &resource.record, &related.next)}
                {related.voices.as_ref().map(|said| voices::voices(reader, &resource.record.id, said))}
                {network::same_lesson(reader, &related.same_lesson)}
                {network::similar(reader, &related.similar)}
            </div>
        }
        .into_any()
    })
}

/// The text beside the cards; where nothing is kept here, the cards have the width to themselves.
fn layout(reader: &Reader, resource: &ResourceView, related: &Related) -> AnyView {
    let files = &related.files;
    let collected =
        collected::collected(reader, &resource.record.id, related.collections.as_deref());
    let cards = aside::aside(reader, resource, collected);
    let neighbours = |whole: &Whole| whole.previous.is_some() || whole.next.is_some();
    let empty = resource.reading.is_none()
        && files.is_empty()
        && resource.record.teaches.is_empty()
        && resource.parts.is_empty()
        && !resource.wholes.iter().any(neighbours);
    if empty {
        return view! { <div class="resource-layout resource-layout--cards">{cards}</div> }
            .into_any();
    }
    view! {
        <div class="resource-layout">
            <div class="resource-layout__main">
                {path::bar(reader, resource)}
                {reading::outcomes(reader, resource)}
                {viewers::viewers(reader, resource, files)}
                {reading::outline(reader, resource)}
                {reading::body(reader, resource, &related.near)}
                {network::parts(reader, resource)}
                {network::neighbours(reader, resource)}
            </div>
            {cards}
        </div>
    }
    .into_any()
}

/// The way: the whole it is part of, else its first subject.
fn way(reader: &Reader, resource: &ResourceView) -> AnyView {
    let record = &resource.record;
    let whole = resource.wholes.first().map(|whole| {
        (
            resource_path(&whole.link.id),
            whole.link.name.clone(),
            language_of(reader, resource),
        )
    });
    let subject = record
        .about
        .first()
        .map(|uri| (subject_path(uri), label(reader, uri), None));
    let steps = whole.or(subject).into_iter().collect();
    breadcrumb(
        reader,
        steps,
        (record.name.clone(), language_of(reader, resource)),
    )
}

/// The language of the record, where it is not the reader's.
fn language_of(reader: &Reader, resource: &ResourceView) -> Option<String> {
    resource
        .record
        .in_language
        .first()
        .and_then(|code| reader.foreign(code))
}

fn head(reader: &Reader, resource: &ResourceView) -> Head {
    let record = &resource.record;
    let t = reader.texts();
    let description = match record.description.as_str() {
        "" => t.fill(
            "resource-description",
            &[("name", record.name.as_str().into())],
        ),
        given => shortened(given, 300),
    };
    Head {
        data: Some(structured_data::json_ld(reader, resource)),
        image: record.image.clone().filter(|address| is_web(address)),
        article: true,
        ..Head::new(record.name.clone(), description)
    }
}

/// The first letters of a text, cut between words.
fn shortened(text: &str, letters: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(letters) else {
        return text.to_owned();
    };
    let cut = &text[..end];
    format!("{}…", cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole))
}
