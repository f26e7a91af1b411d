//! `/files/{sha256}/{name}`: files of resources, by their content.

use super::far;
use crate::address::path_segment;
use crate::error::Problem;
use crate::middleware::freshness;
use crate::pictures::{self, Wanted};
use crate::state::{State as Shared, StoredFile};
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName,
    IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use khue_store::Place;
use std::path::Path as FilePath;
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// What a browser may show instead of saving: nothing in which an author could write a script.
const SHOWN: &[&str] = &[
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "application/pdf",
    "text/plain",
    "text/csv",
    "audio/mpeg",
    "audio/mp4",
    "audio/ogg",
    "audio/wav",
    "audio/webm",
    "audio/flac",
    "video/mp4",
    "video/webm",
    "video/ogg",
];
const SANDBOX: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'; frame-ancestors 'self'";
/// The viewers of browsers do not start in a sandbox; they run no script of the page's origin.
const PDF: &str = "script-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// A file, or a part of it.
pub async fn file(
    State(state): State<Shared>,
    Path((sha256, name)): Path<(String, String)>,
    request: Request,
) -> Response {
    let tag = format!("\"{sha256}\"");
    match state.holdings.file(&sha256).await {
        Ok(Some(file)) if has(request.headers(), &tag) => {
            (StatusCode::NOT_MODIFIED, headers(&file, &name, &tag)).into_response()
        }
        Ok(Some(file)) => match fitting(&state, &sha256, &file, request.headers()).await {
            Some(picture) => smaller(picture, &file, &name),
            None => as_kept(&file, &name, &tag, request).await,
        },
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => StatusCode::from(Problem::from(error)).into_response(),
    }
}

/// The picture in the size that a page has room for, where it is one and a page asks.
async fn fitting(
    state: &Shared,
    sha256: &str,
    file: &StoredFile,
    headers: &HeaderMap,
) -> Option<Bytes> {
    let wanted = Wanted::from_headers(&file.media_type, headers)?;
    state.pictures.fitting(sha256, file, wanted).await
}

/// The file itself.
async fn as_kept(file: &StoredFile, name: &str, tag: &str, request: Request) -> Response {
    let mut response = send(file, name, tag, request).await;
    if pictures::is_still(&file.media_type) {
        let vary = HeaderValue::from_static(pictures::VARY);
        response.headers_mut().insert(VARY, vary);
    }
    response
}

/// A picture that was made smaller. It has no tag: what is asked by tag is the file as it is kept.
fn smaller(picture: Bytes, file: &StoredFile, name: &str) -> Response {
    let name = FilePath::new(name).with_extension("webp");
    let mut headers = headers(file, &name.to_string_lossy(), "");
    headers.remove(ETAG);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("image/webp"));
    headers.insert(VARY, HeaderValue::from_static(pictures::VARY));
    (headers, picture).into_response()
}

fn has(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get(IF_NONE_MATCH)
        .is_some_and(|known| freshness::names(known, tag))
}

pub(super) async fn send(file: &StoredFile, name: &str, tag: &str, request: Request) -> Response {
    let mut response = match file.place().await {
        Ok(Place::Here(path)) => here(&path, request).await,
        Ok(Place::Far(size)) => far::send(file, size, &request),
        Err(error) => return StatusCode::from(Problem::from(error)).into_response(),
    };
    if response.status().is_success() {
        response.headers_mut().extend(headers(file, name, tag));
    }
    response
}

async fn here(path: &FilePath, request: Request) -> Response {
    let Ok(response) = ServeFile::new(path).oneshot(request).await;
    if response.status() == StatusCode::NOT_FOUND {
        tracing::error!(path = %path.display(), "a file that is remembered is not there");
    }
    response.into_response()
}

/// Whether a browser would read files of this type as a page, a style or a program: they are sent as bytes, whatever is asked
/// of them. So no page can take a kept file for a script of the portal either.
fn is_active(kind: &str) -> bool {
    let signs = ["html", "xsl", "svg", "script", "multipart"];
    let ends = ["xml", "css", "wasm"];
    signs.iter().any(|sign| kind.contains(sign)) || ends.iter().any(|end| kind.ends_with(end))
}

/// What is said about a file whatever part of it is sent.
fn headers(file: &StoredFile, name: &str, tag: &str) -> HeaderMap {
    let bare = file
        .media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let shown = SHOWN.contains(&bare.as_str());
    let kind = match bare.as_str() {
        "text/plain" | "text/csv" => format!("{bare}; charset=utf-8"),
        "" => "application/octet-stream".to_owned(),
        active if is_active(active) => "application/octet-stream".to_owned(),
        _ => bare.clone(),
    };
    let policy = if bare == "application/pdf" {
        PDF
    } else {
        SANDBOX
    };
    let pairs: [(HeaderName, String); 5] = [
        (CONTENT_TYPE, kind),
        (CONTENT_DISPOSITION, disposition(shown, name)),
        (CONTENT_SECURITY_POLICY, policy.to_owned()),
        (
            CACHE_CONTROL,
            "public, max-age=31536000, immutable".to_owned(),
        ),
        (ETAG, tag.to_owned()),
    ];
    let valid =
        |(name, value): (HeaderName, String)| Some((name, HeaderValue::from_str(&value).ok()?));
    pairs.into_iter().filter_map(valid).collect()
}

/// `inline` or `attachment` with the name in both spellings of RFC 6266.
fn disposition(shown: bool, name: &str) -> String {
    let how = if shown { "inline" } else { "attachment" };
    let plain = |c: char| {
        if c.is_ascii_graphic() && !"\"\\%;".contains(c) || c == ' ' {
            c
        } else {
            '_'
        }
    };
    let ascii: String = name.chars().map(plain).collect();
    format!(
        "{how}; filename=\"{ascii}\"; filename*=UTF-8''{}",
        path_segment(name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_safe_in_a_header() {
        assert_eq!(
            disposition(false, "Bài \"1\".docx\r\nx: y"),
            "attachment; filename=\"B_i _1_.docx__x: y\"; filename*=UTF-8''B%C3%A0i%20%221%22.docx%0D%0Ax%3A%20y"
        );
    }

    #[test]
    fn what_may_hold_scripts_is_saved() {
        let of = |kind: &str| {
            let file = StoredFile::at("x".into(), kind.to_owned());
            headers(&file, "x", "\"t\"")[CONTENT_DISPOSITION]
                .to_str()
                .unwrap()
                .starts_with("inline")
        };
        assert!(of("image/png") && of("application/pdf") && of("Text/Plain; charset=latin1"));
        for kind in [
            "image/svg+xml",
            "text/html",
            "application/xhtml+xml",
            "text/xml",
            "application/zip",
            "",
        ] {
            assert!(!of(kind), "{kind}");
        }
    }
}
