//! Why a file cannot be read as text, and what to do about it.

/// Share of bytes that no UTF-8 text has from which on a text is taken for another encoding: a few
/// damaged signs are told with their records, a wrong encoding damages every word.
const FOREIGN: usize = 200;

/// What stands in the way of reading a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// It could not be opened or read.
    #[error("it cannot be read ({0}); check that it is whole and that you may read it")]
    Unreadable(String),
    /// There is nothing in it.
    #[error("it is empty; check that it was written to the end")]
    Empty,
    /// A file of another program.
    #[error("it is {0}")]
    Foreign(&'static str),
    /// Bytes that are no text.
    #[error("it holds bytes that are no text; check that it is the right file")]
    Binary,
    /// Two bytes a letter, and no mark that says so.
    #[error("its text is UTF-16 without a mark that says so; add --encoding utf-16le")]
    Utf16,
    /// A text in an older encoding.
    #[error(
        "its text is not UTF-8 (line {line} has the byte 0x{byte:02X}); in a spreadsheet save it again as \"CSV UTF-8\", or name its encoding, such as --encoding windows-1258; TCVN3 (ABC) and VNI fonts must be converted to Unicode first, for example with the toolkit of UniKey"
    )]
    Encoding {
        /// First line with such a byte, from 1.
        line: usize,
        /// The byte.
        byte: u8,
    },
    /// A workbook behind a password.
    #[error("it is protected by a password; save it without one and import it again")]
    Locked,
    /// A workbook that cannot be opened.
    #[error("{0}")]
    Damaged(String),
    /// A workbook that takes more than is allowed.
    #[error("{0}; split it into several files, or save its sheet as \"CSV UTF-8\"")]
    Heavy(String),
    /// Text, but of no kind that is known here.
    #[error(
        "its format is not known here; expected JSON Lines, JSON-LD, CSV, XLSX, ODS or Markdown"
    )]
    Format,
}

/// Files of other programs by their first bytes.
const FOREIGN_FILES: &[(&[u8], &str)] = &[
    (
        b"PK\x03\x04",
        "a ZIP archive or an office document; let the name of a workbook end in .xlsx or .ods, unpack an archive, or save a sheet as \"CSV UTF-8\"",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "a document of an older office program; let the name of a workbook end in .xls, or save a sheet as .xlsx, .ods or \"CSV UTF-8\"",
    ),
    (b"%PDF", "a PDF; import a catalogue that describes it"),
    (b"\x1f\x8b", "packed with gzip; let its name end in .gz"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (
        b"SQLite format 3",
        "a database of SQLite; export its table as CSV",
    ),
];

impl Obstacle {
    /// Whether it stands in the way of a workbook, which may be kept as a document all the same.
    pub fn is_of_workbook(&self) -> bool {
        matches!(self, Self::Locked | Self::Damaged(_) | Self::Heavy(_))
    }

    /// What stands in the way of reading a text that begins with these bytes, if anything.
    /// `named` tells that its encoding is known.
    pub fn find(first: &[u8], named: bool) -> Option<Self> {
        if first.is_empty() {
            return Some(Self::Empty);
        }
        let foreign = FOREIGN_FILES
            .iter()
            .find(|(magic, _)| first.starts_with(magic));
        if let Some((_, what)) = foreign {
            return Some(Self::Foreign(what));
        }
        let marked = first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff");
        if named || marked {
            return None;
        }
        let zeros = first.iter().filter(|byte| **byte == 0).count();
        if zeros * 4 > first.len() && zeros * 4 < first.len() * 3 {
            return Some(Self::Utf16);
        }
        if zeros > 0 {
            return Some(Self::Binary);
        }
        encoding(first)
    }
}

/// The first byte that is no UTF-8, where there are many of them.
fn encoding(first: &[u8]) -> Option<Obstacle> {
    let (mut place, mut before, mut wrong) = (None, 0, 0);
    for chunk in first.utf8_chunks() {
        before += chunk.valid().len();
        // The end of what was looked at may lie within a letter.
        if let (Some(byte), true) = (chunk.invalid().first(), before + 4 < first.len()) {
            wrong += 1;
            place = place.or(Some((before, *byte)));
        }
        before += chunk.invalid().len();
    }
    let (at, byte) = place?;
    let line = 1 + first[..at].iter().filter(|byte| **byte == b'\n').count();
    (wrong * FOREIGN > first.len()).then_some(Obstacle::Encoding { line, byte })
}

#[cfg(test)]
mod tests {
    use super::Obstacle;

    #[test]
    fn text_has_no_obstacle() {
        for text in ["name,url\nLực,x\n", "\u{feff}name\n", "{}"] {
            assert_eq!(Obstacle::find(text.as_bytes(), false), None, "{text}");
        }
        // Cut within a letter, as every look at the beginning of a file may be.
        assert_eq!(Obstacle::find(&"Định luật Ô".as_bytes()[..15], false), None);
        // One damaged sign in a long text is told with its record.
        let mut long = "Bài học về lực. ".repeat(200).into_bytes();
        long[2000] = 0xff;
        assert_eq!(Obstacle::find(&long, false), None);
    }

    #[test]
    fn other_encodings_are_told_with_line_and_byte() {
        let tcvn3 = b"name,about\nB\xb5i gi\xb6ng,to\xb8n\n";
        let found = Obstacle::find(tcvn3, false);
        assert_eq!(
            found,
            Some(Obstacle::Encoding {
                line: 2,
                byte: 0xb5
            })
        );
        assert!(found.is_some_and(|told| told.to_string().contains("line 2")));
        assert_eq!(Obstacle::find(tcvn3, true), None);
        let wide: Vec<u8> = "name;url\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(Obstacle::find(&wide, false), Some(Obstacle::Utf16));
        let marked = [b"\xff\xfe".as_slice(), &wide].concat();
        assert_eq!(Obstacle::find(&marked, false), None);
    }

    #[test]
    fn files_of_other_programs_are_named() {
        let zip = Obstacle::find(b"PK\x03\x04....", true);
        assert!(zip.is_some_and(|told| told.to_string().contains("CSV UTF-8")));
        assert_eq!(Obstacle::find(b"", false), Some(Obstacle::Empty));
        assert_eq!(
            Obstacle::find(b"\x7fELF\x02\x01\x01\0", false),
            Some(Obstacle::Binary)
        );
    }
}
