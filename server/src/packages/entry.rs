//! How an entry is sent: as what its name says, with the shim before the first script of a page, in parts where asked.

use super::types::{Sent, of};
use axum::http::header::{ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use std::ops::Range;

const TAG: &[u8] = b"<script src=\"/shim.js\"></script>";
/// Bytes of a page in which its head must begin.
const HEAD: usize = 64 * 1024;

/// The answer with an entry, or with the part of it that is asked for.
pub(super) fn answer(name: &str, bytes: Vec<u8>, headers: &HeaderMap) -> Response {
    let sent = of(name);
    let bytes = match sent {
        Sent::Page => with_shim(bytes),
        _ => bytes,
    };
    let total = bytes.len();
    let mut response = match part(headers, total) {
        None => bytes.into_response(),
        Some(None) => (
            StatusCode::RANGE_NOT_SATISFIABLE,
            [(CONTENT_RANGE, format!("bytes */{total}"))],
        )
            .into_response(),
        Some(Some(range)) => {
            let said = format!("bytes {}-{}/{total}", range.start, range.end - 1);
            (
                StatusCode::PARTIAL_CONTENT,
                [(CONTENT_RANGE, said)],
                bytes[range].to_vec(),
            )
                .into_response()
        }
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(sent.media_type()));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if matches!(sent, Sent::Kept) {
        headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    response
}

/// The page with the shim as its first script.
fn with_shim(mut page: Vec<u8>) -> Vec<u8> {
    // Two bytes to a letter: nothing can be put between them.
    if page.starts_with(&[0xff, 0xfe]) || page.starts_with(&[0xfe, 0xff]) {
        return page;
    }
    let start = page[..page.len().min(HEAD)].to_ascii_lowercase();
    let after = |tag: &[u8]| {
        let at = start.windows(tag.len()).position(|window| window == tag)?;
        let next = start.get(at + tag.len())?;
        if !next.is_ascii_whitespace() && *next != b'>' {
            return None;
        }
        start[at..]
            .iter()
            .position(|byte| *byte == b'>')
            .map(|end| at + end + 1)
    };
    let place = after(b"<head")
        .or_else(|| after(b"<html"))
        .or_else(|| after(b"<!doctype"));
    let place = place.unwrap_or(if page.starts_with(&[0xef, 0xbb, 0xbf]) {
        3
    } else {
        0
    });
    page.splice(place..place, TAG.iter().copied());
    page
}

/// The one part that is asked for; `Some(None)` where there is no such part, `None` where all of it is to be sent.
fn part(headers: &HeaderMap, total: usize) -> Option<Option<Range<usize>>> {
    let asked = headers.get(RANGE)?.to_str().ok()?.strip_prefix("bytes=")?;
    if asked.contains(',') {
        return None;
    }
    let (from, to) = asked.trim().split_once('-')?;
    let range = match (from.parse::<usize>().ok(), to.parse::<usize>().ok()) {
        (Some(from), to) => from..to.map_or(total, |to| to.saturating_add(1).min(total)),
        (None, Some(last)) if from.is_empty() => total.saturating_sub(last)..total,
        _ => return None,
    };
    Some((range.start < range.end).then_some(range))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shim_is_the_first_script() {
        let shimmed = |page: &str| String::from_utf8(with_shim(page.as_bytes().to_vec())).unwrap();
        let tag = std::str::from_utf8(TAG).unwrap();
        assert_eq!(
            shimmed("<!DOCTYPE html><HTML><Head lang=vi><script>"),
            format!("<!DOCTYPE html><HTML><Head lang=vi>{tag}<script>")
        );
        assert_eq!(shimmed("<html><header>x"), format!("<html>{tag}<header>x"));
        assert_eq!(shimmed("chữ"), format!("{tag}chữ"));
        assert_eq!(
            with_shim(vec![0xff, 0xfe, 0x3c, 0]),
            vec![0xff, 0xfe, 0x3c, 0]
        );
    }

    #[test]
    fn parts_are_those_that_are_asked_for() {
        let asked = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RANGE, HeaderValue::from_str(text).unwrap());
            part(&headers, 10)
        };
        assert_eq!(asked("bytes=2-4"), Some(Some(2..5)));
        assert_eq!(asked("bytes=7-"), Some(Some(7..10)));
        assert_eq!(asked("bytes=-3"), Some(Some(7..10)));
        assert_eq!(asked("bytes=5-99"), Some(Some(5..10)));
        assert_eq!(asked("bytes=10-"), Some(None));
        assert_eq!(asked("bytes=0-1,3-4"), None);
        assert_eq!(asked("lines=0-1"), None);
    }
}
