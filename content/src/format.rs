//! Formats: text ↔ record, one file each.
//!
//! A reader never fails as a whole: it yields one [`Incoming`] after the other,
//! each with the place it stood at, the record (or why it is none) and findings.

pub mod cnxml;
pub mod csv;
pub mod form;
pub mod json_ld;
pub mod jsonl;
mod lines;
pub mod mapping;
pub mod markdown;
mod object;
pub mod sheet;

use crate::LearningResource;
use crate::check::Finding;
use std::io::{BufRead, Read};
use std::path::Path;

pub use lines::MAX_LINE;

/// Where in a file something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file as the caller names it.
    pub file: String,
    /// Line, counted from 1; 0 where lines mean nothing.
    pub line: u64,
}

impl Place {
    /// This line of this file.
    pub fn new(file: impl Into<String>, line: u64) -> Self {
        Self {
            file: file.into(),
            line,
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(to, "{}", self.file),
            line => write!(to, "{}, line {line}", self.file),
        }
    }
}

/// What a reader yields for each record of its input.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Where it stood.
    pub place: Place,
    /// The record, or why there is none.
    pub record: Result<LearningResource, Refusal>,
    /// What the reader noticed while reading; the checks of [`crate::check`] are not in it.
    pub findings: Vec<Finding>,
}

impl Incoming {
    /// A place at which no record could be read.
    pub fn refused(refusal: Refusal) -> Self {
        Self {
            place: refusal.place().clone(),
            record: Err(refusal),
            findings: Vec::new(),
        }
    }
}

/// Why something is no record at all. Anything less is a finding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The text is not in the format that it should be in.
    #[error("{place}: this is not {format} ({reason}); mend it there or choose another format")]
    Broken {
        /// Where.
        place: Place,
        /// Name of the format.
        format: &'static str,
        /// What the parser said.
        reason: String,
    },
    /// Valid JSON, but a list, a text or a number.
    #[error(
        "{place}: a record must be a JSON object, but this is {found}; write one object a line"
    )]
    NotAnObject {
        /// Where.
        place: Place,
        /// What stands there, such as `a list`.
        found: &'static str,
    },
    /// A line that no catalogue record needs.
    #[error("{place}: the line is longer than {limit} bytes; move its text into a file of its own")]
    TooLong {
        /// Where.
        place: Place,
        /// Most bytes that a line may have.
        limit: usize,
    },
    /// No column of a sheet has the name of a property.
    #[error(
        "{place}: no column is called like a property, such as name or description; start from the sheet that `khue import --template` prints"
    )]
    NoHeader {
        /// Where.
        place: Place,
    },
    /// The source could not be read further.
    #[error("{place}: reading stopped ({reason}); check the file and import it again")]
    Unreadable {
        /// Where.
        place: Place,
        /// What the system said.
        reason: String,
    },
}

impl Refusal {
    /// Where it happened.
    pub fn place(&self) -> &Place {
        match self {
            Self::Broken { place, .. }
            | Self::NotAnObject { place, .. }
            | Self::TooLong { place, .. }
            | Self::NoHeader { place }
            | Self::Unreadable { place, .. } => place,
        }
    }
}

/// The formats that records can come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// AMB or schema.org as one JSON document, or a list of them.
    JsonLd,
    /// One JSON object a line: our export, AMB, or a flat catalogue.
    JsonLines,
    /// A sheet with a header row.
    Csv,
    /// A workbook of Excel or LibreOffice, one sheet of which has a header row.
    Workbook,
    /// Front matter and text.
    Markdown,
    /// OpenStax modules.
    Cnxml,
}

/// The list of formats: name, further names and file endings.
const FORMATS: &[(Format, &str, &[&str])] = &[
    (Format::JsonLd, "json-ld", &["jsonld", "json", "amb"]),
    (Format::JsonLines, "jsonl", &["ndjson", "json-lines"]),
    (Format::Csv, "csv", &["tsv"]),
    (Format::Workbook, "xlsx", &["ods", "xlsm", "xls"]),
    (Format::Markdown, "markdown", &["md"]),
    (Format::Cnxml, "cnxml", &[]),
];

impl Format {
    /// The format with this name, as typed on a command line.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        let called = |(_, first, more): &&(Self, &str, &[&str])| {
            *first == name || more.contains(&name.as_str())
        };
        FORMATS.iter().find(called).map(|(format, ..)| *format)
    }

    /// Its name, as [`Format::parse`] takes it.
    pub fn name(self) -> &'static str {
        let row = FORMATS.iter().find(|(format, ..)| *format == self);
        row.map_or("", |(_, name, _)| name)
    }

    /// The names of all formats.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FORMATS.iter().map(|(_, name, _)| *name)
    }

    /// The records of a stream, one after the other. Nothing for CNXML, whose
    /// books are folders of files: see [`cnxml`]; and nothing for workbooks, of which
    /// somebody else has to make rows first: see [`sheet`].
    pub fn read<'a, R: BufRead + 'a>(
        self,
        source: R,
        file: &str,
    ) -> Option<Box<dyn Iterator<Item = Incoming> + 'a>> {
        Some(match self {
            Self::JsonLd => Box::new(json_ld::read(source, file)),
            Self::JsonLines => Box::new(jsonl::read(source, file)),
            Self::Csv => Box::new(csv::read(source, file)),
            Self::Markdown => Box::new(std::iter::once(one_text(source, file))),
            Self::Cnxml | Self::Workbook => return None,
        })
    }

    /// The format by file ending (a final `.gz` aside), else by the first bytes.
    /// A `.json` file in which every line is an object of its own is JSON Lines.
    pub fn guess(path: &Path, first_bytes: &[u8]) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        let by_name = name.rsplit_once('.').and_then(|(_, end)| Self::parse(end));
        match by_name {
            None | Some(Self::JsonLd) => by_content(first_bytes).or(by_name),
            found => found,
        }
    }
}

/// A Markdown file, within the limit of a line of catalogues.
fn one_text(source: impl BufRead, file: &str) -> Incoming {
    let place = Place::new(file, 0);
    let mut bytes = Vec::new();
    let limit = MAX_LINE;
    match source.take(limit as u64 + 1).read_to_end(&mut bytes) {
        Err(error) => Incoming::refused(Refusal::Unreadable {
            place,
            reason: error.to_string(),
        }),
        Ok(length) if length > limit => Incoming::refused(Refusal::TooLong { place, limit }),
        Ok(_) => markdown::from_markdown(file, &String::from_utf8_lossy(&bytes)),
    }
}

/// What the first bytes look like, where that is plain.
fn by_content(first: &[u8]) -> Option<Format> {
    let text = String::from_utf8_lossy(first);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let line = text.lines().next().unwrap_or_default().trim_end();
    match text.chars().next()? {
        '[' => Some(Format::JsonLd),
        '{' if line.len() > 2 && line.ends_with('}') && text.len() > line.len() + 1 => {
            Some(Format::JsonLines)
        }
        '{' if line.contains("\"@context\"") || line.len() < 3 => Some(Format::JsonLd),
        '{' => Some(Format::JsonLines),
        '<' if text.contains("cnx.rice.edu") => Some(Format::Cnxml),
        '-' if line == "---" => Some(Format::Markdown),
        _ => None,
    }
}
