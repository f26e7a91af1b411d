//! A finished page read word by word, with the places of its words in the HTML.

use super::lexicon::word_key;
use crate::render::{tag_length, tag_name};

/// Elements whose words are left alone: what is a link or a heading already, what is no prose, and what answers or asks.
const CLOSED: [&str; 26] = [
    "a",
    "button",
    "caption",
    "code",
    "dt",
    "figcaption",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "kbd",
    "label",
    "math",
    "option",
    "pre",
    "ruby",
    "samp",
    "select",
    "summary",
    "svg",
    "textarea",
    "th",
    "time",
];
/// Elements that run with the text.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "bdi", "cite", "code", "dfn", "em", "i", "kbd", "mark", "math", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "u", "var",
];

/// A word of the text.
pub(super) struct Word {
    /// As it is compared.
    pub(super) key: String,
    /// Where it stands in the HTML.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether only spaces stand between it and the word before.
    pub(super) joined: bool,
    /// Whether something may be put around it.
    pub(super) open: bool,
    /// Number of its section and of its block.
    pub(super) section: usize,
    pub(super) block: usize,
}

/// A stretch of text that stands on lines of its own.
#[derive(Default)]
pub(super) struct Block {
    /// The element that it begins with.
    pub(super) name: String,
    pub(super) text: String,
    /// Whether all of it is prose: no formula, no code, no link.
    pub(super) is_prose: bool,
}

/// What was read.
pub(super) struct Walk {
    pub(super) words: Vec<Word>,
    pub(super) blocks: Vec<Block>,
}

/// Reads finished HTML.
pub(super) fn walk(html: &str, language: &str) -> Walk {
    let mut walker = Walker::new(language);
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        let length = match rest.starts_with('<') {
            true => {
                let length = tag_length(rest);
                walker.tag(&rest[..length]);
                length
            }
            false => {
                let length = rest.find('<').unwrap_or(rest.len());
                walker.text(&rest[..length], at);
                length
            }
        };
        at += length;
    }
    walker.walk
}

struct Walker<'a> {
    language: &'a str,
    walk: Walk,
    closed: usize,
    section: usize,
    joined: bool,
}

impl<'a> Walker<'a> {
    fn new(language: &'a str) -> Self {
        let walk = Walk {
            words: Vec::new(),
            blocks: vec![Block::default()],
        };
        Self {
            language,
            walk,
            closed: 0,
            section: 0,
            joined: false,
        }
    }

    fn tag(&mut self, tag: &str) {
        let (name, closes) = tag_name(tag);
        self.joined = false;
        if closes && CLOSED.contains(&name) {
            self.closed = self.closed.saturating_sub(1);
        }
        if self.closed == 0 && !INLINE.contains(&name) {
            let name = if closes { "" } else { name };
            self.walk.blocks.push(Block {
                name: name.to_owned(),
                is_prose: true,
                ..Block::default()
            });
        }
        if !closes && matches!(name, "h2" | "h3") {
            self.section += 1;
        }
        if !closes && CLOSED.contains(&name) {
            self.closed += 1;
        }
    }

    fn text(&mut self, text: &str, at: usize) {
        if let Some(block) = self.walk.blocks.last_mut() {
            block.is_prose &= self.closed == 0 || text.trim().is_empty();
            block.text.push_str(&plain(text));
        }
        let mut from = 0;
        while from < text.len() {
            let rest = &text[from..];
            let begins = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
            let between = &rest[..begins];
            self.joined &= between.chars().all(char::is_whitespace);
            // `&nbsp;` and the like are no words.
            let entity = between.ends_with('&') && rest[begins..].contains(';');
            let word = &rest[begins..];
            let length = word
                .find(|c: char| !c.is_alphanumeric() && !is_mark(c))
                .unwrap_or(word.len());
            if length > 0 && !entity {
                self.word(&word[..length], at + from + begins);
            }
            self.joined = !entity;
            from += begins + length.max(usize::from(length == 0 && begins == 0));
        }
    }

    fn word(&mut self, word: &str, start: usize) {
        self.walk.words.push(Word {
            key: word_key(word, self.language),
            start,
            end: start + word.len(),
            joined: self.joined,
            open: self.closed == 0,
            section: self.section,
            block: self.walk.blocks.len() - 1,
        });
    }
}

/// Whether a sign belongs to the letter before it.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Text as it is read.
fn plain(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    let text = text.replace("&quot;", "\"").replace("&nbsp;", " ");
    text.replace("&#39;", "'").replace("&amp;", "&")
}
