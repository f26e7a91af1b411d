//! What pages ask for about submissions, answered from the store.

use crate::address::path_segment;
use crate::clock::iso;
use crate::portal::Portal;
use khue_app::people::Viewer;
use khue_app::services::{Answer, ServiceError};
use khue_app::submissions::{
    Decision, Done, EventView, SubmissionView, Submissions, Summary, Undone, Upload,
};
use khue_content::LearningResource;
use khue_content::account::Action;
use khue_content::check::check;
use khue_content::render::{Rendered, render};
use khue_content::review::{State, TRANSITIONS, Transition};
use khue_store::actions::submissions::{
    Move, SubmittedFile, attach_file, create_submission, delete_draft, detach_file,
    move_submission, save_submission, send_message,
};
use khue_store::{Error, Store, Submission, SubmissionEvent, SubmissionSummary, now};
use std::sync::Arc;

const DAY: i64 = 86_400_000;
/// Longest name of a file, in characters.
const NAME: usize = 200;

/// [`Submissions`] on a [`Portal`].
pub struct PortalSubmissions(pub Arc<Portal>);

fn failed(error: impl std::fmt::Display) -> ServiceError {
    tracing::error!(%error, "a request about a submission could not be answered");
    ServiceError::Failed(error.to_string())
}

/// What a person can do something about is told; the rest is a failure.
fn done<T>(result: Result<T, Error>) -> Result<Done<T>, ServiceError> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Error::NotFound(_)) => Ok(Err(Undone::Missing)),
        Err(Error::Forbidden) => Ok(Err(Undone::Forbidden)),
        Err(Error::Stale) => Ok(Err(Undone::Stale)),
        Err(Error::NotAllowed(_)) => Ok(Err(Undone::NotNow)),
        Err(error) => Err(failed(error)),
    }
}

/// Today where the server stands: the year of a number, and the day of a publication.
fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}

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
    fn store(&self) -> &Store {
        &self.0.store
    }

    async fn view(
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

    async fn keep(
        &self,
        viewer: &Viewer,
        number: &str,
        file: Upload,
    ) -> Result<Done<()>, ServiceError> {
        // Nothing is written for those who may not: the content could be large.
        match self
            .store()
            .submission(&viewer.actor, number)
            .await
            .map_err(failed)?
        {
            None => return Ok(Err(Undone::Missing)),
            Some(one) if one.account != viewer.actor.account => return Ok(Err(Undone::Forbidden)),
            Some(one) if !one.state.is_open() => return Ok(Err(Undone::NotNow)),
            Some(_) => {}
        }
        let (name, media_type) = (file_name(&file.name), media_type(&file.media_type));
        let files = self.0.files.clone();
        let saved = tokio::task::spawn_blocking(move || files.put(file.content.as_slice())).await;
        let saved = saved.map_err(failed)?.map_err(failed)?;
        let file = SubmittedFile {
            sha256: saved.sha256,
            size: saved.size,
            name,
            media_type,
        };
        done(attach_file(self.store(), &viewer.actor, number, &file).await)
    }
}

/// A file's name without folders and signs that no name has.
fn file_name(said: &str) -> String {
    let last = said.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept = |c: &char| !c.is_control() && !"<>:\"|?*".contains(*c);
    let name: String = last.chars().filter(kept).take(NAME).collect();
    let name = name.trim().trim_start_matches('.').to_owned();
    if name.is_empty() {
        "file".to_owned()
    } else {
        name
    }
}

/// The media type that the browser says, if it has the form of one. It decides only how a file is offered: nothing in
/// which somebody could write a script is ever shown in place.
fn media_type(said: &str) -> String {
    let bare = said
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    match bare.split_once('/') {
        Some((kind, name)) if token(kind) && token(name) && bare.len() <= 100 => bare,
        _ => "application/octet-stream".to_owned(),
    }
}

impl Submissions for PortalSubmissions {
    fn own<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<Summary>> {
        Box::pin(async move {
            let own = self
                .store()
                .own_submissions(&viewer.actor)
                .await
                .map_err(failed)?;
            Ok(own.into_iter().map(summary).collect())
        })
    }

    fn queue<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<Summary>> {
        Box::pin(async move {
            let queue = self
                .store()
                .submission_queue(&viewer.actor)
                .await
                .map_err(failed)?;
            Ok(queue.into_iter().map(summary).collect())
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
        file: Upload,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_types_of_files_are_made_harmless() {
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("C:\\a\\Bài 1.docx"), "Bài 1.docx");
        assert_eq!(file_name("..\0"), "file");
        assert_eq!(media_type("Text/HTML; charset=utf-8"), "text/html");
        assert_eq!(media_type("a/b\r\nx: y"), "application/octet-stream");
    }
}
