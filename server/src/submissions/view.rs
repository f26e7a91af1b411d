//! A submission as its pages show it.

use super::{PortalSubmissions, failed};
use crate::address::path_segment;
use crate::clock::iso;
use khue_app::people::Viewer;
use khue_app::services::ServiceError;
use khue_app::submissions::{EventView, Listed, NoticeView, PAGE, SubmissionView, Summary, Wanted};
use khue_content::LearningResource;
use khue_content::account::Action;
use khue_content::check::check;
use khue_content::render::{Rendered, render};
use khue_content::review::{State, TRANSITIONS, Transition};
use khue_store::{DAY, Notice, Submission, SubmissionEvent, SubmissionSummary, now};

/// What of a list is asked of the store.
pub(super) fn part(wanted: &Wanted) -> khue_store::Wanted {
    khue_store::Wanted {
        state: wanted.state,
        overdue: wanted.overdue,
        page: wanted.page,
        size: PAGE,
    }
}

/// A page of a list.
pub(super) fn listed(part: khue_store::Listed) -> Listed {
    Listed {
        files: part.rows.into_iter().map(summary).collect(),
        total: part.total,
        page: part.page,
        pages: part.pages,
        before: part.before,
        after: part.after,
    }
}

/// A submission in a list.
fn summary(row: SubmissionSummary) -> Summary {
    let at = now();
    Summary {
        number: row.number,
        name: row.name,
        state: row.state,
        entered_at: iso(row.entered_at),
        age: (at - row.entered_at) / DAY,
        overdue: row.due_at.is_some_and(|due| due < at),
        due_at: row.due_at.map(iso),
    }
}

/// A notification.
pub(super) fn notice(row: Notice) -> NoticeView {
    NoticeView {
        id: row.id,
        at: iso(row.at),
        kind: row.kind,
        object: row.object,
        name: row.name,
        new: row.new,
    }
}

fn event(row: SubmissionEvent) -> EventView {
    EventView {
        at: iso(row.at),
        name: row.name,
        state: State::parse(&row.state),
        kind: row.kind,
        reason: row.reason,
        words: row.words,
        rubric: row.rubric.split_whitespace().map(str::to_owned).collect(),
    }
}

/// The steps that somebody may take now.
fn steps(viewer: &Viewer, one: &Submission) -> Vec<&'static Transition> {
    let published = one.resource.is_some();
    let open = |step: &&Transition| {
        step.begins_in(one.state, published)
            && viewer.actor.may(step.action, one.account, &one.institution)
    };
    TRANSITIONS.iter().filter(open).collect()
}

/// The text, its pictures at addresses that only those can open who may see the submission.
fn reading(number: &str, record: &LearningResource) -> Option<Rendered> {
    let body = record.body.as_ref()?;
    let resolve = |name: &str| {
        let file = record.encoding.iter().find(|file| file.name == name)?;
        let sha256 = file.sha256.as_ref()?;
        Some(format!(
            "/submissions/{}/files/{sha256}/{}",
            path_segment(number),
            path_segment(&file.name)
        ))
    };
    let language = record.main_language().unwrap_or("vi");
    Some(render(body, &record.encoding, &resolve, language))
}

impl PortalSubmissions {
    pub(super) async fn view(
        &self,
        viewer: &Viewer,
        number: &str,
    ) -> Result<Option<SubmissionView>, ServiceError> {
        let actor = &viewer.actor;
        let Some(one) = self
            .store()
            .submission(actor, number)
            .await
            .map_err(failed)?
        else {
            return Ok(None);
        };
        let events = self
            .store()
            .submission_events(actor, number)
            .await
            .map_err(failed)?;
        let before = self.before(viewer, &one).await?;
        let suggested = match actor.may(Action::Appraise, one.account, &one.institution) {
            true => {
                let found = self.store().suggested(actor, number).await;
                Some(super::suggested::shown(found.map_err(failed)?))
            }
            false => None,
        };
        let steps = steps(viewer, &one);
        let own = one.account == actor.account;
        let (number, record) = (one.number.clone(), one.record.clone());
        let work = move || (reading(&number, &record), check(&record));
        let (reading, findings) = tokio::task::spawn_blocking(work).await.map_err(failed)?;
        Ok(Some(SubmissionView {
            own,
            deletable: own && one.state == State::Draft && one.sent == 0,
            may_write: one.sent > 0
                && actor.may(Action::SendMessage, one.account, &one.institution),
            summary: summary(SubmissionSummary {
                number: one.number,
                name: one.record.name.clone(),
                state: one.state,
                entered_at: one.entered_at,
                due_at: one.due_at,
                account: one.account,
            }),
            institution: one.institution,
            record: one.record,
            reading,
            before,
            resource: one.resource,
            edition: one.edition,
            findings,
            events: events.into_iter().map(event).collect(),
            steps,
            suggested,
            limits: self.2,
        }))
    }

    /// What to compare with: as it was sent the time before, else as it is published.
    async fn before(
        &self,
        viewer: &Viewer,
        one: &Submission,
    ) -> Result<Option<LearningResource>, ServiceError> {
        if one.sent > 1 {
            let version = self
                .store()
                .sent_version(&viewer.actor, &one.number, one.sent - 1)
                .await;
            return version.map_err(failed);
        }
        let Some(id) = &one.resource else {
            return Ok(None);
        };
        let public = self.store().resource(id).await.map_err(failed)?;
        Ok(public.map(|public| public.record))
    }
}
