//! The rows of workbooks (Excel, LibreOffice), their cells as text the way a person sees them.

mod shown;

use crate::archive::{Archive, Budget};
use crate::document::Outcome;
use crate::formats::damaged;
use crate::kind::{Kind, by_content};
use crate::limits::{Limit, Limits};
use crate::notice::Reason;
use crate::out::Failure;
use calamine::{Ods, Reader, Sheet, SheetType, SheetVisible, Xls, Xlsx};
use serde::{Deserialize, Serialize};
use shown::{shown, shown_as};
use std::io::Cursor;

/// A cell as a person sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CellText {
    /// An error such as `#REF!` instead of a value.
    Error {
        /// As the spreadsheet shows it.
        error: String,
    },
    /// Its text.
    Text(String),
    /// Nothing.
    #[default]
    Empty,
}

/// What is found in a workbook, in the order in which it is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowEvent {
    /// The names of all sheets that a person sees.
    Sheets(Vec<String>),
    /// The rows of the next of them follow.
    Sheet(String),
    /// A row in which something stands.
    Row {
        /// Its number in the spreadsheet, from 1.
        number: u32,
        /// Its cells from the first column on.
        cells: Vec<CellText>,
    },
    /// The end.
    End(Outcome),
}

/// Reads a workbook in this process. Only for files that are trusted: for others use
/// [`Extractor::rows`](crate::Extractor::rows), which reads in a child.
pub fn read_rows(bytes: &[u8], limits: &Limits, to: &mut dyn FnMut(RowEvent)) {
    let mut telling = Telling {
        to,
        text: limits.text,
    };
    let outcome = match workbook(bytes, limits, &mut telling) {
        Ok(()) => Outcome::Extracted,
        Err(Failure::Limit(limit)) => Outcome::LimitReached { limit },
        Err(Failure::Refused(reason)) => Outcome::Refused { reason },
        Err(Failure::Unreadable(reason)) => Outcome::Unreadable { reason },
    };
    to(RowEvent::End(outcome));
}

/// Rows on their way out, within the limit of text.
struct Telling<'a> {
    to: &'a mut dyn FnMut(RowEvent),
    text: u64,
}

impl Telling<'_> {
    fn row(&mut self, number: u32, cells: Vec<CellText>) -> Result<(), Failure> {
        // A cell costs something even where it is empty.
        let size = |cell: &CellText| match cell {
            CellText::Text(text) | CellText::Error { error: text } => text.len() as u64 + 1,
            CellText::Empty => 1,
        };
        if cells.iter().all(|cell| *cell == CellText::Empty) {
            return Ok(());
        }
        let left = self.text.checked_sub(cells.iter().map(size).sum());
        self.text = left.ok_or(Failure::Limit(Limit::Text))?;
        (self.to)(RowEvent::Row { number, cells });
        Ok(())
    }

    fn sheets(&mut self, all: &[Sheet]) -> Vec<String> {
        let seen = |sheet: &&Sheet| {
            sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet
        };
        let names: Vec<String> = all.iter().filter(seen).map(|s| s.name.clone()).collect();
        (self.to)(RowEvent::Sheets(names.clone()));
        names
    }

    fn sheet(&mut self, name: &str) {
        (self.to)(RowEvent::Sheet(name.to_owned()));
    }
}

fn workbook(bytes: &[u8], limits: &Limits, to: &mut Telling<'_>) -> Result<(), Failure> {
    if bytes.is_empty() {
        return Err(Failure::Unreadable(Reason::Empty));
    }
    if bytes.len() as u64 > limits.input {
        return Err(Failure::Limit(Limit::Input));
    }
    let kind = by_content(bytes, "");
    match kind {
        Kind::Xlsx => {
            weigh(bytes, limits)?;
            xlsx(bytes, to)
        }
        Kind::Ods => {
            weigh(bytes, limits)?;
            let book = Ods::new(Cursor::new(bytes)).map_err(|error| broken(kind, &error))?;
            ranges(book, kind, to)
        }
        Kind::Xls => {
            let book = Xls::new(Cursor::new(bytes)).map_err(|error| broken(kind, &error))?;
            ranges(book, kind, to)
        }
        Kind::OldOffice if locked(bytes) => Err(Failure::Unreadable(Reason::Encrypted)),
        kind => Err(damaged(Kind::Xlsx, format!("it looks like: {kind}"))),
    }
}

/// Unpacks an archive for nothing but its size, within limits, before somebody unpacks it without.
fn weigh(bytes: &[u8], limits: &Limits) -> Result<(), Failure> {
    let mut archive = Archive::open(bytes, limits)?;
    let mut budget = Budget::new(limits);
    for index in 0..archive.len() {
        archive.read_at(index, &mut budget)?;
    }
    Ok(())
}

/// Whether it is a workbook behind a password.
fn locked(bytes: &[u8]) -> bool {
    let store = cfb::CompoundFile::open(Cursor::new(bytes));
    store.is_ok_and(|store| store.is_stream("EncryptedPackage"))
}

/// XLSX, cell by cell: what stands far out makes no large table.
fn xlsx(bytes: &[u8], to: &mut Telling<'_>) -> Result<(), Failure> {
    let failed = |error: calamine::XlsxError| broken(Kind::Xlsx, &error);
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(failed)?;
    let names = to.sheets(book.sheets_metadata());
    for name in names {
        to.sheet(&name);
        let mut cells = book.worksheet_cells_reader(&name).map_err(failed)?;
        let (mut number, mut row) = (0, Vec::new());
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(failed)? {
            let (at, column) = cell.get_position();
            if at + 1 != number {
                to.row(number, std::mem::take(&mut row))?;
                number = at + 1;
            }
            let format = cells.styles().get(style);
            let format = format.and_then(|style| style.number_format.as_ref());
            let format = format.map_or("", |format| format.format_code.as_str());
            put(
                &mut row,
                column,
                shown_as(&cell.get_value().clone().into(), format),
            );
        }
        to.row(number, row)?;
    }
    Ok(())
}

/// Puts a cell at its column; what is empty makes no row longer.
fn put(row: &mut Vec<CellText>, column: u32, cell: CellText) {
    let column = column as usize;
    if cell == CellText::Empty {
        return;
    }
    if row.len() <= column {
        row.resize(column + 1, CellText::Empty);
    }
    row[column] = cell;
}

/// Workbooks that are read whole.
fn ranges<'a, R>(mut book: R, kind: Kind, to: &mut Telling<'_>) -> Result<(), Failure>
where
    R: Reader<Cursor<&'a [u8]>>,
    R::Error: std::fmt::Display,
{
    let names = to.sheets(book.sheets_metadata());
    for name in names {
        to.sheet(&name);
        let range = book
            .worksheet_range(&name)
            .map_err(|error| broken(kind, &error))?;
        let (first, left) = range.start().unwrap_or_default();
        for (number, cells) in (first + 1..).zip(range.rows()) {
            let mut row = Vec::new();
            for (column, cell) in (left..).zip(cells) {
                put(&mut row, column, shown(cell));
            }
            to.row(number, row)?;
        }
    }
    Ok(())
}

/// What the reader of a kind complains of: a password, or damage.
fn broken(kind: Kind, error: &dyn std::fmt::Display) -> Failure {
    let told = error.to_string();
    match told.to_lowercase().contains("password") {
        true => Failure::Unreadable(Reason::Encrypted),
        false => damaged(kind, told),
    }
}
