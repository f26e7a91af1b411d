//! Exercises within a text: as they are read without a form, and where a page may put one.

use super::source;
use crate::exercise::{self, Choice, Exercise, GAP, Gap, Task};
use std::collections::BTreeMap;
use std::ops::Range;

/// Exercises of a text that are shown as such; a text with more is none that a person wrote.
const MOST: usize = 200;

/// What a place of an exercise is called within a page, before its number.
const ANCHOR: &str = "s-exercise-";

/// The blocks of a text that are exercises, by the lines on which they begin.
pub(super) struct Blocks(BTreeMap<usize, (usize, Option<Exercise>)>);

impl Blocks {
    /// Looks through a Markdown text.
    pub(super) fn of(markdown: &str) -> Self {
        let found = match may_have_any(markdown) {
            true => exercise::find(markdown, ""),
            false => Vec::new(),
        };
        let numbered = found.into_iter().take(MOST).enumerate();
        let block =
            |(at, found): (usize, exercise::Found)| (found.line, (at + 1, found.exercise.ok()));
        Self(numbered.map(block).collect())
    }

    /// The block that begins on a line, to be read without a form: its question and what there is to choose from.
    pub(super) fn html(&self, line: usize) -> Option<String> {
        let (number, exercise) = self.0.get(&line)?;
        let exercise = exercise.as_ref()?;
        let inner = readable(exercise);
        Some(format!(
            "<div class=\"exercise\" id=\"exercise-{number}\">\n{inner}</div>\n"
        ))
    }
}

/// Whether there can be one, told quickly.
fn may_have_any(markdown: &str) -> bool {
    let fenced = markdown.contains("```") || markdown.contains("~~~");
    fenced
        && markdown.lines().any(|line| {
            let info = line.trim_start().trim_start_matches(['`', '~']);
            info.len() < line.trim_start().len() && exercise::is_block(info)
        })
}

/// As an item of a numbered list where it has a number, as exercises are in lessons without forms.
fn readable(exercise: &Exercise) -> String {
    let inner = without_number(exercise);
    match exercise.label.parse::<u16>() {
        Ok(number) => format!("<ol start=\"{number}\">\n<li>{inner}</li>\n</ol>\n"),
        Err(_) => inner,
    }
}

fn without_number(exercise: &Exercise) -> String {
    let mut html = String::new();
    html.push_str(&source::plain_markdown(
        &exercise.question.replace(GAP, "…"),
    ));
    match &exercise.task {
        Task::Single(choices) | Task::Multiple(choices) => {
            list(choices.iter().map(|c| &c.text), &mut html)
        }
        Task::Ordering(items) => {
            let order = exercise::shown_order(&exercise.question, items.len());
            list(order.iter().filter_map(|at| items.get(*at)), &mut html);
        }
        Task::Matching { pairs, others } => {
            list(pairs.iter().map(|pair| &pair.left), &mut html);
            let sides: Vec<&String> = pairs.iter().map(|pair| &pair.right).chain(others).collect();
            let order = exercise::shown_order(&exercise.question, sides.len());
            list(
                order.iter().filter_map(|at| sides.get(*at).copied()),
                &mut html,
            );
        }
        Task::Gaps(gaps) => gaps.iter().for_each(|gap| {
            if let Gap::Choice(choices) = gap {
                list(
                    choices.iter().map(|choice: &Choice| &choice.text),
                    &mut html,
                );
            }
        }),
        Task::Number(_) | Task::Text(_) => {}
    }
    html
}

fn list<'t>(items: impl Iterator<Item = &'t String>, html: &mut String) {
    html.push_str("<ul>\n");
    for item in items {
        html.push_str("<li>");
        html.push_str(&inline(&source::plain_markdown(item)));
        html.push_str("</li>\n");
    }
    html.push_str("</ul>\n");
}

/// A single paragraph without its tags.
fn inline(html: &str) -> String {
    let html = html.trim();
    let inside = html
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"));
    inside
        .filter(|text| !text.contains("<p>"))
        .unwrap_or(html)
        .to_owned()
}

/// Where exercises stand in a finished page: their numbers and the pieces of HTML to be replaced by forms.
pub(super) fn places(html: &str) -> Vec<(usize, Range<usize>)> {
    let mut places: Vec<(usize, Range<usize>)> = Vec::new();
    let mark = format!("id=\"{ANCHOR}");
    let mut from = 0;
    while let Some(at) = html[from..].find(&mark).map(|at| at + from) {
        from = at + mark.len();
        let digits = html[from..].split('"').next().unwrap_or_default();
        let start = html[..at]
            .rfind('<')
            .filter(|start| html[*start..].starts_with("<div"));
        let place = digits
            .parse()
            .ok()
            .zip(start.and_then(|start| element(html, start)));
        if let Some((number, range)) = place
            && places
                .last()
                .is_none_or(|(_, last)| last.end <= range.start)
        {
            from = from.max(range.end);
            places.push((number, range));
        }
    }
    places
}

/// The range of a `div` that begins here, up to the end of its closing tag.
fn element(html: &str, start: usize) -> Option<Range<usize>> {
    let mut depth = 0usize;
    let mut at = start;
    loop {
        let next = html[at..].find(['<'])? + at;
        let rest = &html[next..];
        if rest.starts_with("<div") {
            depth += 1;
        } else if rest.starts_with("</div>") {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(start..next + "</div>".len());
            }
        }
        at = next + 1;
    }
}
