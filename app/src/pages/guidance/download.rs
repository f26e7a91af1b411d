//! A draft as a file.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::Response;
use khue_content::guidance::{GuidanceDraft, to_html};

use crate::pages::error;
use crate::reader::Reader;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Forms in which guidance can be had.
pub const FORMS: [&str; 3] = ["docx", "html", "json"];

/// The draft in one of the forms `docx`, `html` and `json`, to be saved, never shown in place.
pub async fn file(reader: &Reader, draft: &GuidanceDraft, form: &'static str) -> Response {
    let (bytes, kind) = match form {
        "docx" => match reader.services.library.guidance_word(draft).await {
            Ok(bytes) => (bytes, WORD),
            Err(failed) => return error::unserved(reader, &failed),
        },
        "html" => (to_html(draft).into_bytes(), "text/html; charset=utf-8"),
        _ => match serde_json::to_vec_pretty(draft) {
            Ok(bytes) => (bytes, "application/json"),
            Err(_) => return error::failure(reader),
        },
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let name = format!("attachment; filename=\"{}.{form}\"", name(draft));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    response
}

/// A file's name that every system takes.
fn name(draft: &GuidanceDraft) -> String {
    let letters = draft.resource.id.chars();
    let safe: String = letters
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(60)
        .collect();
    match safe.trim_matches('-') {
        "" => "guidance".to_owned(),
        id => format!("guidance-{id}"),
    }
}
