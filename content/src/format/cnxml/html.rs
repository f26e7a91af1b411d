//! The text of a module as HTML.

mod block;
mod inline;

use super::labels::Labels;
use super::module::ModuleContext;
use super::words::Words;
use super::xml::{Element, Node};
use super::{math, media, table};
use crate::MediaObject;
use crate::check::{Finding, UNKNOWN_ELEMENT};
use crate::escape::escape;
use inline::is_block_code;
use std::collections::BTreeSet;

/// A module's text, the files it shows, and what was noticed.
#[derive(Default)]
pub(super) struct Page {
    pub(super) html: String,
    pub(super) media: Vec<MediaObject>,
    pub(super) findings: Vec<Finding>,
}

/// Writes the content of a module and its glossary.
pub(super) fn write(
    document: &Element,
    context: &ModuleContext,
    labels: &Labels,
    words: &Words,
) -> Page {
    let mut writer = Writer {
        context,
        labels,
        words,
        page: Page::default(),
        level: 2,
        footnotes: Vec::new(),
        unknown: BTreeSet::new(),
    };
    for child in &document.children {
        match child {
            Node::Element(head) if matches!(head.name.as_str(), "title" | "metadata") => {}
            other => writer.node(other, document),
        }
    }
    writer.write_footnotes();
    let unknown = std::mem::take(&mut writer.unknown);
    let unknown = unknown.iter().map(|name| UNKNOWN_ELEMENT.on("body", name));
    writer.page.findings.extend(unknown);
    writer.page
}

pub(super) struct Writer<'a> {
    pub(super) context: &'a ModuleContext<'a>,
    pub(super) labels: &'a Labels,
    pub(super) words: &'a Words,
    pub(super) page: Page,
    level: u8,
    footnotes: Vec<String>,
    unknown: BTreeSet<String>,
}

/// Elements written as one HTML element: name, tag, class.
const PLAIN: &[(&str, &str, &str)] = &[
    ("problem", "div", "problem"),
    ("commentary", "div", "commentary"),
    ("statement", "div", ""),
    ("proof", "div", ""),
    ("div", "div", ""),
    ("span", "span", ""),
    ("term", "dfn", ""),
    ("cite", "cite", ""),
    ("cite-title", "cite", ""),
    ("foreign", "i", ""),
    ("sub", "sub", ""),
    ("sup", "sup", ""),
    ("preformat", "pre", ""),
    ("subfigure", "figure", ""),
    ("caption", "figcaption", ""),
    ("glossary-term", "dt", ""),
    ("seealso", "span", ""),
];

/// Elements that stand on lines of their own, also within a paragraph.
const BLOCKS: &[&str] = &[
    "list",
    "table",
    "figure",
    "equation",
    "note",
    "example",
    "exercise",
    "section",
    "media",
    "div",
    "quote",
    "para",
    "subfigure",
    "definition",
    "rule",
    "preformat",
    "solution",
    "problem",
];

impl Writer<'_> {
    /// Adds HTML as it is.
    pub(super) fn raw(&mut self, html: &str) {
        self.page.html.push_str(html);
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        escape(text, &mut self.page.html);
    }

    /// Opens a tag with class and the element's id.
    pub(super) fn open(&mut self, tag: &str, class: &str, element: &Element) {
        self.page.html.push_str(&format!("<{tag}"));
        self.attribute("class", Some(class).filter(|class| !class.is_empty()));
        self.attribute("id", element.attribute("id"));
        self.raw(">");
    }

    /// Adds an attribute to the tag being written.
    pub(super) fn attribute(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.page.html.push_str(&format!(" {name}=\""));
            escape(value, &mut self.page.html);
            self.raw("\"");
        }
    }

    /// Everything in an element except its title and label.
    pub(super) fn children(&mut self, element: &Element) {
        for child in &element.children {
            match child {
                Node::Element(part) if matches!(part.name.as_str(), "title" | "label") => {}
                other => self.node(other, element),
            }
        }
    }

    fn node(&mut self, node: &Node, parent: &Element) {
        match node {
            Node::Text(text) => self.text(text),
            Node::Element(element) => self.element(element, parent),
        }
    }

    fn element(&mut self, element: &Element, parent: &Element) {
        match element.name.as_str() {
            "para" => self.paragraph(element),
            "section" => self.section(element),
            "list" => self.list(element),
            "table" => table::write(self, element),
            "figure" => self.figure(element),
            "media" => media::write(self, element),
            "equation" => self.equation(element),
            "math" => math::write(&mut self.page.html, element, true),
            "note" | "rule" => self.boxed("aside", "note", element),
            "example" => self.boxed("section", "example", element),
            "exercise" => self.boxed("div", "exercise", element),
            "solution" => self.solution(element),
            "definition" | "glossary" => self.definitions(element),
            "emphasis" => self.emphasis(element),
            "code" => self.code(element, parent),
            "link" => self.link(element),
            "quote" => self.quote(element),
            "footnote" => self.footnote(element),
            "newline" => self.newline(element),
            "space" => self.raw(" "),
            // Stray ones, from broken markup.
            "title" | "label" => self.titled("p", "title", element),
            "content" | "document" | "name" | "meaning" | "item" | "entry" => {
                self.children(element)
            }
            name => self.other(name, element),
        }
    }

    fn other(&mut self, name: &str, element: &Element) {
        if let Some((_, tag, class)) = PLAIN.iter().find(|(own, ..)| *own == name) {
            self.wrapped(tag, class, element);
            return;
        }
        self.unknown.insert(name.to_owned());
        let titles = element
            .elements()
            .filter(|part| part.name == "title" || part.name == "label");
        titles.for_each(|title| self.titled("p", "title", title));
        self.children(element);
    }

    fn wrapped(&mut self, tag: &str, class: &str, element: &Element) {
        self.open(tag, class, element);
        self.heading_line(element, None);
        self.children(element);
        self.raw(&format!("</{tag}>"));
    }

    /// Title and label of an element as a line, else the given words.
    fn heading_line(&mut self, element: &Element, else_say: Option<&str>) {
        let mut lines = Vec::new();
        lines.extend(
            element
                .elements()
                .filter(|part| matches!(part.name.as_str(), "title" | "label")),
        );
        lines.retain(|part| !part.children.is_empty());
        if let (true, Some(words)) = (lines.is_empty(), else_say) {
            self.raw("<p class=\"title\">");
            self.text(words);
            self.raw("</p>");
        }
        lines
            .into_iter()
            .for_each(|line| self.titled("p", "title", line));
    }

    fn titled(&mut self, tag: &str, class: &str, title: &Element) {
        self.open(tag, class, title);
        self.children(title);
        self.raw(&format!("</{tag}>"));
    }

    /// HTML paragraphs hold no blocks: one with a list in it becomes two.
    fn paragraph(&mut self, element: &Element) {
        self.heading_line(element, None);
        self.open("p", "", element);
        let mut open = true;
        for child in &element.children {
            let block = matches!(child, Node::Element(part) if is_block(part, element));
            if matches!(child, Node::Element(part) if part.name == "title" || part.name == "label")
            {
                continue;
            }
            if block == open {
                self.raw(if block { "</p>" } else { "<p>" });
                open = !block;
            }
            self.node(child, element);
        }
        self.raw(if open { "</p>\n" } else { "\n" });
    }
}

fn is_block(element: &Element, parent: &Element) -> bool {
    match element.name.as_str() {
        "code" => is_block_code(element, parent),
        "quote" => element.attribute("display") != Some("inline"),
        // A picture within a line of text stays there.
        "media" => false,
        name => BLOCKS.contains(&name),
    }
}
