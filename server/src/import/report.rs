//! The report of an import: a sheet with a row for every record that was refused or has findings.

use super::reader::Row;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

/// Refusals that are told at the end of an import.
const TOLD: usize = 5;

/// A report that is being written.
pub struct Report {
    path: PathBuf,
    sheet: csv::Writer<File>,
    /// Findings by property and code: how often, and what the first one says.
    pub codes: BTreeMap<String, (usize, String)>,
    /// Why the first records were refused.
    pub refusals: Vec<String>,
    /// Records that were refused.
    pub refused: usize,
    /// Records with findings.
    pub with_findings: usize,
}

impl Report {
    /// Opens the report of a run; rows are added to what is there already.
    pub fn open(folder: &Path, run: &str) -> Result<Self> {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        let path = folder.join(format!("import-{run}.csv"));
        let fresh = !path.exists();
        let file = OpenOptions::new().create(true).append(true).open(&path);
        let file = file.with_context(|| format!("cannot write the report {}", path.display()))?;
        let mut sheet = csv::Writer::from_writer(file);
        if fresh {
            sheet.write_record(["file", "line", "identifier", "outcome", "findings"])?;
        }
        Ok(Self {
            path,
            sheet,
            codes: BTreeMap::new(),
            refusals: Vec::new(),
            refused: 0,
            with_findings: 0,
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the rows of a batch that say something.
    pub fn add(&mut self, rows: &[Row]) -> Result<()> {
        for row in rows {
            for finding in &row.findings {
                let code = format!("{} {}", finding.property, finding.code);
                let counted = self.codes.entry(code);
                counted.or_insert_with(|| (0, finding.message.clone())).0 += 1;
            }
            if let Some(reason) = &row.refusal {
                self.refused += 1;
                if self.refusals.len() < TOLD {
                    self.refusals.push(reason.to_string());
                }
            }
            self.with_findings += usize::from(row.refusal.is_none() && !row.findings.is_empty());
            if row.refusal.is_some() || !row.findings.is_empty() {
                self.write(row)?;
            }
        }
        self.sheet.flush()?;
        Ok(())
    }

    fn write(&mut self, row: &Row) -> Result<()> {
        let finding = |finding: &khue_content::check::Finding| match finding.detail.as_str() {
            "" => format!("{}: {}", finding.property, finding.code),
            detail => format!("{}: {} ({detail})", finding.property, finding.code),
        };
        let findings = match &row.refusal {
            Some(reason) => reason.to_string(),
            None => row
                .findings
                .iter()
                .map(finding)
                .collect::<Vec<_>>()
                .join("; "),
        };
        let outcome = if row.refusal.is_some() {
            "refused"
        } else {
            "with findings"
        };
        let line = if row.line > 0 {
            row.line.to_string()
        } else {
            String::new()
        };
        Ok(self.sheet.write_record([
            row.file.as_str(),
            &line,
            &row.identifier,
            outcome,
            &findings,
        ])?)
    }
}
