//! `/healthz`: the process answers. `/readyz`: so do store and index.

use crate::state::{Readiness, State as Shared};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// The process answers.
pub async fn alive() -> Response {
    ([(CACHE_CONTROL, "no-store")], "ok\n").into_response()
}

/// Store and index answer; says what is missing.
pub async fn ready(State(state): State<Shared>) -> Response {
    let found = state.holdings.readiness().await.unwrap_or_default();
    let missing = missing(&found);
    let status = if missing.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let behind = found
        .index
        .as_ref()
        .and_then(|index| index.as_ref().ok())
        .map(|last| found.last_change - last);
    let body = json!({
        "ready": missing.is_empty(),
        "missing": missing,
        "store": part(&found.store),
        "index": part(&found.index),
        "resources": found.resources,
        // Changes that are stored and cannot be found yet; the worker is at it.
        "changesToIndex": behind,
        // Resources that are found by meaning too, and those that wait for it; null without an encoder.
        "meaning": found.meaning,
        "site": state.site.folder().is_some(),
    });
    (status, [(CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

fn part(found: &Option<Result<i64, String>>) -> Value {
    match found {
        Some(Ok(_)) => json!("ok"),
        Some(Err(_)) => json!("failed"),
        None => json!("unknown"),
    }
}

/// What does not answer. Reasons go to the log: they may name paths and hosts.
fn missing(found: &Readiness) -> Vec<&'static str> {
    let mut missing = Vec::new();
    for (name, part) in [("store", &found.store), ("index", &found.index)] {
        if let Some(Err(reason)) = part {
            tracing::error!(part = name, reason, "not ready");
        }
        if !matches!(part, Some(Ok(_))) {
            missing.push(name);
        }
    }
    missing
}
