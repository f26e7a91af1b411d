//! The built style and scripts, and the icon.

use crate::state::State as Shared;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

/// The icon where the site has not been built.
const ICON: &str = include_str!("../../../app/public/favicon.svg");

/// Files whose names carry a hash of their content: kept for ever.
pub async fn package(State(state): State<Shared>, request: Request) -> Response {
    let Some(folder) = state.site.folder() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let files = ServeDir::new(folder)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    // Its error type has no values.
    let Ok(response) = files.oneshot(request).await;
    let mut response = response.into_response();
    // A name that no file system takes is a name that is not there.
    if response.status().is_server_error() {
        return StatusCode::NOT_FOUND.into_response();
    }
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(CACHE_CONTROL, kept);
    }
    response
}

/// The icon.
pub async fn icon(State(state): State<Shared>, request: Request) -> Response {
    match top(&state, "favicon.svg", request).await {
        Some(response) => response,
        None => (
            [
                (CONTENT_TYPE, "image/svg+xml"),
                (CACHE_CONTROL, "public, max-age=86400"),
            ],
            ICON,
        )
            .into_response(),
    }
}

/// What an installed portal is called and looks like.
pub async fn webmanifest(State(state): State<Shared>, request: Request) -> Response {
    top(&state, "app.webmanifest", request)
        .await
        .unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

/// The service worker: asked for anew each time, so that a new build is noticed.
pub async fn worker(State(state): State<Shared>, request: Request) -> Response {
    state.site.renew();
    let Some(mut response) = top(&state, "sw.js", request).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

async fn top(state: &Shared, name: &str, request: Request) -> Option<Response> {
    let file = state.site.folder()?.join(name);
    let Ok(response) = ServeFile::new(file)
        .precompressed_br()
        .precompressed_gzip()
        .oneshot(request)
        .await;
    let mut response = response.into_response();
    if response.status() == StatusCode::NOT_FOUND {
        return None;
    }
    if name.ends_with(".webmanifest") {
        response.headers_mut().insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/manifest+json"),
        );
    }
    response.headers_mut().insert(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=86400"),
    );
    Some(response)
}
