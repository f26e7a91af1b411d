//! A text as a list of blocks with what each one is, for those who read it
//! sentence by sentence. What a reader would not see is left out.

use super::event::{self, Attributes, Event};
use super::text;
use super::whitelist::Kind;

/// What a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading; its level from 1.
    Heading(u8),
    /// Running text.
    #[default]
    Paragraph,
    /// An item of a list with bullets.
    Bullet,
    /// An item of a numbered list.
    Numbered,
    /// A row of a table, cells between `|`.
    Row,
    /// A quotation or a definition that is set apart.
    Quotation,
    /// Code or other preformatted text.
    Code,
}

/// A piece of a text that stands on lines of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Its words, formulas as one reads them.
    pub text: String,
    /// What is set in bold or italics in it.
    pub stressed: Vec<String>,
    /// Whether a formula is in it.
    pub has_math: bool,
    /// Whether it is the head of a table.
    pub is_head: bool,
}

/// The blocks of these events, in order, without hidden ones.
pub(super) fn blocks(events: Vec<Event>) -> Vec<TextBlock> {
    let mut reader = Reader::default();
    for event in visible(events) {
        reader.take(event);
    }
    reader.flush();
    reader.blocks
}

/// The events without elements that a page does not show.
fn visible(events: Vec<Event>) -> Vec<Event> {
    let mut kept = Vec::with_capacity(events.len());
    let mut skip = 0usize;
    let spans: Vec<usize> = (0..events.len())
        .map(|at| match &events[at] {
            Event::Open(element, own) if !element.is_void() && is_hidden(own) => {
                event::span(&events, at)
            }
            _ => 0,
        })
        .collect();
    for (event, span) in events.into_iter().zip(spans) {
        skip = skip.max(span);
        if skip > 0 {
            skip -= 1;
        } else {
            kept.push(event);
        }
    }
    kept
}

/// Whether an element says that it is not to be seen, or can hardly be.
fn is_hidden(own: &Attributes) -> bool {
    let style: String = own
        .get("style")
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    let unseen = [
        "display:none",
        "visibility:hidden",
        "font-size:0",
        "font-size:1px",
        "opacity:0",
        "color:white",
        "color:#fff",
        "color:transparent",
        "left:-",
        "text-indent:-",
    ];
    own.get("hidden").is_some()
        || own.get("aria-hidden") == Some("true")
        || unseen.iter().any(|way| style.contains(way))
}

/// Collects the running text between the borders of blocks.
#[derive(Default)]
struct Reader {
    blocks: Vec<TextBlock>,
    inline: Vec<Event>,
    open: Vec<&'static str>,
    row: Option<Vec<String>>,
    /// Whether a cell of the row holds a value and no heading.
    has_value: bool,
}

impl Reader {
    fn take(&mut self, event: Event) {
        match event {
            Event::Open(element, own) if is_border(element.kind) => {
                self.flush();
                if !element.is_void() {
                    self.open.push(element.name);
                }
                if element.name == "tr" {
                    self.row = Some(Vec::new());
                    self.has_value = false;
                }
                self.has_value |= element.name == "td";
                let _ = own;
            }
            Event::Close(element) if is_border(element.kind) => {
                self.flush();
                if let Some(place) = self.open.iter().rposition(|name| *name == element.name) {
                    self.open.truncate(place);
                }
                if element.name == "tr" {
                    self.end_row();
                }
            }
            other => self.inline.push(other),
        }
    }

    fn end_row(&mut self) {
        let cells = self.row.take().unwrap_or_default();
        if !cells.is_empty() {
            self.blocks.push(TextBlock {
                kind: BlockKind::Row,
                text: cells.join(" | "),
                is_head: !self.has_value,
                ..TextBlock::default()
            });
        }
    }

    fn flush(&mut self) {
        let inline = std::mem::take(&mut self.inline);
        let words = text::plain(&inline);
        if words.trim().is_empty() {
            return;
        }
        let in_cell = self.open.iter().any(|name| matches!(*name, "td" | "th"));
        if let Some(row) = self.row.as_mut().filter(|_| in_cell) {
            return row.push(words);
        }
        self.blocks.push(TextBlock {
            kind: self.kind(),
            text: words,
            stressed: stressed(&inline),
            is_head: false,
            has_math: inline
                .iter()
                .any(|event| matches!(event, Event::Open(e, _) if e.name == "math")),
        });
    }

    fn kind(&self) -> BlockKind {
        let named = |names: &[&str]| self.open.iter().rev().any(|open| names.contains(open));
        let heading = self.open.iter().rev().find_map(|name| {
            let digit = name.strip_prefix('h')?.parse().ok()?;
            Some(BlockKind::Heading(digit))
        });
        let list = self.open.iter().rev().find_map(|name| match *name {
            "ol" => Some(BlockKind::Numbered),
            "ul" => Some(BlockKind::Bullet),
            _ => None,
        });
        if named(&["pre"]) {
            BlockKind::Code
        } else if let Some(heading) = heading {
            heading
        } else if named(&["td", "th", "caption"]) {
            BlockKind::Row
        } else if let Some(list) = list.filter(|_| named(&["li"])) {
            list
        } else if named(&["blockquote", "dd"]) {
            BlockKind::Quotation
        } else {
            BlockKind::Paragraph
        }
    }
}

fn is_border(kind: Kind) -> bool {
    matches!(kind, Kind::Block | Kind::Rule | Kind::Table)
}

/// What stands in `strong`, `b`, `em`, `i` or `dfn`.
fn stressed(events: &[Event]) -> Vec<String> {
    let mut all = Vec::new();
    for (at, event) in events.iter().enumerate() {
        if let Event::Open(element, _) = event
            && matches!(element.name, "strong" | "b" | "em" | "i" | "dfn")
        {
            let length = event::span(events, at);
            all.push(text::plain(&events[at..at + length]));
        }
    }
    all.retain(|words| !words.is_empty());
    all
}
