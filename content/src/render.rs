//! Safe HTML, plain text and sections from untrusted Markdown and HTML.
//!
//! Every text takes the same road, whatever it is written in:
//!
//! 1. Markdown becomes HTML (`source`), with TeX turned into MathML (`tex`);
//! 2. HTML is cut into tokens, and these become a balanced list of events that
//!    holds known elements only, nested at most [`MAX_DEPTH`] deep (`balance`);
//! 3. the events become the page (`page`), plain text (`text`) or sections;
//! 4. the page passes ammonia with our own list (`whitelist`): the last word.
//!
//! Step 2 exists because a tree builder needs quadratic time for hostile
//! nesting, and because its output must mean the same when read again.

mod address;
mod anchor;
mod balance;
mod blocks;
mod event;
mod excerpt;
mod exercise;
mod fence;
mod formula;
mod page;
mod source;
mod tag;
mod tex;
mod text;
mod token;
mod whitelist;
mod words;

use crate::{Body, BodyFormat, MediaObject};
use std::ops::Range;

pub use balance::MAX_DEPTH;
pub use blocks::{BlockKind, TextBlock};
pub use excerpt::excerpt;
pub use tag::{tag_attribute, tag_length, tag_name};
pub use text::Section;

/// A text made ready for a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Safe HTML without a heading of level 1.
    pub html: String,
    /// Its headings, in order.
    pub outline: Vec<Heading>,
    /// Whether there is mathematics in it.
    pub has_math: bool,
    /// Exercises by their numbers in [`crate::exercise::find`], counted from 1, and where in `html` each of them can be
    /// replaced by a form.
    pub exercises: Vec<(usize, Range<usize>)>,
}

/// A heading of a rendered text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Level on the page, from 2.
    pub level: u8,
    /// Anchor within the page.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// Makes a text safe and ready for the page.
///
/// `resolve` gives the address under which a file named in the text is served
/// on this origin; a picture it does not know becomes a link or a note, since
/// pages load pictures from their own origin only. `files` give descriptions
/// for pictures without one. `language` is that of the page around the text.
pub fn render(
    body: &Body,
    files: &[MediaObject],
    resolve: &dyn Fn(&str) -> Option<String>,
    language: &str,
) -> Rendered {
    let events = source::events(body);
    let files = address::Files::new(files, resolve);
    let mut page = page::write(&events, &files, words::of(language));
    page.html = whitelist::clean(&page.html);
    page.exercises = exercise::places(&page.html);
    page
}

/// The text alone: blocks on lines of their own, formulas as one reads them.
pub fn plain_text(body: &Body) -> String {
    match body.format {
        BodyFormat::Plain => body.text.clone(),
        _ => text::plain(&source::events(body)),
    }
}

/// The text cut at its headings; what stands before the first has an empty
/// anchor and title. Anchors are those of [`render`].
pub fn sections(body: &Body) -> Vec<Section> {
    text::sections(&source::events(body))
}

/// The text block by block, with what each block is; what a page would not show is left out.
pub fn blocks(body: &Body) -> Vec<TextBlock> {
    blocks::blocks(source::events(body))
}
