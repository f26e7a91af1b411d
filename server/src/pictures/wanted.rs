//! Whether a browser asks for a picture of a page, and for which width.

use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, HeaderName};

/// What the answer depends on besides the address.
pub const VARY: &str = "accept, sec-fetch-dest, sec-ch-ua-mobile, save-data";

/// Widths in pixels: a column of text has 704 of a page, a screen two for each of them, a telephone is narrower.
const WIDE: u32 = 1408;
const NARROW: u32 = 960;
const SAVING: u32 = 640;

/// A picture for a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its greatest width in pixels.
    pub width: u32,
}

impl Wanted {
    /// What these headers ask for; `None` where the file is wanted as it is.
    pub fn from_headers(media_type: &str, headers: &HeaderMap) -> Option<Self> {
        let is = |name: &'static str, value: &str| {
            said(headers, &HeaderName::from_static(name)) == value
        };
        let reads = said(headers, &ACCEPT).contains("image/webp");
        if !(is_still(media_type) && reads && is("sec-fetch-dest", "image")) {
            return None;
        }
        let width = if is("save-data", "on") {
            SAVING
        } else if is("sec-ch-ua-mobile", "?1") {
            NARROW
        } else {
            WIDE
        };
        Some(Self { width })
    }
}

/// Whether files of this type are pictures that can be made smaller.
pub fn is_still(media_type: &str) -> bool {
    matches!(media_type, "image/jpeg" | "image/png")
}

fn said<'a>(headers: &'a HeaderMap, name: &HeaderName) -> &'a str {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(media_type: &str, said: &[(&'static str, &'static str)]) -> Option<u32> {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), value.parse().unwrap())
        };
        let headers: HeaderMap = said.iter().map(pair).collect();
        Wanted::from_headers(media_type, &headers).map(|wanted| wanted.width)
    }

    const SHOWN: (&str, &str) = ("sec-fetch-dest", "image");
    const READS: (&str, &str) = ("accept", "image/avif,image/webp,*/*");

    #[test]
    fn pages_get_what_their_screen_has_room_for() {
        assert_eq!(wanted("image/jpeg", &[SHOWN, READS]), Some(WIDE));
        let telephone = ("sec-ch-ua-mobile", "?1");
        assert_eq!(
            wanted("image/png", &[SHOWN, READS, telephone]),
            Some(NARROW)
        );
        let saving = ("save-data", "on");
        assert_eq!(
            wanted("image/png", &[SHOWN, READS, telephone, saving]),
            Some(SAVING)
        );
    }

    #[test]
    fn who_saves_a_file_gets_the_file() {
        assert_eq!(
            wanted("image/jpeg", &[READS, ("sec-fetch-dest", "document")]),
            None
        );
        assert_eq!(wanted("image/jpeg", &[READS]), None);
        assert_eq!(
            wanted("image/jpeg", &[SHOWN, ("accept", "image/png")]),
            None
        );
        assert_eq!(wanted("image/gif", &[SHOWN, READS]), None);
    }
}
