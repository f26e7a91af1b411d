//! HTML, cut as browsers cut it, and taken apart into headings and text.

mod page;

use super::text::decoded;
use crate::out::{Failure, Out};
pub(super) use page::{Page, page};

pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let text = decoded(&in_its_charset(bytes), out);
    let page = page(&text);
    give(page, out)
}

/// Hands on what a page has.
pub(super) fn give(page: Page, out: &mut Out<'_>) -> Result<(), Failure> {
    out.metadata(page.metadata);
    for statement in &page.rights {
        out.rights(statement);
    }
    page.outline.give(out)
}

/// The page in UTF-8 where it states another character set that is known.
fn in_its_charset(bytes: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    let stated = head
        .split("charset=")
        .nth(1)
        .map(|rest| rest.trim_start_matches(['"', '\'']));
    let stated = stated.and_then(|rest| rest.split(['"', '\'', '>', ' ', ';', '/']).next());
    let encoding = stated.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    let known = std::str::from_utf8(bytes).is_ok() || crate::legacy::detect(bytes).is_some();
    match encoding {
        Some(encoding) if !known => encoding.decode(bytes).0.into_owned().into_bytes().into(),
        _ => bytes.into(),
    }
}

/// The text of a fragment of HTML, in one string.
pub(super) fn plain(fragment: &str) -> String {
    let page = page(fragment);
    let sections = page.outline.sections.iter();
    let parts = sections.flat_map(|section| [section.heading.as_str(), section.text.trim()]);
    parts
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}
