//! Word and PowerPoint up to 2003: the text that their binary parts hold
//! (Microsoft, *[MS-DOC]* 2.4.1 and 2.8.35, *[MS-PPT]* 2.3 and 2.9).

use super::damaged;
use crate::kind::Kind;
use crate::notice::Reason;
use crate::out::{Failure, Out};
use cfb::CompoundFile;
use std::io::{Cursor, Read};

/// Bytes of one stream that are read.
const MOST: u64 = 256 << 20;
/// Containers within containers.
const DEEPEST: usize = 32;

type Store<'b> = CompoundFile<Cursor<&'b [u8]>>;

fn open(bytes: &[u8], kind: Kind) -> Result<Store<'_>, Failure> {
    CompoundFile::open(Cursor::new(bytes)).map_err(|error| damaged(kind, error.to_string()))
}

fn stream(store: &mut Store<'_>, name: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    store
        .open_stream(name)
        .ok()?
        .take(MOST)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(bytes)
}

/// What is no document that is read: locked ones, and others.
pub(super) fn other(bytes: &[u8]) -> Result<(), Failure> {
    let locked =
        open(bytes, Kind::OldOffice).is_ok_and(|store| store.is_stream("EncryptedPackage"));
    Err(Failure::Unreadable(match locked {
        true => Reason::Encrypted,
        false => Reason::Kind {
            kind: Kind::OldOffice,
            advice: "save it in a newer format, such as .docx or .odt".to_owned(),
        },
    }))
}

pub(super) fn doc(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let mut store = open(bytes, Kind::Doc)?;
    let main = stream(&mut store, "WordDocument")
        .ok_or_else(|| damaged(Kind::Doc, "its text is missing"))?;
    let flags = number16(&main, 0x0a).unwrap_or(0);
    if flags & 0x0100 != 0 {
        return Err(Failure::Unreadable(Reason::Encrypted));
    }
    let table = if flags & 0x0200 != 0 {
        "1Table"
    } else {
        "0Table"
    };
    let table = stream(&mut store, table).unwrap_or_default();
    let text = pieces(&main, &table)
        .ok_or_else(|| damaged(Kind::Doc, "the table of its pieces is damaged"))?;
    out.page(None, without_fields(&text))
}

/// The text of a Word document, put together from its pieces.
fn pieces(main: &[u8], table: &[u8]) -> Option<String> {
    let start = number32(main, 0x01a2)? as usize;
    let length = number32(main, 0x01a6)? as usize;
    let mut clx = table.get(start..start.checked_add(length)?)?;
    while let [1, low, high, ..] = clx {
        clx = clx.get(3 + usize::from(u16::from_le_bytes([*low, *high]))..)?;
    }
    let length = number32(clx, 1).filter(|_| clx.first() == Some(&2))? as usize;
    let plc = clx.get(5..5usize.checked_add(length)?)?;
    let count = length.checked_sub(4)? / 12;
    let mut text = String::new();
    for piece in 0..count {
        let first = number32(plc, piece * 4)?;
        let letters = number32(plc, piece * 4 + 4)?.checked_sub(first)? as usize;
        let place = number32(plc, (count + 1) * 4 + piece * 8 + 2)?;
        let narrow = place & 0x4000_0000 != 0;
        let at = (place & 0x3fff_ffff) as usize / if narrow { 2 } else { 1 };
        let size = if narrow {
            letters
        } else {
            letters.checked_mul(2)?
        };
        let bytes = main.get(at..at.checked_add(size)?)?;
        let encoding = if narrow {
            encoding_rs::WINDOWS_1252
        } else {
            encoding_rs::UTF_16LE
        };
        text.push_str(&encoding.decode_without_bom_handling(bytes).0);
    }
    Some(text)
}

/// Paragraphs as lines; what a field does is left out, what it shows is kept.
fn without_fields(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut codes: Vec<bool> = Vec::new();
    for letter in text.chars() {
        match letter {
            '\u{13}' => codes.push(true),
            '\u{14}' => {
                if let Some(last) = codes.last_mut() {
                    *last = false;
                }
            }
            '\u{15}' => {
                codes.pop();
            }
            _ if codes.iter().any(|code| *code) => {}
            '\r' | '\u{b}' | '\u{c}' => plain.push('\n'),
            '\u{7}' => plain.push('\t'),
            '\u{1e}' => plain.push('-'),
            letter => plain.push(letter),
        }
    }
    plain
}

pub(super) fn ppt(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let mut store = open(bytes, Kind::Ppt)?;
    if store.is_stream("EncryptedSummary") {
        return Err(Failure::Unreadable(Reason::Encrypted));
    }
    let document = stream(&mut store, "PowerPoint Document")
        .ok_or_else(|| damaged(Kind::Ppt, "its slides are missing"))?;
    let mut text = String::new();
    records(&document, 0, &mut text);
    out.page(None, text)
}

/// Texts among the records of a presentation; masters only say "click to edit".
fn records(mut bytes: &[u8], depth: usize, text: &mut String) {
    while let (Some(version), Some(kind), Some(length)) =
        (number16(bytes, 0), number16(bytes, 2), number32(bytes, 4))
    {
        let end = 8usize.saturating_add(length as usize);
        let data = bytes.get(8..end.min(bytes.len())).unwrap_or_default();
        let words = match kind {
            0x0fa0 => encoding_rs::UTF_16LE.decode_without_bom_handling(data).0,
            0x0fa8 => {
                encoding_rs::WINDOWS_1252
                    .decode_without_bom_handling(data)
                    .0
            }
            _ => "".into(),
        };
        if !words.is_empty() {
            text.push_str(&words.replace(['\r', '\u{b}'], "\n"));
            text.push_str("\n\n");
        }
        const MASTER: u16 = 0x03f8;
        if version & 0x0f == 0x0f && kind != MASTER && depth < DEEPEST {
            records(data, depth + 1, text);
        }
        bytes = bytes.get(end..).unwrap_or_default();
    }
}

fn number16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes
        .get(at..at + 2)
        .map(|two| u16::from_le_bytes([two[0], two[1]]))
}

fn number32(bytes: &[u8], at: usize) -> Option<u32> {
    let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(u32::from_le_bytes(four))
}
