//! `/submissions/{number}/files/{sha256}/{name}`: files of submissions, for those who may see the submission.

use super::files::send;
use crate::portal::Portal;
use crate::state::{State as Shared, StoredFile};
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use khue_app::people::Caller;
use std::sync::Arc;

/// A file, or 404 for everybody who may not see it.
pub async fn file(
    State((state, portal)): State<(Shared, Arc<Portal>)>,
    Path((number, sha256, name)): Path<(String, String, String)>,
    request: Request,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let caller = match Caller::from_request_parts(&mut parts, &state.services).await {
        Ok(caller) => caller,
        Err(response) => return response,
    };
    let Ok(Some(viewer)) = caller.viewer().await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let found = portal
        .store
        .submitted_file(&viewer.actor, &number, &sha256)
        .await;
    let Ok(Some(file)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let stored = StoredFile::kept(portal.files.clone(), &sha256, file.media_type);
    let tag = format!("\"{sha256}\"");
    let mut response = send(&stored, &name, &tag, Request::from_parts(parts, body)).await;
    // Nobody keeps what is not public.
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}
