//! How much a request may bring.

use crate::config::Settings;
use crate::state::State as Shared;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::Limited;

/// Whether a request may bring the text and the files of a submission, or a piece of one, or a sheet.
pub(super) fn is_upload(request: &Request) -> bool {
    let brings = [Method::POST, Method::PATCH].contains(request.method());
    let path = request.uri().path();
    brings && (path.contains("/submissions/") || path.ends_with("/desk/imports"))
}

/// How much a request may bring, in bytes.
fn most(settings: &Settings, request: &Request) -> usize {
    match request.method() {
        // A piece may be as long as the whole: it goes to the disk as it comes.
        &Method::PATCH if is_upload(request) => {
            usize::try_from(settings.uploads.file_bytes).unwrap_or(usize::MAX)
        }
        _ if is_upload(request) => settings.limits.upload_bytes,
        _ => settings.limits.body_bytes,
    }
}

/// Refuses what is said to be too large, and stops what turns out to be.
pub async fn limit(State(state): State<Shared>, request: Request, next: Next) -> Response {
    let most = most(&state.settings, &request);
    let stated = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if stated.is_some_and(|length| length > most) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    next.run(request.map(|body| Body::new(Limited::new(body, most))))
        .await
}
