//! What pages ask for about submissions, answered from the store.

mod bulk;
mod read_file;
mod suggested;
mod upload;
mod view;

pub(crate) use read_file::section;
pub(crate) use upload::file_name;

use crate::error::unanswered;
use crate::portal::Portal;
use khue_app::people::Viewer;
use khue_app::services::{Answer, ServiceError};
use khue_app::submissions::{
    BulkAction, BulkRow, Decision, Done, FileLimits, Listed, NoticeView, Rate, SubmissionView,
    Submissions, Undone, Upload, Verdict, Wanted,
};
use khue_content::LearningResource;
use khue_content::account::Action;
use khue_content::review::State;
use khue_store::actions::see_notices;
use khue_store::actions::submissions::{
    Move, adapt_resource, create_submission, decide_on_suggestion, delete_draft, detach_file,
    move_submission, save_submission, send_message,
};
use khue_store::{Error, Store};
use std::sync::Arc;
use tokio::sync::Semaphore;
use view::notice;

/// [`Submissions`] on a [`Portal`].
pub struct PortalSubmissions(Arc<Portal>, Semaphore, FileLimits);

/// Files that are read at a time.
const READ_AT_ONCE: usize = 2;

pub(crate) fn failed(error: impl std::error::Error + 'static) -> ServiceError {
    tracing::error!(%error, "a request about a submission could not be answered");
    unanswered(error)
}

/// What a person can do something about is told; the rest is a failure.
pub(crate) fn done<T>(result: Result<T, Error>) -> Result<Done<T>, ServiceError> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Error::NotFound(_)) => Ok(Err(Undone::Missing)),
        Err(Error::Forbidden) => Ok(Err(Undone::Forbidden)),
        Err(Error::Stale) => Ok(Err(Undone::Stale)),
        Err(Error::InUse(_)) => Ok(Err(Undone::InUse)),
        Err(Error::TooMany(_)) => Ok(Err(Undone::TooMany)),
        Err(Error::NotAllowed(_)) => Ok(Err(Undone::NotNow)),
        Err(error) => Err(failed(error)),
    }
}

/// Today where the server stands: the year of a number, and the day of a publication.
pub(crate) fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}

impl PortalSubmissions {
    /// Submissions to this portal, with files of these sizes.
    pub fn new(portal: Arc<Portal>, limits: FileLimits) -> Self {
        Self(portal, Semaphore::new(READ_AT_ONCE), limits)
    }

    fn store(&self) -> &Store {
        &self.0.store
    }
}

