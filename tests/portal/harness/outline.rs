//! A page as lines that can be compared: what changes with every build or lesson left out.

use super::Document;
use super::document::even;
use regex::Regex;
use scraper::ElementRef;
use std::fmt::Write;

/// Children of one kind that are shown before "…".
const SHOWN: usize = 2;

/// The page, one tag or text in a line.
pub fn outline(page: &Document) -> String {
    let mut out = String::new();
    write(page.root(), 0, &mut out);
    even_out(&out)
}

fn write(element: ElementRef<'_>, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let _ = writeln!(out, "{indent}<{}>", tag(element));
    if is_of_a_result(element) {
        return;
    }
    let mut before: Vec<String> = Vec::new();
    for child in element.children() {
        if let Some(text) = child
            .value()
            .as_text()
            .map(|text| even(text))
            .filter(|text| !text.is_empty())
        {
            let _ = writeln!(out, "{indent}  {text}");
        }
        let Some(child) = ElementRef::wrap(child).filter(|child| is_shown(child)) else {
            continue;
        };
        let kind = kind(child);
        match before.iter().filter(|known| **known == kind).count() {
            count if count < SHOWN => write(child, depth + 1, out),
            SHOWN => drop(writeln!(out, "{indent}  …")),
            _ => {}
        }
        before.push(kind);
    }
}

/// Neither data nor what depends on whether the site is built.
fn is_shown(element: &ElementRef<'_>) -> bool {
    let built = matches!(element.attr("rel"), Some("stylesheet" | "preload"));
    !built && !matches!(element.value().name(), "script" | "style" | "math")
}

/// Titles and snippets of results change with every better ranking.
fn is_of_a_result(element: ElementRef<'_>) -> bool {
    let class = element.attr("class").unwrap_or_default();
    matches!(class, "result-card__title" | "result-card__snippet")
}

/// Elements of one kind are alike: only the first of them are shown.
fn kind(element: ElementRef<'_>) -> String {
    format!(
        "{}.{}",
        element.value().name(),
        element.attr("class").unwrap_or_default()
    )
}

fn tag(element: ElementRef<'_>) -> String {
    let mut attributes: Vec<(&str, &str)> = element.value().attrs().collect();
    attributes.sort_unstable();
    let written: String = attributes
        .iter()
        .map(|(name, text)| format!(" {name}={text:?}"))
        .collect();
    format!("{}{written}", element.value().name())
}

/// Hashes, ids, days, ports and numbers as signs of their own.
fn even_out(text: &str) -> String {
    let rules = [
        (r"(/pkg/icons/icons\.[0-9a-f]{8}\.svg)?#", "#"),
        (r"\.[0-9a-f]{8}\.", ".HASH."),
        (r"127\.0\.0\.1:\d+", "HOST"),
        (r"/resources/[^\x22/ ?]+", "/resources/ID"),
        (r"\d{4}-\d{2}-\d{2}(T[0-9:.]+Z?)?", "DAY"),
        (r"\d+([.,  ]\d+)*", "0"),
    ];
    rules
        .into_iter()
        .fold(text.to_owned(), |text, (pattern, sign)| {
            Regex::new(pattern)
                .unwrap()
                .replace_all(&text, sign)
                .into_owned()
        })
}
