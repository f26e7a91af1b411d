//! Rows of cells → records: what all sheets have in common, whatever program has written them.

use super::csv::COMMENT;
use super::mapping::{self, Field};
use super::{Incoming, Place};
use crate::check::{BAD_ROW, CELL_ERROR, Finding, REPLACED_BYTES, UNKNOWN_COLUMN};
use crate::{Kind, PROPERTIES};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// What is wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Some of its bytes were no UTF-8 and are replaced.
    Replaced,
    /// It shows an error of the spreadsheet, such as `#REF!`, instead of a value.
    Error,
}

/// A cell as a person sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Its text.
    pub text: Cow<'a, str>,
    /// What is wrong with it.
    pub flaw: Option<Flaw>,
}

impl Cell<'_> {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Whether a row is passed over: it is empty, or an explanation that begins with `#`.
pub fn is_passed_over(row: &[Cell<'_>]) -> bool {
    let comment =
        |cell: &Cell<'_>| cell.flaw != Some(Flaw::Error) && cell.text.starts_with(COMMENT);
    row.iter().all(Cell::is_blank) || row.first().is_some_and(comment)
}

/// A table: what its header says, and the rows below it as records.
pub struct Table {
    columns: Vec<Column>,
    file: String,
    /// The sheet of a workbook, where cells are named as spreadsheets name them.
    sheet: Option<String>,
    /// Findings about the table as a whole, told with the first record.
    about: Vec<Finding>,
}

/// A column: what its header says and what that means.
struct Column {
    heading: String,
    field: Option<&'static Field>,
}

impl Table {
    /// The table below a header. `sheet` is the sheet's name in a workbook.
    pub fn new(file: &str, sheet: Option<&str>, header: &[Cell<'_>]) -> Self {
        let column = |cell: &Cell<'_>| {
            let heading = cell.text.trim().to_owned();
            let field = mapping::field(&heading);
            Column { heading, field }
        };
        let columns: Vec<Column> = header.iter().map(column).collect();
        let unknown = columns
            .iter()
            .filter(|column| column.field.is_none() && !column.heading.is_empty());
        let about = unknown.map(|column| UNKNOWN_COLUMN.on("header", &column.heading));
        Self {
            about: about.collect(),
            columns,
            file: match sheet {
                Some(sheet) => format!("{file}, sheet {sheet}"),
                None => file.to_owned(),
            },
            sheet: sheet.map(str::to_owned),
        }
    }

    /// The file, with the sheet of a workbook, as it is named to people.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// How many of its columns are called like a property.
    pub fn known(&self) -> usize {
        let known = |column: &&Column| column.field.is_some();
        self.columns.iter().filter(known).count()
    }

    /// Whether a column is called like this property.
    pub fn has(&self, property: &str) -> bool {
        let mut fields = self.columns.iter().filter_map(|column| column.field);
        fields.any(|field| field.property == property)
    }

    /// Adds a finding about the table as a whole, which is told with its first record.
    pub fn say(&mut self, finding: Finding) {
        self.about.push(finding);
    }

    /// The record of a row with this number, counted from 1: its cells as a flat object, several values split.
    pub fn incoming(&mut self, line: u64, row: &[Cell<'_>]) -> Incoming {
        let mut findings = std::mem::take(&mut self.about);
        let mut object = Map::new();
        for (at, cell) in row.iter().enumerate() {
            if at >= self.columns.len() && cell.is_blank() {
                continue;
            }
            let Some(column) = self.columns.get(at) else {
                // Once is enough: the cells after it are astray for the same reason.
                let found = format!("column {}: {}", self.column_name(at), cell.text);
                findings.push(BAD_ROW.on("row", &found));
                break;
            };
            findings.extend(self.flaw(column, at, line, cell));
            if !cell.is_blank() && cell.flaw != Some(Flaw::Error) {
                object.insert(column.key(at), column.value(cell.text.trim()));
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

    /// What is wrong with a cell, as a finding.
    fn flaw(&self, column: &Column, at: usize, line: u64, cell: &Cell<'_>) -> Option<Finding> {
        let name = self.cell_name(column, at, line);
        match cell.flaw? {
            Flaw::Replaced => Some(REPLACED_BYTES.on(column.name(), &name)),
            Flaw::Error => Some(CELL_ERROR.on(column.name(), &format!("{name}: {}", cell.text))),
        }
    }

    /// A reader's finding with row and column.
    fn located(&self, finding: Finding, line: u64) -> Finding {
        let named = |column: &Column| {
            column
                .field
                .is_some_and(|field| field.property == finding.property)
        };
        match self.columns.iter().position(named) {
            Some(at) => Finding {
                message: format!(
                    "{}: {}",
                    self.cell_name(&self.columns[at], at, line),
                    finding.message
                ),
                ..finding
            },
            None => finding,
        }
    }

    /// `row 7, column license`, or in a workbook `Lessons!C7 (license)`.
    fn cell_name(&self, column: &Column, at: usize, line: u64) -> String {
        let heading = &column.heading;
        match &self.sheet {
            Some(sheet) => format!("{sheet}!{}{line} ({heading})", letters(at)),
            None => format!("row {line}, column {heading}"),
        }
    }

    fn column_name(&self, at: usize) -> String {
        match self.sheet {
            Some(_) => letters(at),
            None => (at + 1).to_string(),
        }
    }
}

/// The name of a column in spreadsheets: A to Z, AA, AB and so on.
fn letters(at: usize) -> String {
    let (mut left, mut name) = (at + 1, Vec::new());
    while left > 0 {
        left -= 1;
        name.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    name.into_iter().rev().collect()
}

impl Column {
    fn name(&self) -> &str {
        self.field
            .map_or(self.heading.as_str(), |field| field.property)
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

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_are_called_as_in_spreadsheets() {
        let names = [0, 25, 26, 701, 702, 16_383].map(letters);
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }
}