impl Submissions for PortalSubmissions {
    fn own<'a>(&'a self, viewer: &'a Viewer, wanted: &'a Wanted) -> Answer<'a, Listed> {
        Box::pin(async move {
            let part = view::part(wanted);
            let own = self.store().own_submissions(&viewer.actor, &part).await;
            Ok(view::listed(own.map_err(failed)?))
        })
    }

    fn queue<'a>(&'a self, viewer: &'a Viewer, wanted: &'a Wanted) -> Answer<'a, Listed> {
        Box::pin(async move {
            let part = view::part(wanted);
            let queue = self.store().submission_queue(&viewer.actor, &part).await;
            Ok(view::listed(queue.map_err(failed)?))
        })
    }

    fn queue_around<'a>(
        &'a self,
        viewer: &'a Viewer,
        wanted: &'a Wanted,
        number: &'a str,
    ) -> Answer<'a, Listed> {
        Box::pin(async move {
            let (actor, part) = (&viewer.actor, view::part(wanted));
            let queue = self.store().submission_queue_around(actor, &part, number);
            Ok(view::listed(queue.await.map_err(failed)?))
        })
    }

    fn one<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
    ) -> Answer<'a, Option<SubmissionView>> {
        Box::pin(self.view(viewer, number))
    }

    fn create<'a>(
        &'a self,
        viewer: &'a Viewer,
        record: &'a LearningResource,
    ) -> Answer<'a, Done<String>> {
        Box::pin(async move {
            let year = today().year();
            done(create_submission(self.store(), &viewer.actor, year, record).await)
        })
    }

    fn adapt<'a>(
        &'a self,
        viewer: &'a Viewer,
        resource: &'a str,
        record: &'a LearningResource,
    ) -> Answer<'a, Done<String>> {
        Box::pin(async move {
            let year = today().year();
            let adapted = adapt_resource(self.store(), &viewer.actor, year, resource, record);
            done(adapted.await)
        })
    }

    fn save<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
        edition: i64,
        record: &'a LearningResource,
    ) -> Answer<'a, Done<i64>> {
        Box::pin(async move {
            done(save_submission(self.store(), &viewer.actor, number, edition, record).await)
        })
    }

    fn decide<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
        decision: &'a Decision,
    ) -> Answer<'a, Done<State>> {
        Box::pin(async move {
            let wanted = Move {
                step: decision.step.clone(),
                edition: decision.edition,
                reason: decision.reason.clone(),
                words: decision.words.clone(),
                rubric: decision.rubric.clone(),
                today: today().to_string(),
            };
            done(move_submission(self.store(), &viewer.actor, number, &wanted).await)
        })
    }

    fn decide_on_suggestion<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
        edition: i64,
        suggestion: i64,
        verdict: &'a Verdict,
    ) -> Answer<'a, Done<()>> {
        Box::pin(async move {
            let (actor, verdict) = (&viewer.actor, suggested::decided(verdict));
            let decided =
                decide_on_suggestion(self.store(), actor, number, edition, suggestion, &verdict);
            done(decided.await)
        })
    }

    fn rates<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Done<Vec<Rate>>> {
        Box::pin(async move {
            if !viewer.actor.may(Action::ReadFigures, 0, "") {
                return Ok(Err(Undone::Forbidden));
            }
            let rates = self.store().suggestion_rates().await.map_err(failed)?;
            Ok(Ok(rates.into_iter().map(suggested::rate).collect()))
        })
    }

    fn notices<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<NoticeView>> {
        Box::pin(async move {
            let found = self.store().notices(viewer.actor.account).await;
            Ok(found.map_err(failed)?.into_iter().map(notice).collect())
        })
    }

    fn new_notices<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, i64> {
        Box::pin(async move {
            let count = self.store().new_notices(viewer.actor.account).await;
            count.map_err(failed)
        })
    }

    fn see_notices<'a>(&'a self, viewer: &'a Viewer, last: i64) -> Answer<'a, ()> {
        Box::pin(async move {
            let seen = see_notices(self.store(), viewer.actor.account, last).await;
            seen.map_err(failed)
        })
    }

    fn appraisers<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<(i64, String)>> {
        Box::pin(self.all_appraisers(viewer))
    }

    fn bulk_preview<'a>(
        &'a self,
        viewer: &'a Viewer,
        action: &'a BulkAction,
        numbers: &'a [String],
    ) -> Answer<'a, Vec<BulkRow>> {
        Box::pin(self.previewed(viewer, action, numbers))
    }

    fn bulk_apply<'a>(
        &'a self,
        viewer: &'a Viewer,
        action: &'a BulkAction,
        files: &'a [(String, i64)],
    ) -> Answer<'a, (i64, Vec<BulkRow>)> {
        Box::pin(self.applied(viewer, action, files))
    }

    fn bulk_undo<'a>(
        &'a self,
        viewer: &'a Viewer,
        batch: i64,
    ) -> Answer<'a, Done<khue_app::submissions::TakenBack>> {
        Box::pin(self.taken_back(viewer, batch))
    }

    fn write<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
        words: &'a str,
    ) -> Answer<'a, Done<()>> {
        Box::pin(
            async move { done(send_message(self.store(), &viewer.actor, number, words).await) },
        )
    }

    fn delete<'a>(&'a self, viewer: &'a Viewer, number: &'a str) -> Answer<'a, Done<()>> {
        Box::pin(async move { done(delete_draft(self.store(), &viewer.actor, number).await) })
    }

    fn attach<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
        file: Upload<'a>,
    ) -> Answer<'a, Done<()>> {
        Box::pin(self.keep(viewer, number, file))
    }

    fn detach<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
        sha256: &'a str,
    ) -> Answer<'a, Done<()>> {
        Box::pin(
            async move { done(detach_file(self.store(), &viewer.actor, number, sha256).await) },
        )
    }
}
