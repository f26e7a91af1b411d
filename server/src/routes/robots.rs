//! `/robots.txt`.

use super::origin::origin;
use crate::state::State as Shared;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// Resources and pages may be read by robots; results of searches are endless and may not.
pub async fn robots(State(state): State<Shared>, headers: HeaderMap) -> Response {
    let origin = origin(&state.settings, &headers);
    let text = format!(
        "User-agent: *\nDisallow: /search?\nDisallow: /en/search?\nDisallow: /fr/search?\nDisallow: /api/\n\n\
         Sitemap: {origin}/sitemap.xml\n"
    );
    (
        [
            (CONTENT_TYPE, "text/plain; charset=utf-8"),
            (CACHE_CONTROL, "public, max-age=3600"),
        ],
        text,
    )
        .into_response()
}
