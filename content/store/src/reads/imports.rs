//! Imports and what they found.

use crate::actions::undo_import::{check_undo, decide, pending};
use crate::actions::{Fate, ImportFinding, OutcomeKind, Place, UndoRow, foresee, scope};
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use crate::tables::{import_finding, import_finding_count, import_run};
use khue_content::LearningResource;
use khue_content::account::{Action, Actor};
use khue_content::check::Severity;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

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
    /// Who began it; 0 for the operator.
    pub account: i64,
    /// Whether everything that it wrote is remembered, so that it can be taken back.
    pub tracked: bool,
    /// How far a sheet is that came by the desk; nothing for other imports.
    pub stage: Option<SheetStage>,
    /// Rows that the dry run of a sheet has read.
    pub total: u64,
    /// Why a sheet came no further.
    pub error: Option<String>,
    /// How it was taken back, where it was.
    pub undo: Option<ImportUndo>,
}

impl ImportRun {
    /// Whether anything of it may have been taken in.
    pub fn has_begun(&self) -> bool {
        matches!(
            self.stage,
            None | Some(SheetStage::Taking | SheetStage::Failed)
        )
    }
}

/// How far a sheet of the desk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetStage {
    /// It waits for its dry run, or is in it.
    Checking,
    /// What would happen is known; a person decides.
    Checked,
    /// It cannot be read.
    Unreadable,
    /// It is being taken in, or was.
    Taking,
    /// Taking it in has stopped for good, until a person tries again.
    Failed,
}

impl SheetStage {
    const ALL: [Self; 5] = [
        Self::Checking,
        Self::Checked,
        Self::Unreadable,
        Self::Taking,
        Self::Failed,
    ];

    /// Its name, as stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Checked => "checked",
            Self::Unreadable => "unreadable",
            Self::Taking => "taking",
            Self::Failed => "failed",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }
}

/// How an import was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportUndo {
    /// By whom; 0 for the operator.
    pub account: i64,
    /// When it began.
    pub begun_at: i64,
    /// When it was done.
    pub ended_at: Option<i64>,
    /// Records that were removed.
    pub removed: u64,
    /// Records of which the version before is there again.
    pub restored: u64,
    /// Records that were left as they are.
    pub kept: u64,
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

    /// The newest imports that somebody may see at the desk, the newest first.
    pub async fn seen_imports(&self, actor: &Actor, limit: u64) -> Result<Vec<ImportRun>> {
        let seen = scope::may(actor, Action::ImportSheets, ("account", "source"), 1);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let last = seen.values.len() + 1;
        let query = format!(
            "SELECT * FROM import_run WHERE {} ORDER BY id DESC LIMIT ${last}",
            seen.sql
        );
        let values = seen.values.into_iter().chain([limit.into()]).collect();
        let rows: Vec<import_run::Model> = sql::all(self.read(), &query, values).await?;
        Ok(rows.into_iter().map(ImportRun::from).collect())
    }

    /// An import, for somebody who may see it.
    pub async fn seen_import(&self, actor: &Actor, run: i64) -> Result<Option<ImportRun>> {
        let found = self.import_run(run).await?;
        Ok(found.filter(|run| actor.may(Action::ImportSheets, run.account, &run.source)))
    }

    /// What would become of each record of a batch, as things stand.
    pub async fn import_foreseen(&self, batch: Vec<LearningResource>) -> Result<Vec<OutcomeKind>> {
        foresee(self.read(), batch).await
    }

    /// What would become of the next records if an import were taken back, behind the one with this key (0 for the
    /// start). It is empty at the end.
    ///
    /// # Errors
    /// There is no such import, it was taken back already, or it is from before imports remembered what they changed.
    pub async fn import_undo_preview(&self, run: i64, after: i64) -> Result<Vec<UndoRow>> {
        let found = self.import_run(run).await?;
        let found = found.ok_or_else(|| Error::NotFound(format!("the import run {run}")))?;
        check_undo(&found)?;
        let rows = pending(self.read(), run, after).await?;
        let decided = decide(self.read(), run, rows).await?;
        Ok(decided.into_iter().map(|(_, told)| told).collect())
    }

    /// Records that were left as they are when an import was taken back, behind the one with this key.
    pub async fn import_kept(&self, run: i64, after: i64, limit: u64) -> Result<Vec<UndoRow>> {
        let query = "SELECT c.key, r.id, r.name, c.fate, c.detail FROM import_change c \
            JOIN resource r ON r.key = c.key WHERE c.run = $1 AND c.key > $2 \
            AND c.fate IS NOT NULL AND c.fate NOT IN ('removed', 'restored') ORDER BY c.key LIMIT $3";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let values = vec![run.into(), after.into(), limit.into()];
        let rows: Vec<Kept> = sql::all(self.read(), query, values).await?;
        Ok(rows.into_iter().filter_map(Kept::told).collect())
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

#[derive(FromQueryResult)]
struct Kept {
    key: i64,
    id: String,
    name: String,
    fate: String,
    detail: Option<String>,
}

impl Kept {
    fn told(self) -> Option<UndoRow> {
        Some(UndoRow {
            fate: Fate::parse(&self.fate)?,
            key: self.key,
            id: self.id,
            name: self.name,
            detail: self.detail.unwrap_or_default(),
        })
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
            account: row.account,
            tracked: row.tracked != 0,
            stage: row.stage.as_deref().and_then(SheetStage::parse),
            total: unsigned(row.total),
            error: row.error,
            undo: row.undo_started_at.map(|begun_at| ImportUndo {
                account: row.undo_account.unwrap_or_default(),
                begun_at,
                ended_at: row.undone_at,
                removed: unsigned(row.removed),
                restored: unsigned(row.restored),
                kept: unsigned(row.kept),
            }),
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
