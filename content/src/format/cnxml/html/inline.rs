//! What runs with the text: emphasis, code, links, footnotes.

use super::Writer;
use crate::format::cnxml::xml::{Element, Node};

impl Writer<'_> {
    pub(super) fn emphasis(&mut self, element: &Element) {
        let tag = match element.attribute("effect").unwrap_or("bold") {
            "bold" => "strong",
            "underline" => "u",
            "normal" | "smallcaps" => "span",
            _ => "em",
        };
        self.wrapped(tag, "", element);
    }

    pub(super) fn code(&mut self, element: &Element, parent: &Element) {
        let block = is_block_code(element, parent);
        self.raw(if block { "<pre><code" } else { "<code" });
        let language = element
            .attribute("lang")
            .map(|name| format!("language-{name}"));
        self.attribute("class", language.as_deref());
        self.attribute("id", element.attribute("id"));
        self.raw(">");
        self.children(element);
        self.raw(if block { "</code></pre>\n" } else { "</code>" });
    }

    pub(super) fn link(&mut self, element: &Element) {
        let target = element.attribute("target-id");
        let document = element.attribute("document");
        let address = match (element.attribute("url"), document, target) {
            (Some(url), ..) => Some(url.to_owned()),
            (None, Some(document), Some(target)) => {
                Some(format!("{}#{target}", (self.context.address)(document)))
            }
            (None, Some(document), None) => Some((self.context.address)(document)),
            (None, None, target) => target.map(|target| format!("#{target}")),
        };
        self.raw("<a");
        self.attribute("href", address.as_deref());
        self.raw(">");
        let before = self.page.html.len();
        self.children(element);
        if self.page.html[before..].trim().is_empty() {
            let words = self.words_of_link(document, target);
            self.text(&words.or(address).unwrap_or_default());
        }
        self.raw("</a>");
    }

    /// What a link without words says: the title of the module, or "Figure 2".
    fn words_of_link(&self, document: Option<&str>, target: Option<&str>) -> Option<String> {
        match document {
            Some(document) if document != self.context.document => (self.context.title)(document),
            _ => target.and_then(|id| self.labels.of(id)).map(str::to_owned),
        }
    }

    pub(super) fn quote(&mut self, element: &Element) {
        let tag = match element.attribute("display") {
            Some("inline") => "q",
            _ => "blockquote",
        };
        self.wrapped(tag, "", element);
    }

    pub(super) fn newline(&mut self, element: &Element) {
        let count = element
            .attribute("count")
            .and_then(|count| count.parse().ok());
        self.raw(&"<br>".repeat(count.unwrap_or(1usize).clamp(1, 3)));
    }

    pub(super) fn footnote(&mut self, element: &Element) {
        let number = self.footnotes.len() + 1;
        self.raw(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"fnref-{number}\">{number}</a></sup>"
        ));
        let before = self.page.html.len();
        self.footnotes.push(String::new());
        self.children(element);
        let text = self.page.html.split_off(before);
        self.footnotes[number - 1] = text;
    }

    pub(super) fn write_footnotes(&mut self) {
        if self.footnotes.is_empty() {
            return;
        }
        self.raw("<section class=\"footnotes\"><ol>\n");
        for (place, text) in std::mem::take(&mut self.footnotes).iter().enumerate() {
            let number = place + 1;
            self.raw(&format!("<li id=\"fn-{number}\">{text} "));
            self.raw(&format!("<a href=\"#fnref-{number}\" class=\"footnote-backref\" aria-label=\"↩\">↩</a></li>\n"));
        }
        self.raw("</ol></section>\n");
    }
}

/// Code is a block where it says so, or stands among blocks.
pub(super) fn is_block_code(element: &Element, parent: &Element) -> bool {
    let among_text = [
        "para", "item", "title", "term", "emphasis", "link", "entry", "caption",
    ];
    match element.attribute("display") {
        Some(display) => display == "block",
        None if element.has_class("inline-code") => false,
        None => !among_text.contains(&parent.name.as_str()) || has_lines(element),
    }
}

fn has_lines(element: &Element) -> bool {
    element.children.iter().any(|child| match child {
        Node::Text(text) => text.trim().contains('\n'),
        Node::Element(part) => part.name == "newline",
    })
}
