//! Errors in a form that fits: panics are caught, bare statuses become pages or problem documents.

use crate::error;
use crate::state::State as Shared;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use futures::FutureExt;
use std::any::Any;
use std::panic::AssertUnwindSafe;

/// Forms whose errors are left as they are.
const FORMED: &[&str] = &["text/html", "application/problem+json", "application/json"];

/// Gives every error a form.
pub async fn form(State(state): State<Shared>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let headers = request.headers().clone();
    // Nothing of the request is used after a panic.
    let response = match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => {
            tracing::error!(reason = reason(panic.as_ref()), "a handler panicked");
            error::answer(
                &state,
                axum::http::StatusCode::INTERNAL_SERVER_ERROR,
                &path,
                &headers,
            )
            .await
        }
    };
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    match is_error {
        true => formed(&state, response, &path, &headers).await,
        false => response,
    }
}

async fn formed(state: &Shared, response: Response, path: &str, headers: &HeaderMap) -> Response {
    let kind = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let mut formed = match FORMED.iter().any(|known| kind.starts_with(known)) {
        true => response,
        false => {
            let mut formed = error::answer(state, response.status(), path, headers).await;
            for name in [ALLOW, RETRY_AFTER, axum::http::header::CONTENT_RANGE] {
                formed.headers_mut().extend(
                    response
                        .headers()
                        .get(&name)
                        .map(|value| (name, value.clone())),
                );
            }
            formed
        }
    };
    formed
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    formed
}

fn reason(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("unknown")
}
