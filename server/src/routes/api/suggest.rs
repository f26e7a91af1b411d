//! `/api/v1/suggest`: completions of what is being typed.

use super::query::Query;
use super::{Answer, json};
use crate::state::State as Shared;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;

const KEPT: u32 = 60;

/// Every parameter.
pub const PARAMETERS: &[&str] = &["q", "lang"];

/// A list of suggestions, the best first.
pub async fn suggest(
    State(state): State<Shared>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let query = Query::new(raw.as_deref());
    let language = query.language(&headers)?;
    let typed = query.text("q")?.trim();
    if typed.is_empty() {
        return Ok(json(&[(); 0], KEPT));
    }
    Ok(json(
        &state.services.library.suggest(typed, language).await?,
        KEPT,
    ))
}
