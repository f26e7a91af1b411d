//! RTF: text between control words.

use crate::document::Metadata;
use crate::out::{Failure, Out};

/// Groups whose text is no text of the document.
const DESTINATIONS: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "pict",
    "object",
    "objdata",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "fldinst",
    "header",
    "footer",
    "headerl",
    "headerr",
    "footerl",
    "footerr",
    "mmathPr",
    "pgdsctbl",
    "filetbl",
    "revtbl",
];
/// Most groups within groups.
const DEEPEST: usize = 500;

pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let mut reading = Reading::new();
    reading.all(bytes);
    reading.flush();
    out.metadata(Metadata {
        title: Some(reading.title.trim().to_owned()).filter(|title| !title.is_empty()),
        authors: Some(reading.author.trim().to_owned())
            .filter(|name| !name.is_empty())
            .into_iter()
            .collect(),
        ..Metadata::default()
    });
    out.page(None, reading.text)
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum To {
    #[default]
    Text,
    Nowhere,
    Title,
    Author,
}

#[derive(Clone, Copy)]
struct Group {
    to: To,
    /// Letters to leave out after one in Unicode.
    fallback: usize,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            to: To::Text,
            fallback: 1,
        }
    }
}

struct Reading {
    encoding: &'static encoding_rs::Encoding,
    groups: Vec<Group>,
    bytes: Vec<u8>,
    units: Vec<u16>,
    skip: usize,
    starred: bool,
    text: String,
    title: String,
    author: String,
}

impl Reading {
    fn new() -> Self {
        Self {
            encoding: encoding_rs::WINDOWS_1252,
            groups: vec![Group::default()],
            bytes: Vec::new(),
            units: Vec::new(),
            skip: 0,
            starred: false,
            text: String::new(),
            title: String::new(),
            author: String::new(),
        }
    }

    fn all(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while let Some(byte) = bytes.get(at).copied() {
            at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    let top = self.groups.last().copied().unwrap_or_default();
                    if self.groups.len() < DEEPEST {
                        self.groups.push(top);
                    }
                }
                b'}' => {
                    self.flush();
                    if self.groups.len() > 1 {
                        self.groups.pop();
                    }
                }
                b'\\' => at = self.control(bytes, at),
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
    }

    /// A control word or sign; where reading goes on.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let letters = bytes[at..]
            .iter()
            .take(32)
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        if letters == 0 {
            return self.sign(bytes, at);
        }
        let word = String::from_utf8_lossy(&bytes[at..at + letters]).into_owned();
        let mut end = at + letters;
        let digits = bytes[end..]
            .iter()
            .take(12)
            .enumerate()
            .take_while(|(place, byte)| byte.is_ascii_digit() || (*place == 0 && **byte == b'-'))
            .count();
        let number = std::str::from_utf8(&bytes[end..end + digits])
            .ok()
            .and_then(|number| number.parse::<i64>().ok());
        end += digits;
        end += usize::from(bytes.get(end) == Some(&b' '));
        match (word.as_str(), number) {
            ("bin", Some(length)) => {
                return end
                    .saturating_add(usize::try_from(length).unwrap_or(0))
                    .min(bytes.len());
            }
            _ => self.word(&word, number),
        }
        end
    }

    fn sign(&mut self, bytes: &[u8], at: usize) -> usize {
        match bytes.get(at) {
            Some(b'\'') => {
                let digits = bytes
                    .get(at + 1..at + 3)
                    .and_then(|two| std::str::from_utf8(two).ok());
                if let Some(byte) = digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
                    self.byte(byte);
                }
                at + 3
            }
            Some(b'*') => {
                self.starred = true;
                at + 1
            }
            Some(b'~') => {
                self.byte(b' ');
                at + 1
            }
            Some(b'_') => {
                self.byte(b'-');
                at + 1
            }
            Some(byte @ (b'\\' | b'{' | b'}')) => {
                self.byte(*byte);
                at + 1
            }
            _ => at + 1,
        }
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        if word == "u" {
            let unit = number.unwrap_or(0).rem_euclid(65_536);
            self.flush_bytes();
            self.units.push(u16::try_from(unit).unwrap_or(0xfffd));
            self.skip = self.groups.last().map_or(1, |group| group.fallback);
            return;
        }
        self.flush();
        self.skip = 0;
        let starred = std::mem::take(&mut self.starred);
        let Some(group) = self.groups.last_mut() else {
            return;
        };
        match word {
            "uc" => {
                group.fallback = number
                    .and_then(|number| usize::try_from(number).ok())
                    .unwrap_or(1)
                    .min(8)
            }
            "title" if group.to == To::Nowhere => group.to = To::Title,
            "author" if group.to == To::Nowhere => group.to = To::Author,
            "info" => group.to = To::Nowhere,
            word if DESTINATIONS.contains(&word) => group.to = To::Nowhere,
            _ if starred => group.to = To::Nowhere,
            "par" | "line" | "sect" | "page" | "row" => self.push("\n"),
            "tab" | "cell" => self.push("\t"),
            "emdash" => self.push("—"),
            "endash" => self.push("–"),
            "lquote" => self.push("‘"),
            "rquote" => self.push("’"),
            "ldblquote" => self.push("“"),
            "rdblquote" => self.push("”"),
            "bullet" => self.push("•"),
            "ansicpg" => {
                let label = number
                    .map(|page| format!("windows-{page}"))
                    .unwrap_or_default();
                self.encoding = encoding_rs::Encoding::for_label(label.as_bytes())
                    .unwrap_or(encoding_rs::WINDOWS_1252);
            }
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        self.flush_units();
        self.bytes.push(byte);
    }

    fn flush(&mut self) {
        self.flush_units();
        self.flush_bytes();
    }

    fn flush_units(&mut self) {
        if !self.units.is_empty() {
            let text = String::from_utf16_lossy(&self.units);
            self.units.clear();
            self.push(&text);
        }
    }

    fn flush_bytes(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let text = self
                .encoding
                .decode_without_bom_handling(&bytes)
                .0
                .into_owned();
            self.push(&text);
        }
    }

    fn push(&mut self, text: &str) {
        match self.groups.last().map(|group| group.to) {
            Some(To::Title) => self.title.push_str(text),
            Some(To::Author) => self.author.push_str(text),
            Some(To::Text) => self.text.push_str(text),
            _ => {}
        }
    }
}
