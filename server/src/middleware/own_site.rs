//! Forms are only taken from the portal's own pages.

use crate::error;
use crate::state::State as Shared;
use axum::extract::{Request, State};
use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

/// Lets requests that only read pass, and those that change something only from here.
pub async fn require(State(state): State<Shared>, request: Request, next: Next) -> Response {
    if request.method().is_safe()
        || is_from_here(request.headers(), state.settings.base_url.as_deref())
    {
        return next.run(request).await;
    }
    error::answer(
        &state,
        StatusCode::FORBIDDEN,
        request.uri().path(),
        request.headers(),
    )
    .await
}

/// Whether the request carries the cookie of a session, still good or not.
pub(super) fn carries_session(headers: &HeaderMap) -> bool {
    let mut cookies = headers.get_all(COOKIE).iter();
    cookies.any(|cookies| cookies.to_str().is_ok_and(|text| text.contains("khue")))
}

/// What the browser says about where a request comes from. Programs that say nothing carry no
/// session that others could misuse.
fn is_from_here(headers: &HeaderMap, base_url: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(ORIGIN.as_str()) else {
        // Every browser of today says where a form comes from.
        return !carries_session(headers);
    };
    let host = origin.split_once("://").map_or("", |(_, host)| host);
    base_url == Some(origin) || text(HOST.as_str()) == Some(host)
}
