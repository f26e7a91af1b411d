//! Several files at once, between store and pages.

use super::{PortalSubmissions, done, failed, today};
use khue_app::people::Viewer;
use khue_app::services::ServiceError;
use khue_app::submissions::{BulkAction, BulkRow, Done};
use khue_content::account::Action;
use khue_store::actions::submissions::{
    Bulk, BulkDone, Move, act_on_one, begin_batch, try_on_one, undo_batch,
};

/// Most files at once.
const MOST: usize = 200;

fn wanted(action: &BulkAction) -> Bulk {
    match action {
        BulkAction::Step {
            step,
            reason,
            words,
        } => Bulk::Step(Move {
            step: step.clone(),
            reason: reason.clone(),
            words: words.clone(),
            today: today().to_string(),
            ..Move::default()
        }),
        BulkAction::Assign(to) => Bulk::Assign(*to),
        BulkAction::AcceptSuggestions(percent) => {
            Bulk::AcceptSuggestions(f64::from(*percent) / 100.0)
        }
    }
}

impl PortalSubmissions {
    /// A row of the table; the name and edition of a file that nothing was done to are those that are seen.
    async fn row(
        &self,
        viewer: &Viewer,
        number: &str,
        result: khue_store::Result<BulkDone>,
    ) -> Result<BulkRow, ServiceError> {
        let result = done(result)?;
        let (name, edition) = match &result {
            Ok(came) => (came.name.clone(), came.edition),
            Err(_) => {
                let seen = self
                    .store()
                    .submission(&viewer.actor, number)
                    .await
                    .map_err(failed)?;
                seen.map_or_else(Default::default, |seen| (seen.record.name, seen.edition))
            }
        };
        Ok(BulkRow {
            number: number.to_owned(),
            name,
            edition,
            result: result.map(|came| (came.to, came.tags)),
        })
    }

    pub(super) async fn previewed(
        &self,
        viewer: &Viewer,
        action: &BulkAction,
        numbers: &[String],
    ) -> Result<Vec<BulkRow>, ServiceError> {
        let bulk = wanted(action);
        let mut rows = Vec::new();
        for number in numbers.iter().take(MOST) {
            let tried = try_on_one(self.store(), &viewer.actor, number, &bulk).await;
            rows.push(self.row(viewer, number, tried).await?);
        }
        Ok(rows)
    }

    pub(super) async fn applied(
        &self,
        viewer: &Viewer,
        action: &BulkAction,
        files: &[(String, i64)],
    ) -> Result<(i64, Vec<BulkRow>), ServiceError> {
        let bulk = wanted(action);
        let batch = begin_batch(self.store(), &viewer.actor, &bulk)
            .await
            .map_err(failed)?;
        let mut rows = Vec::new();
        for (number, edition) in files.iter().take(MOST) {
            let came =
                act_on_one(self.store(), &viewer.actor, batch, number, *edition, &bulk).await;
            rows.push(self.row(viewer, number, came).await?);
        }
        Ok((batch, rows))
    }

    pub(super) async fn taken_back(
        &self,
        viewer: &Viewer,
        batch: i64,
    ) -> Result<Done<khue_app::submissions::TakenBack>, ServiceError> {
        let rows = match done(undo_batch(self.store(), &viewer.actor, batch).await)? {
            Ok(rows) => rows,
            Err(why) => return Ok(Err(why)),
        };
        let mut told = Vec::new();
        for (number, name, result) in rows {
            told.push((number, name, done(result)?));
        }
        Ok(Ok(told))
    }

    pub(super) async fn all_appraisers(
        &self,
        viewer: &Viewer,
    ) -> Result<Vec<(i64, String)>, ServiceError> {
        if !viewer.actor.may_somewhere(Action::Appraise) {
            return Ok(Vec::new());
        }
        let all = self.store().appraisers().await.map_err(failed)?;
        Ok(all.into_iter().map(|one| (one.account, one.name)).collect())
    }
}
