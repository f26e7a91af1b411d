//! Where readers put what they find: cleaned, counted, and handed on.

use crate::archive::Budget;
use crate::document::{Event, Metadata, Outcome, Section};
use crate::legacy::Repair;
use crate::license_hint::Hints;
use crate::limits::{Limit, Limits};
use crate::notice::{Notice, Reason};
use unicode_normalization::UnicodeNormalization;

/// Files of an archive that are told of one by one; more are only counted.
const MOST_TOLD: usize = 50;
/// Signs that only say where a word may be cut; in an old encoding the first is a letter.
const INVISIBLE: [char; 3] = ['\u{ad}', '\u{feff}', '\u{200b}'];
/// Longest title, name or keyword that is kept, in letters.
const LONGEST_WORDS: usize = 500;

/// Why a reader stops.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A limit was reached.
    Limit(Limit),
    /// It is not read on purpose.
    Refused(Reason),
    /// It cannot be read.
    Unreadable(Reason),
}

/// The way out of a reader.
pub(crate) struct Out<'a> {
    to: &'a mut dyn FnMut(Event),
    /// What may be used.
    pub(crate) limits: &'a Limits,
    /// What may still be unpacked.
    pub(crate) budget: Budget,
    /// Archives around the file that is read.
    pub(crate) depth: u32,
    file: String,
    repair: Repair,
    hints: Hints,
    text: u64,
    told: usize,
    partly: bool,
}

impl<'a> Out<'a> {
    pub(crate) fn new(limits: &'a Limits, to: &'a mut dyn FnMut(Event)) -> Self {
        Self {
            to,
            limits,
            budget: Budget::new(limits),
            depth: 0,
            file: String::new(),
            repair: Repair::default(),
            hints: Hints::default(),
            text: 0,
            told: 0,
            partly: false,
        }
    }

    /// Hands on an event as it is.
    pub(crate) fn event(&mut self, event: Event) {
        (self.to)(event);
    }

    /// A section of text.
    pub(crate) fn section(&mut self, section: Section) -> Result<(), Failure> {
        let heading = one_line(&self.readable(&section.heading));
        let text = paragraphs(&self.readable(&section.text));
        if heading.is_empty() && text.is_empty() {
            return Ok(());
        }
        let left = self.limits.text.saturating_sub(self.text) as usize;
        let size = heading.len() + text.len();
        let whole = size <= left;
        self.text += size as u64;
        let text = match whole {
            true => text,
            false => text[..text.floor_char_boundary(left.min(text.len()))].to_owned(),
        };
        for hint in self.hints.find(&text) {
            (self.to)(Event::License(hint));
        }
        let file = self.file.clone();
        (self.to)(Event::Section(Section {
            heading,
            text,
            file,
            ..section
        }));
        whole.then_some(()).ok_or(Failure::Limit(Limit::Text))
    }

    /// Text on a page, without a heading.
    pub(crate) fn page(&mut self, page: Option<u32>, text: String) -> Result<(), Failure> {
        self.section(Section {
            page,
            text,
            ..Section::default()
        })
    }

    /// What the file says of itself; of a file in an archive only words about licences count.
    pub(crate) fn metadata(&mut self, metadata: Metadata) {
        if self.depth > 0 {
            return;
        }
        let mut clean = |text: Option<String>| {
            let text = one_line(&self.readable(&text?));
            let end = text
                .char_indices()
                .nth(LONGEST_WORDS)
                .map_or(text.len(), |(end, _)| end);
            Some(text[..end].to_owned()).filter(|text| !text.is_empty())
        };
        let cleaned = Metadata {
            title: clean(metadata.title),
            publisher: clean(metadata.publisher),
            description: clean(metadata.description),
            language: clean(metadata.language),
            created: clean(metadata.created),
            authors: metadata
                .authors
                .into_iter()
                .filter_map(|name| clean(Some(name)))
                .collect(),
            keywords: metadata
                .keywords
                .into_iter()
                .filter_map(|word| clean(Some(word)))
                .collect(),
            pixels: metadata.pixels,
        };
        if cleaned != Metadata::default() {
            (self.to)(Event::Metadata(cleaned));
        }
    }

