//! Where a sheet lies, with the report of its check: a line for each row, led by two signs that say what it is.

use crate::portal::DataFolder;
use khue_app::sheets::{Only, PAGE, RowCounts, RowFate, RowView};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Endings of names, and under which a sheet of such a name is kept: it says how it is read.
const ENDINGS: &[(&str, &str)] = &[
    ("csv", "csv"),
    ("tsv", "tsv"),
    ("txt", "csv"),
    ("xlsx", "xlsx"),
    ("xlsm", "xlsx"),
    ("ods", "ods"),
    ("xls", "xls"),
];

/// The folder of one sheet. Its functions block.
#[derive(Clone, Debug)]
pub(crate) struct SheetFolder(PathBuf);

impl SheetFolder {
    /// The folder of the sheet with this number.
    pub fn of(data: &DataFolder, run: i64) -> Self {
        Self(data.sheets().join(run.to_string()))
    }

    /// Takes a file over under a name that is of nobody's making but for its ending.
    pub fn keep(&self, file: &Path, name: &str) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        fs::rename(file, self.content(name))
    }

    /// Where a sheet of this name lies.
    pub fn content(&self, name: &str) -> PathBuf {
        let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        let known = ENDINGS.iter().find(|(known, _)| *known == ending);
        // What it is then is told by its content alone.
        let kept = known.map_or("other", |(_, kept)| kept);
        self.0.join(format!("sheet.{kept}"))
    }

    /// The report as a sheet of its own.
    pub fn report(&self) -> PathBuf {
        self.0.join("report.csv")
    }

    fn lines(&self) -> PathBuf {
        self.0.join("rows")
    }

    fn summary(&self) -> PathBuf {
        self.0.join("counts.json")
    }

    /// What the check foresees, once it has ended.
    pub fn counts(&self) -> Option<RowCounts> {
        serde_json::from_slice(&fs::read(self.summary()).ok()?).ok()
    }

    /// Notes what the check foresees: the report is whole.
    pub fn note_counts(&self, counts: &RowCounts) -> io::Result<()> {
        fs::write(self.summary(), serde_json::to_vec(counts)?)
    }

    /// Begins a report anew.
    pub fn begin_rows(&self) -> io::Result<BufWriter<File>> {
        Ok(BufWriter::new(File::create(self.lines())?))
    }

    /// A page of the rows that are wanted, from 1. Only what is shown is read as more than a line.
    pub fn page(&self, only: Only, page: u64) -> io::Result<Vec<RowView>> {
        let file = match File::open(self.lines()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            file => file?,
        };
        let skip = usize::try_from((page.max(1) - 1).saturating_mul(PAGE)).unwrap_or(usize::MAX);
        let lines = BufReader::new(file).lines().map_while(Result::ok);
        let wanted = lines.filter(|line| is_wanted(line, only)).skip(skip);
        let shown = wanted.take(usize::try_from(PAGE).unwrap_or(usize::MAX));
        Ok(shown
            .filter_map(|line| serde_json::from_str(line.get(2..)?).ok())
            .collect())
    }

    /// Removes everything.
    pub fn remove(&self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, folder = %self.0.display(), "a sheet could not be removed");
        }
    }
}

/// Writes a row of a report.
pub(super) fn write_row(to: &mut impl Write, row: &RowView) -> io::Result<()> {
    let found = if row.findings.is_empty() { ' ' } else { '!' };
    let json = serde_json::to_string(row)?;
    writeln!(to, "{}{found}{json}", sign(row.fate))
}

const fn sign(fate: RowFate) -> char {
    match fate {
        RowFate::New => 'N',
        RowFate::Changed => 'C',
        RowFate::Unchanged => 'U',
        RowFate::Refused => 'R',
    }
}

fn is_wanted(line: &str, only: Only) -> bool {
    match only {
        Only::All => true,
        Only::Found => line.get(1..2) == Some("!"),
        Only::Fate(fate) => line.starts_with(sign(fate)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_rows_that_are_wanted() {
        let data = tempfile::tempdir().unwrap();
        let folder = SheetFolder::of(&DataFolder::new(data.path(), None), 3);
        assert!(folder.page(Only::All, 1).unwrap().is_empty());
        fs::create_dir_all(&folder.0).unwrap();
        let mut rows = folder.begin_rows().unwrap();
        for line in 1..=120 {
            let fate = if line % 2 == 0 {
                RowFate::New
            } else {
                RowFate::Refused
            };
            let row = RowView {
                line,
                identifier: String::new(),
                name: "Bài\nhai dòng".into(),
                fate,
                refusal: None,
                findings: Vec::new(),
            };
            write_row(&mut rows, &row).unwrap();
        }
        rows.flush().unwrap();
        let lines = |only, page| -> Vec<u64> {
            let rows = folder.page(only, page).unwrap();
            rows.into_iter().map(|row| row.line).collect()
        };
        assert_eq!(lines(Only::All, 3), (101..=120).collect::<Vec<_>>());
        assert_eq!(
            lines(Only::Fate(RowFate::New), 2),
            [102, 104, 106, 108, 110, 112, 114, 116, 118, 120]
        );
        assert!(lines(Only::Found, 1).is_empty());
        assert!(lines(Only::All, u64::MAX).is_empty());
    }

    #[test]
    fn names_of_others_lead_nowhere() {
        let folder = SheetFolder::of(&DataFolder::new("data", None), 3);
        for (name, kept) in [
            ("bài.TSV", "sheet.tsv"),
            ("../../x.sh", "sheet.other"),
            ("a.txt", "sheet.csv"),
            ("Danh mục.XLSX", "sheet.xlsx"),
            ("", "sheet.other"),
        ] {
            assert!(
                folder.content(name).ends_with(format!("sheets/3/{kept}")),
                "{name}"
            );
        }
    }
}
