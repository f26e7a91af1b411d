//! Sheet → rows and faults.

use super::row::{Condition, Direction, Row};
use super::{Fault, Problem};
use crate::search::typed::{key, typed};
use csv::{ByteRecord, ReaderBuilder};
use std::collections::HashMap;

/// Rows that are read.
const MAX_ROWS: usize = 20_000;
/// Longest way to write something, in characters.
const MAX_LENGTH: usize = 120;
const COLUMNS: [&str; 5] = ["words", "also", "direction", "when", "note"];

/// The rows of a table and what is wrong with it. Commas, semicolons or tabs part the cells, as
/// spreadsheets write them; lines beginning with `#` are remarks.
///
/// ```
/// use khue_content::search::synonyms;
/// let (rows, faults) = synonyms::read("words,also,direction\nSGK,sách giáo khoa,both\n".as_bytes());
/// assert!(rows.is_empty());
/// assert_eq!(
///     faults[0].to_string(),
///     "line 2, field `direction`: `both` is no direction; write one-way or two-way"
/// );
/// ```
pub fn read(sheet: &[u8]) -> (Vec<Row>, Vec<Fault>) {
    let sheet = sheet.strip_prefix("\u{feff}".as_bytes()).unwrap_or(sheet);
    let mut reading = Reading::default();
    let mut reader = ReaderBuilder::new()
        .delimiter(separator(sheet))
        .comment(Some(b'#'))
        .has_headers(false)
        .flexible(true)
        .from_reader(sheet);
    let mut cells = ByteRecord::new();
    loop {
        match reader.read_byte_record(&mut cells) {
            Ok(true) if reading.rows.len() < MAX_ROWS => reading.take(&cells),
            Ok(true) => {
                let line = cells.position().map_or(0, csv::Position::line);
                reading.fault(line, None, Problem::TooManyRows(MAX_ROWS));
                break;
            }
            Ok(false) => break,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                reading.fault(line, None, Problem::Unreadable(error.to_string()));
                break;
            }
        }
    }
    (reading.rows, reading.faults)
}

/// What parts the cells of the first row that is no remark.
fn separator(sheet: &[u8]) -> u8 {
    let mut lines = sheet.split(|byte| *byte == b'\n');
    let header = lines.find(|line| !line.starts_with(b"#") && !line.trim_ascii().is_empty());
    let found = header.and_then(|line| line.iter().find(|byte| b",;\t".contains(byte)));
    found.copied().unwrap_or(b',')
}

#[derive(Default)]
struct Reading {
    /// Place of each of [`COLUMNS`] in a row.
    columns: Option<Vec<Option<usize>>>,
    width: usize,
    rows: Vec<Row>,
    faults: Vec<Fault>,
    /// Way and conditions → line.
    seen: HashMap<(String, String), u64>,
}

impl Reading {
    fn fault(&mut self, line: u64, field: Option<&'static str>, problem: Problem) {
        self.faults.push(Fault {
            line,
            field,
            problem,
        });
    }

    fn take(&mut self, cells: &ByteRecord) {
        let line = cells.position().map_or(0, csv::Position::line);
        let texts: Result<Vec<&str>, _> = cells.iter().map(std::str::from_utf8).collect();
        let Ok(texts) = texts else {
            return self.fault(line, None, Problem::NotUtf8);
        };
        let texts: Vec<&str> = texts.into_iter().map(str::trim).collect();
        match self.columns.clone() {
            None => self.header(&texts, line),
            Some(_) if texts.iter().all(|text| text.is_empty()) => {}
            Some(columns) => self.row(&columns, &texts, line),
        }
    }

    fn header(&mut self, texts: &[&str], line: u64) {
        let place = |name: &&str| {
            texts
                .iter()
                .position(|text| text.eq_ignore_ascii_case(name))
        };
        let columns: Vec<Option<usize>> = COLUMNS.iter().map(place).collect();
        for (name, place) in COLUMNS.iter().zip(&columns).take(2) {
            if place.is_none() {
                self.fault(line, None, Problem::NoColumn(name));
            }
        }
        self.width = texts.len();
        self.columns = Some(columns);
    }

    fn row(&mut self, columns: &[Option<usize>], texts: &[&str], line: u64) {
        if texts.len() > self.width && texts[self.width..].iter().any(|text| !text.is_empty()) {
            return self.fault(line, None, Problem::TooManyCells(texts.len(), self.width));
        }
        let cell = |at: usize| columns[at].and_then(|place| texts.get(place)).copied();
        let before = self.faults.len();
        let words = self.parts(cell(0).unwrap_or_default(), line, "words");
        let also = self.parts(cell(1).unwrap_or_default(), line, "also");
        if words.is_empty() && self.faults.len() == before {
            self.fault(line, Some("words"), Problem::NoWords);
        }
        let direction = self.direction(cell(2).unwrap_or_default(), line);
        let when = self.conditions(cell(3).unwrap_or_default(), line);
        self.repeated(&words, cell(3).unwrap_or_default(), line);
        if self.faults.len() == before {
            self.rows.push(Row {
                line,
                words,
                also,
                direction,
                when,
                note: cell(4).unwrap_or_default().to_owned(),
            });
        }
    }

    fn parts(&mut self, cell: &str, line: u64, field: &'static str) -> Vec<String> {
        let mut parts = Vec::new();
        for part in cell.split('|').map(str::trim).filter(|p| !p.is_empty()) {
            if part.chars().count() > MAX_LENGTH {
                let start = part.chars().take(24).collect();
                self.fault(line, Some(field), Problem::TooLong(start, MAX_LENGTH));
            } else if typed(part).is_empty() {
                self.fault(line, Some(field), Problem::NoLetter(part.to_owned()));
            } else {
                parts.push(part.to_owned());
            }
        }
        parts
    }

    fn direction(&mut self, cell: &str, line: u64) -> Direction {
        match key(cell).as_str() {
            "" | "one wai" | "mot chieu" | "sens unique" => Direction::OneWay,
            "two wai" | "hai chieu" | "deux sens" => Direction::TwoWay,
            _ => {
                self.fault(line, Some("direction"), Problem::Direction(cell.to_owned()));
                Direction::OneWay
            }
        }
    }

    fn conditions(&mut self, cell: &str, line: u64) -> Vec<Condition> {
        let mut when = Vec::new();
        for part in cell.split('|').map(str::trim).filter(|p| !p.is_empty()) {
            match part {
                "@grade" => when.push(Condition::Grade),
                "@subject" => when.push(Condition::Subject),
                "@capitals" => when.push(Condition::Capitals),
                word if word.starts_with('@') || typed(word).is_empty() => {
                    let problem = Problem::Condition(word.to_owned());
                    self.fault(line, Some("when"), problem);
                }
                word => when.push(Condition::Word(word.to_owned())),
            }
        }
        when
    }

    fn repeated(&mut self, words: &[String], when: &str, line: u64) {
        for word in words {
            let spelled = word.to_lowercase();
            let first = *self.seen.entry((spelled, when.to_owned())).or_insert(line);
            if first != line {
                self.fault(line, Some("words"), Problem::Repeated(word.clone(), first));
            }
        }
    }
}
