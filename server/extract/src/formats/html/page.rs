//! From tokens of HTML to sections, metadata and statements about rights.

use crate::document::Metadata;
use crate::formats::text::Outline;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// What a page has.
#[derive(Default)]
pub(in crate::formats) struct Page {
    pub(in crate::formats) outline: Outline,
    pub(in crate::formats) metadata: Metadata,
    pub(in crate::formats) rights: Vec<String>,
}

/// Takes a page apart.
pub(in crate::formats) fn page(html: &str) -> Page {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    while !input.is_empty() {
        // Pauses only after scripts, which have no say here.
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let mut state = tokenizer.sink.0.into_inner();
    state.end_heading();
    state.page
}

#[derive(Default)]
struct Sink(RefCell<State>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.text(&text),
            Token::TagToken(tag) => {
                state.tag(&tag);
                return after(&tag);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn after(tag: &Tag) -> TokenSinkResult<()> {
    if tag.kind == TagKind::EndTag || tag.self_closing {
        return TokenSinkResult::Continue;
    }
    match &*tag.name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
    }
}

/// Elements whose content nobody reads.
const UNREAD: &[&str] = &[
    "script",
    "style",
    "template",
    "iframe",
    "noembed",
    "noframes",
    "annotation",
    "annotation-xml",
    "object",
];
/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
    "caption",
    "option",
];

#[derive(Default)]
struct State {
    page: Page,
    /// The element within which nothing is read, and how often it is open.
    unread: Option<(String, usize)>,
    in_title: bool,
    heading: Option<(u8, String)>,
    pre: usize,
}

impl State {
    fn text(&mut self, text: &str) {
        if self.unread.is_some() {
            return;
        }
        if self.in_title {
            self.page
                .metadata
                .title
                .get_or_insert_default()
                .push_str(text);
            return;
        }
        let collapsed = match self.pre {
            0 => collapsed(text),
            _ => text.to_owned(),
        };
        self.push(&collapsed);
    }

    fn push(&mut self, text: &str) {
        match &mut self.heading {
            Some((_, heading)) => heading.push_str(text),
            None => self.page.outline.text(text, None),
        }
    }

    fn tag(&mut self, tag: &Tag) {
        let name = &*tag.name;
        let starts = tag.kind == TagKind::StartTag;
        if let Some((unread, open)) = &mut self.unread {
            if name == unread && !tag.self_closing {
                *open = if starts { *open + 1 } else { *open - 1 };
            }
            if *open == 0 {
                self.unread = None;
            }
            return;
        }
        match (starts, name) {
            (true, _) if UNREAD.contains(&name) && !tag.self_closing => {
                self.unread = Some((name.to_owned(), 1))
            }
            (_, "title") => self.in_title = starts && self.page.metadata.title.is_none(),
            (true, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
                self.end_heading();
                self.heading = Some((name.as_bytes()[1] - b'0', String::new()));
            }
            (false, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") => self.end_heading(),
            (_, "pre") => {
                self.pre = if starts {
                    self.pre + 1
                } else {
                    self.pre.saturating_sub(1)
                };
                self.push("\n\n");
            }
            (true, "br") => self.push("\n"),
            (true, "td" | "th") => self.push("\t"),
            (true, "img" | "area" | "input") => self.described(tag),
            (true, "html" | "meta" | "link" | "a") => self.stated(tag, name),
            (_, "p" | "table" | "ul" | "ol" | "blockquote" | "section" | "article") => {
                self.push("\n\n")
            }
            (_, name) if BLOCKS.contains(&name) => self.push("\n"),
            _ => {}
        }
    }

    /// What is said of a picture to those who do not see it.
    fn described(&mut self, tag: &Tag) {
        if let Some(alt) = attribute(tag, "alt").filter(|alt| !alt.trim().is_empty()) {
            self.push(&format!(" {} ", collapsed(&alt)));
        }
    }

    fn stated(&mut self, tag: &Tag, name: &str) {
        match name {
            "html" => {
                let language = attribute(tag, "lang").or_else(|| attribute(tag, "xml:lang"));
                self.page.metadata.language = language.filter(|code| !code.is_empty());
            }
            "meta" => self.meta(tag),
            _ => {
                let rel = attribute(tag, "rel").unwrap_or_default().to_lowercase();
                let licensed = rel.split_whitespace().any(|word| word == "license");
                self.page.rights.extend(
                    attribute(tag, "href")
                        .filter(|address| licensed || address.contains("creativecommons.org/")),
                );
            }
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let key = attribute(tag, "name").or_else(|| attribute(tag, "property"));
        let (Some(key), Some(content)) = (key, attribute(tag, "content")) else {
            return;
        };
        let metadata = &mut self.page.metadata;
        match key.to_lowercase().as_str() {
            "author" | "dc.creator" | "dcterms.creator" | "article:author" => {
                metadata.authors.push(content)
            }
            "description" | "dc.description" | "dcterms.description" | "og:description" => {
                metadata.description.get_or_insert(content);
            }
            "keywords" | "dc.subject" => {
                let words = content.split([',', ';']).map(|word| word.trim().to_owned());
                metadata
                    .keywords
                    .extend(words.filter(|word| !word.is_empty()));
            }
            "dc.language" | "dcterms.language" => {
                metadata.language.get_or_insert(content);
            }
            "dc.publisher" | "og:site_name" => {
                metadata.publisher.get_or_insert(content);
            }
            "dc.rights" | "dcterms.rights" | "dcterms.license" | "copyright" | "license" => {
                self.page.rights.push(content)
            }
            _ => {}
        }
    }

    fn end_heading(&mut self) {
        if let Some((level, heading)) = self.heading.take() {
            match heading.trim().is_empty() {
                true => self.push("\n"),
                false => self.page.outline.heading(level, heading, None),
            }
        }
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let found = tag
        .attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| attribute.value.to_string())
}

/// A text in which any white space is one space.
fn collapsed(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        let space = letter.is_ascii_whitespace();
        if !space {
            plain.push(letter);
        } else if !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain
}
