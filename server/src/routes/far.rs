//! Files of a bucket, sent to a reader as they come, whole or in part.

use crate::state::StoredFile;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, RANGE};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::stream::unfold;
use http_range_header::parse_range_header;
use khue_store::Stream;
use std::io::Read;

/// Bytes that are read at a time.
const PIECE: usize = 256 * 1024;

/// A file of `size` bytes, or the part that is asked for.
pub(super) fn send(file: &StoredFile, size: u64, request: &Request) -> Response {
    let asked = request
        .headers()
        .get(RANGE)
        .and_then(|value| value.to_str().ok());
    let Ok(part) = part(asked, size) else {
        let range = format!("bytes */{size}");
        return (StatusCode::RANGE_NOT_SATISFIABLE, [(CONTENT_RANGE, range)]).into_response();
    };
    let (start, end) = part.unwrap_or((0, size));
    let mut response = match request.method() {
        &Method::HEAD => Response::new(Body::empty()),
        _ => match file.stream(start, end) {
            Ok(stream) => Response::new(body(stream)),
            Err(_) => return StatusCode::NOT_FOUND.into_response(),
        },
    };
    let headers = response.headers_mut();
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(CONTENT_LENGTH, (end - start).into());
    if part.is_some() {
        let range = format!("bytes {start}-{}/{size}", end - 1);
        headers.extend(HeaderValue::from_str(&range).map(|range| (CONTENT_RANGE, range)));
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    response
}

/// First byte, and the one behind the last; `None` for all. Several ranges at once may be answered with the whole.
fn part(asked: Option<&str>, size: u64) -> Result<Option<(u64, u64)>, ()> {
    // What is no range is as if nothing had been asked.
    let Some(Ok(ranges)) = asked.map(parse_range_header) else {
        return Ok(None);
    };
    match ranges.validate(size).map_err(|_| ())?.as_slice() {
        [one] => Ok(Some((*one.start(), *one.end() + 1))),
        _ => Ok(None),
    }
}

/// What comes from the bucket, piece by piece as the reader takes it: no thread waits for a slow one.
fn body(stream: Stream) -> Body {
    let next = |stream: Option<Stream>| async move {
        let mut stream = stream?;
        let read = move || (piece(&mut stream), stream);
        match tokio::task::spawn_blocking(read).await {
            Ok((Ok(piece), _)) if piece.is_empty() => None,
            Ok((Ok(piece), stream)) => Some((Ok(piece), Some(stream))),
            Ok((Err(error), _)) => {
                tracing::warn!(%error, "a file of the bucket broke off");
                Some((Err(error), None))
            }
            Err(error) => Some((Err(std::io::Error::other(error)), None)),
        }
    };
    Body::from_stream(unfold(Some(stream), next))
}

fn piece(stream: &mut Stream) -> std::io::Result<Vec<u8>> {
    let mut piece = vec![0; PIECE];
    let read = stream.read(&mut piece)?;
    piece.truncate(read);
    Ok(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_was_asked_for_and_no_more() {
        assert_eq!(part(None, 10), Ok(None));
        assert_eq!(part(Some("bytes=0-3"), 10), Ok(Some((0, 4))));
        assert_eq!(part(Some("bytes=4-"), 10), Ok(Some((4, 10))));
        assert_eq!(part(Some("bytes=-2"), 10), Ok(Some((8, 10))));
        assert_eq!(part(Some("bytes=2-99"), 10), Ok(Some((2, 10))));
        assert_eq!(part(Some("lines=1-2"), 10), Ok(None));
        assert_eq!(part(Some("bytes=0-1,4-5"), 10), Ok(None));
        assert_eq!(part(Some("bytes=10-"), 10), Err(()));
    }
}
