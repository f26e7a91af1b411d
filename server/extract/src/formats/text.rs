//! Text as it stands, in whatever encoding.

use crate::document::Section;
use crate::formats::damaged;
use crate::kind::Kind;
use crate::legacy::{self, Encoding};
use crate::notice::Notice;
use crate::out::{Failure, Out};
use crate::xml::{Node, walk};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// One sign in so many may be damaged in a text that is UTF-8 otherwise.
const DAMAGED: usize = 200;

/// Plain text.
pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let text = decoded(bytes, out);
    out.page(None, text)
}

/// The text between the tags of XML.
pub(super) fn xml(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let source = decoded(bytes, out);
    let mut text = String::new();
    let walked = walk(&source, &mut |node| {
        match node {
            Node::Text(part) => text.push_str(part),
            Node::End(_) => text.push('\n'),
            Node::Start(_) => {}
        }
        Ok(())
    })?;
    out.page(None, text)?;
    if walked.entities {
        out.notice(Notice::Entities);
    }
    match walked.broken {
        Some(detail) => Err(damaged(Kind::Xml, detail)),
        None => Ok(()),
    }
}

/// A text in UTF-8, with the notices that its encoding calls for.
pub(super) fn decoded(bytes: &[u8], out: &mut Out<'_>) -> String {
    match told(bytes) {
        Told::Unicode(text) => text,
        Told::Legacy(encoding) => {
            out.notice(Notice::Converted { encoding });
            legacy::decode(bytes, encoding)
        }
        Told::Western(text) => text,
        Told::Unknown(text) => {
            out.notice(Notice::UnknownEncoding);
            text
        }
    }
}

/// A text of a part of an office document, which is UTF-8 or UTF-16.
pub(super) fn unicode(bytes: &[u8]) -> String {
    let wide = |order: &'static encoding_rs::Encoding| order.decode(bytes).0.into_owned();
    match bytes {
        [0xff, 0xfe, ..] => wide(UTF_16LE),
        [0xfe, 0xff, ..] => wide(UTF_16BE),
        [b'<', 0, ..] => wide(UTF_16LE),
        [0, b'<', ..] => wide(UTF_16BE),
        _ => wide(UTF_8),
    }
}

enum Told {
    Unicode(String),
    Legacy(Encoding),
    Western(String),
    /// Only its plain letters.
    Unknown(String),
}

fn told(bytes: &[u8]) -> Told {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return Told::Unicode(
            encoding
                .decode_without_bom_handling(&bytes[mark..])
                .0
                .into_owned(),
        );
    }
    if let Some(order) = wide(bytes) {
        return Told::Unicode(order.decode_without_bom_handling(bytes).0.into_owned());
    }
    let damaged = bytes
        .utf8_chunks()
        .filter(|chunk| !chunk.invalid().is_empty())
        .count();
    if damaged * DAMAGED <= bytes.len() && (damaged == 0 || has_utf8_letters(bytes)) {
        return Told::Unicode(String::from_utf8_lossy(bytes).into_owned());
    }
    if let Some(encoding) = legacy::detect(bytes) {
        return Told::Legacy(encoding);
    }
    let western = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    match is_western(&western) {
        true => Told::Western(western.into_owned()),
        false => Told::Unknown(
            bytes
                .iter()
                .filter(|byte| byte.is_ascii())
                .map(|byte| char::from(*byte))
                .collect(),
        ),
    }
}

/// UTF-16 without a mark has a zero in every second byte of Western letters.
fn wide(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let probe = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |offset: usize| {
        probe
            .iter()
            .skip(offset)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let half = probe.len() / 2;
    if half < 4 {
        return None;
    }
    let (first, second) = (zeros(0), zeros(1));
    match () {
        () if second * 3 > half && first == 0 => Some(UTF_16LE),
        () if first * 3 > half && second == 0 => Some(UTF_16BE),
        () => None,
    }
}

fn has_utf8_letters(bytes: &[u8]) -> bool {
    let valid = bytes
        .utf8_chunks()
        .filter(|chunk| !chunk.valid().is_ascii())
        .count();
    valid > 0
}

/// Letters with marks as French, German or Spanish have them: in words with plain ones, large ones at
/// their beginning.
fn is_western(text: &str) -> bool {
    let (mut marked, mut good, mut plain) = (0, 0, 0);
    let mut before = ' ';
    for letter in text.chars() {
        if letter.is_ascii() {
            plain += usize::from(letter.is_ascii_alphabetic());
        } else {
            let within = before.is_lowercase() && letter.is_uppercase();
            let sign = matches!(
                letter,
                '\u{a0}'
                    | '«'
                    | '»'
                    | '‘'
                    | '’'
                    | '“'
                    | '”'
                    | '–'
                    | '—'
                    | '…'
                    | '°'
                    | '€'
                    | '©'
                    | '•'
                    | '¿'
                    | '¡'
            );
            marked += 1;
            good += usize::from(sign || letter.is_alphabetic() && !within);
        }
        before = letter;
    }
    good * 10 >= marked * 9 && marked * 2 <= plain
}

/// Whether bytes are text in some encoding.
pub(crate) fn looks_like_text(probe: &[u8]) -> bool {
    if probe.is_empty() {
        return false;
    }
    if encoding_rs::Encoding::for_bom(probe).is_some_and(|(encoding, _)| encoding != UTF_8)
        || wide(probe).is_some()
    {
        return true;
    }
    let control = probe
        .iter()
        .filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127));
    probe.iter().all(|byte| *byte != 0) && control.count() * 50 <= probe.len()
}

/// The beginning of a text, to look at.
pub(crate) fn decoded_beginning(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| wide(bytes))
    {
        Some(encoding) => encoding.decode(bytes).0.into_owned(),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Sections of a text in which some lines are headings.
#[derive(Default)]
pub(crate) struct Outline {
    pub(crate) sections: Vec<Section>,
}

impl Outline {
    /// Begins a section.
    pub(crate) fn heading(&mut self, level: u8, heading: String, page: Option<u32>) {
        self.sections.push(Section {
            heading,
            level,
            page,
            ..Section::default()
        });
    }

    /// Adds text to the section that is open.
    pub(crate) fn text(&mut self, text: &str, page: Option<u32>) {
        if self.sections.is_empty() {
            self.sections.push(Section {
                page,
                ..Section::default()
            });
        }
        if let Some(last) = self.sections.last_mut() {
            last.text.push_str(text);
        }
    }

    /// Hands all sections on.
    pub(crate) fn give(self, out: &mut Out<'_>) -> Result<(), Failure> {
        self.sections
            .into_iter()
            .try_for_each(|section| out.section(section))
    }
}
