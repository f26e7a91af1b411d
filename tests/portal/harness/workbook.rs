//! Workbooks made in the tests, of no more parts than spreadsheets need.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A cell.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A text.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A day, counted as spreadsheets do.
    Date(f64),
    /// An error.
    Error(&'a str),
    /// Nothing.
    Nothing,
}

/// A sheet: its name, whether it is seen, its rows.
pub type Sheet<'a, 'v> = (&'a str, bool, &'a [Vec<Value<'v>>]);

/// How a workbook is made.
pub type Make = fn(&[Sheet<'_, '_>]) -> Vec<u8>;

fn packed(files: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A workbook of Excel.
pub fn xlsx(sheets: &[Sheet<'_, '_>]) -> Vec<u8> {
    let (mut list, mut links, mut files) = (String::new(), String::new(), Vec::new());
    for (number, (name, seen, rows)) in (1..).zip(sheets) {
        let state = if *seen { "visible" } else { "hidden" };
        write!(
            list,
            "<sheet name=\"{name}\" sheetId=\"{number}\" state=\"{state}\" r:id=\"r{number}\"/>"
        )
        .unwrap();
        write!(links, "<Relationship Id=\"r{number}\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>").unwrap();
        files.push((format!("xl/worksheets/sheet{number}.xml"), worksheet(rows)));
    }
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
    );
    let first = [
        ("[Content_Types].xml", types.to_owned()),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r\" Type=\"{LINKS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><sheets>{list}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships xmlns=\"{PACKAGE}\">{links}</Relationships>"),
        ),
        ("xl/styles.xml", styles),
    ];
    let mut all = first
        .map(|(name, content)| (name.to_owned(), content))
        .to_vec();
    all.extend(files);
    packed(&all)
}

fn worksheet(rows: &[Vec<Value<'_>>]) -> String {
    let mut data = String::new();
    for (number, row) in (1..).zip(rows).filter(|(_, row)| !row.is_empty()) {
        write!(data, "<row r=\"{number}\">").unwrap();
        for (column, value) in ('A'..='Z').zip(row) {
            let (more, content) = match value {
                Value::Text(text) => (
                    " t=\"inlineStr\"",
                    format!("<is><t>{}</t></is>", escaped(text)),
                ),
                Value::Number(number) => ("", format!("<v>{number}</v>")),
                Value::Date(day) => (" s=\"1\"", format!("<v>{day}</v>")),
                Value::Error(error) => (" t=\"e\"", format!("<v>{error}</v>")),
                Value::Nothing => continue,
            };
            write!(data, "<c r=\"{column}{number}\"{more}>{content}</c>").unwrap();
        }
        data.push_str("</row>");
    }
    format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData></worksheet>")
}

const ODF: &str = "urn:oasis:names:tc:opendocument:xmlns";

/// A workbook of LibreOffice.
pub fn ods(sheets: &[Sheet<'_, '_>]) -> Vec<u8> {
    let mut tables = String::new();
    for (name, seen, rows) in sheets {
        let style = if *seen { "seen" } else { "hidden" };
        write!(
            tables,
            "<table:table table:name=\"{name}\" table:style-name=\"{style}\">"
        )
        .unwrap();
        rows.iter().for_each(|row| tables.push_str(&table_row(row)));
        tables.push_str("</table:table>");
    }
    let style = |name: &str, seen: bool| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"table\"><style:table-properties table:display=\"{seen}\"/></style:style>"
        )
    };
    let content = format!(
        "<office:document-content xmlns:office=\"{ODF}:office:1.0\" xmlns:style=\"{ODF}:style:1.0\" xmlns:table=\"{ODF}:table:1.0\" \
         xmlns:text=\"{ODF}:text:1.0\" xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\">\
         <office:automatic-styles>{}{}</office:automatic-styles>\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        style("seen", true),
        style("hidden", false)
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!("<manifest:manifest xmlns:manifest=\"{ODF}:manifest:1.0\"/>");
    let files = [
        ("mimetype", kind.to_owned()),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", content),
    ];
    packed(&files.map(|(name, content)| (name.to_owned(), content)))
}

fn table_row(row: &[Value<'_>]) -> String {
    let cell = |value: &Value<'_>| match value {
        Value::Text(text) => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
            escaped(text)
        ),
        Value::Number(number) => format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>"
        ),
        Value::Date(day) => {
            assert_eq!(*day, 45540.0, "the one day that is known here");
            "<table:table-cell office:value-type=\"date\" office:date-value=\"2024-09-05\"><text:p>05/09/24</text:p></table:table-cell>".to_owned()
        }
        Value::Error(error) => format!(
            "<table:table-cell table:formula=\"of:=[.#REF!]\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>{error}</text:p></table:table-cell>"
        ),
        Value::Nothing => "<table:table-cell/>".to_owned(),
    };
    let cells: String = row.iter().map(cell).collect();
    let cells = if cells.is_empty() {
        "<table:table-cell/>".to_owned()
    } else {
        cells
    };
    format!("<table:table-row>{cells}</table:table-row>")
}

/// A workbook of Excel with a sheet of zeros that takes a thousandth of its room.
pub fn bomb() -> Vec<u8> {
    let zeros = format!("<worksheet>{}</worksheet>", "0".repeat(64 << 20));
    let types = "<Types/>".to_owned();
    let files = [
        ("[Content_Types].xml", types),
        ("xl/workbook.xml", "<workbook/>".to_owned()),
        ("xl/worksheets/sheet1.xml", zeros),
    ];
    packed(&files.map(|(name, content)| (name.to_owned(), content)))
}
