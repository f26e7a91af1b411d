//! The text of a module as HTML.

use super::labels::Labels;
use super::module::ModuleContext;
use super::words::Words;
use super::xml::{Element, Node};
use super::{math, media, table};
use crate::MediaObject;
use crate::check::{Finding, UNKNOWN_ELEMENT};
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
        push_escaped(text, &mut self.page.html);
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
            push_escaped(value, &mut self.page.html);
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

    fn section(&mut self, element: &Element) {
        self.open("section", "", element);
        if let Some(title) = element.child("title") {
            let tag = format!("h{}", self.level.min(6));
            self.titled(&tag, "", title);
        }
        self.level += 1;
        self.children(element);
        self.level -= 1;
        self.raw("</section>\n");
    }

    fn boxed(&mut self, tag: &str, class: &str, element: &Element) {
        self.open(tag, class, element);
        let word = match class {
            "note" if element.child("label").is_none() => Some(self.words.note),
            "note" => None,
            _ => self.labels.of_element(element),
        };
        let word = word.map(str::to_owned);
        self.heading_line(element, word.as_deref());
        self.children(element);
        self.raw(&format!("</{tag}>\n"));
    }

    /// Solutions stay closed until a learner opens them.
    fn solution(&mut self, element: &Element) {
        self.open("details", "solution", element);
        self.raw("<summary>");
        let title = element.child("title").or(element.child("label"));
        match title.filter(|title| !title.children.is_empty()) {
            Some(title) => self.children(title),
            None => self.text(self.words.solution),
        }
        self.raw("</summary>");
        let second = element.child("title").and(element.child("label"));
        second
            .into_iter()
            .for_each(|label| self.titled("p", "title", label));
        self.children(element);
        self.raw("</details>\n");
    }

    fn list(&mut self, element: &Element) {
        self.heading_line(element, None);
        let numbered =
            element.attribute("list-type").or(element.attribute("type")) == Some("enumerated");
        let tag = if numbered { "ol" } else { "ul" };
        self.raw(&format!("<{tag}"));
        self.attribute("id", element.attribute("id"));
        self.attribute(
            "type",
            element.attribute("number-style").and_then(number_style),
        );
        self.attribute("start", element.attribute("start-value"));
        self.raw(">\n");
        let items = element
            .elements()
            .filter(|part| part.name != "title" && part.name != "label");
        items.for_each(|item| self.item(item));
        self.raw(&format!("</{tag}>\n"));
    }

    fn item(&mut self, element: &Element) {
        self.open("li", "", element);
        if let Some(label) = element.child("label") {
            self.titled("span", "label", label);
            self.raw(" ");
        }
        self.children(element);
        self.raw("</li>\n");
    }

    fn figure(&mut self, element: &Element) {
        self.open("figure", "", element);
        let texts = ["title", "label", "caption"];
        let (below, shown): (Vec<_>, Vec<_>) = element.children.iter().partition(
            |child| matches!(child, Node::Element(part) if texts.contains(&part.name.as_str())),
        );
        shown
            .into_iter()
            .for_each(|child| self.node(child, element));
        let number = self.labels.of_element(element).map(str::to_owned);
        if number.is_some() || !below.is_empty() {
            self.raw("<figcaption>");
            self.captions(number.as_deref(), &below);
            self.raw("</figcaption>");
        }
        self.raw("</figure>\n");
    }

    fn captions(&mut self, number: Option<&str>, below: &[&Node]) {
        if let Some(number) = number {
            self.raw("<span class=\"label\">");
            self.text(number);
            self.raw(".</span> ");
        }
        for child in below {
            if let Node::Element(part) = child {
                self.children(part);
                self.raw(" ");
            }
        }
    }

    fn equation(&mut self, element: &Element) {
        self.open("div", "equation", element);
        self.heading_line(element, None);
        self.children(element);
        self.raw("</div>\n");
    }

    fn definitions(&mut self, element: &Element) {
        let glossary = element.name == "glossary";
        if glossary {
            self.raw("<section class=\"glossary\"><h2>");
            self.text(self.words.glossary);
            self.raw("</h2>");
        }
        self.raw("<dl>\n");
        match glossary {
            true => element.children.iter().for_each(|child| match child {
                Node::Element(one) if one.name == "definition" => self.definition(one),
                other => self.node(other, element),
            }),
            false => self.definition(element),
        }
        self.raw(if glossary {
            "</dl></section>\n"
        } else {
            "</dl>\n"
        });
    }

    fn definition(&mut self, element: &Element) {
        for child in &element.children {
            match child {
                Node::Element(part) if part.name == "term" => self.titled("dt", "", part),
                Node::Element(part) if part.name != "label" => {
                    self.open("dd", "", part);
                    self.children(part);
                    self.raw("</dd>\n");
                }
                Node::Element(part) => self.children(part),
                Node::Text(text) if text.trim().is_empty() => {}
                Node::Text(text) => self.text(text),
            }
        }
    }

    fn emphasis(&mut self, element: &Element) {
        let tag = match element.attribute("effect").unwrap_or("bold") {
            "bold" => "strong",
            "underline" => "u",
            "normal" | "smallcaps" => "span",
            _ => "em",
        };
        self.wrapped(tag, "", element);
    }

    fn code(&mut self, element: &Element, parent: &Element) {
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

    fn link(&mut self, element: &Element) {
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

    fn quote(&mut self, element: &Element) {
        let tag = match element.attribute("display") {
            Some("inline") => "q",
            _ => "blockquote",
        };
        self.wrapped(tag, "", element);
    }

    fn newline(&mut self, element: &Element) {
        let count = element
            .attribute("count")
            .and_then(|count| count.parse().ok());
        self.raw(&"<br>".repeat(count.unwrap_or(1usize).clamp(1, 3)));
    }

    fn footnote(&mut self, element: &Element) {
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

    fn write_footnotes(&mut self) {
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

fn is_block(element: &Element, parent: &Element) -> bool {
    match element.name.as_str() {
        "code" => is_block_code(element, parent),
        "quote" => element.attribute("display") != Some("inline"),
        // A picture within a line of text stays there.
        "media" => false,
        name => BLOCKS.contains(&name),
    }
}

/// Code is a block where it says so, or stands among blocks.
fn is_block_code(element: &Element, parent: &Element) -> bool {
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

fn number_style(style: &str) -> Option<&'static str> {
    match style {
        "lower-alpha" => Some("a"),
        "upper-alpha" => Some("A"),
        "lower-roman" => Some("i"),
        "upper-roman" => Some("I"),
        _ => None,
    }
}

/// Text as HTML, also within quotes.
pub(super) fn push_escaped(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}
