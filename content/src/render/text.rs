//! Events written as plain text, for the index and for summaries.

use super::anchor;
use super::event::{self, Attributes, Event};
use super::formula;
use super::whitelist::{Element, Kind};

/// A piece of a text under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Anchor of its heading on the page.
    pub anchor: String,
    /// Words of its heading.
    pub title: String,
    /// Its text without the heading.
    pub text: String,
}

/// The whole text.
pub(super) fn plain(events: &[Event]) -> String {
    write(events)
}

/// The text cut at its headings.
pub(super) fn sections(events: &[Event]) -> Vec<Section> {
    let anchors = anchor::anchors(events);
    let mut starts: Vec<usize> = anchors.headings.keys().copied().collect();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).copied().chain([events.len()]);
    let first = starts.first().copied().unwrap_or(events.len());
    let mut all = vec![Section {
        text: write(&events[..first]),
        ..Section::default()
    }];
    for (start, end) in starts.iter().copied().zip(ends) {
        let heading = &anchors.headings[&start];
        let body = start + event::span(events, start);
        all.push(Section {
            anchor: heading.id.clone(),
            title: heading.text.clone(),
            // A heading in a table in a heading begins before the outer one ends.
            text: write(events.get(body..end).unwrap_or_default()),
        });
    }
    all.retain(|section| !section.text.is_empty() || !section.title.is_empty());
    all
}

fn write(events: &[Event]) -> String {
    let mut writer = Writer::default();
    let mut place = 0;
    while let Some(event) = events.get(place) {
        place += writer.event(events, place, event);
    }
    writer.out.truncate(writer.out.trim_end().len());
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
    pre: usize,
    /// White space that is written once something follows it.
    gap: Option<char>,
}

impl Writer {
    /// Writes one event or more, and says how many.
    fn event(&mut self, events: &[Event], place: usize, event: &Event) -> usize {
        match event {
            Event::Text(text) => self.text(text),
            Event::Open(element, attributes) => {
                return self.open(events, place, element, attributes);
            }
            Event::Close(element) => self.close(element),
        }
        1
    }

    fn open(
        &mut self,
        events: &[Event],
        place: usize,
        element: &Element,
        own: &Attributes,
    ) -> usize {
        let length = || event::span(events, place);
        match element.name {
            "math" => {
                let length = length();
                self.word(&formula::line(&events[place..place + length]));
                return length;
            }
            "sup" | "sub" => {
                let length = length();
                let raised = element.name == "sup";
                if !own.has_class("footnote-ref") {
                    self.word(&formula::shifted(
                        &event::words(&events[place..place + length]),
                        raised,
                    ));
                }
                return length;
            }
            "img" => self.spaced(own.get("alt").unwrap_or_default()),
            "a" if own.has_class("footnote-backref") => return length(),
            "br" => self.gap('\n'),
            "pre" => self.pre += 1,
            _ => {}
        }
        self.boundary(element);
        1
    }

    fn close(&mut self, element: &Element) {
        if element.name == "pre" {
            self.pre = self.pre.saturating_sub(1);
        }
        self.boundary(element);
    }

    fn boundary(&mut self, element: &Element) {
        match (element.kind, element.name) {
            (Kind::Table, "td" | "th") => self.gap(' '),
            (Kind::Block | Kind::Rule | Kind::Table, _) => self.gap('\n'),
            _ => {}
        }
    }

    fn gap(&mut self, space: char) {
        if self.gap != Some('\n') {
            self.gap = Some(space);
        }
    }

    fn text(&mut self, text: &str) {
        if self.pre > 0 {
            return self.preformatted(text);
        }
        if text.starts_with(char::is_whitespace) {
            self.gap(' ');
        }
        for (number, word) in text.split_whitespace().enumerate() {
            if number > 0 {
                self.gap(' ');
            }
            self.word(word);
        }
        if text.ends_with(char::is_whitespace) {
            self.gap(' ');
        }
    }

    fn preformatted(&mut self, text: &str) {
        let lines = text.strip_suffix('\n').unwrap_or(text);
        self.word(lines);
        if lines.len() < text.len() {
            self.gap('\n');
        }
    }

    fn spaced(&mut self, text: &str) {
        self.gap(' ');
        self.text(text);
        self.gap(' ');
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if let Some(gap) = self.gap.take().filter(|_| !self.out.is_empty()) {
            self.out.push(gap);
        }
        self.out.push_str(word);
    }
}
