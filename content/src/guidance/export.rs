//! A draft as a page to print, and as plain text.

use super::draft::{GuidanceDraft, Item, Section};
use super::policy::{policy, said};
use std::fmt::Write;

/// Style of the printed page: two sheets of A4, black on white.
const STYLE: &str = "body{font:11pt/1.45 'Be Vietnam Pro','Noto Serif',Georgia,serif;color:#111;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.35rem;margin:.2rem 0}h2{font-size:1.05rem;margin:1.1rem 0 .3rem;border-bottom:1px solid #999;break-after:avoid}\
.label{border:2px solid #111;padding:.3rem .6rem;font-weight:700;display:inline-block}dl{margin:.2rem 0}dt{font-weight:600}dd{margin:0 0 .35rem 1rem}\
.code{font-family:monospace}.note{color:#555;font-size:.9em}ol.references{font-size:.85em}sup{line-height:0}@page{size:A4;margin:18mm}@media print{body{margin:0;max-width:none}}";

/// A whole HTML document, ready to print; every text in it is escaped.
pub fn to_html(draft: &GuidanceDraft) -> String {
    let mut out = String::new();
    let title = escape(&draft.title);
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}: {}</title><style>{STYLE}</style></head><body>\n<p class=\"label\">{}</p>\n<h1>{title}</h1>\n",
        escape(&draft.in_language),
        escape(&draft.resource.name),
        escape(&draft.label),
    );
    for section in &draft.sections {
        html_section(&mut out, section, draft);
    }
    html_references(&mut out, draft);
    out.push_str("</body></html>\n");
    out
}

fn html_section(out: &mut String, section: &Section, draft: &GuidanceDraft) {
    let _ = write!(
        out,
        "<section id=\"s{0}\"><h2>{0}. {1}</h2>\n<dl>\n",
        section.number,
        escape(&section.title)
    );
    for item in &section.items {
        html_item(out, item, draft);
    }
    out.push_str("</dl></section>\n");
}

fn html_item(out: &mut String, item: &Item, draft: &GuidanceDraft) {
    let code = item.code.as_ref().map_or_else(String::new, |code| {
        format!(" <span class=\"code\">{}</span>", escape(code))
    });
    let _ = write!(out, "<dt>{}{code}</dt>", escape(&item.label));
    let marks: String = numbers(item, draft)
        .iter()
        .map(|n| format!("<sup>[{n}]</sup>"))
        .collect();
    if !item.text.is_empty() {
        let _ = write!(out, "<dd>{}{marks}</dd>", escape(&item.text));
    } else if !marks.is_empty() && item.parts.is_empty() {
        let _ = write!(out, "<dd>{marks}</dd>");
    }
    for (number, part) in item.parts.iter().enumerate() {
        let marks = if number == 0 && item.text.is_empty() {
            marks.as_str()
        } else {
            ""
        };
        let _ = write!(
            out,
            "<dd><b>{}{}</b> {}{marks}</dd>",
            escape(&part.label),
            colon(draft),
            escape(&part.text)
        );
    }
    out.push('\n');
}

fn html_references(out: &mut String, draft: &GuidanceDraft) {
    let _ = write!(
        out,
        "<section><h2>{}</h2>\n<ol class=\"references\">\n",
        escape(&heading(draft))
    );
    for reference in &draft.references {
        let note = match reference.note.as_str() {
            "" => String::new(),
            note => format!(" <span class=\"note\">({})</span>", escape(note)),
        };
        let _ = writeln!(
            out,
            "<li>{}. {}{note}</li>",
            escape(&reference.source),
            escape(&reference.text)
        );
    }
    let _ = write!(
        out,
        "</ol>\n<p class=\"label\">{}</p></section>\n",
        escape(&draft.label)
    );
}

/// The draft as text for a terminal.
pub fn plain_text(draft: &GuidanceDraft) -> String {
    let mut out = format!("[{}]\n{}\n", draft.label, draft.title);
    let colon = colon(draft);
    for section in &draft.sections {
        let _ = write!(out, "\n{}. {}\n", section.number, section.title);
        for item in &section.items {
            let code = item
                .code
                .as_ref()
                .map_or_else(String::new, |code| format!(" [{code}]"));
            let marks: String = numbers(item, draft)
                .iter()
                .map(|n| format!(" [{n}]"))
                .collect();
            let text = match item.text.as_str() {
                "" => String::new(),
                text => format!("{colon} {text}"),
            };
            let _ = writeln!(out, "  {}{code}{text}{marks}", item.label);
            for part in &item.parts {
                let _ = writeln!(out, "    {}{colon} {}", part.label, part.text);
            }
        }
    }
    let _ = write!(out, "\n{}\n", heading(draft));
    for (number, reference) in (1..).zip(&draft.references) {
        let note = if reference.note.is_empty() {
            String::new()
        } else {
            format!(" ({})", reference.note)
        };
        let _ = writeln!(
            out,
            "  [{number}] {}. {}{note}",
            reference.source, reference.text
        );
    }
    out
}

/// Numbers of the references that an item rests on.
fn numbers(item: &Item, draft: &GuidanceDraft) -> Vec<usize> {
    let place = |id: &String| {
        draft
            .references
            .iter()
            .position(|reference| reference.id == *id)
    };
    item.sources
        .iter()
        .filter_map(place)
        .map(|place| place + 1)
        .collect()
}

/// The colon of the draft's language: with a space before it in French.
fn colon(draft: &GuidanceDraft) -> &'static str {
    match draft.in_language.as_str() {
        "fr" => "\u{a0}:",
        _ => ":",
    }
}

fn heading(draft: &GuidanceDraft) -> String {
    let found = policy().and_then(|policy| policy.wording.words.get("references"));
    found.map_or_else(String::new, |labels| {
        said(labels, &draft.in_language).to_owned()
    })
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    crate::escape::escape(text, &mut out);
    out
}
