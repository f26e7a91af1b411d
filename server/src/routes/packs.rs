//! `/packs`: school packs that can be fetched, and the packs themselves, whole or in parts.

use crate::address::path_segment;
use crate::pack::offered;
use crate::state::State as Shared;
use axum::Json;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use khue_app::{Language, pack_of_everything};
use khue_content::pack::Manifest;
use khue_content::vocabulary;
use serde::{Deserialize, Serialize};
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// In which language packs are named.
#[derive(Deserialize)]
pub struct Asked {
    lang: Option<String>,
}

/// One pack that can be fetched. Its parts are named in its own head, the bytes of the file up to `begin`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    id: String,
    name: String,
    address: String,
    resources: usize,
    /// Size of its parts.
    bytes: usize,
    /// Where its parts begin in the file.
    begin: usize,
    /// Chosen subjects and levels: an edition of a pack has those of the edition before.
    about: Vec<String>,
    educational_level: Vec<String>,
}

/// All packs of the folder, by their names.
pub async fn list(State(state): State<Shared>, Query(asked): Query<Asked>) -> Response {
    let packs = state.packs.clone();
    let found = tokio::task::spawn_blocking(move || offered::list(&packs)).await;
    let language = asked.lang.unwrap_or_default();
    let mut listed: Vec<Listed> = found
        .unwrap_or_default()
        .into_iter()
        .map(|pack| Listed {
            name: name(&pack.manifest, &language),
            address: format!("/packs/{}", path_segment(&pack.file)),
            resources: pack.manifest.resources,
            bytes: pack.manifest.packed_bytes(),
            begin: pack.begin,
            id: pack.manifest.id,
            about: pack.manifest.about,
            educational_level: pack.manifest.educational_level,
        })
        .collect();
    listed.sort_by(|a, b| place(a).cmp(&place(b)));
    ([(CACHE_CONTROL, "no-cache")], Json(listed)).into_response()
}

/// Everything first, then stages and grades in the order of school, then by name.
fn place(pack: &Listed) -> (usize, Option<usize>, &str) {
    let levels = vocabulary::scheme("educationalLevel");
    let level = pack.educational_level.first().and_then(|uri| {
        let concepts = &levels?.concepts;
        concepts.iter().position(|concept| concept.id == *uri)
    });
    (pack.about.len(), level, &pack.name)
}

/// What a pack holds, in a few words.
fn name(manifest: &Manifest, language: &str) -> String {
    let chosen = manifest.about.iter().chain(&manifest.educational_level);
    let labels: Vec<&str> = chosen.map(|uri| vocabulary::label(uri, language)).collect();
    if labels.is_empty() {
        let language = Language::from_code(language).unwrap_or_default();
        return pack_of_everything(language).to_owned();
    }
    labels.join(" · ")
}

/// A pack, or the part of it that is asked for.
pub async fn file(
    State(state): State<Shared>,
    Path(name): Path<String>,
    request: Request,
) -> Response {
    let Some(path) = offered::find(&state.packs, &name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // Its error type has no values.
    let Ok(response) = ServeFile::new(path).oneshot(request).await;
    let mut response = response.into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    response
}
