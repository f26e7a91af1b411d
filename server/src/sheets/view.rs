//! Imports of the store as pages show them.

use crate::clock::iso;
use crate::import::UndoCounts;
use khue_app::sheets::{RowCounts, SheetState, SheetView, TakenBack, UndoneRow, Unreadable};
use khue_store::actions::{Fate, UndoRow};
use khue_store::{ImportRun, ImportUndo, SheetStage};

pub(super) fn sheet(run: &ImportRun, by: Option<String>, foreseen: Option<RowCounts>) -> SheetView {
    let unreadable = run.error.as_ref().map(|told| {
        let (code, detail) = told.split_once(' ').unwrap_or((told, ""));
        Unreadable {
            code: code.to_owned(),
            detail: detail.to_owned(),
        }
    });
    let state = state(run);
    // A path on the server is nobody's business at the desk.
    let name = run.path.rsplit(['/', '\\']).next().unwrap_or_default();
    SheetView {
        id: run.id,
        name: name.to_owned(),
        source: run.source.clone(),
        by: by.unwrap_or_default(),
        begun_at: iso(run.started_at),
        state,
        counts: RowCounts {
            new: run.created,
            changed: run.changed,
            unchanged: run.unchanged,
            refused: run.refused,
            found: 0,
        },
        foreseen: foreseen.filter(|_| state != SheetState::Checking),
        total: run.total,
        unreadable,
        undoable: run.tracked
            && matches!(
                state,
                SheetState::Taking | SheetState::Failed | SheetState::Taken | SheetState::Undoing
            ),
        taken_back: run.undo.as_ref().map(counted),
    }
}

fn state(run: &ImportRun) -> SheetState {
    match (&run.undo, run.stage, run.finished_at) {
        (Some(undo), ..) if undo.ended_at.is_some() => SheetState::Undone,
        (Some(_), ..) => SheetState::Undoing,
        (None, Some(SheetStage::Checking), _) => SheetState::Checking,
        (None, Some(SheetStage::Checked), _) => SheetState::Checked,
        (None, Some(SheetStage::Unreadable), _) => SheetState::Unreadable,
        (None, Some(SheetStage::Failed), _) => SheetState::Failed,
        (None, _, None) => SheetState::Taking,
        (None, _, Some(_)) => SheetState::Taken,
    }
}

fn counted(undo: &ImportUndo) -> TakenBack {
    TakenBack {
        removed: undo.removed,
        restored: undo.restored,
        kept: undo.kept,
    }
}

pub(super) fn taken_back(counts: &UndoCounts) -> TakenBack {
    let (removed, restored) = (counts.of(Fate::Removed), counts.of(Fate::Restored));
    TakenBack {
        removed,
        restored,
        kept: counts.all() - removed - restored,
    }
}

pub(super) fn undone(row: &UndoRow) -> UndoneRow {
    UndoneRow {
        id: row.id.clone(),
        name: row.name.clone(),
        fate: row.fate.name(),
        detail: row.detail.clone(),
    }
}
