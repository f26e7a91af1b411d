//! What stands by itself: sections, lists, figures, exercises, glossaries.

use super::Writer;
use crate::format::cnxml::xml::{Element, Node};

impl Writer<'_> {
    pub(super) fn section(&mut self, element: &Element) {
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

    pub(super) fn boxed(&mut self, tag: &str, class: &str, element: &Element) {
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
    pub(super) fn solution(&mut self, element: &Element) {
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

    pub(super) fn list(&mut self, element: &Element) {
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

    pub(super) fn figure(&mut self, element: &Element) {
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

    pub(super) fn equation(&mut self, element: &Element) {
        self.open("div", "equation", element);
        self.heading_line(element, None);
        self.children(element);
        self.raw("</div>\n");
    }

    pub(super) fn definitions(&mut self, element: &Element) {
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
