//! How much a request may bring.

use crate::state::State as Shared;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::Limited;

/// Whether a request may bring the text and the files of a submission.
pub(super) fn is_upload(request: &Request) -> bool {
    request.method() == Method::POST && request.uri().path().contains("/submissions/")
}

/// Refuses what is said to be too large, and stops what turns out to be.
pub async fn limit(State(state): State<Shared>, request: Request, next: Next) -> Response {
    let limits = &state.settings.limits;
    let most = match is_upload(&request) {
        true => limits.upload_bytes,
        false => limits.body_bytes,
    };
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
