//! What visitors are told when something is wrong: a page, or a problem document for programs.

mod problem;

pub use problem::Problem;

use crate::state::State;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use khue_app::services::ServiceError;

/// The answer for a status alone, in the form that fits the address.
pub async fn answer(
    state: &State,
    status: StatusCode,
    path: &str,
    headers: &HeaderMap,
) -> Response {
    if path.starts_with("/api/") {
        return Problem::of(status).into_response();
    }
    match status {
        StatusCode::NOT_FOUND => not_found(state, path, headers).await,
        StatusCode::INTERNAL_SERVER_ERROR => khue_app::failure(state.services.clone(), path),
        status => refusal(state, status, path),
    }
}

fn refusal(state: &State, status: StatusCode, path: &str) -> Response {
    let mut response = khue_app::refusal(state.services.clone(), path, status);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        let soon = HeaderValue::from_static("5");
        response.headers_mut().insert(RETRY_AFTER, soon);
    }
    response
}

async fn not_found(state: &State, path: &str, headers: &HeaderMap) -> Response {
    let mut request = Request::new(Body::empty());
    *request.headers_mut() = headers.clone();
    // It came out of a valid address; a page needs no more than its language.
    *request.uri_mut() = path.trim_end_matches('/').parse().unwrap_or_default();
    khue_app::not_found(axum::extract::State(state.services.clone()), request).await
}

/// What a page is told of something that failed below: whether it can be read on, and what the log says of it.
pub fn unanswered(error: impl std::error::Error + 'static) -> ServiceError {
    let known: &(dyn std::error::Error + 'static) = &error;
    match known.downcast_ref::<khue_store::Error>() {
        Some(full) if full.cannot_write() => ServiceError::ReadOnly(error.to_string()),
        Some(khue_store::Error::Bucket(away)) if away.is_transient() => {
            ServiceError::Busy(error.to_string())
        }
        _ => ServiceError::Failed(error.to_string()),
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        tracing::error!(%error, "request without its data");
        match error {
            ServiceError::Busy(_) => Self::of(StatusCode::SERVICE_UNAVAILABLE),
            ServiceError::ReadOnly(_) => Self::of(StatusCode::INSUFFICIENT_STORAGE),
            ServiceError::Failed(_) => Self::of(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}
