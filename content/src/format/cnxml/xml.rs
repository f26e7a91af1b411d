//! XML read into a tree, forgivingly: what is broken is noted, the rest is kept.

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;

/// Elements deeper than this are flattened into their parents.
const DEEPEST: usize = 100;
/// How many problems of one text are noted.
const MOST_PROBLEMS: usize = 20;
/// How many times reading goes on after broken markup; each may look through the rest of the text.
const MOST_RESTARTS: usize = 500;

/// An element, its name without prefix.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
}

/// What an element contains.
#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// Something that is no XML.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) line: usize,
    pub(crate) reason: String,
}

impl Element {
    /// An attribute by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// Whether one of the classes is this one.
    pub(crate) fn has_class(&self, class: &str) -> bool {
        let all = self.attribute("class").unwrap_or_default();
        all.split_ascii_whitespace().any(|own| own == class)
    }

    /// The child elements.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child with this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The first descendant with this name, in the order of the text.
    pub(crate) fn find(&self, name: &str) -> Option<&Element> {
        self.elements()
            .find_map(|element| match element.name == name {
                true => Some(element),
                false => element.find(name),
            })
    }

    /// Visits all descendants in the order of the text.
    pub(crate) fn walk<'e>(&'e self, visit: &mut dyn FnMut(&'e Element)) {
        for element in self.elements() {
            visit(element);
            element.walk(visit);
        }
    }

    /// All text within, with single spaces.
    pub(crate) fn text(&self) -> String {
        let mut all = String::new();
        self.push_text(&mut all);
        all.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn push_text(&self, all: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(text) => all.push_str(text),
                Node::Element(element) => {
                    let apart = matches!(element.name.as_str(), "para" | "item" | "title" | "list");
                    all.push_str(if apart { " " } else { "" });
                    element.push_text(all);
                    all.push_str(if apart { " " } else { "" });
                }
            }
        }
    }
}

/// Reads a text; the result is a nameless element around everything in it.
pub(crate) fn parse(text: &str) -> (Element, Vec<Problem>) {
    let text = text.trim_start_matches('\u{feff}');
    let mut tree = Tree {
        text,
        open: vec![Element::default()],
        flat: Vec::new(),
        problems: Vec::new(),
        restarts: 0,
    };
    let mut start = 0;
    while let Some(next) = tree.read_from(start) {
        start = next;
    }
    tree.close_down_to(1);
    let root = tree.open.pop().unwrap_or_default();
    (root, tree.problems)
}

struct Tree<'t> {
    text: &'t str,
    open: Vec<Element>,
    /// Names of open elements that were too deep to be kept.
    flat: Vec<String>,
    problems: Vec<Problem>,
    restarts: usize,
}

