//! `/api/openapi.json`: the interface described.

use super::Answer;
use crate::error::Problem;
use crate::routes::origin::origin;
use crate::state::State as Shared;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

const KEPT: u32 = 3600;
const TEXT: &str = include_str!("openapi.json");

/// The description with this portal's name and address in it.
pub async fn openapi(State(state): State<Shared>, headers: HeaderMap) -> Answer {
    let mut description: Value =
        serde_json::from_str(TEXT).map_err(|_| Problem::of(StatusCode::INTERNAL_SERVER_ERROR))?;
    description["info"]["title"] = json!(state.settings.name);
    description["info"]["version"] = json!(env!("CARGO_PKG_VERSION"));
    description["servers"] = json!([{ "url": origin(&state.settings, &headers) }]);
    if let Some(contact) = &state.settings.contact {
        let key = if contact.contains('@') {
            "email"
        } else {
            "url"
        };
        description["info"]["contact"] = json!({ key: contact });
    }
    Ok(super::json(&description, KEPT))
}
