//! What may be kept, and how to find out that it has not changed.

use super::own_site;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::Body as _;
use std::hash::{DefaultHasher, Hasher};

/// Longest answer that is looked at as a whole.
const MOST: u64 = 4 * 1024 * 1024;

/// Marks whole answers with a tag of their content, and answers 304 to those who have it.
pub async fn tag(request: Request, next: Next) -> Response {
    let readable = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    let signed_in = own_site::carries_session(request.headers());
    let response = with_default(next.run(request).await, signed_in);
    let whole = response
        .body()
        .size_hint()
        .exact()
        .is_some_and(|size| size > 0 && size <= MOST);
    if !readable
        || !whole
        || response.status() != StatusCode::OK
        || response.headers().contains_key(ETAG)
    {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tag = tag_of(&bytes);
    let unchanged = known.is_some_and(|known| names(&known, &tag));
    parts
        .headers
        .extend(HeaderValue::from_str(&tag).ok().map(|tag| (ETAG, tag)));
    if unchanged {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(CONTENT_LENGTH);
        parts.headers.remove(CONTENT_TYPE);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Pages belong to the one who reads them and are asked for anew each time. Those that somebody signed in asks for
/// are kept nowhere, not by the service worker either: the next at the same machine may be somebody else.
fn with_default(mut response: Response, signed_in: bool) -> Response {
    let headers: &mut HeaderMap = response.headers_mut();
    let is_page = headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let default = match signed_in && is_page {
        true => "private, no-store",
        false => "private, no-cache",
    };
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static(default));
    response
}

/// Weak, since the same content may be sent compressed or not.
fn tag_of(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("W/\"{:016x}\"", hasher.finish())
}

/// Whether `If-None-Match` names the tag.
pub(crate) fn names(known: &HeaderValue, tag: &str) -> bool {
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let wanted = strong(tag);
    known
        .to_str()
        .is_ok_and(|known| known.trim() == "*" || known.split(',').any(|one| strong(one) == wanted))
}
