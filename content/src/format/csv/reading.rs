//! Sheet → records.

use super::dialect::{Guarded, open};
use crate::format::sheet::{Cell, Flaw, Table, is_passed_over};
use crate::format::{Incoming, Place, Refusal};
use csv::{ByteRecord, Position, Reader, ReaderBuilder};
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

struct Sheet<R> {
    reader: Reader<Guarded<R>>,
    used: Rc<std::cell::Cell<usize>>,
    table: Table,
    file: String,
    stopped: bool,
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
        let mut reader = builder.from_reader(guarded);
        let table = header(&mut reader, place)?;
        Ok(Sheet {
            reader,
            used,
            table,
            file: place.file.clone(),
            stopped: false,
        })
    }
}

fn header<R: Read>(reader: &mut Reader<R>, place: &Place) -> Result<Table, Refusal> {
    let mut row = ByteRecord::new();
    let read = reader.read_byte_record(&mut row);
    read.map_err(|error| unreadable(place.clone(), error))?;
    let table = Table::new(&place.file, None, &cells(&row));
    match table.known() {
        0 => Err(Refusal::NoHeader {
            place: place.clone(),
        }),
        _ => Ok(table),
    }
}

fn cells(row: &ByteRecord) -> Vec<Cell<'_>> {
    let cell = |bytes| Cell {
        text: String::from_utf8_lossy(bytes),
        flaw: std::str::from_utf8(bytes).err().map(|_| Flaw::Replaced),
    };
    row.iter().map(cell).collect()
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
                Ok(true) => {
                    let cells = cells(&row);
                    if !is_passed_over(&cells) {
                        let line = row.position().map_or(0, Position::line);
                        return Some(self.table.incoming(line, &cells));
                    }
                }
                Err(error) => {
                    self.stopped = true;
                    return Some(Incoming::refused(unreadable(place, error)));
                }
            }
        }
        None
    }
}
