//! Workbooks of Excel and LibreOffice. A child reads their rows; what they say is told as of any sheet.

use super::input::Input;
use super::obstacle::Obstacle;
use anyhow::Result;
use khue_content::check::SHEETS_NOT_READ;
use khue_content::format::sheet::{Cell, Flaw, Table, is_passed_over};
use khue_content::format::{Incoming, Place, Refusal};
use khue_extract::{CellText, Kind, Limits, Outcome, Reason, RowEvent, Rows};
use std::path::Path;

/// Rows of a sheet among which its header is looked for: titles and explanations may stand above it.
const LOOKED_AT: usize = 20;
/// Columns called like a property that make a row the header, wherever it stands; the first row needs one.
const ENOUGH: usize = 2;
/// Properties that tell resources from other things that are listed.
const TELLING: &[&str] = &["license", "description", "learningResourceType", "creator"];
/// Text of a workbook, in bytes.
const MOST_TEXT: u64 = 256 << 20;

/// Whether files of this kind are workbooks that are read here.
pub(super) fn is_workbook(kind: Kind) -> bool {
    matches!(kind, Kind::Xlsx | Kind::Ods | Kind::Xls)
}

/// Whether a file is called like a workbook.
pub(super) fn is_named(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    khue_extract::by_name(&name).is_some_and(is_workbook)
}

/// Whether a workbook describes resources, row by row, by the header of one of its sheets; others are documents. One
/// that is imported `alone` needs a column for names and another known one. In a folder of all kinds of files that
/// would take a class list for one ("Tên", "Lớp"), so that the other must be one of [`TELLING`].
///
/// # Errors
/// It cannot be opened.
pub(super) fn is_catalogue(path: &Path, alone: bool) -> Result<bool, Obstacle> {
    let unreadable = |error: anyhow::Error| Obstacle::Unreadable(error.to_string());
    let mut book = Book::open(path, "").map_err(unreadable)?;
    match book.table() {
        Ok(table) => Ok(is_list(&table, alone)),
        Err(Outcome::Extracted) => Ok(false),
        Err(outcome) => Err(obstacle(&outcome)),
    }
}

fn is_list(table: &Table, alone: bool) -> bool {
    let telling = TELLING.iter().any(|property| table.has(property));
    table.has("name") && (telling || alone && table.known() >= ENOUGH)
}

/// What stands in the way of reading a workbook.
fn obstacle(outcome: &Outcome) -> Obstacle {
    let told = outcome.reason().unwrap_or_default();
    match outcome {
        Outcome::Unreadable {
            reason: Reason::Encrypted,
        } => Obstacle::Locked,
        Outcome::Unreadable {
            reason: Reason::Empty,
        } => Obstacle::Empty,
        Outcome::LimitReached { .. } => Obstacle::Heavy(told),
        _ => Obstacle::Damaged(told),
    }
}

/// The records of a workbook: those of the first sheet that a person sees and that has a header with known columns.
pub(super) fn read(input: &Input) -> Box<dyn Iterator<Item = Incoming>> {
    let place = Place::new(input.name.as_str(), 0);
    let refused = |refusal| Box::new(std::iter::once(Incoming::refused(refusal)));
    let mut book = match Book::open(&input.path, &input.name) {
        Ok(book) => book,
        Err(error) => {
            let reason = error.to_string();
            return refused(Refusal::Unreadable { place, reason });
        }
    };
    match book.table() {
        Ok(table) => Box::new(Records {
            place: Place::new(table.file(), 0),
            rows: Some(book.rows),
            table,
        }),
        Err(Outcome::Extracted) => refused(Refusal::NoHeader { place }),
        Err(outcome) => refused(stopped(place, &outcome)),
    }
}

fn stopped(place: Place, outcome: &Outcome) -> Refusal {
    let reason = outcome.reason().unwrap_or_default();
    Refusal::Unreadable { place, reason }
}

/// A workbook in which the header is looked for.
struct Book {
    rows: Rows,
    file: String,
    /// The sheets that a person sees.
    sheets: Vec<String>,
}

impl Book {
    fn open(path: &Path, file: &str) -> Result<Self> {
        let limits = Limits {
            text: MOST_TEXT,
            ..Limits::default()
        };
        Ok(Self {
            rows: crate::extracting::extractor(limits)?.rows(path)?,
            file: file.to_owned(),
            sheets: Vec::new(),
        })
    }

    /// Goes on to the rows below the header; else how it ended, [`Outcome::Extracted`] where there is no header.
    fn table(&mut self) -> Result<Table, Outcome> {
        let (mut sheet, mut looked) = (String::new(), 0);
        while let Some(event) = self.rows.next() {
            match event {
                RowEvent::Sheets(names) => self.sheets = names,
                RowEvent::Sheet(name) => (sheet, looked) = (name, 0),
                RowEvent::Row { cells, .. } => {
                    let cells = seen(&cells);
                    if looked < LOOKED_AT && !is_passed_over(&cells) {
                        let table = Table::new(&self.file, Some(&sheet), &cells);
                        if table.known() >= if looked == 0 { 1 } else { ENOUGH } {
                            return Ok(self.begun(table, &sheet));
                        }
                        looked += 1;
                    }
                }
                RowEvent::End(outcome) => return Err(outcome),
            }
        }
        Err(Outcome::Unfinished)
    }

    /// Says which sheet is read where there are several.
    fn begun(&self, mut table: Table, sheet: &str) -> Table {
        if self.sheets.len() > 1 {
            table.say(SHEETS_NOT_READ.on("sheet", sheet));
        }
        table
    }
}

/// The rows below a header as records.
struct Records {
    /// Nothing more once they have ended.
    rows: Option<Rows>,
    table: Table,
    /// The row that was read last.
    place: Place,
}

impl Iterator for Records {
    type Item = Incoming;

    fn next(&mut self) -> Option<Incoming> {
        loop {
            match self.rows.as_mut()?.next() {
                Some(RowEvent::Row { number, cells }) => {
                    self.place.line = number.into();
                    let cells = seen(&cells);
                    if !is_passed_over(&cells) {
                        return Some(self.table.incoming(self.place.line, &cells));
                    }
                }
                Some(RowEvent::End(Outcome::Extracted)) | Some(RowEvent::Sheet(_)) | None => {
                    self.rows = None;
                }
                Some(RowEvent::Sheets(_)) => {}
                Some(RowEvent::End(outcome)) => {
                    self.rows = None;
                    let refusal = stopped(self.place.clone(), &outcome);
                    return Some(Incoming::refused(refusal));
                }
            }
        }
    }
}

fn seen(cells: &[CellText]) -> Vec<Cell<'_>> {
    cells.iter().map(cell).collect()
}

fn cell(cell: &CellText) -> Cell<'_> {
    let (text, flaw) = match cell {
        CellText::Empty => ("", None),
        CellText::Text(text) => (text.as_str(), None),
        CellText::Error { error } => (error.as_str(), Some(Flaw::Error)),
    };
    Cell {
        text: text.into(),
        flaw,
    }
}
