//! `/captions/{sha256}/{name}`: captions of films and sounds as WebVTT, whatever they were written in.

use crate::state::State as Shared;
use crate::viewing::webvtt;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use khue_content::captions::is_captions;

/// The captions in a published file.
pub async fn captions(
    State(state): State<Shared>,
    Path((sha256, name)): Path<(String, String)>,
) -> Response {
    let file = match state.holdings.file(&sha256).await {
        Ok(Some(file)) if is_captions(&name) => file,
        Ok(_) => return StatusCode::NOT_FOUND.into_response(),
        Err(_) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    match tokio::task::spawn_blocking(move || file.near().map(|path| webvtt(&path))).await {
        Ok(Ok(Some(text))) => {
            let headers = [
                (CONTENT_TYPE, "text/vtt; charset=utf-8"),
                (CACHE_CONTROL, "public, max-age=86400"),
            ];
            (headers, text).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
