//! What a text consists of once it is balanced.

use super::whitelist::Element;

/// One piece of a balanced text: each `Open` of an element with content has its `Close`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// An element begins; void elements have no `Close`.
    Open(&'static Element, Attributes),
    /// The innermost open element ends.
    Close(&'static Element),
    /// Text, not escaped.
    Text(String),
}

/// Attributes by name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes(pub(super) Vec<(String, String)>);

impl Attributes {
    /// The value of an attribute, where it is there.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether one of the classes is this one.
    pub(super) fn has_class(&self, class: &str) -> bool {
        let all = self.get("class").unwrap_or_default();
        all.split_ascii_whitespace().any(|own| own == class)
    }
}

/// How many of the events from `start` (an `Open`) belong to that element, its `Close` included.
pub(super) fn span(events: &[Event], start: usize) -> usize {
    let mut depth = 0usize;
    for (count, event) in events[start..].iter().enumerate() {
        match event {
            Event::Open(element, _) if !element.is_void() => depth += 1,
            Event::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return count + 1;
        }
    }
    events.len() - start
}

/// The text in these events with single spaces.
pub(super) fn words(events: &[Event]) -> String {
    let mut all = String::new();
    for event in events {
        match event {
            Event::Text(text) => all.push_str(text),
            Event::Open(element, _) if element.name == "br" => all.push(' '),
            _ => {}
        }
    }
    collapse(&all)
}

/// Single spaces instead of any white space, none at the ends.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
