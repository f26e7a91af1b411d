//! Events written as a page.

use super::address::{self, Files};
use super::anchor::{self, Anchors};
use super::event::{self, Attributes, Event};
use super::whitelist::Element;
use super::words::Words;
use super::{Heading, Rendered};
use crate::escape::escape;

/// Signs of a formula that fits on a line of a narrow telephone.
const SHORT_FORMULA: usize = 16;

/// Writes the page; what comes out still has to pass the whitelist.
pub(super) fn write(events: &[Event], files: &Files, words: &Words) -> Rendered {
    let anchors = anchor::anchors(events);
    let mut writer = Writer {
        events,
        files,
        words,
        anchors,
        ..Writer::new(files, words)
    };
    for (place, event) in events.iter().enumerate() {
        writer.event(place, event);
    }
    writer.finish()
}

struct Writer<'a> {
    events: &'a [Event],
    files: &'a Files<'a>,
    words: &'a Words,
    anchors: Anchors,
    /// Levels of the headings that are open.
    levels: Vec<u8>,
    outline: Vec<Heading>,
    has_math: bool,
    tables: usize,
    /// For each formula that is open, whether it has a region of its own.
    formulas: Vec<bool>,
    /// Labels given to tables, so that no two are called the same.
    labels: Vec<String>,
    /// A head cell without words is open: it is written as a plain cell.
    in_empty_head: bool,
    links: usize,
    in_head: bool,
    after_pre: bool,
    out: String,
}

impl<'a> Writer<'a> {
    fn new(files: &'a Files<'a>, words: &'a Words) -> Self {
        Self {
            events: &[],
            files,
            words,
            anchors: Anchors::default(),
            levels: Vec::new(),
            outline: Vec::new(),
            has_math: false,
            tables: 0,
            formulas: Vec::new(),
            labels: Vec::new(),
            in_empty_head: false,
            links: 0,
            in_head: false,
            after_pre: false,
            out: String::new(),
        }
    }

    fn finish(self) -> Rendered {
        Rendered {
            html: self.out,
            outline: self.outline,
            has_math: self.has_math,
            exercises: Vec::new(),
        }
    }

    fn event(&mut self, place: usize, event: &Event) {
        match event {
            Event::Text(text) => self.text(text),
            Event::Open(element, attributes) => self.open(place, element, attributes),
            Event::Close(element) => self.close(element),
        }
        let in_pre = matches!(event, Event::Open(e, _) if e.name == "pre" || e.name == "code");
        self.after_pre = in_pre && (self.after_pre || self.out.ends_with("tabindex=\"0\">"));
    }

    /// Parsers swallow one line break after `<pre>`; without any, reading twice changes nothing.
    fn text(&mut self, text: &str) {
        let text = if self.after_pre {
            text.trim_start_matches('\n')
        } else {
            text
        };
        escape(text, &mut self.out);
    }

    fn open(&mut self, place: usize, element: &Element, attributes: &Attributes) {
        match element.name {
            "img" => return self.image(attributes),
            "math" => self.open_math(place, attributes),
            "table" => self.open_table(place),
            "thead" => self.in_head = true,
            "a" => self.links += 1,
            "th" => self.in_empty_head = self.is_empty_head(place),
            _ => {}
        }
        if let Some(heading) = self.anchors.headings.get(&place) {
            self.levels.push(heading.level);
            self.outline
                .extend((!heading.text.is_empty()).then(|| heading.clone()));
        }
        self.out.push('<');
        self.push_name(element);
        let own = attributes.0.iter().filter(|(name, _)| element.allows(name));
        for (name, value) in own {
            if let Some(value) = self.value(element, attributes, name, value) {
                push_attribute(&mut self.out, name, &value);
            }
        }
        self.added_attributes(place, element, attributes);
        self.out.push('>');
    }

    fn close(&mut self, element: &Element) {
        self.out.push_str("</");
        self.push_name(element);
        self.out.push('>');
        if element.is_heading() {
            self.levels.pop();
        }
        match element.name {
            "table" => self.close_table(),
            "math" => self.close_math(),
            "thead" => self.in_head = false,
            "th" => self.in_empty_head = false,
            "a" => self.links = self.links.saturating_sub(1),
            _ => {}
        }
    }

    /// Whether a head cell holds nothing that could be read out.
    fn is_empty_head(&self, place: usize) -> bool {
        let length = event::span(self.events, place);
        let inner = &self.events[place..place + length];
        let says = |event: &Event| match event {
            Event::Text(text) => !text.trim().is_empty(),
            Event::Open(element, _) => matches!(element.name, "img" | "math"),
            Event::Close(_) => false,
        };
        !inner.iter().any(says)
    }

    /// Headings move so that the page keeps its one heading of level 1.
    fn push_name(&mut self, element: &Element) {
        if element.name == "th" && self.in_empty_head {
            self.out.push_str("td");
        } else if element.is_heading() {
            let level = self.levels.last().copied().unwrap_or(2);
            self.out.push_str(&format!("h{level}"));
        } else {
            self.out.push_str(element.name);
        }
    }

    fn value(&self, element: &Element, all: &Attributes, name: &str, raw: &str) -> Option<String> {
        match name {
            // Written from the list of anchors.
            "id" => None,
            "href" => self.href(raw),
            "aria-label" if all.has_class("footnote-backref") => Some(self.words.back.to_owned()),
            "aria-label" | "role" | "tabindex" if element.name != "a" => None,
            _ => Some(raw.to_owned()),
        }
    }

