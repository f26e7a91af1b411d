//! The public interface for programs: reading only, open to every site.

pub mod description;
pub mod guidance;
pub mod resource;
pub mod search;
pub mod suggest;
pub mod synonyms;
pub mod vocabularies;

mod labels;
mod query;

use crate::error::Problem;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderName, HeaderValue, Uri};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// What a handler of the interface gives back.
type Answer = Result<Response, Problem>;

/// JSON that may be kept for this many seconds.
fn json(value: &impl Serialize, kept: u32) -> Response {
    typed(value, "application/json", kept)
}

fn typed(value: &impl Serialize, kind: &'static str, kept: u32) -> Response {
    let Ok(body) = serde_json::to_vec(value) else {
        return Problem::of(axum::http::StatusCode::INTERNAL_SERVER_ERROR).into_response();
    };
    let headers: [(HeaderName, HeaderValue); 3] = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (VARY, HeaderValue::from_name(ACCEPT_LANGUAGE)),
        (CACHE_CONTROL, kept_for(kept)),
    ];
    (headers, body).into_response()
}

fn kept_for(seconds: u32) -> HeaderValue {
    HeaderValue::from_str(&format!("public, max-age={seconds}"))
        .unwrap_or(HeaderValue::from_static("no-cache"))
}

/// An address of the interface that does not exist.
pub async fn not_found(uri: Uri) -> Problem {
    Problem::not_found(
        &format!("address {}", uri.path()),
        "see /api/openapi.json for all addresses",
    )
}
