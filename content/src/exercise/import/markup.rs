//! Markup of other programs as Markdown.

use crate::format::cnxml::xml::{Element, Node};
use crate::{Body, BodyFormat, render};

/// Plain words as Markdown that says just these words.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '$' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// HTML as one Markdown text; LaTeX between `\(` and `\)` becomes a formula.
pub(super) fn from_html(html: &str) -> String {
    let body = Body {
        format: BodyFormat::Html,
        text: html.to_owned(),
    };
    let plain = render::plain_text(&body);
    let mut out = String::new();
    let mut rest = plain.as_str();
    while let Some((before, after)) = rest.split_once("\\(") {
        let Some((formula, behind)) = after.split_once("\\)") else {
            break;
        };
        out.push_str(&escaped(before));
        out.push_str(&format!("${}$", formula.trim()));
        rest = behind;
    }
    out.push_str(&escaped(rest));
    out.trim().replace('\n', "\n\n")
}

/// A piece of a text, or an element that the caller has to put something in place of.
pub(super) enum Piece<'e> {
    Text(String),
    Special(&'e Element),
}

/// XHTML as Markdown; elements for which `special` says so are handed out.
pub(super) fn pieces<'e>(
    element: &'e Element,
    special: &dyn Fn(&Element) -> bool,
) -> Vec<Piece<'e>> {
    let mut writer = Writer {
        special,
        pieces: Vec::new(),
        text: String::new(),
    };
    writer.children(element);
    writer.flush();
    writer.pieces
}

/// XHTML as one Markdown text.
pub(super) fn markdown(element: &Element) -> String {
    let pieces = pieces(element, &|_| false);
    let text = pieces.into_iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Special(_) => None,
    });
    text.collect::<String>().trim().to_owned()
}

struct Writer<'e, 's> {
    special: &'s dyn Fn(&Element) -> bool,
    pieces: Vec<Piece<'e>>,
    text: String,
}

impl<'e> Writer<'e, '_> {
    fn children(&mut self, element: &'e Element) {
        for child in &element.children {
            match child {
                Node::Text(text) => self.words(text),
                Node::Element(inner) if (self.special)(inner) => {
                    self.flush();
                    self.pieces.push(Piece::Special(inner));
                }
                Node::Element(inner) => self.element(inner),
            }
        }
    }

    fn element(&mut self, element: &'e Element) {
        let sign = match element.name.as_str() {
            "em" | "i" => "*",
            "strong" | "b" => "**",
            "code" => "`",
            "math" => return self.formula(element),
            "p" | "div" | "li" | "ul" | "ol" | "blockquote" | "h1" | "h2" | "h3" => {
                self.paragraph();
                self.children(element);
                return self.paragraph();
            }
            "br" => return self.text.push_str("  \n"),
            "img" => {
                return self
                    .text
                    .push_str(&escaped(element.attribute("alt").unwrap_or_default()));
            }
            _ => "",
        };
        self.text.push_str(sign);
        self.children(element);
        self.text.push_str(sign);
    }

    /// A formula whose TeX is told becomes that; of others the letters are kept.
    fn formula(&mut self, element: &'e Element) {
        match element.find("annotation").map(Element::text) {
            Some(tex) if !tex.is_empty() => self.text.push_str(&format!("${tex}$")),
            _ => self.words(&element.text()),
        }
    }

    fn words(&mut self, text: &str) {
        let starts = text.starts_with(char::is_whitespace);
        let words: Vec<&str> = text.split_whitespace().collect();
        let glued = self.text.ends_with(char::is_whitespace) || self.text.is_empty();
        if starts && !(glued && self.pieces.is_empty()) && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        self.text.push_str(&escaped(&words.join(" ")));
        if !words.is_empty() && text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
    }

    fn paragraph(&mut self) {
        let length = self.text.trim_end().len();
        self.text.truncate(length);
        if length > 0 || !self.pieces.is_empty() {
            self.text.push_str("\n\n");
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text));
        }
    }
}
