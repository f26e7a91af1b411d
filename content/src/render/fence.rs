//! `<mfenced>` written out: browsers have dropped it, old textbooks have not.

use super::event::{Attributes, Event};
use super::whitelist;

/// An open `mfenced`.
struct Fence {
    depth: usize,
    children: usize,
    separators: Vec<char>,
    close: String,
}

/// Replaces every `mfenced` by a row with its brackets and separators.
pub(super) fn expand(events: Vec<Event>) -> Vec<Event> {
    let fenced = |event: &Event| matches!(event, Event::Open(e, _) if e.name == "mfenced");
    if !events.iter().any(fenced) {
        return events;
    }
    let mut writer = Writer::default();
    events.into_iter().for_each(|event| writer.event(event));
    writer.events
}

#[derive(Default)]
struct Writer {
    depth: usize,
    fences: Vec<Fence>,
    events: Vec<Event>,
}

impl Writer {
    fn event(&mut self, event: Event) {
        match event {
            Event::Open(element, attributes) if !element.is_void() => {
                self.separate();
                self.depth += 1;
                match element.name {
                    "mfenced" => self.open(&attributes),
                    _ => self.events.push(Event::Open(element, attributes)),
                }
            }
            Event::Close(element) => {
                self.depth = self.depth.saturating_sub(1);
                match element.name {
                    "mfenced" => self.close(),
                    _ => self.events.push(Event::Close(element)),
                }
            }
            other => self.events.push(other),
        }
    }

    fn open(&mut self, attributes: &Attributes) {
        let separators = attributes.get("separators").unwrap_or(",");
        self.fences.push(Fence {
            depth: self.depth,
            children: 0,
            separators: separators.chars().filter(|c| !c.is_whitespace()).collect(),
            close: attributes.get("close").unwrap_or(")").to_owned(),
        });
        if let Some(row) = whitelist::element("mrow") {
            self.events.push(Event::Open(row, Attributes::default()));
        }
        self.operator(attributes.get("open").unwrap_or("("), true);
    }

    fn close(&mut self) {
        if let Some(fence) = self.fences.pop() {
            self.operator(&fence.close, true);
        }
        if let Some(row) = whitelist::element("mrow") {
            self.events.push(Event::Close(row));
        }
    }

    /// Puts the separator before the second and further children.
    fn separate(&mut self) {
        let Some(fence) = self.fences.last_mut().filter(|f| f.depth == self.depth) else {
            return;
        };
        fence.children += 1;
        let place = fence.children.checked_sub(2);
        let sign = place.and_then(|n| fence.separators.get(n).or(fence.separators.last()));
        if let Some(sign) = sign.copied() {
            self.operator(&sign.to_string(), false);
        }
    }

    fn operator(&mut self, sign: &str, is_fence: bool) {
        let Some(operator) = whitelist::element("mo").filter(|_| !sign.is_empty()) else {
            return;
        };
        let kind = if is_fence { "fence" } else { "separator" };
        let attributes = vec![(kind.to_owned(), "true".to_owned())];
        self.events
            .push(Event::Open(operator, Attributes(attributes)));
        self.events.push(Event::Text(sign.to_owned()));
        self.events.push(Event::Close(operator));
    }
}
