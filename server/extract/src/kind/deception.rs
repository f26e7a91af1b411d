//! Files that are two kinds at once.

use super::Kind;
use super::content::find;

/// Bytes at the end in which an archive's directory ends.
const TAIL: usize = 66 * 1024;

/// What a file of this kind is besides; nothing for honest files.
pub(crate) fn second_kind(bytes: &[u8], kind: Kind) -> Option<Kind> {
    if !kind.is_packed() && ends_as_zip(bytes) {
        return Some(Kind::Zip);
    }
    if kind == Kind::Pdf {
        return before_pdf(bytes);
    }
    if kind.is_picture() && kind != Kind::Svg {
        return in_picture(bytes);
    }
    if kind.is_packed() {
        let head = &bytes[..bytes.len().min(1024)];
        return find(head, b"%PDF-")
            .filter(|_| find(bytes, b"%%EOF").is_some())
            .map(|_| Kind::Pdf);
    }
    None
}

/// Whether the file ends with the directory of an archive that ends exactly there.
fn ends_as_zip(bytes: &[u8]) -> bool {
    let start = bytes.len().saturating_sub(TAIL);
    let tail = &bytes[start..];
    let ends = tail
        .windows(4)
        .enumerate()
        .filter(|(_, four)| *four == b"PK\x05\x06");
    ends.map(|(at, _)| &tail[at..]).any(|end| {
        let comment = end
            .get(20..22)
            .map(|two| usize::from(u16::from_le_bytes([two[0], two[1]])));
        let entries = end.get(10..12).is_some_and(|two| two != [0, 0]);
        entries && comment.is_some_and(|comment| end.len() == 22 + comment)
    })
}

/// A head of another kind before that of a PDF.
fn before_pdf(bytes: &[u8]) -> Option<Kind> {
    let head = &bytes[..bytes.len().min(1024)];
    let before = &head[..find(head, b"%PDF-")?];
    let lower = String::from_utf8_lossy(before).to_lowercase();
    let is = |magic: &[u8]| before.starts_with(magic);
    match () {
        () if is(b"GIF8") => Some(Kind::Gif),
        () if is(b"\x89PNG") => Some(Kind::Png),
        () if is(b"\xff\xd8\xff") => Some(Kind::Jpeg),
        () if is(b"MZ") || is(b"\x7fELF") || is(b"#!/") => Some(Kind::Program),
        () if lower.contains("<html") || lower.contains("<script") => Some(Kind::Html),
        () => None,
    }
}

/// Markup or a document in a picture's bytes: in its first bytes, or after its end.
fn in_picture(bytes: &[u8]) -> Option<Kind> {
    let head = &bytes[..bytes.len().min(1024)];
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    if find(head, b"%PDF-").is_some() {
        return Some(Kind::Pdf);
    }
    let markup = |part: &[u8]| {
        let lower = String::from_utf8_lossy(part).to_lowercase();
        ["<script", "<html", "<?php"]
            .iter()
            .any(|word| lower.contains(word))
    };
    if markup(head) || markup(tail) {
        return Some(Kind::Html);
    }
    let called = bytes.starts_with(b"GIF8")
        && matches!(bytes.get(6..8), Some(b"=1" | b"=\"" | b"='" | b"/*"));
    called.then_some(Kind::Program)
}
