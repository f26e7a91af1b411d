//! From the three ways of writing a body to one list of events.

use super::balance::MAX_DEPTH;
use super::event::Event;
use super::exercise::Blocks;
use super::{tex, token};
use crate::escape::escape;
use crate::{Body, BodyFormat};
use comrak::nodes::{NodeHtmlBlock, NodeValue};
use comrak::{Arena, Options};
use std::borrow::Cow;

/// The events of a body.
pub(super) fn events(body: &Body) -> Vec<Event> {
    match body.format {
        BodyFormat::Html => token::events(&body.text),
        BodyFormat::Markdown => token::events(&markdown(&body.text)),
        BodyFormat::Plain => token::events(&paragraphs(&body.text)),
    }
}

/// Plain text with its paragraphs and line breaks.
fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut html = String::with_capacity(text.len() + 64);
    for paragraph in text.split("\n\n").filter(|part| !part.trim().is_empty()) {
        html.push_str("<p>");
        for (number, line) in paragraph.trim().lines().enumerate() {
            html.push_str(if number == 0 { "" } else { "<br>" });
            escape(line, &mut html);
        }
        html.push_str("</p>\n");
    }
    html
}

/// HTML of a Markdown text, with formulas as MathML and exercises as they are read; not safe yet.
fn markdown(text: &str) -> String {
    to_html(text, Some(&Blocks::of(text)))
}

/// The same for a text in which no exercise is looked for; not safe yet.
pub(super) fn plain_markdown(text: &str) -> String {
    to_html(text, None)
}

fn to_html(text: &str, exercises: Option<&Blocks>) -> String {
    let options = options();
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, &with_shallow_quotes(text), &options);
    for node in root.descendants() {
        let mut data = node.data_mut();
        let line = data.sourcepos.start.line;
        let exercise = exercises.filter(|_| matches!(data.value, NodeValue::CodeBlock(_)));
        if let Some(html) = exercise.and_then(|blocks| blocks.html(line)) {
            data.value = html_block(html);
        } else if let Some(html) = formula(&data.value) {
            data.value = html;
        }
    }
    let mut html = String::new();
    match comrak::format_html(root, &options, &mut html) {
        Ok(()) => html,
        Err(_) => paragraphs(text),
    }
}

/// Text in which no line begins with more quotation marks than a page may nest:
/// the parser's time grows with the square of their number.
fn with_shallow_quotes(text: &str) -> Cow<'_, str> {
    if !text.lines().any(|line| quotes(line) > MAX_DEPTH) {
        return Cow::Borrowed(text);
    }
    let lines = text
        .split_inclusive('\n')
        .map(|line| match quotes(line) > MAX_DEPTH {
            true => format!(
                "{}{}",
                "> ".repeat(MAX_DEPTH),
                line.trim_start_matches(['>', ' ', '\t'])
            ),
            false => line.to_owned(),
        });
    Cow::Owned(lines.collect())
}

/// How many quotation marks a line begins with.
fn quotes(line: &str) -> usize {
    let lead = line
        .bytes()
        .take_while(|byte| matches!(byte, b'>' | b' ' | b'\t'));
    lead.filter(|byte| *byte == b'>').count()
}

fn formula(value: &NodeValue) -> Option<NodeValue> {
    match value {
        NodeValue::Math(math) => Some(NodeValue::HtmlInline(tex::html(
            &math.literal,
            math.display_math,
        ))),
        NodeValue::CodeBlock(code) if code.info.trim() == "math" => {
            let formula = tex::html(&code.literal, true);
            Some(html_block(format!(
                "<div class=\"equation\">{formula}</div>\n"
            )))
        }
        _ => None,
    }
}

fn html_block(literal: String) -> NodeValue {
    NodeValue::HtmlBlock(NodeHtmlBlock {
        literal,
        ..NodeHtmlBlock::default()
    })
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.table = true;
    extension.footnotes = true;
    extension.strikethrough = true;
    extension.tasklist = true;
    extension.autolink = true;
    extension.math_dollars = true;
    // Raw HTML is let through here because everything is made safe afterwards.
    options.render.r#unsafe = true;
    options
}