    fn href(&self, raw: &str) -> Option<String> {
        let address = address::tidy(raw);
        if let Some(id) = address.strip_prefix('#') {
            return Some(format!("#{}", anchor::prefixed(id)));
        }
        if address::scheme(&address).is_none() && !address.starts_with('/') {
            let file = self
                .files
                .address(&address)
                .or_else(|| self.files.elsewhere(&address));
            return Some(file.unwrap_or(address));
        }
        address::is_safe_link(&address).then_some(address)
    }

    fn added_attributes(&mut self, place: usize, element: &Element, attributes: &Attributes) {
        if let Some(id) = self.anchors.ids.get(&place) {
            push_attribute(&mut self.out, "id", id);
        }
        match element.name {
            "pre" => push_attribute(&mut self.out, "tabindex", "0"),
            "th" if attributes.get("scope").is_none() && !self.in_empty_head => {
                let scope = if self.in_head { "col" } else { "row" };
                push_attribute(&mut self.out, "scope", scope);
            }
            _ => {}
        }
    }

    /// A table may be wider than the window: it gets a region that scrolls and takes the focus.
    fn open_table(&mut self, place: usize) {
        if self.tables == 0 {
            let label = self.table_label(place);
            self.out
                .push_str("<div class=\"table-region\" role=\"region\" tabindex=\"0\"");
            push_attribute(&mut self.out, "aria-label", &label);
            self.out.push('>');
        }
        self.tables += 1;
    }

    fn table_label(&mut self, place: usize) -> String {
        let label = self.table_name(place);
        let same = self.labels.iter().filter(|other| **other == label).count();
        self.labels.push(label.clone());
        match same {
            0 => label,
            more => format!("{label} {}", more + 1),
        }
    }

    fn table_name(&self, place: usize) -> String {
        let is_caption = |event: &Event| matches!(event, Event::Open(e, _) if e.name == "caption");
        let near = self.events.iter().enumerate().skip(place + 1).take(2);
        let caption = near
            .filter(|(_, event)| is_caption(event))
            .map(|(start, _)| {
                let length = event::span(self.events, start);
                event::words(&self.events[start..start + length])
            });
        let mut caption = caption.filter(|text| !text.is_empty());
        caption
            .next()
            .unwrap_or_else(|| self.words.table.to_owned())
    }

    /// A formula does not break into lines: one that may be wider than a telephone gets a region
    /// that scrolls and takes the focus.
    fn open_math(&mut self, place: usize, attributes: &Attributes) {
        self.has_math = true;
        let block = attributes.get("display") == Some("block");
        let length = event::span(self.events, place);
        let signs = event::words(&self.events[place..place + length])
            .chars()
            .count();
        let region = self.formulas.is_empty() && (block || signs > SHORT_FORMULA);
        self.formulas.push(region);
        if region {
            let class = if block {
                "math-region math-region-block"
            } else {
                "math-region"
            };
            self.out.push_str("<span");
            push_attribute(&mut self.out, "class", class);
            push_attribute(&mut self.out, "role", "group");
            push_attribute(&mut self.out, "tabindex", "0");
            push_attribute(&mut self.out, "aria-label", self.words.formula);
            self.out.push('>');
        }
    }

    fn close_math(&mut self) {
        if self.formulas.pop() == Some(true) {
            self.out.push_str("</span>");
        }
    }

    fn close_table(&mut self) {
        self.tables = self.tables.saturating_sub(1);
        if self.tables == 0 {
            self.out.push_str("</div>");
        }
    }

    /// A picture of ours; another's becomes a link with its description.
    fn image(&mut self, attributes: &Attributes) {
        let src = address::tidy(attributes.get("src").unwrap_or_default());
        let alt = attributes.get("alt").filter(|alt| !alt.trim().is_empty());
        let alt = alt
            .or_else(|| self.files.description(&src))
            .unwrap_or_default();
        let own = match src.starts_with('/') {
            true => Some(src.clone()),
            false => self.files.address(&src),
        };
        match own.filter(|address| address::is_own(address)) {
            Some(address) => self.own_image(&address, alt, attributes),
            None => self.absent_image(&src, alt),
        }
    }

    fn own_image(&mut self, address: &str, alt: &str, attributes: &Attributes) {
        self.out.push_str("<img");
        push_attribute(&mut self.out, "src", address);
        push_attribute(&mut self.out, "alt", alt);
        push_attribute(&mut self.out, "loading", "lazy");
        for name in ["width", "height", "title"] {
            if let Some(value) = attributes.get(name) {
                push_attribute(&mut self.out, name, value);
            }
        }
        self.out.push('>');
    }

    fn absent_image(&mut self, src: &str, alt: &str) {
        let file_name = match address::scheme(src) {
            Some(scheme) if scheme == "data" => String::new(),
            _ => address::file_name(src),
        };
        let name = if alt.trim().is_empty() {
            file_name
        } else {
            alt.to_owned()
        };
        let web = address::is_web(src).then(|| src.to_owned());
        let target = web
            .or_else(|| self.files.elsewhere(src))
            .filter(|_| self.links == 0);
        let tag = if target.is_some() { "a" } else { "span" };
        self.out.push_str(&format!("<{tag} class=\"missing-file\""));
        if let Some(target) = target {
            push_attribute(&mut self.out, "href", &target);
        }
        self.out.push('>');
        escape(&name, &mut self.out);
        self.out.push_str(&format!("</{tag}>"));
    }
}

fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(value, out);
    out.push('"');
}
