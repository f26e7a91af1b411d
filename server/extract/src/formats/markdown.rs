//! Markdown: headings and text as they are written, without front matter.

use super::text::{Outline, decoded};
use crate::document::Metadata;
use crate::out::{Failure, Out};

pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let text = decoded(bytes, out);
    let (matter, body) = front_matter(&text);
    metadata(matter, out);
    let mut outline = Outline::default();
    let mut fenced = false;
    for line in body.split_inclusive('\n') {
        fenced ^= line.trim_start().starts_with("```");
        match heading(line).filter(|_| !fenced) {
            Some((level, heading)) => outline.heading(level, heading, None),
            None => outline.text(line, None),
        }
    }
    outline.give(out)
}

/// What stands between lines of `---` at the beginning, and the rest.
fn front_matter(text: &str) -> (&str, &str) {
    let Some(rest) = text
        .strip_prefix("---\n")
        .or_else(|| text.strip_prefix("---\r\n"))
    else {
        return ("", text);
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return (&rest[..at], &rest[at + line.len()..]);
        }
        at += line.len();
    }
    ("", text)
}

fn metadata(matter: &str, out: &mut Out<'_>) {
    let value = |names: &[&str]| {
        let mut lines = matter.lines().filter_map(|line| line.split_once(':'));
        let (_, value) = lines.find(|(name, _)| names.contains(&name.trim()))?;
        Some(value.trim().trim_matches(['"', '\'']).to_owned()).filter(|value| !value.is_empty())
    };
    out.metadata(Metadata {
        title: value(&["name", "title"]),
        authors: value(&["creator", "author"]).into_iter().collect(),
        description: value(&["description"]),
        language: value(&["inLanguage", "lang", "language"]),
        ..Metadata::default()
    });
    if let Some(rights) = value(&["license", "licence", "rights"]) {
        out.rights(&rights);
    }
}

fn heading(line: &str) -> Option<(u8, String)> {
    let rest = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - rest.len()).ok()?;
    let is_heading = (1..=6).contains(&level) && rest.starts_with([' ', '\t']);
    is_heading.then(|| (level, rest.trim().trim_end_matches('#').trim().to_owned()))
}
