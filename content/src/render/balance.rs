//! Tags of unknown origin in, balanced events of known elements out.
//!
//! What HTML lets writers leave out (`</p>`, `</li>`, `<tr>`) is put in, what
//! is unknown, misplaced or too deep loses its tags but keeps its text.

use super::event::{Attributes, Event};
use super::whitelist::{self, Element, Kind, SILENT};

/// How deep elements may be nested; deeper ones lose their tags, not their text.
pub const MAX_DEPTH: usize = 64;

/// Where the search for an open element stops.
const CELLS: &[&str] = &["td", "th", "caption", "table"];
const LISTS: &[&str] = &["ul", "ol", "td", "th", "caption", "table"];
const DEFINITIONS: &[&str] = &["dl", "td", "th", "caption", "table"];
const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];

/// The stack of open elements, and what came out so far.
#[derive(Default)]
pub(super) struct Balancer {
    open: Vec<&'static Element>,
    too_deep: Vec<&'static Element>,
    hidden: Option<(String, usize)>,
    events: Vec<Event>,
}

impl Balancer {
    /// Text.
    pub(super) fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        let plain = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
        if let Some(Event::Text(last)) = self.events.last_mut() {
            last.extend(text.chars().filter(plain));
        } else {
            self.events
                .push(Event::Text(text.chars().filter(plain).collect()));
        }
    }

    /// A start tag.
    pub(super) fn start(&mut self, name: &str, attributes: Attributes, self_closing: bool) {
        let known = whitelist::element(name);
        if self.stays_hidden(name, known, self_closing) {
            return;
        }
        match name {
            "iframe" | "embed" | "video" | "audio" | "source" => self.link_to_media(&attributes),
            "input" => self.checkbox(&attributes),
            _ => {}
        }
        if SILENT.contains(&name) {
            let open = !(self_closing && matches!(name, "svg" | "annotation-xml"));
            self.hidden = open.then(|| (name.to_owned(), 1));
        } else if let Some(element) = known {
            self.known(element, attributes, self_closing);
        }
    }

    /// Whether the tag stands in something that is dropped whole. As in browsers,
    /// a block ends a drawing or a foreign part of a formula that was left open.
    fn stays_hidden(&mut self, name: &str, known: Option<&Element>, self_closing: bool) -> bool {
        let Some((outer, depth)) = &mut self.hidden else {
            return false;
        };
        let foreign = matches!(outer.as_str(), "svg" | "annotation-xml");
        if foreign && known.is_some_and(|e| matches!(e.kind, Kind::Block | Kind::Table)) {
            self.hidden = None;
            return false;
        }
        if name == outer && !self_closing {
            *depth += 1;
        }
        true
    }

    /// An end tag.
    pub(super) fn end(&mut self, name: &str) {
        if let Some((outer, depth)) = &mut self.hidden {
            *depth -= usize::from(name == outer);
            if *depth == 0 {
                self.hidden = None;
            }
            return;
        }
        let Some(element) = whitelist::element(name) else {
            return;
        };
        if let Some(place) = self
            .too_deep
            .iter()
            .rposition(|dropped| *dropped == element)
        {
            self.too_deep.truncate(place);
        } else {
            self.close_nearest(&[name], end_barrier(element));
        }
    }

    /// Closes what is still open.
    pub(super) fn finish(mut self) -> Vec<Event> {
        self.close_down_to(0);
        super::fence::expand(self.events)
    }

    fn known(&mut self, element: &'static Element, attributes: Attributes, self_closing: bool) {
        let fits = self.fits_formula(element) && self.fits_table(element);
        if !fits {
            return;
        }
        self.close_implied(element);
        if element.is_void() {
            self.events.push(Event::Open(element, attributes));
        } else if self.open.len() >= MAX_DEPTH {
            if self.too_deep.len() < MAX_DEPTH {
                self.too_deep.push(element);
            }
        } else {
            self.push(element, attributes);
            if self_closing && element.is_math() {
                self.close_down_to(self.open.len() - 1);
            }
        }
    }

    /// Formulas hold MathML only; anything else ends them, except within their text.
    fn fits_formula(&mut self, element: &Element) -> bool {
        let Some(start) = self.open.iter().position(|open| open.name == "math") else {
            return !element.is_math() || element.name == "math";
        };
        let in_text = self
            .open
            .last()
            .is_some_and(|last| last.kind == Kind::MathToken);
        if in_text || element.name == "math" {
            return false;
        }
        if !element.is_math() {
            self.close_down_to(start);
        }
        true
    }

    /// Pieces of tables go where they belong, adding a row where it was left out.
    fn fits_table(&mut self, element: &Element) -> bool {
        let parents: &[&str] = match element.name {
            "table" => return !self.is_between_cells(),
            "tr" => &["table", "thead", "tbody", "tfoot"],
            "td" | "th" => &["table", "thead", "tbody", "tfoot", "tr"],
            "col" => &["table", "colgroup"],
            _ if element.kind == Kind::Table => &["table"],
            _ => return !self.is_between_cells(),
        };
        let parent = self
            .open
            .iter()
            .rposition(|open| parents.contains(&open.name));
        let Some(parent) = parent.filter(|_| self.open.len() < MAX_DEPTH) else {
            return false;
        };
        self.close_down_to(parent + 1);
        let rowless = matches!(element.name, "td" | "th") && self.open[parent].name != "tr";
        if let (true, Some(row)) = (rowless, whitelist::element("tr")) {
            self.push(row, Attributes::default());
        }
        true
    }

    fn is_between_cells(&self) -> bool {
        let outside = ["td", "th", "caption"];
        let last = self.open.last();
        last.is_some_and(|last| last.kind == Kind::Table && !outside.contains(&last.name))
    }

    /// Ends what a start tag ends by itself.
    fn close_implied(&mut self, element: &Element) {
        match element.name {
            "li" => self.close_nearest(&["li"], LISTS),
            "dt" | "dd" => self.close_nearest(&["dt", "dd"], DEFINITIONS),
            "a" => self.close_nearest(&["a"], CELLS),
            "rt" | "rp" => self.close_nearest(&["rt", "rp"], &["ruby"]),
            _ if element.is_heading() => self.close_nearest(HEADINGS, CELLS),
            _ => {}
        }
        if matches!(element.kind, Kind::Block | Kind::Rule) || element.name == "table" {
            self.close_nearest(&["p"], CELLS);
        }
    }

    fn push(&mut self, element: &'static Element, attributes: Attributes) {
        self.open.push(element);
        self.events.push(Event::Open(element, attributes));
    }

    fn close_nearest(&mut self, names: &[&str], barrier: &[&str]) {
        let stop = |open: &&&Element| names.contains(&open.name) || barrier.contains(&open.name);
        let nearest = self.open.iter().rev().enumerate();
        let nearest = nearest.map(|(up, open)| (self.open.len() - 1 - up, open));
        let mut nearest = nearest.filter(|(_, open)| stop(open));
        match nearest.next() {
            Some((place, open)) if names.contains(&open.name) => self.close_down_to(place),
            _ => {}
        }
    }

    fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(element) = self.open.pop() {
                self.events.push(Event::Close(element));
            }
        }
        self.too_deep.clear();
    }

    /// Players and frames become links: the portal shows none of other people's.
    fn link_to_media(&mut self, attributes: &Attributes) {
        let (Some(src), Some(link)) = (attributes.get("src"), whitelist::element("a")) else {
            return;
        };
        let name = attributes.get("title").or(attributes.get("aria-label"));
        let name = name.unwrap_or(src).to_owned();
        let href = vec![("href".to_owned(), src.to_owned())];
        let before = self.open.len();
        self.known(link, Attributes(href), false);
        self.text(&name);
        if self.open.len() > before {
            self.close_down_to(before);
        }
    }

    fn checkbox(&mut self, attributes: &Attributes) {
        if attributes.get("type") == Some("checkbox") {
            let ticked = attributes.get("checked").is_some();
            self.text(if ticked { "☑" } else { "☐" });
        }
    }
}

fn end_barrier(element: &Element) -> &'static [&'static str] {
    match (element.kind, element.name) {
        (Kind::Table, "table") => &[],
        (Kind::Table, _) => &["table"],
        (Kind::Math | Kind::MathToken, _) => &["math"],
        _ => CELLS,
    }
}
