//! How long an answer may take to begin.

use crate::error;
use crate::state::State as Shared;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;

/// Gives up on a request that takes too long, its body included.
pub async fn keep(State(state): State<Shared>, request: Request, next: Next) -> Response {
    let (path, headers) = (request.uri().path().to_owned(), request.headers().clone());
    match tokio::time::timeout(state.settings.limits.request, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!(limit = ?state.settings.limits.request, "an answer took too long");
            error::answer(&state, StatusCode::SERVICE_UNAVAILABLE, &path, &headers).await
        }
    }
}
