//! Vietnamese before Unicode: TCVN3 (fonts called `.Vn…`, "ABC"), VNI (fonts called `VNI-…`), VISCII and
//! windows-1258.
//!
//! Files say nothing of it: a document in TCVN3 is Latin text with the wrong letters. Whether it is
//! one is told by what comes out: Vietnamese syllables have a form that is easy to check, and rubbish
//! hardly ever has it.

mod repair;
mod syllable;
mod tables;

pub(crate) use repair::Repair;
pub use repair::repair;
pub use syllable::is_syllable;

use encoding_rs::WINDOWS_1258;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// An encoding from before Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// TCVN 5712:1993, as the fonts of ABC use it.
    Tcvn3,
    /// VNI for Windows: a letter, then its mark.
    Vni,
    /// RFC 1456.
    Viscii,
    /// Code page 1258 of Windows: some marks follow their letters.
    Windows1258,
}

impl std::fmt::Display for Encoding {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(match self {
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
            Self::Viscii => "VISCII",
            Self::Windows1258 => "windows-1258",
        })
    }
}

/// All of them.
pub const ENCODINGS: &[Encoding] = &[
    Encoding::Tcvn3,
    Encoding::Vni,
    Encoding::Viscii,
    Encoding::Windows1258,
];

/// Letter of each byte, for the encodings in which a byte is a letter.
struct Bytes {
    letters: [char; 256],
    bytes: HashMap<char, u8>,
}

impl Bytes {
    fn new(rows: &[(u8, &str)]) -> Self {
        let mut letters = ['\0'; 256];
        for byte in 0..=255u8 {
            letters[usize::from(byte)] = windows_1252(byte);
        }
        let mut bytes = HashMap::new();
        for (first, row) in rows {
            for (offset, letter) in (0u8..).zip(row.chars()) {
                if letter != '·' {
                    let byte = first.wrapping_add(offset);
                    letters[usize::from(byte)] = letter;
                    bytes.entry(letter).or_insert(byte);
                }
            }
        }
        Self { letters, bytes }
    }
}

static TCVN3: LazyLock<Bytes> = LazyLock::new(|| Bytes::new(tables::TCVN3));
static VISCII: LazyLock<Bytes> = LazyLock::new(|| Bytes::new(tables::VISCII));

/// Letters of VNI: the byte or two bytes of each.
static VNI: LazyLock<HashMap<(u8, u8), char>> = LazyLock::new(|| {
    let two = tables::VNI.iter().flat_map(|(base, marks)| {
        let base = *base;
        marks
            .iter()
            .map(move |(mark, letter)| ((base, *mark), *letter))
    });
    let one = tables::VNI_ALONE
        .iter()
        .map(|(byte, letter)| ((*byte, 0), *letter));
    two.chain(one).collect()
});

/// The text that these bytes are in an encoding, NFC. Bytes that mean nothing there are taken as
/// windows-1252.
///
/// ```
/// use khue_extract::legacy::{Encoding, decode};
/// assert_eq!(decode(b"B\xb5i gi\xb6ng", Encoding::Tcvn3), "Bài giảng");
/// assert_eq!(decode(b"\xd1\xf2nh lua\xe4t", Encoding::Vni), "Định luật");
/// ```
pub fn decode(bytes: &[u8], encoding: Encoding) -> String {
    match encoding {
        Encoding::Tcvn3 => by_table(bytes, &TCVN3),
        Encoding::Viscii => by_table(bytes, &VISCII),
        Encoding::Vni => vni(bytes),
        Encoding::Windows1258 => WINDOWS_1258
            .decode_without_bom_handling(bytes)
            .0
            .nfc()
            .collect(),
    }
}

/// The bytes of a text in an encoding; nothing where it has a letter that the encoding has not.
pub fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    let letters = text.nfc();
    match encoding {
        Encoding::Tcvn3 => letters.map(|letter| one_byte(letter, &TCVN3)).collect(),
        Encoding::Viscii => letters.map(|letter| one_byte(letter, &VISCII)).collect(),
        Encoding::Vni => {
            let mut bytes = Vec::new();
            for letter in letters {
                let pair = VNI
                    .iter()
                    .find(|(_, own)| **own == letter)
                    .map(|(pair, _)| *pair);
                match pair {
                    Some((first, 0)) => bytes.push(first),
                    Some((first, second)) => bytes.extend([first, second]),
                    None => bytes.push(u8::try_from(letter).ok().filter(u8::is_ascii)?),
                }
            }
            Some(bytes)
        }
        Encoding::Windows1258 => {
            let bytes = tables::in_1258(text);
            let (encoded, _, lost) = WINDOWS_1258.encode(&bytes);
            (!lost).then(|| encoded.into_owned())
        }
    }
}

/// Which encoding these bytes are in: the one in which they come out as Vietnamese; nothing where
/// none is plain.
pub fn detect(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    repair::best(ENCODINGS, |encoding| decode(sample, encoding))
}

fn by_table(bytes: &[u8], table: &Bytes) -> String {
    bytes
        .iter()
        .map(|byte| table.letters[usize::from(*byte)])
        .nfc()
        .collect()
}

fn one_byte(letter: char, table: &Bytes) -> Option<u8> {
    table
        .bytes
        .get(&letter)
        .copied()
        .or_else(|| u8::try_from(letter).ok().filter(u8::is_ascii))
}

fn vni(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(first) = bytes.get(at).copied() {
        let second = bytes.get(at + 1).copied().unwrap_or(0);
        let pair = VNI.get(&(first, second)).filter(|_| second != 0);
        let letter = pair.or_else(|| VNI.get(&(first, 0))).copied();
        text.push(letter.unwrap_or_else(|| windows_1252(first)));
        at += 1 + usize::from(pair.is_some());
    }
    text.nfc().collect()
}

/// The letter of a byte in windows-1252.
fn windows_1252(byte: u8) -> char {
    let bytes = [byte];
    let text = encoding_rs::WINDOWS_1252
        .decode_without_bom_handling(&bytes)
        .0;
    text.chars().next().unwrap_or('\u{fffd}')
}
