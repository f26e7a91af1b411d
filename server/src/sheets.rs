//! Sheets of records at the desk, answered from the store and from the folder where they lie. What takes long is done by
//! [`work`], one thing at a time.

mod checking;
mod folder;
mod view;
mod work;

pub(crate) use folder::SheetFolder;
pub use work::run;

use crate::error::unanswered;
use crate::import::UndoCounts;
use crate::portal::Portal;
use crate::submissions::{done, failed};
use crate::uploads::UploadError;
use khue_app::Language;
use khue_app::people::Viewer;
use khue_app::services::{Answer, ServiceError};
use khue_app::sheets::{Only, RowView, SheetLimits, SheetView, Sheets, UndoPreview, UndoneRow};
use khue_app::submissions::{Done, Undone, Upload};
use khue_store::ImportRun;
use khue_store::actions::sheets as actions;
use std::sync::Arc;

/// How large a sheet may be.
pub(crate) const LIMITS: SheetLimits = SheetLimits {
    bytes: 64_000_000,
    rows: 100_000,
};
/// Sheets that are listed.
const LISTED: u64 = 100;
/// Records of each kind that a preview names.
const NAMED: u64 = 20;
/// Records that are named which were left as they are.
const KEPT: u64 = 500;

/// [`Sheets`] on a [`Portal`].
pub struct PortalSheets(pub Arc<Portal>);

impl PortalSheets {
    fn folder(&self, run: i64) -> SheetFolder {
        SheetFolder::of(&self.0.folder, run)
    }

    /// An import, for somebody who may see it.
    async fn found(&self, viewer: &Viewer, id: i64) -> Result<Option<ImportRun>, ServiceError> {
        let found = self.0.store.seen_import(&viewer.actor, id).await;
        found.map_err(failed)
    }

    async fn shown(&self, run: &ImportRun) -> Result<SheetView, ServiceError> {
        let by = match run.account {
            0 => None,
            account => self.0.store.account(account).await.map_err(failed)?,
        };
        let folder = self.folder(run.id);
        let foreseen = tokio::task::block_in_place(|| folder.counts());
        Ok(view::sheet(run, by.map(|account| account.name), foreseen))
    }

    async fn bring_one(
        &self,
        viewer: &Viewer,
        source: &str,
        language: Language,
        file: Upload<'_>,
    ) -> Result<Done<i64>, ServiceError> {
        if !actions::may_import_into(&viewer.actor, source) {
            return Ok(Err(Undone::Forbidden));
        }
        let name = crate::submissions::file_name(&file.name);
        let spooled = self.0.uploads.spool(file.content).await;
        let spooled = spooled.map_err(|error| match error {
            UploadError::Folder(error) => unanswered(error),
            // Whoever brings it knows more of why it broke off.
            other => ServiceError::Failed(other.to_string()),
        })?;
        if spooled.size > LIMITS.bytes {
            return Ok(Err(Undone::NotNow));
        }
        let begun = actions::begin_sheet(&self.0.store, &viewer.actor, source, &name).await;
        let id = match done(begun)? {
            Ok(id) => id,
            Err(why) => return Ok(Err(why)),
        };
        let folder = self.folder(id);
        let kept = tokio::task::block_in_place(|| folder.keep(spooled.path(), &name));
        kept.map_err(|error| ServiceError::Failed(error.to_string()))?;
        let queued = actions::check_sheet(&self.0.store, id, language.code()).await;
        queued.map_err(failed)?;
        Ok(Ok(id))
    }

    async fn preview(&self, viewer: &Viewer, id: i64) -> Result<Done<UndoPreview>, ServiceError> {
        if self.found(viewer, id).await?.is_none() {
            return Ok(Err(Undone::Missing));
        }
        let (mut counts, mut first, mut after) = (UndoCounts::default(), Vec::new(), 0);
        loop {
            let part = match done(self.0.store.import_undo_preview(id, after).await)? {
                Ok(part) => part,
                Err(why) => return Ok(Err(why)),
            };
            let Some(last) = part.last() else { break };
            after = last.key;
            for row in &part {
                if counts.add(row.fate) <= NAMED {
                    first.push(view::undone(row));
                }
            }
        }
        let counts = view::taken_back(&counts);
        Ok(Ok(UndoPreview { counts, first }))
    }
}

impl Sheets for PortalSheets {
    fn limits(&self) -> SheetLimits {
        LIMITS
    }

    fn all<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<SheetView>> {
        Box::pin(async move {
            let runs = self.0.store.seen_imports(&viewer.actor, LISTED).await;
            let mut shown = Vec::new();
            for run in runs.map_err(failed)? {
                shown.push(self.shown(&run).await?);
            }
            Ok(shown)
        })
    }

    fn one<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Option<SheetView>> {
        Box::pin(async move {
            match self.found(viewer, id).await? {
                Some(run) => Ok(Some(self.shown(&run).await?)),
                None => Ok(None),
            }
        })
    }

    fn bring<'a>(
        &'a self,
        viewer: &'a Viewer,
        source: &'a str,
        language: Language,
        file: Upload<'a>,
    ) -> Answer<'a, Done<i64>> {
        Box::pin(self.bring_one(viewer, source, language, file))
    }

    fn rows<'a>(
        &'a self,
        viewer: &'a Viewer,
        id: i64,
        only: Only,
        page: u64,
    ) -> Answer<'a, Vec<RowView>> {
        Box::pin(async move {
            if self.found(viewer, id).await?.is_none() {
                return Ok(Vec::new());
            }
            let folder = self.folder(id);
            let rows = tokio::task::spawn_blocking(move || folder.page(only, page)).await;
            let rows = rows.map_err(failed)?;
            rows.map_err(|error| ServiceError::Failed(error.to_string()))
        })
    }

    fn take<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Done<()>> {
        Box::pin(async move { done(actions::take_sheet(&self.0.store, &viewer.actor, id).await) })
    }

    fn forget<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Done<()>> {
        Box::pin(async move {
            let forgotten = done(actions::forget_sheet(&self.0.store, &viewer.actor, id).await)?;
            if forgotten.is_ok() {
                let folder = self.folder(id);
                tokio::task::block_in_place(|| folder.remove());
            }
            Ok(forgotten)
        })
    }

    fn undo_preview<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Done<UndoPreview>> {
        Box::pin(self.preview(viewer, id))
    }

    fn undo<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Done<()>> {
        Box::pin(async move { done(actions::undo_sheet(&self.0.store, &viewer.actor, id).await) })
    }

    fn kept<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Vec<UndoneRow>> {
        Box::pin(async move {
            if self.found(viewer, id).await?.is_none() {
                return Ok(Vec::new());
            }
            let kept = self
                .0
                .store
                .import_kept(id, 0, KEPT)
                .await
                .map_err(failed)?;
            Ok(kept.iter().map(view::undone).collect())
        })
    }
}
