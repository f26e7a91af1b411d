//! Imports and what they found.

use crate::actions::{ImportFinding, Place};
use crate::error::Result;
use crate::store::Store;
use crate::tables::{import_finding, import_finding_count, import_run};
use khue_content::check::Severity;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// An import, running or ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRun {
    /// Its number.
    pub id: i64,
    /// Short name of the source.
    pub source: String,
    /// File, folder or address.
    pub path: String,
    /// Format as detected.
    pub format: String,
    /// Where to continue; `None` for the beginning.
    pub place: Option<Place>,
    /// Records that were new.
    pub created: u64,
    /// Records that had changed.
    pub changed: u64,
    /// Records that were as stored.
    pub unchanged: u64,
    /// Records that could not be taken.
    pub refused: u64,
    /// When it began, in milliseconds since 1970.
    pub started_at: i64,
    /// When it stored its last batch.
    pub touched_at: i64,
    /// When it was complete.
    pub finished_at: Option<i64>,
}

/// How often a code was found in an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingCount {
    /// The code.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// How often.
    pub found: u64,
}

/// A stored finding with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its number, for asking on.
    pub id: i64,
    /// What was found.
    pub finding: ImportFinding,
}

impl Store {
    /// The import with this number.
    pub async fn import_run(&self, id: i64) -> Result<Option<ImportRun>> {
        let row = import_run::Entity::find_by_id(id).one(self.read()).await?;
        Ok(row.map(ImportRun::from))
    }

    /// The newest imports, the newest first.
    pub async fn import_runs(&self, limit: u64) -> Result<Vec<ImportRun>> {
        let query = import_run::Entity::find().order_by_desc(import_run::Column::Id);
        let rows = query.limit(limit).all(self.read()).await?;
        Ok(rows.into_iter().map(ImportRun::from).collect())
    }

    /// How often each code was found in an import, the most frequent first.
    pub async fn import_finding_counts(&self, run: i64) -> Result<Vec<FindingCount>> {
        let query = import_finding_count::Entity::find()
            .filter(import_finding_count::Column::Run.eq(run))
            .order_by_desc(import_finding_count::Column::Found)
            .order_by_asc(import_finding_count::Column::Code);
        let count = |row: import_finding_count::Model| FindingCount {
            code: row.code,
            severity: severity(&row.severity),
            found: unsigned(row.found),
        };
        let rows = query.all(self.read()).await?;
        Ok(rows.into_iter().map(count).collect())
    }

    /// Findings of an import after the one with this number (0 for the start), of one code or all.
    pub async fn import_findings(
        &self,
        run: i64,
        code: Option<&str>,
        after: i64,
        limit: u64,
    ) -> Result<Vec<Finding>> {
        let mut query = import_finding::Entity::find()
            .filter(import_finding::Column::Run.eq(run))
            .filter(import_finding::Column::Id.gt(after))
            .order_by_asc(import_finding::Column::Id)
            .limit(limit);
        if let Some(code) = code {
            query = query.filter(import_finding::Column::Code.eq(code));
        }
        let rows = query.all(self.read()).await?;
        Ok(rows.into_iter().map(Finding::from).collect())
    }
}

impl From<import_finding::Model> for Finding {
    fn from(row: import_finding::Model) -> Finding {
        let finding = ImportFinding {
            file: row.file,
            line: row.line.map(unsigned),
            property: row.property,
            code: row.code,
            severity: severity(&row.severity),
            message: row.message,
            refused: row.refused != 0,
        };
        Finding {
            id: row.id,
            finding,
        }
    }
}

impl From<import_run::Model> for ImportRun {
    fn from(row: import_run::Model) -> ImportRun {
        let (offset, line) = (unsigned(row.offset), unsigned(row.line));
        ImportRun {
            id: row.id,
            source: row.source,
            path: row.path,
            format: row.format,
            place: row.file.map(|file| Place { file, offset, line }),
            created: unsigned(row.created),
            changed: unsigned(row.changed),
            unchanged: unsigned(row.unchanged),
            refused: unsigned(row.refused),
            started_at: row.started_at,
            touched_at: row.touched_at,
            finished_at: row.finished_at,
        }
    }
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

fn severity(name: &str) -> Severity {
    match name {
        "note" => Severity::Note,
        "warning" => Severity::Warning,
        _ => Severity::Error,
    }
}
