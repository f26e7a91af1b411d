//! Sheet → records.

use super::COMMENT;
use super::dialect::{Guarded, open};
use crate::check::{BAD_ROW, Finding, REPLACED_BYTES, UNKNOWN_COLUMN};
use crate::format::mapping::{self, Field};
use crate::format::{Incoming, Place, Refusal};
use crate::{Kind, PROPERTIES};
use csv::{ByteRecord, Reader, ReaderBuilder};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::io::{BufRead, Read};
use std::rc::Rc;

/// The records of a sheet. The first row names the columns by property, by a
/// heading in Vietnamese, English or French, or by any name that the catalogue
/// readers know; the separator is found out. Empty rows and rows beginning
/// with `#` are passed over.
pub fn read<R: BufRead>(source: R, file: &str) -> impl Iterator<Item = Incoming> + use<R> {
    let place = Place::new(file, 1);
    let (first, sheet) = match Sheet::open(source, &place) {
        Ok(sheet) => (None, Some(sheet)),
        Err(refusal) => (Some(Incoming::refused(refusal)), None),
    };
    first.into_iter().chain(sheet.into_iter().flatten())
}

/// A column: what its header says and what that means.
struct Column {
    heading: String,
    field: Option<&'static Field>,
}

struct Sheet<R> {
    reader: Reader<Guarded<R>>,
    used: Rc<Cell<usize>>,
    columns: Vec<Column>,
    file: String,
    stopped: bool,
    /// Findings about the header, told with the first record.
    about_header: Vec<Finding>,
}

fn unreadable(place: Place, reason: impl ToString) -> Refusal {
    let reason = reason.to_string();
    Refusal::Unreadable { place, reason }
}

impl Sheet<()> {
    fn open<R: BufRead>(source: R, place: &Place) -> Result<Sheet<impl Read + use<R>>, Refusal> {
        let (separator, stream) = open(source).map_err(|error| unreadable(place.clone(), error))?;
        let (guarded, used) = Guarded::new(stream);
        let mut builder = ReaderBuilder::new();
        let builder = builder
            .delimiter(separator)
            .flexible(true)
            .has_headers(false);
        let mut sheet = Sheet {
            reader: builder.from_reader(guarded),
            used,
            columns: Vec::new(),
            file: place.file.clone(),
            stopped: false,
            about_header: Vec::new(),
        };
        sheet.read_header(place)?;
        Ok(sheet)
    }
}

impl<R: Read> Sheet<R> {
    fn read_header(&mut self, place: &Place) -> Result<(), Refusal> {
        let mut row = ByteRecord::new();
        let read = self.reader.read_byte_record(&mut row);
        read.map_err(|error| unreadable(place.clone(), error))?;
        let column = |cell: &[u8]| {
            let heading = String::from_utf8_lossy(cell).trim().to_owned();
            let field = mapping::field(&heading);
            Column { heading, field }
        };
        self.columns = row.iter().map(column).collect();
        let unknown = self
            .columns
            .iter()
            .filter(|column| column.field.is_none() && !column.heading.is_empty());
        let told = unknown.map(|column| UNKNOWN_COLUMN.on("header", &column.heading));
        self.about_header = told.collect();
        match self.columns.iter().any(|column| column.field.is_some()) {
            true => Ok(()),
            false => Err(Refusal::NoHeader {
                place: place.clone(),
            }),
        }
    }

    /// The cells as a flat object, several values split.
    fn incoming(&mut self, row: &ByteRecord) -> Incoming {
        let line = row.position().map_or(0, csv::Position::line);
        let mut findings = std::mem::take(&mut self.about_header);
        let mut object = Map::new();
        for (at, cell) in row.iter().enumerate() {
            let text = String::from_utf8_lossy(cell);
            if at >= self.columns.len() && text.trim().is_empty() {
                continue;
            }
            let Some(column) = self.columns.get(at) else {
                // Once is enough: the cells after it are astray for the same reason.
                findings.push(BAD_ROW.on("row", &format!("column {}: {text}", at + 1)));
                break;
            };
            if std::str::from_utf8(cell).is_err() {
                findings.push(REPLACED_BYTES.on(column.name(), &column.cell_name(line)));
            }
            if !text.trim().is_empty() {
                object.insert(column.key(at), column.value(text.trim()));
            }
        }
        let (record, more) = mapping::resource_from(object);
        findings.extend(more.into_iter().map(|finding| self.located(finding, line)));
        Incoming {
            place: Place::new(self.file.as_str(), line),
            record: Ok(record),
            findings,
        }
    }

    /// A reader's finding with row and column.
    fn located(&self, finding: Finding, line: u64) -> Finding {
        let named = |column: &&Column| {
            column
                .field
                .is_some_and(|field| field.property == finding.property)
        };
        match self.columns.iter().find(named) {
            Some(column) => Finding {
                message: format!("{}: {}", column.cell_name(line), finding.message),
                ..finding
            },
            None => finding,
        }
    }
}

impl Column {
    fn name(&self) -> &str {
        self.field
            .map_or(self.heading.as_str(), |field| field.property)
    }

    fn cell_name(&self, line: u64) -> String {
        format!("row {line}, column {}", self.heading)
    }

    fn key(&self, at: usize) -> String {
        match self.heading.is_empty() {
            true => format!("column {}", at + 1),
            false => self.heading.clone(),
        }
    }

    /// One text, or a list where the property takes several values.
    fn value(&self, text: &str) -> Value {
        let Some(field) = self.field.filter(|field| field.is_many()) else {
            return Value::String(text.to_owned());
        };
        let sentences = PROPERTIES.iter().any(|property| {
            property.name == field.property && matches!(property.kind, Kind::LongText | Kind::Link)
        });
        let separators: &[char] = if sentences {
            &['|', '\n']
        } else {
            &['|', ';', '\n']
        };
        let parts = text
            .split(separators)
            .map(str::trim)
            .filter(|part| !part.is_empty());
        Value::Array(parts.map(|part| Value::String(part.to_owned())).collect())
    }
}

impl<R: Read> Iterator for Sheet<R> {
    type Item = Incoming;

    fn next(&mut self) -> Option<Incoming> {
        let mut row = ByteRecord::new();
        while !self.stopped {
            self.used.set(0);
            let place = Place::new(self.file.as_str(), self.reader.position().line());
            match self.reader.read_byte_record(&mut row) {
                Ok(false) => return None,
                Ok(true) if is_comment(&row) => {}
                Ok(true) => return Some(self.incoming(&row)),
                Err(error) => {
                    self.stopped = true;
                    return Some(Incoming::refused(unreadable(place, error)));
                }
            }
        }
        None
    }
}

fn is_comment(row: &ByteRecord) -> bool {
    let blank = |cell: &[u8]| cell.iter().all(u8::is_ascii_whitespace);
    let first = row.get(0).unwrap_or_default();
    row.iter().all(blank) || first.first() == Some(&(COMMENT as u8))
}