    /// A statement about rights in the metadata.
    pub(crate) fn rights(&mut self, statement: &str) {
        let statement = one_line(&self.readable(statement));
        for hint in self.hints.stated(&statement) {
            (self.to)(Event::License(hint));
        }
    }

    /// How many pages there are.
    pub(crate) fn pages(&mut self, pages: u32) {
        if self.depth == 0 {
            (self.to)(Event::Pages(pages));
        }
    }

    /// Something noticed; what was not read makes the outcome a part.
    pub(crate) fn notice(&mut self, notice: Notice) {
        let part = matches!(
            notice,
            Notice::FileNotRead { .. } | Notice::Damaged { .. } | Notice::UnknownEncoding
        );
        self.partly |= part;
        self.told += 1;
        if self.told <= MOST_TOLD {
            (self.to)(Event::Notice(notice));
        }
    }

    /// Reads something with the name of a file in an archive on its sections.
    pub(crate) fn within<T>(&mut self, file: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.file.clone();
        self.file = match before.is_empty() {
            true => file.to_owned(),
            false => format!("{before}/{file}"),
        };
        let result = read(self);
        self.file = before;
        result
    }

    /// Whether there was any text.
    pub(crate) fn has_text(&self) -> bool {
        self.text > 0
    }

    /// How it ended.
    pub(crate) fn end(&mut self, result: Result<(), Failure>) {
        let read = self.has_text();
        let outcome = match result {
            Ok(()) if self.partly => Outcome::Partly { limit: None },
            Ok(()) => Outcome::Extracted,
            Err(Failure::Limit(limit)) if read => Outcome::Partly { limit: Some(limit) },
            Err(Failure::Limit(limit)) => Outcome::LimitReached { limit },
            Err(Failure::Refused(reason)) => Outcome::Refused { reason },
            Err(Failure::Unreadable(reason)) if read => {
                (self.to)(Event::Notice(Notice::Damaged {
                    part: reason.to_string(),
                }));
                Outcome::Partly { limit: None }
            }
            Err(Failure::Unreadable(reason)) => Outcome::Unreadable { reason },
        };
        (self.to)(Event::End(outcome));
    }

    /// NFC, without signs that mean nothing, from an old encoding to Unicode where that is plain.
    fn readable(&mut self, text: &str) -> String {
        let mut unknown = 0;
        let mut letters = 0;
        let kept: String = text
            .chars()
            .filter(|letter| {
                let meaningless = is_private(*letter) || *letter == '\u{fffd}';
                unknown += usize::from(meaningless);
                letters += usize::from(letter.is_alphanumeric());
                let control = letter.is_control() && !matches!(letter, '\n' | '\t' | '\r');
                !(meaningless || control)
            })
            .flat_map(|letter| {
                ligature(letter)
                    .chars()
                    .chain(ligature(letter).is_empty().then_some(letter))
            })
            .nfc()
            .collect();
        if unknown > 20 && unknown * 3 > letters {
            self.notice(Notice::UnknownEncoding);
        }
        let text = match self.repair.mended(&kept) {
            Some(mended) => {
                if let Some(encoding) = mended.first {
                    self.notice(Notice::Converted { encoding });
                }
                mended.text
            }
            None => kept,
        };
        match text.contains(INVISIBLE) {
            true => text.replace(INVISIBLE, ""),
            false => text,
        }
    }
}

/// The letters of a sign that fonts have for several at once; nothing for others.
fn ligature(letter: char) -> &'static str {
    match letter {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => "",
    }
}

/// Letters of fonts that only these fonts know.
fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}')
}

pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines without spaces around them, at most one empty line between them.
fn paragraphs(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !clean.is_empty() {
            clean.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        clean.push_str(line);
        empty = 0;
    }
    match clean.starts_with(char::is_whitespace) {
        true => clean.trim_start().to_owned(),
        false => clean,
    }
}
