//! `/api/v1/synonyms`: other words that a search looks up as well.

use super::{Answer, json};
use crate::state::State as Shared;
use axum::extract::State;

const KEPT: u32 = 600;

/// The table in force.
pub async fn list(State(state): State<Shared>) -> Answer {
    let table = state.holdings.synonyms();
    Ok(json(&table.rows().collect::<Vec<_>>(), KEPT))
}
