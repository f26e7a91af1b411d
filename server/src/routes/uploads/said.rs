//! What the headers of a request say.

use super::answer::Refusal;
use crate::uploads::Coming;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::collections::HashMap;

/// The version of the protocol.
pub const VERSION: &str = "1.0.0";
/// Longest value of what is told of a file, in bytes.
const LONGEST: usize = 1_000;

/// Whether the request speaks this version.
pub fn speaks(headers: &HeaderMap) -> bool {
    text(headers, "tus-resumable") == Some(VERSION)
}

/// A number of bytes.
pub fn number(headers: &HeaderMap, name: &'static str) -> Result<u64, Refusal> {
    let number = text(headers, name).and_then(|text| text.parse().ok());
    number.ok_or(Refusal::Header(name))
}

/// The SHA-256 of the piece, where it is said.
pub fn checksum(headers: &HeaderMap) -> Result<Option<[u8; 32]>, Refusal> {
    const NAME: &str = "upload-checksum";
    if !headers.contains_key(NAME) {
        return Ok(None);
    }
    let said = text(headers, NAME).and_then(|text| text.strip_prefix("sha256 "));
    let bytes = said.and_then(|code| BASE64_STANDARD.decode(code).ok());
    let hash = bytes.and_then(|bytes| bytes.try_into().ok());
    hash.map(Some).ok_or(Refusal::Header(NAME))
}

/// What is told of the file: pairs of a key and a value in base64, between commas.
pub fn metadata(headers: &HeaderMap) -> Result<HashMap<String, String>, Refusal> {
    const NAME: &str = "upload-metadata";
    if !headers.contains_key(NAME) {
        return Ok(HashMap::new());
    }
    let pairs = text(headers, NAME).unwrap_or(",").split(',').map(pair);
    let pairs: Option<HashMap<_, _>> = pairs.collect();
    pairs.ok_or(Refusal::Header(NAME))
}

fn pair(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let (key, code) = text.split_once(' ').unwrap_or((text, ""));
    let value = String::from_utf8(BASE64_STANDARD.decode(code).ok()?).ok()?;
    (!key.is_empty() && value.len() <= LONGEST).then(|| (key.to_owned(), value))
}

/// The same as it is told back.
pub fn as_metadata(coming: &Coming) -> Option<(HeaderName, HeaderValue)> {
    let pairs = [
        ("filename", &coming.name),
        ("filetype", &coming.media_type),
        ("lastmodified", &coming.last_modified),
    ];
    let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
    let pairs = pairs.map(|(key, value)| format!("{key} {}", BASE64_STANDARD.encode(value)));
    let pairs: Vec<String> = pairs.collect();
    let value = HeaderValue::from_str(&pairs.join(",")).ok()?;
    (!value.is_empty()).then(|| (HeaderName::from_static("upload-metadata"), value))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
