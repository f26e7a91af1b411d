//! `/api/v1/resources/{id}/guidance`: a draft of guidance on using AI, as JSON, Word, HTML or text.

use super::query::Query;
use super::{Answer, json};
use crate::error::Problem;
use crate::state::State as Shared;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use khue_content::guidance::{GuidanceDraft, GuidanceRequest, plain_text, to_html};
use serde_json::json as value;

/// Seconds: a draft carries its date.
const KEPT: u32 = 0;
/// Largest seed.
const LARGEST: usize = 999_999;
const FORMS: &str = "json, docx, html or txt";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The draft.
pub async fn guidance(
    State(state): State<Shared>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let query = Query::new(raw.as_deref());
    let language = query.language(&headers)?;
    let form = query.one("format").unwrap_or("json");
    if !["json", "docx", "html", "txt"].contains(&form) {
        return Err(Problem::parameter("format", form, FORMS));
    }
    let seed = match query.one("seed") {
        None | Some("0") => 0,
        Some(_) => query.number("seed", 1, LARGEST)? as u64,
    };
    let library = &state.services.library;
    let Some(found) = library.resource(&id).await? else {
        return Err(Problem::no_resource(&id));
    };
    let request = GuidanceRequest {
        language: Some(language.code().to_owned()),
        seed,
        ..GuidanceRequest::default()
    };
    match library.guidance(&found.record, &request).await? {
        Ok(draft) => in_form(&state, &draft, form).await,
        Err(refusal) => {
            let body = axum::Json(value!({
                "title": "no guidance for this resource",
                "status": 422,
                "code": refusal.code(),
                "detail": refusal.message(language.code()),
            }));
            let kind = [(CONTENT_TYPE, "application/problem+json")];
            Ok((StatusCode::UNPROCESSABLE_ENTITY, kind, body).into_response())
        }
    }
}

async fn in_form(state: &Shared, draft: &GuidanceDraft, form: &str) -> Answer {
    Ok(match form {
        "docx" => file(
            state.services.library.guidance_word(draft).await?,
            WORD,
            form,
        ),
        "html" => file(
            to_html(draft).into_bytes(),
            "text/html; charset=utf-8",
            form,
        ),
        "txt" => file(
            plain_text(draft).into_bytes(),
            "text/plain; charset=utf-8",
            form,
        ),
        _ => json(draft, KEPT),
    })
}

/// A file to be saved, never shown in place.
fn file(bytes: Vec<u8>, kind: &'static str, ending: &str) -> Response {
    let name = format!("attachment; filename=\"guidance.{ending}\"");
    (
        [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)],
        bytes,
    )
        .into_response()
}