impl Tree<'_> {
    /// Reads until the end, or until broken markup; then says where to go on.
    fn read_from(&mut self, start: usize) -> Option<usize> {
        let rest = &self.text[start..];
        let mut reader = Reader::from_str(rest);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            let before = usize::try_from(reader.buffer_position()).unwrap_or(rest.len());
            match reader.read_event() {
                Ok(Event::Eof) => return self.end_of_text(),
                Ok(Event::Start(tag) | Event::Empty(tag)) if is_no_tag(&tag) => {
                    return self.skip_broken(start + before, "a bare < in the text");
                }
                Ok(event) => self.event(event, start + before),
                Err(error) => return self.skip_broken(start + before, &error.to_string()),
            }
        }
    }

    fn end_of_text(&mut self) -> Option<usize> {
        if self.open.len() > 1 {
            let name = self.open.last().map_or("", |last| last.name.as_str());
            let reason = format!("<{name}> is never closed");
            self.problem(self.text.len(), reason);
        }
        None
    }

    /// Keeps broken markup as text up to the next tag.
    fn skip_broken(&mut self, at: usize, reason: &str) -> Option<usize> {
        self.problem(at, reason.to_owned());
        let at = (at..=self.text.len()).find(|place| self.text.is_char_boundary(*place))?;
        let rest = &self.text[at..];
        let first = rest.chars().next()?.len_utf8();
        self.restarts += 1;
        let next = rest[first..]
            .find('<')
            .filter(|_| self.restarts < MOST_RESTARTS);
        let next = next.map_or(rest.len(), |place| place + first);
        self.push_text(&rest[..next]);
        (at + next < self.text.len()).then_some(at + next)
    }

    fn event(&mut self, event: Event, at: usize) {
        match event {
            Event::Start(start) => self.start(&start, false),
            Event::Empty(start) => self.start(&start, true),
            Event::End(end) => self.end(&local(end.name().0), at),
            Event::Text(text) => self.push_text(&text.xml10_content()),
            Event::CData(text) => self.push_text(&text.xml10_content()),
            Event::GeneralRef(reference) => self.reference(&reference, at),
            _ => {}
        }
    }

    fn start(&mut self, start: &BytesStart, empty: bool) {
        let name = local(start.name().0);
        if self.open.len() >= DEEPEST {
            self.flat.extend((!empty).then_some(name));
            return;
        }
        let mut all = start.attributes();
        let attributes = all.with_checks(false).filter_map(Result::ok).map(attribute);
        let attributes = attributes.collect();
        let children = Vec::new();
        self.open.push(Element {
            name,
            attributes,
            children,
        });
        if empty {
            self.close_down_to(self.open.len() - 1);
        }
    }

    fn end(&mut self, name: &str, at: usize) {
        if self.flat.last().is_some_and(|last| last == name) {
            self.flat.pop();
            return;
        }
        let place = self.open.iter().skip(1).rposition(|open| open.name == name);
        let Some(place) = place.map(|place| place + 1) else {
            return self.problem(at, format!("</{name}> closes nothing"));
        };
        if place + 1 != self.open.len() {
            let inner = self.open.last().map_or("", |last| last.name.as_str());
            let reason = format!("</{name}> stands where </{inner}> should");
            self.problem(at, reason);
        }
        self.flat.clear();
        self.close_down_to(place);
    }

    fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth.max(1) {
            let Some(element) = self.open.pop() else {
                return;
            };
            if let Some(parent) = self.open.last_mut() {
                parent.children.push(Node::Element(element));
            }
        }
    }

    fn reference(&mut self, reference: &BytesRef, at: usize) {
        if let Ok(Some(letter)) = reference.resolve_char_ref() {
            return self.push_text(letter.encode_utf8(&mut [0; 4]));
        }
        let name: &str = reference;
        match quick_xml::escape::resolve_xml_entity(name).or_else(|| html_entity(name)) {
            Some(text) => self.push_text(text),
            None => {
                self.problem(at, format!("&{name}; is unknown"));
                self.push_text(&format!("&{name};"));
            }
        }
    }

    fn push_text(&mut self, text: &str) {
        let Some(last) = self.open.last_mut() else {
            return;
        };
        if let Some(Node::Text(before)) = last.children.last_mut() {
            before.push_str(text);
        } else {
            last.children.push(Node::Text(text.to_owned()));
        }
    }

    fn problem(&mut self, at: usize, reason: String) {
        if self.problems.len() < MOST_PROBLEMS {
            let before = self.text.as_bytes().iter().take(at);
            let line = before.filter(|byte| **byte == b'\n').count() + 1;
            self.problems.push(Problem { line, reason });
        }
    }
}

/// Whether what was taken for a tag is text after a bare `<`.
fn is_no_tag(content: &str) -> bool {
    let named = content.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == ':');
    !named || content.contains('<')
}

/// Name and value of an attribute; a broken reference in it stays as it is written.
fn attribute(attribute: Attribute) -> (String, String) {
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    let value = value.map_or_else(|_| attribute.value.to_string(), Cow::into_owned);
    (local(attribute.key.0), value)
}

/// A name without its prefix.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

/// Entities that people write though XML does not know them.
fn html_entity(name: &str) -> Option<&'static str> {
    let text = match name {
        "nbsp" => "\u{a0}",
        "ndash" => "–",
        "mdash" => "—",
        "hellip" => "…",
        "times" => "×",
        "deg" => "°",
        "minus" => "−",
        "le" => "≤",
        "ge" => "≥",
        _ => return None,
    };
    Some(text)
}
