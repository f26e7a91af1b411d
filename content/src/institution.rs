//! Institutions: the register that roles and submissions name by code, read from a sheet.

use crate::account::is_institution;

/// An institution, or a part of one: `hn-01.toan` is a part of `hn-01`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Institution {
    /// Its code, by which roles name it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Province or city; may be empty.
    pub province: String,
    /// Commune or ward; may be empty.
    pub commune: String,
    /// What it is, such as a lower secondary school; may be empty.
    pub kind: String,
}

/// Why a row of a sheet is no institution.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Odd {
    /// The sheet has no such column.
    #[error(
        "the sheet has no column {0:?}; its first row must name the columns code and name, and may name province, commune and type"
    )]
    Column(&'static str),
    /// The code will not do.
    #[error(
        "line {line}: {code:?} is no code of an institution; use letters, digits, dots, hyphens and underscores, 40 at most"
    )]
    Code {
        /// Line of the sheet.
        line: u64,
        /// What stands there.
        code: String,
    },
    /// There is no name.
    #[error("line {line}: {code} has no name")]
    Name {
        /// Line of the sheet.
        line: u64,
        /// The code.
        code: String,
    },
    /// The code stands there twice.
    #[error("line {line}: {code} stands in this sheet twice; the first one counts")]
    Twice {
        /// Line of the sheet.
        line: u64,
        /// The code.
        code: String,
    },
    /// The row cannot be read.
    #[error("line {line}: {reason}")]
    Row {
        /// Line of the sheet.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
}

/// What a column may be called, folded.
const COLUMNS: [(&str, &[&str]); 5] = [
    ("code", &["code", "mã", "ma", "mã trường", "mã đơn vị"]),
    (
        "name",
        &["name", "tên", "ten", "tên trường", "tên đơn vị", "nom"],
    ),
    (
        "province",
        &["province", "tỉnh", "tinh", "tỉnh/thành phố", "city"],
    ),
    ("commune", &["commune", "xã", "xa", "xã/phường", "ward"]),
    ("type", &["type", "kind", "loại", "loai", "loại hình"]),
];

/// Reads a sheet with a row of names of columns, separated by comma, semicolon or tab. Every row that can be read
/// becomes an institution; what cannot is told.
///
/// ```
/// let (read, odd) = khue_content::institution::read("Mã;Tên;Tỉnh\nhn-01;THCS Chu Văn An;Hà Nội\nx y;Không;\n");
/// assert_eq!((read[0].code.as_str(), read[0].province.as_str(), odd.len()), ("hn-01", "Hà Nội", 1));
/// ```
pub fn read(sheet: &str) -> (Vec<Institution>, Vec<Odd>) {
    let sheet = sheet.trim_start_matches('\u{feff}');
    let first = sheet.lines().next().unwrap_or_default();
    let separator = [b'\t', b';', b',']
        .into_iter()
        .find(|sign| first.as_bytes().contains(sign))
        .unwrap_or(b',');
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(sheet.as_bytes());
    let heads: Vec<String> = rows.headers().map_or_else(
        |_| Vec::new(),
        |heads| heads.iter().map(str::to_lowercase).collect(),
    );
    let places =
        COLUMNS.map(|(_, names)| heads.iter().position(|head| names.contains(&head.as_str())));
    for (column, place) in COLUMNS.iter().zip(places).take(2) {
        if place.is_none() {
            return (Vec::new(), vec![Odd::Column(column.0)]);
        }
    }
    let (mut all, mut odd): (Vec<Institution>, Vec<Odd>) = (Vec::new(), Vec::new());
    for row in rows.records() {
        match row {
            Ok(row) => match institution(&row, places) {
                Ok(one) if all.iter().any(|known| known.code == one.code) => odd.push(Odd::Twice {
                    line: line(&row),
                    code: one.code,
                }),
                Ok(one) => all.push(one),
                Err(reason) => odd.push(reason),
            },
            Err(error) => odd.push(Odd::Row {
                line: error.position().map_or(0, csv::Position::line),
                reason: error.to_string(),
            }),
        }
    }
    (all, odd)
}

fn line(row: &csv::StringRecord) -> u64 {
    row.position().map_or(0, csv::Position::line)
}

fn institution(row: &csv::StringRecord, places: [Option<usize>; 5]) -> Result<Institution, Odd> {
    let cell = |number: usize| {
        let text = places[number]
            .and_then(|place| row.get(place))
            .unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (line, code, name) = (line(row), cell(0), cell(1));
    if !is_institution(&code) {
        return Err(Odd::Code { line, code });
    }
    if name.is_empty() {
        return Err(Odd::Name { line, code });
    }
    Ok(Institution {
        code,
        name,
        province: cell(2),
        commune: cell(3),
        kind: cell(4),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read_is_read_and_the_rest_is_told_by_line() {
        let sheet =
            "code,name,type\nhn-01,\"Trường, một\",THCS\nhn-02,,THPT\n../x,Hai,\nhn-01,Lại,\n";
        let (all, odd) = read(sheet);
        assert_eq!(all.len(), 1);
        assert_eq!(
            (all[0].name.as_str(), all[0].kind.as_str()),
            ("Trường, một", "THCS")
        );
        let told: Vec<String> = odd.iter().map(ToString::to_string).collect();
        assert!(told[0].starts_with("line 3: hn-02 has no name"), "{told:?}");
        assert!(
            told[1].contains("line 4") && told[2].contains("twice"),
            "{told:?}"
        );
        assert_eq!(read("").1, [Odd::Column("code")]);
        assert_eq!(read("code\na").1, [Odd::Column("name")]);
    }
}
