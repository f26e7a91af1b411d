//! Markdown records: front matter between `---` lines, then the text.
//!
//! Keys are the names of schema.org as in [`LearningResource`]; the short forms
//! of catalogues (a bare name, a label instead of a URI) are understood as well.
//! A file without front matter takes its name from its first heading.

mod front_matter;
mod write;

pub use write::to_markdown;

use super::{Incoming, Place};
use crate::{Body, BodyFormat, LearningResource};
use front_matter::FrontMatter;

/// Reads one file. Its stem (`dao-ham` of `vi/dao-ham.md`) is the identifier,
/// unless the front matter states one.
pub fn from_markdown(file: &str, text: &str) -> Incoming {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match split(text) {
        Some((matter, body)) => with_front_matter(file, matter, body),
        None => without_front_matter(file, text),
    }
}

fn with_front_matter(file: &str, matter: &str, body: &str) -> Incoming {
    let matter = match FrontMatter::parse(file, matter) {
        Ok(matter) => matter,
        Err(refusal) => return Incoming::refused(refusal),
    };
    let (mut record, findings) = matter.into_record();
    if !body.is_empty() {
        let format = record.body.as_ref().map(|body| body.format);
        let text = body.to_owned();
        record.body = Some(Body {
            format: format.unwrap_or_default(),
            text,
        });
    }
    identify(&mut record, file);
    Incoming {
        place: Place::new(file, 1),
        record: Ok(record),
        findings,
    }
}

fn without_front_matter(file: &str, text: &str) -> Incoming {
    let (name, rest) = heading(text).unwrap_or((String::new(), text));
    let body = Body {
        format: BodyFormat::Markdown,
        text: rest.trim_start_matches(['\r', '\n']).to_owned(),
    };
    let mut record = LearningResource {
        name,
        body: (!body.text.trim().is_empty()).then_some(body),
        ..LearningResource::default()
    };
    identify(&mut record, file);
    Incoming {
        place: Place::new(file, 1),
        record: Ok(record),
        findings: Vec::new(),
    }
}

fn identify(record: &mut LearningResource, file: &str) {
    if record.provenance.identifier.is_empty() {
        record.provenance.identifier = stem(file).to_owned();
    }
}

/// The file name without folders and ending.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Front matter and the text after it.
fn split(text: &str) -> Option<(&str, &str)> {
    let rest = after_line(text, &["---"])?;
    let mut place = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let body = &rest[place + line.len()..];
            let body = body
                .strip_prefix("\r\n")
                .or(body.strip_prefix('\n'))
                .unwrap_or(body);
            return Some((&rest[..place], body));
        }
        place += line.len();
    }
    None
}

fn after_line<'t>(text: &'t str, lines: &[&str]) -> Option<&'t str> {
    let (line, rest) = text.split_once('\n')?;
    lines.contains(&line.trim_end()).then_some(rest)
}

/// The first heading and the text without it; a heading further down stays in the text.
fn heading(text: &str) -> Option<(String, &str)> {
    let mut fenced = false;
    let mut place = 0;
    let (mut above, mut above_place) = ("", 0);
    for line in text.split_inclusive('\n') {
        let end = place + line.len();
        let line = line.trim();
        fenced ^= line.starts_with("```") || line.starts_with("~~~");
        let (name, start) = match is_underline(line) {
            true => (above, above_place),
            false => (heading_line(line).unwrap_or_default(), place),
        };
        if !fenced && !name.is_empty() {
            let leads = text[..start].trim().is_empty();
            return Some((name.to_owned(), if leads { &text[end..] } else { text }));
        }
        (above, above_place) = (line, place);
        place = end;
    }
    None
}

fn heading_line(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let is_heading = (1..=6).contains(&level) && rest.starts_with([' ', '\t']);
    is_heading.then(|| rest.trim().trim_end_matches('#').trim())
}

fn is_underline(line: &str) -> bool {
    line.len() >= 3 && line.bytes().all(|byte| byte == b'=')
}
