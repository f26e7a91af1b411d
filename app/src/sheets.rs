//! What pages need to know of sheets of records that are taken in at the desk. The server implements [`Sheets`] on the store and
//! does the work in the background; what somebody may not see is not there for them.

use khue_content::check::Finding;
use serde::{Deserialize, Serialize};

use crate::people::Viewer;
use crate::services::Answer;
use crate::submissions::{Done, Upload};

/// Rows on a page of a report.
pub const PAGE: u64 = 50;

/// How far a sheet is, or an import from elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SheetState {
    /// It waits for its check, or is in it.
    #[default]
    Checking,
    /// What would happen is known; a person decides.
    Checked,
    /// It cannot be read.
    Unreadable,
    /// It is being taken in.
    Taking,
    /// Taking it in has stopped for good, until somebody tries again.
    Failed,
    /// It is taken in.
    Taken,
    /// It is being taken back.
    Undoing,
    /// It was taken back.
    Undone,
}

impl SheetState {
    /// Its name in the texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Checked => "checked",
            Self::Unreadable => "unreadable",
            Self::Taking => "taking",
            Self::Failed => "failed",
            Self::Taken => "taken",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    /// Whether work goes on in the background.
    pub const fn is_moving(self) -> bool {
        matches!(self, Self::Checking | Self::Taking | Self::Undoing)
    }
}

/// What becomes of the rows of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RowCounts {
    /// Records that are new.
    pub new: u64,
    /// Records that change.
    pub changed: u64,
    /// Records that are as stored.
    pub unchanged: u64,
    /// Rows that are not taken in.
    pub refused: u64,
    /// Rows of which the checks find something.
    pub found: u64,
}

impl RowCounts {
    /// How many rows there are.
    pub const fn all(&self) -> u64 {
        self.new + self.changed + self.unchanged + self.refused
    }
}

/// Why a sheet cannot be read: the key of a text, and a detail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unreadable {
    /// `empty`, `encoding` and others.
    pub code: String,
    /// Such as a line.
    pub detail: String,
}

/// How an import was, or is being, taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenBack {
    /// Records that were removed.
    pub removed: u64,
    /// Records that are as they were before.
    pub restored: u64,
    /// Records that were left as they are.
    pub kept: u64,
}

/// A sheet, or an import from elsewhere.
#[derive(Clone, Debug, Default)]
pub struct SheetView {
    /// Its number.
    pub id: i64,
    /// The name of its file.
    pub name: String,
    /// The source of its records.
    pub source: String,
    /// Who brought it; empty for the operator.
    pub by: String,
    /// When, ISO 8601.
    pub begun_at: String,
    /// How far it is.
    pub state: SheetState,
    /// What came of it so far.
    pub counts: RowCounts,
    /// What the check foresees; nothing before it has ended, and for imports from elsewhere.
    pub foreseen: Option<RowCounts>,
    /// Rows that the check has read.
    pub total: u64,
    /// Why it cannot be read, or came no further.
    pub unreadable: Option<Unreadable>,
    /// Whether it can be taken back.
    pub undoable: bool,
    /// How it was taken back.
    pub taken_back: Option<TakenBack>,
}

/// What would become of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RowFate {
    /// The record is new.
    New,
    /// The record changes.
    Changed,
    /// The record is as stored.
    Unchanged,
    /// The row is not taken in.
    Refused,
}

impl RowFate {
    /// Its name in texts and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
        }
    }
}

/// A row of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowView {
    /// Its line in the sheet, from 1.
    pub line: u64,
    /// What the sheet calls the record.
    pub identifier: String,
    /// What the record is called.
    pub name: String,
    /// What would become of it.
    pub fate: RowFate,
    /// Why it is not taken in: the key of a text, and a detail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<(String, String)>,
    /// What reading and checking found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// Which rows of a report are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Only {
    /// All.
    #[default]
    All,
    /// Those of which the checks find something.
    Found,
    /// Those that meet this fate.
    Fate(RowFate),
}

impl Only {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::Found,
        Self::Fate(RowFate::Refused),
        Self::Fate(RowFate::New),
        Self::Fate(RowFate::Changed),
        Self::Fate(RowFate::Unchanged),
    ];

    /// Its name in texts and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Found => "found",
            Self::Fate(fate) => fate.name(),
        }
    }

    /// How many rows there are of it.
    pub const fn of(self, counts: &RowCounts) -> u64 {
        match self {
            Self::All => counts.all(),
            Self::Found => counts.found,
            Self::Fate(RowFate::New) => counts.new,
            Self::Fate(RowFate::Changed) => counts.changed,
            Self::Fate(RowFate::Unchanged) => counts.unchanged,
            Self::Fate(RowFate::Refused) => counts.refused,
        }
    }
}

/// What becomes of a record when its import is taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoneRow {
    /// The portal's id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// `removed`, `restored`, or why it is left: `changed`, `withdrawn`, `decided`, `in-use`.
    pub fate: &'static str,
    /// Number of an import, or names of what leads to it; else empty.
    pub detail: String,
}

/// What taking an import back would do.
#[derive(Clone, Debug, Default)]
pub struct UndoPreview {
    /// In numbers.
    pub counts: TakenBack,
    /// The first records of each kind.
    pub first: Vec<UndoneRow>,
}

/// How large a sheet may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetLimits {
    /// Most bytes.
    pub bytes: u64,
    /// Most rows.
    pub rows: u64,
}

/// Sheets at the desk.
pub trait Sheets: Send + Sync {
    /// How large they may be.
    fn limits(&self) -> SheetLimits;
    /// The newest that somebody may see, the newest first.
    fn all<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<SheetView>>;
    /// One.
    fn one<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Option<SheetView>>;
    /// Takes a file and checks it in the background; gives its number.
    fn bring<'a>(
        &'a self,
        viewer: &'a Viewer,
        source: &'a str,
        language: crate::Language,
        file: Upload<'a>,
    ) -> Answer<'a, Done<i64>>;
    /// A page of the report, from 1.
    fn rows<'a>(
        &'a self,
        viewer: &'a Viewer,
        id: i64,
        only: Only,
        page: u64,
    ) -> Answer<'a, Vec<RowView>>;
    /// Takes a checked sheet in, in the background.
    fn take<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Done<()>>;
    /// Forgets a sheet that was not taken in.
    fn forget<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Done<()>>;
    /// What taking it back would do.
    fn undo_preview<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Done<UndoPreview>>;
    /// Takes it back, in the background.
    fn undo<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Done<()>>;
    /// The first records that were left as they are when it was taken back.
    fn kept<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Vec<UndoneRow>>;
}
