//! The text of a resource with its exercises as forms, and its keys closed.

use khue_content::render::Rendered;
use leptos::prelude::*;

use super::{Shown, exercises, form};
use crate::reader::Reader;
use crate::services::ResourceView;

/// Words with which the heading of a part begins that holds answers.
const KEYS: &[&str] = &[
    "đáp án",
    "lời giải",
    "gợi ý trả lời",
    "hướng dẫn giải",
    "answers",
    "answer key",
    "solutions",
    "corrigé",
    "réponses",
];

/// The text as HTML, and whether there are exercises in it.
pub fn lesson(reader: &Reader, resource: &ResourceView, reading: &Rendered) -> (String, bool) {
    let html = with_forms(reader, resource, reading);
    (
        with_closed_keys(reader, &html),
        !reading.exercises.is_empty(),
    )
}

fn with_forms(reader: &Reader, resource: &ResourceView, reading: &Rendered) -> String {
    if reading.exercises.is_empty() {
        return reading.html.clone();
    }
    let all = exercises(&resource.record);
    let mut html = String::with_capacity(reading.html.len() * 2);
    let mut from = 0;
    for (number, place) in &reading.exercises {
        let Some((_, exercise)) = all.iter().find(|(own, _)| own == number) else {
            continue;
        };
        html.push_str(&reading.html[from..place.start]);
        html.push_str(&form::html(&Shown {
            reader,
            resource: &resource.record.id,
            number: *number,
            exercise,
            lang: reader.foreign(&exercise.language),
            given: None,
            prefix: String::new(),
        }));
        from = place.end;
    }
    html.push_str(&reading.html[from..]);
    html
}

/// What stands under a heading such as *Đáp án* is closed until somebody opens it.
fn with_closed_keys(reader: &Reader, html: &str) -> String {
    let t = reader.texts();
    let mut out = String::with_capacity(html.len() + 200);
    let mut rest = html;
    while let Some(at) = rest.find("<h2") {
        let (before, section) = rest.split_at(at);
        out.push_str(before);
        let end = section[3..]
            .find("<h2")
            .map_or(section.len(), |end| end + 3);
        let (section, after) = section.split_at(end);
        rest = after;
        match section.find("</h2>").map(|at| section.split_at(at + 5)) {
            Some((heading, content)) if is_key(heading) && is_closed(content) => {
                out.push_str(heading);
                let summary = t.text("exercise-keys").to_owned();
                let content = content.to_owned();
                let details = view! {
                    <details class="answer-key">
                        <summary lang=reader.code()>{summary}</summary>
                        <div inner_html=content></div>
                    </details>
                };
                out.push_str(&details.to_html());
            }
            _ => out.push_str(section),
        }
    }
    out.push_str(rest);
    out
}

/// Whether a piece closes what it opens: a heading within a block must not be torn from it.
fn is_closed(html: &str) -> bool {
    [
        "div",
        "section",
        "article",
        "aside",
        "details",
        "blockquote",
        "li",
    ]
    .iter()
    .all(|name| {
        let opened = html.matches(&format!("<{name}")).count();
        opened == html.matches(&format!("</{name}>")).count()
    })
}

fn is_key(heading: &str) -> bool {
    let words = heading.split_once('>').map_or("", |(_, words)| words);
    let words = words.trim_end_matches("</h2>").trim().to_lowercase();
    KEYS.iter().any(|key| words.starts_with(key))
}
