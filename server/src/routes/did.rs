//! `/.well-known/did.json`: the key by which others check learners' records.

use crate::state::State as Shared;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// The portal's DID document; there is none where the portal is not reached over HTTPS under a name of its own.
pub async fn document(State(state): State<Shared>) -> Response {
    let Some(credentials) = state.credentials else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // The key may have to be read from the disk.
    let made = tokio::task::spawn_blocking(move || credentials.did_document()).await;
    match made {
        Ok(Ok(Some(document))) => (
            [
                (CONTENT_TYPE, "application/did+json"),
                (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            ],
            document.to_string(),
        )
            .into_response(),
        Ok(Ok(None)) => StatusCode::NOT_FOUND.into_response(),
        Ok(Err(_)) | Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
