//! Workbooks read in a child: rows as they come, and what was made to do harm.

use crate::packed::packed;
use khue_extract::{CellText, Extractor, Limit, Limits, Outcome, Reason, RowEvent};
use std::io::Write;

const PROGRAM: &str = env!("CARGO_BIN_EXE_khue-extract-child");

fn rows(bytes: &[u8], limits: Limits) -> Vec<RowEvent> {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("space");
    let rows = Extractor::new(PROGRAM, &[], limits).rows(file.path());
    rows.expect("a child").collect()
}

fn end(events: &[RowEvent]) -> &Outcome {
    match events.last() {
        Some(RowEvent::End(outcome)) => outcome,
        other => panic!("no end: {other:?}"),
    }
}

/// A workbook of LibreOffice with these rows in its one sheet.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Một\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    packed(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet".as_slice(),
        ),
        ("META-INF/manifest.xml", b"<manifest:manifest/>".as_slice()),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn rows_have_the_numbers_of_the_spreadsheet() {
    let book = ods(
        "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell/></table:table-row>\
         <table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>\
         <table:table-cell office:value-type=\"string\"><text:p>Lực</text:p></table:table-cell></table:table-row>",
    );
    let found = rows(&book, Limits::default());
    let text = CellText::Text("Lực".to_owned());
    let row = RowEvent::Row {
        number: 4,
        cells: vec![CellText::Empty, CellText::Empty, text],
    };
    assert_eq!(found[0], RowEvent::Sheets(vec!["Một".to_owned()]));
    assert_eq!(found[1], RowEvent::Sheet("Một".to_owned()));
    assert_eq!(found[2], row);
    assert_eq!(*end(&found), Outcome::Extracted);
}

/// A few bytes that say "as wide and as long as can be" once filled all memory.
#[test]
fn repeated_cells_fill_no_memory_but_that_of_the_child() {
    let wide = "<table:table-row><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\">\
                <text:p>x</text:p></table:table-cell></table:table-row>";
    let spaces = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p><text:s text:c=\"2000000000\"/></text:p>\
                  </table:table-cell></table:table-row>";
    for book in [ods(&wide.repeat(20_000)), ods(spaces)] {
        let small = Limits {
            memory: 384 << 20,
            ..Limits::default()
        };
        let found = rows(&book, small);
        let limits = [Limit::Memory, Limit::Time, Limit::Text, Limit::Ratio];
        assert!(
            matches!(end(&found), Outcome::LimitReached { limit } if limits.contains(limit)),
            "{:?}",
            end(&found)
        );
    }
}

#[test]
fn more_text_than_allowed_ends_the_rows() {
    let row = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>một hai ba</text:p></table:table-cell></table:table-row>";
    let limits = Limits {
        text: 100,
        ..Limits::default()
    };
    let found = rows(&ods(&row.repeat(20)), limits);
    assert_eq!(*end(&found), Outcome::LimitReached { limit: Limit::Text });
    assert!(found.len() > 4, "what was read until then is kept");
}

#[test]
fn a_workbook_behind_a_password_says_so() {
    let mut store = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("memory");
    store.create_stream("EncryptedPackage").expect("memory");
    store.flush().expect("memory");
    let found = rows(&store.into_inner().into_inner(), Limits::default());
    assert_eq!(
        *end(&found),
        Outcome::Unreadable {
            reason: Reason::Encrypted
        }
    );
}
