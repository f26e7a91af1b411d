//! Keywords, links and the files that a text refers to.

use super::{DUPLICATE_KEYWORD, EMPTY_LINK, Finding, MISSING_MEDIA, MOST};
use crate::vocabulary::folded;
use crate::{Body, BodyFormat, LearningResource};
use std::collections::HashSet;

pub(super) fn judge(record: &LearningResource, findings: &mut Vec<Finding>) {
    let mut seen = HashSet::with_capacity(record.keywords.len());
    let again = record
        .keywords
        .iter()
        .filter(|word| !seen.insert(folded(word)));
    findings.extend(
        again
            .take(MOST)
            .map(|word| DUPLICATE_KEYWORD.on("keywords", word)),
    );
    links(record, findings);
    if let Some(body) = &record.body {
        files(record, body, findings);
    }
}

fn links(record: &LearningResource, findings: &mut Vec<Finding>) {
    let all = [
        ("isBasedOn", &record.is_based_on),
        ("isPartOf", &record.is_part_of),
        ("hasPart", &record.has_part),
        ("workTranslation", &record.work_translation),
    ];
    for (property, links) in all {
        let empty = links
            .iter()
            .any(|link| link.id.is_empty() && link.name.is_empty());
        findings.extend(empty.then(|| EMPTY_LINK.on(property, "")));
    }
}

fn files(record: &LearningResource, body: &Body, findings: &mut Vec<Finding>) {
    let names: HashSet<&str> = record
        .encoding
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    let is_here = |target: &str| {
        let plain = percent_encoding::percent_decode_str(target).decode_utf8_lossy();
        names.contains(&*plain) || names.contains(last_part(&plain))
    };
    let missing = pictures(body).map(|picture| picture.target);
    let missing = missing.filter(|target| is_relative(target) && !is_here(target));
    findings.extend(
        missing
            .take(MOST)
            .map(|target| MISSING_MEDIA.on("body", target)),
    );
}

/// The file name in an address.
pub(super) fn last_part(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or_default()
}

/// Whether an address means a file of the record itself.
fn is_relative(target: &str) -> bool {
    let scheme = target
        .split('/')
        .next()
        .is_some_and(|first| first.contains(':'));
    !target.is_empty() && !scheme && !target.starts_with(['/', '#'])
}

/// A picture in a text.
pub(super) struct Picture<'a> {
    /// Address or file name.
    pub target: &'a str,
    /// What stands in for it.
    pub alternative: Option<&'a str>,
    /// Whether it is marked as mere decoration (`alt=""` in HTML).
    pub decorative: bool,
}

/// The pictures of a body, in order.
pub(super) fn pictures(body: &Body) -> impl Iterator<Item = Picture<'_>> {
    let markdown = body.format == BodyFormat::Markdown;
    let plain = body.format == BodyFormat::Plain;
    let inline = if markdown { body.text.as_str() } else { "" };
    let html = if plain { "" } else { body.text.as_str() };
    inline_pictures(inline).chain(html_pictures(html))
}

/// `![alternative](target "title")`.
fn inline_pictures(text: &str) -> impl Iterator<Item = Picture<'_>> {
    text.split("![").skip(1).filter_map(|rest| {
        let (alternative, rest) = rest.split_once("](")?;
        let (target, _) = rest.split_once(')')?;
        let target = target
            .trim()
            .trim_start_matches('<')
            .split(['>', ' ', '\n'])
            .next()?;
        Some(Picture {
            target,
            alternative: Some(alternative.trim()).filter(|text| !text.is_empty()),
            decorative: false,
        })
        .filter(|_| !alternative.contains("\n\n"))
    })
}

/// `<img src="…" alt="…">`.
fn html_pictures(text: &str) -> impl Iterator<Item = Picture<'_>> {
    text.split("<img").skip(1).filter_map(|rest| {
        let tag = rest.split('>').next()?;
        let alternative = attribute(tag, "alt").map(str::trim);
        Some(Picture {
            target: attribute(tag, "src").unwrap_or_default().trim(),
            alternative: alternative.filter(|text| !text.is_empty()),
            decorative: alternative == Some(""),
        })
        .filter(|_| rest.starts_with(|c: char| c.is_whitespace() || c == '/' || c == '>'))
    })
}

/// The value of an attribute in the inside of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    loop {
        let at = from + tag.get(from..)?.find(name)?;
        from = at + name.len();
        let own = tag[..at].ends_with(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        let Some(value) = tag[from..].trim_start().strip_prefix('=').filter(|_| own) else {
            continue;
        };
        let value = value.trim_start();
        return match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next(),
            _ => value.split_whitespace().next(),
        };
    }
}
