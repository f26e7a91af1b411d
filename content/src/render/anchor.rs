//! Anchors: every element that has an id, and every heading, gets one that is unique.

use super::Heading;
use super::event::{self, Event};
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Put before every id, so that no text can name what the portal's pages name.
pub(super) const PREFIX: &str = "s-";

/// Longest anchor made from a heading, in characters.
const LONGEST: usize = 60;

/// The anchors of a text, and its headings.
#[derive(Default)]
pub(super) struct Anchors {
    /// By place in the events.
    pub(super) ids: HashMap<usize, String>,
    /// By place in the events; levels as they are on the page.
    pub(super) headings: HashMap<usize, Heading>,
    taken: HashSet<String>,
    copies: HashMap<String, u32>,
}

/// Names all anchors of a text.
pub(super) fn anchors(events: &[Event]) -> Anchors {
    let mut levels = Levels::default();
    let mut all = Anchors::default();
    for (place, event) in events.iter().enumerate() {
        if let Event::Open(element, attributes) = event {
            let own = attributes.get("id").map(prefixed);
            if element.is_heading() {
                let text = event::words(&events[place..place + event::span(events, place)]);
                all.heading(place, levels.next(element.name), own, text);
            } else if let Some(id) = own.filter(|id| all.taken.insert(id.clone())) {
                all.ids.insert(place, id);
            }
        }
    }
    all
}

impl Anchors {
    fn heading(&mut self, place: usize, level: u8, own: Option<String>, text: String) {
        let id = self.unique(own.unwrap_or_else(|| prefixed(&slug(&text))));
        self.ids.insert(place, id.clone());
        self.headings.insert(place, Heading { level, id, text });
    }

    fn unique(&mut self, base: String) -> String {
        let mut id = base.clone();
        while !self.taken.insert(id.clone()) {
            let copy = self.copies.entry(base.clone()).or_insert(1);
            *copy += 1;
            id = format!("{base}-{copy}");
        }
        id
    }
}

/// Levels on the page, one heading after the other. What counts is which heading stands beneath which: authors choose levels by
/// how large they look, and those who listen to a page would miss what is left out.
#[derive(Default)]
struct Levels {
    /// The headings that the last one stands beneath, and itself: levels as the author chose them, each below the one before.
    above: Vec<u8>,
}

impl Levels {
    /// The level on the page of `h1`…`h6`: 2 for the highest, at most one more than that of the heading before.
    fn next(&mut self, name: &str) -> u8 {
        let own = name.strip_prefix('h').and_then(|digit| digit.parse().ok());
        let own = own.unwrap_or(2);
        while self.above.last().is_some_and(|above| *above >= own) {
            self.above.pop();
        }
        self.above.push(own);
        u8::try_from(self.above.len() + 1).unwrap_or(6).min(6)
    }
}

/// An id as pages carry it.
pub(super) fn prefixed(id: &str) -> String {
    let id: String = id
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    if id.len() > PREFIX.len() && id.starts_with(PREFIX) {
        return id;
    }
    format!("{PREFIX}{id}")
}

/// A heading as an anchor: `Đạo hàm (ôn tập)` becomes `dao-ham-on-tap`.
fn slug(text: &str) -> String {
    let letters = text.nfd().filter(|c| !is_combining_mark(*c));
    let letters = letters.flat_map(|c| match c {
        'đ' | 'Đ' => 'd'.to_lowercase(),
        other => other.to_lowercase(),
    });
    let mut slug = String::new();
    for letter in letters.take(LONGEST) {
        if letter.is_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        "section".to_owned()
    } else {
        slug
    }
}
