//! The kind that a file's first bytes tell.

use super::{Kind, packed_kind};
use crate::archive::Archive;
use crate::formats::text;
use crate::limits::Limits;

/// Bytes at the beginning that are looked at.
const PROBE: usize = 4096;
/// A PDF may have this much before its head.
const PDF_HEAD: usize = 1024;

/// Files by their first bytes.
const MAGIC: &[(&[u8], Kind)] = &[
    (b"%PDF-", Kind::Pdf),
    (b"{\\rtf", Kind::Rtf),
    (b"\x89PNG\r\n\x1a\n", Kind::Png),
    (b"\xff\xd8\xff", Kind::Jpeg),
    (b"GIF87a", Kind::Gif),
    (b"GIF89a", Kind::Gif),
    (b"II*\0", Kind::Tiff),
    (b"MM\0*", Kind::Tiff),
    (b"\x1a\x45\xdf\xa3", Kind::Video),
    (b"ID3", Kind::Audio),
    (b"\xff\xfb", Kind::Audio),
    (b"\xff\xf3", Kind::Audio),
    (b"OggS", Kind::Audio),
    (b"fLaC", Kind::Audio),
    (b"\x7fELF", Kind::Program),
    (b"\xcf\xfa\xed\xfe", Kind::Program),
    (b"\xca\xfe\xba\xbe", Kind::Program),
    (b"#!/", Kind::Program),
    (b"7z\xbc\xaf\x27\x1c", Kind::OtherArchive),
    (b"Rar!\x1a\x07", Kind::OtherArchive),
    (b"\x1f\x8b", Kind::OtherArchive),
    (b"\xfd7zXZ\0", Kind::OtherArchive),
    (b"BZh", Kind::OtherArchive),
    (b"\x28\xb5\x2f\xfd", Kind::OtherArchive),
];

/// What a file is by its content; the name decides only between kinds of text.
///
/// ```
/// use khue_extract::{Kind, by_content};
/// assert_eq!(by_content(b"%PDF-1.7\n...", "a.docx"), Kind::Pdf);
/// assert_eq!(by_content("Bài học\n".as_bytes(), "a.md"), Kind::Markdown);
/// ```
pub fn by_content(bytes: &[u8], name: &str) -> Kind {
    let first = &bytes[..bytes.len().min(PROBE)];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let archive = Archive::open(bytes, &Limits::default());
        return archive.map_or(Kind::Zip, |mut archive| packed_kind(&mut archive));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return stored_kind(bytes);
    }
    let known = MAGIC.iter().find(|(magic, _)| first.starts_with(magic));
    if let Some((_, kind)) = known {
        return *kind;
    }
    riff(first)
        .or_else(|| boxes(first))
        .or_else(|| other(bytes, first))
        .or_else(|| textual(bytes, name))
        .unwrap_or(Kind::Unknown)
}

/// Word, Excel and PowerPoint up to 2003 keep their parts in a file system of their own.
fn stored_kind(bytes: &[u8]) -> Kind {
    let Ok(store) = cfb::CompoundFile::open(std::io::Cursor::new(bytes)) else {
        return Kind::OldOffice;
    };
    let has = |name: &str| store.is_stream(name);
    match () {
        () if has("WordDocument") => Kind::Doc,
        () if has("PowerPoint Document") => Kind::Ppt,
        () if has("Workbook") || has("Book") => Kind::Xls,
        () => Kind::OldOffice,
    }
}

fn riff(first: &[u8]) -> Option<Kind> {
    if !first.starts_with(b"RIFF") {
        return None;
    }
    match first.get(8..12)? {
        b"WEBP" => Some(Kind::Webp),
        b"WAVE" => Some(Kind::Audio),
        b"AVI " => Some(Kind::Video),
        _ => None,
    }
}

/// Files made of boxes: films, sound, and the pictures of phones.
fn boxes(first: &[u8]) -> Option<Kind> {
    if first.get(4..8)? != b"ftyp" {
        return None;
    }
    Some(match first.get(8..12)? {
        b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1" | b"avif" | b"avis" => Kind::Heif,
        b"M4A " | b"M4B " => Kind::Audio,
        _ => Kind::Video,
    })
}

fn other(bytes: &[u8], first: &[u8]) -> Option<Kind> {
    let pe = first.starts_with(b"MZ") && first.iter().take(512).any(|byte| *byte == 0);
    if pe {
        return Some(Kind::Program);
    }
    let whole = first.starts_with(b"BM") && bytes.len() > 26 && first.get(6..10) == Some(&[0; 4]);
    if whole {
        return Some(Kind::Bmp);
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(Kind::OtherArchive);
    }
    let head = &bytes[..bytes.len().min(PDF_HEAD)];
    find(head, b"%PDF-").map(|_| Kind::Pdf)
}

/// What kind of text it is, if it is text.
fn textual(bytes: &[u8], name: &str) -> Option<Kind> {
    let probe = &bytes[..bytes.len().min(64 * 1024)];
    if !text::looks_like_text(probe) {
        return None;
    }
    let text = text::decoded_beginning(&bytes[..bytes.len().min(PROBE)]);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let lower = start.to_lowercase();
    let named = super::by_name(name).filter(|kind| kind.is_text());
    Some(match () {
        () if start.starts_with("WEBVTT") => Kind::Vtt,
        () if lower.starts_with("<svg") || starts_xml(&lower) && lower.contains("<svg") => {
            Kind::Svg
        }
        () if is_html(&lower) => Kind::Html,
        () if starts_xml(&lower) && named != Some(Kind::Html) => Kind::Xml,
        () if is_srt(start) => Kind::Srt,
        () => named
            .filter(|kind| !matches!(kind, Kind::Svg | Kind::Vtt | Kind::Srt))
            .unwrap_or(Kind::Plain),
    })
}

fn starts_xml(lower: &str) -> bool {
    lower.starts_with("<?xml") || lower.starts_with("<!doctype") || lower.starts_with("<!entity")
}

fn is_html(lower: &str) -> bool {
    let starts = ["<!doctype html", "<html", "<head", "<body"];
    starts.iter().any(|start| lower.starts_with(start))
        || lower.starts_with("<?xml") && lower.contains("<html")
        || lower.starts_with("<!--") && lower.contains("<html")
}

/// A number, then a line of times.
fn is_srt(start: &str) -> bool {
    let mut lines = start.lines().filter(|line| !line.trim().is_empty());
    let number = lines.next().is_some_and(|line| {
        let line = line.trim();
        !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
    });
    number && lines.next().is_some_and(|line| line.contains("-->"))
}

/// Where a sequence of bytes begins.
pub(crate) fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
