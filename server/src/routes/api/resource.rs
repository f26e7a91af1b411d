//! `/api/v1/resources/{id}`: one resource, as JSON or JSON-LD.

use super::labels::{self, Labels};
use super::query::Query;
use super::{Answer, json, typed};
use crate::error::Problem;
use crate::routes::origin::origin;
use crate::state::State as Shared;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{ACCEPT, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use khue_app::services::{ResourceView, Translation, Whole};
use khue_content::check::Finding;
use khue_content::format::json_ld::to_json_ld;
use khue_content::{LearningResource, Link};
use serde::Serialize;
use serde_json::{Value, json};

const KEPT: u32 = 30;
const ENDING: &str = ".jsonld";
const JSON_LD: &str = "application/ld+json";

/// Every parameter.
pub const PARAMETERS: &[&str] = &["lang"];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    record: &'a LearningResource,
    version: u32,
    changed_at: &'a str,
    parts: &'a [Link],
    wholes: Vec<Value>,
    translations: Vec<Value>,
    /// Its text, made safe.
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<&'a str>,
    findings: &'a [Finding],
    language: &'static str,
    labels: Labels<'a>,
    warnings: Vec<String>,
}

/// One resource.
pub async fn resource(
    State(state): State<Shared>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let query = Query::new(raw.as_deref());
    let language = query.language(&headers)?;
    let library = &state.services.library;
    // An id may itself end like a file.
    let (view, by_ending) = match (library.resource(&id).await?, id.strip_suffix(ENDING)) {
        (None, Some(id)) => (library.resource(id).await?, true),
        (view, _) => (view, false),
    };
    let Some(view) = view else {
        return Err(Problem::no_resource(&id));
    };
    let response = match by_ending || wants_json_ld(&headers) {
        true => typed(
            &to_json_ld(&view.record, &origin(&state.settings, &headers)),
            JSON_LD,
            KEPT,
        ),
        false => json(&shown(&view, language, query.warnings(PARAMETERS)), KEPT),
    };
    Ok(by_accept(response))
}

fn wants_json_ld(headers: &HeaderMap) -> bool {
    let accepted = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut kinds = accepted
        .flat_map(|value| value.split(','))
        .map(|kind| kind.split(';').next().unwrap_or_default().trim());
    kinds.find(|kind| [JSON_LD, "application/json"].contains(kind)) == Some(JSON_LD)
}

fn by_accept(mut response: Response) -> Response {
    response
        .headers_mut()
        .append(VARY, HeaderValue::from_name(ACCEPT));
    response
}

fn shown(view: &ResourceView, language: khue_app::Language, warnings: Vec<String>) -> Shown<'_> {
    Shown {
        record: &view.record,
        version: view.version,
        changed_at: &view.changed_at,
        parts: &view.parts,
        wholes: view.wholes.iter().map(whole).collect(),
        translations: view.translations.iter().map(translation).collect(),
        html: view.reading.as_ref().map(|reading| reading.html.as_str()),
        findings: &view.findings,
        language: language.code(),
        labels: labels::of_record(&view.record, language),
        warnings,
    }
}

fn whole(whole: &Whole) -> Value {
    json!({ "work": whole.link, "parts": whole.total, "previous": whole.previous, "next": whole.next })
}

fn translation(translation: &Translation) -> Value {
    json!({ "id": translation.id, "name": translation.name, "inLanguage": translation.in_language })
}
