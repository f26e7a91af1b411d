//! Subtitles: what is said, without times.

use super::text::decoded;
use crate::document::Metadata;
use crate::out::{Failure, Out};

pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let source = decoded(bytes, out);
    let source = source.replace('\r', "");
    let mut text = String::new();
    for (number, block) in source.split("\n\n").enumerate() {
        let lines: Vec<&str> = block.lines().map(str::trim).collect();
        if number == 0 && lines.first().is_some_and(|line| line.starts_with("WEBVTT")) {
            head(&lines, out);
        }
        let Some(time) = lines.iter().position(|line| line.contains("-->")) else {
            continue;
        };
        for line in &lines[time + 1..] {
            let line = untagged(line);
            // Rolling captions say a line again while the next is spoken.
            if !line.is_empty() && !text.trim_end().ends_with(&line) {
                text.push_str(&line);
                text.push('\n');
            }
        }
    }
    out.page(None, text)
}

fn head(lines: &[&str], out: &mut Out<'_>) {
    let value = |name: &str| {
        let line = lines.iter().find_map(|line| line.strip_prefix(name))?;
        Some(line.trim().to_owned())
    };
    let title = lines
        .first()
        .and_then(|line| line.strip_prefix("WEBVTT - "))
        .map(str::to_owned);
    out.metadata(Metadata {
        title: title.or_else(|| value("Title:")),
        language: value("Language:"),
        ..Metadata::default()
    });
}

/// A line without tags such as `<i>`, `<v Lan>` and `{\an8}`.
fn untagged(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut within = None;
    for letter in line.chars() {
        match (within, letter) {
            (None, '<') => within = Some('>'),
            (None, '{') => within = Some('}'),
            (Some(end), letter) if letter == end => within = None,
            (None, letter) => plain.push(letter),
            (Some(_), _) => {}
        }
    }
    plain
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .trim()
        .to_owned()
}
