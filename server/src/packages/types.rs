//! What an entry is sent as, by the ending of its name. What is not named here is sent as bytes to keep.

/// How an entry is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// A page: the shim comes before its scripts.
    Page,
    /// As this media type.
    As(&'static str),
    /// As bytes that browsers keep and do not show.
    Kept,
}

impl Sent {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            // Pages say their encoding themselves.
            Self::Page => "text/html",
            Self::As(media_type) => media_type,
            Self::Kept => "application/octet-stream",
        }
    }
}

/// Endings and media types.
#[rustfmt::skip]
const TABLE: &[(&str, &str)] = &[
    ("js", "text/javascript"), ("mjs", "text/javascript"), ("css", "text/css"), ("json", "application/json"),
    ("xml", "application/xml"), ("xsd", "application/xml"), ("dtd", "application/xml-dtd"), ("txt", "text/plain"),
    ("vtt", "text/vtt"), ("csv", "text/csv"), ("svg", "image/svg+xml"), ("png", "image/png"), ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"), ("gif", "image/gif"), ("webp", "image/webp"), ("avif", "image/avif"), ("ico", "image/x-icon"),
    ("bmp", "image/bmp"), ("mp3", "audio/mpeg"), ("m4a", "audio/mp4"), ("ogg", "audio/ogg"), ("oga", "audio/ogg"),
    ("opus", "audio/ogg"), ("wav", "audio/wav"), ("flac", "audio/flac"), ("mp4", "video/mp4"), ("m4v", "video/mp4"),
    ("webm", "video/webm"), ("ogv", "video/ogg"), ("woff", "font/woff"), ("woff2", "font/woff2"), ("ttf", "font/ttf"),
    ("otf", "font/otf"), ("eot", "application/vnd.ms-fontobject"), ("wasm", "application/wasm"), ("pdf", "application/pdf"),
    ("map", "application/json"), ("webmanifest", "application/manifest+json"),
];

/// How an entry of this name is sent.
pub(super) fn of(name: &str) -> Sent {
    let last = name.rsplit('/').next().unwrap_or_default();
    let ending = last
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_ascii_lowercase();
    if ["html", "htm", "xhtml"].contains(&ending.as_str()) {
        return Sent::Page;
    }
    let known = TABLE.iter().find(|(known, _)| *known == ending);
    known.map_or(Sent::Kept, |(_, media_type)| Sent::As(media_type))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_is_sent() {
        assert_eq!(of("a/Trang.HTML"), Sent::Page);
        assert_eq!(of("a.b/lib.js").media_type(), "text/javascript");
        for unknown in ["a.swf", "a.exe", "html", "a.html/b", ""] {
            assert_eq!(of(unknown), Sent::Kept, "{unknown}");
        }
    }
}
