//! From lines to paragraphs and headings.

use super::lines::Line;
use super::section;
use crate::document::Section;
use std::collections::BTreeMap;

/// Lines this much larger than the text are headings.
const LARGER: f64 = 1.15;
/// Longest heading, in bytes.
const LONGEST_HEADING: usize = 200;

/// What is known of the body of the text: how much of it is set in which size, in tenths of a point.
#[derive(Default)]
pub(super) struct Body {
    sizes: BTreeMap<u32, usize>,
}

impl Body {
    /// The sections of a page.
    pub(super) fn sections(&mut self, lines: Vec<Line>, page: u32) -> Vec<Section> {
        for line in &lines {
            *self.sizes.entry(tenths(line.size)).or_default() += line.text.len();
        }
        let body = self.usual();
        let mut sections = vec![section(String::new(), 0, page)];
        let mut last: Option<Line> = None;
        for line in lines {
            let level = level(&line, body);
            let goes_on = last.as_ref().is_some_and(|last| is_next(last, &line));
            let Some(open) = sections.last_mut() else {
                continue;
            };
            match level {
                Some(level) if goes_on && open.level == level && open.text.is_empty() => {
                    open.heading.push(' ');
                    open.heading.push_str(&line.text);
                }
                Some(level) => sections.push(section(line.text.clone(), level, page)),
                None => add(&mut open.text, &line, last.as_ref()),
            }
            last = Some(line);
        }
        sections
    }

    /// The size in which most of the text so far is set.
    fn usual(&self) -> f64 {
        let most = self.sizes.iter().max_by_key(|(_, letters)| **letters);
        most.map_or(10.0, |(size, _)| f64::from(*size) / 10.0)
    }
}

fn tenths(size: f64) -> u32 {
    (size * 10.0).round().clamp(0.0, 100_000.0) as u32
}

/// Depth of a heading by its size; nothing for text.
fn level(line: &Line, body: f64) -> Option<u8> {
    let letters = line
        .text
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .count();
    let is_heading = line.size >= LARGER * body
        && letters >= 2
        && line.text.len() <= LONGEST_HEADING
        && line.turn == 0;
    is_heading.then_some(match line.size / body {
        ratio if ratio >= 1.8 => 1,
        ratio if ratio >= 1.4 => 2,
        _ => 3,
    })
}

/// Whether a line stands right below another.
fn is_next(last: &Line, line: &Line) -> bool {
    let down = line.y - last.y;
    last.turn == line.turn && down > -0.2 * line.size && down < 1.75 * line.size.max(last.size)
}

/// Adds a line to a paragraph, or begins one; a word that was cut at the end of a line is whole again.
fn add(text: &mut String, line: &Line, last: Option<&Line>) {
    if text.is_empty() {
        text.push_str(&line.text);
        return;
    }
    let goes_on = last.is_some_and(|last| is_next(last, line));
    if goes_on && is_cut(text) && line.text.starts_with(char::is_lowercase) {
        text.pop();
    } else {
        text.push_str(if goes_on { "\n" } else { "\n\n" });
    }
    text.push_str(line.text.trim_start());
}

/// Whether a text ends in a letter, a small one, and a hyphen.
fn is_cut(text: &str) -> bool {
    let mut end = text.chars().rev();
    matches!(end.next(), Some('-' | '\u{ad}' | '\u{2010}'))
        && end.next().is_some_and(char::is_lowercase)
        && end.next().is_some_and(char::is_alphabetic)
}
