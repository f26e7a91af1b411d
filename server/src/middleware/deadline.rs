//! How long an answer may take to begin.

use super::body_limit;
use crate::error;
use crate::state::State as Shared;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;

/// Gives up on a request that takes too long, its body included.
pub async fn keep(State(state): State<Shared>, request: Request, next: Next) -> Response {
    let (path, headers) = (request.uri().path().to_owned(), request.headers().clone());
    // Files come over slow lines.
    let longest = match body_limit::is_upload(&request) {
        true => state.settings.limits.request * 20,
        false => state.settings.limits.request,
    };
    match tokio::time::timeout(longest, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!(limit = ?longest, "an answer took too long");
            error::answer(&state, StatusCode::SERVICE_UNAVAILABLE, &path, &headers).await
        }
    }
}
