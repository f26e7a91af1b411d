//! `/api/v1/vocabularies`: the concepts that records are described with.

use super::Answer;
use crate::error::Problem;
use axum::extract::Path;
use khue_content::vocabulary;
use serde_json::{Value, json};

const KEPT: u32 = 3600;

/// All vocabularies.
pub async fn list() -> Answer {
    let entry = |name: &'static str| -> Option<Value> {
        let scheme = vocabulary::scheme(name)?;
        let address = format!("/api/v1/vocabularies/{name}");
        Some(
            json!({ "name": name, "id": scheme.id, "prefLabel": scheme.pref_label, "concepts": scheme.concepts.len(), "url": address }),
        )
    };
    Ok(super::json(
        &vocabulary::names()
            .filter_map(entry)
            .collect::<Vec<Value>>(),
        KEPT,
    ))
}

/// One of them, whole.
pub async fn vocabulary(Path(name): Path<String>) -> Answer {
    let known = || vocabulary::names().collect::<Vec<_>>().join(", ");
    let found = vocabulary::scheme(&name);
    let scheme = found.ok_or_else(|| {
        Problem::not_found(
            &format!("vocabulary `{name}`"),
            &format!("there are {}", known()),
        )
    })?;
    Ok(super::json(scheme, KEPT))
}
