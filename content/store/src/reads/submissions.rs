//! Submissions, for those who may see them: for others there are none.

use crate::actions::submissions::{COLUMNS, Row, SubmittedFile, read_record};
use crate::error::Result;
use crate::sql;
use crate::store::Store;
use khue_content::LearningResource;
use khue_content::account::{Action, Actor};
use khue_content::review::State;
use sea_orm::FromQueryResult;

/// A submission.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// The number of the file.
    pub number: String,
    /// Its author's account.
    pub account: i64,
    /// Code of the institution; empty for none.
    pub institution: String,
    /// Where it stands.
    pub state: State,
    /// The record.
    pub record: LearningResource,
    /// Id of what was published of it.
    pub resource: Option<String>,
    /// The account of the one who appraises it.
    pub appraiser: Option<i64>,
    /// How often it was sent.
    pub sent: i64,
    /// Rises with every change.
    pub edition: i64,
    /// When it was changed last.
    pub changed_at: i64,
    /// When it came to where it stands.
    pub entered_at: i64,
    /// When it should go on.
    pub due_at: Option<i64>,
}

/// Something that was decided or said.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct SubmissionEvent {
    /// When.
    pub at: i64,
    /// Name of the one who did it.
    pub name: String,
    /// Name of the step, or `message`.
    pub kind: String,
    /// Where it led; empty for messages.
    pub state: String,
    /// Key of the reason.
    pub reason: String,
    /// Words of one's own.
    pub words: String,
    /// What of the rubric was good, separated by spaces.
    pub rubric: String,
}

#[derive(FromQueryResult)]
struct VersionRow {
    record: String,
}

#[derive(FromQueryResult)]
struct FileRow {
    sha256: String,
    name: String,
    media_type: String,
    size: i64,
}

impl Store {
    /// The submission of a number, if the one who asks may see it.
    pub async fn submission(&self, actor: &Actor, number: &str) -> Result<Option<Submission>> {
        self.submission_row(actor, number)
            .await?
            .map(whole)
            .transpose()
    }

    async fn submission_row(&self, actor: &Actor, number: &str) -> Result<Option<Row>> {
        let query = format!("SELECT {COLUMNS} FROM submission WHERE number = $1");
        let row = sql::one::<Row>(self.read(), &query, vec![number.into()]).await?;
        Ok(row.filter(|row| row.may(actor, Action::ReadSubmission)))
    }

    /// What was decided and said about a submission, the oldest first.
    pub async fn submission_events(
        &self,
        actor: &Actor,
        number: &str,
    ) -> Result<Vec<SubmissionEvent>> {
        let Some(row) = self.submission_row(actor, number).await? else {
            return Ok(Vec::new());
        };
        let query = "SELECT e.at, COALESCE(a.name, '') AS name, e.kind, e.state, e.reason, e.words, e.rubric \
            FROM submission_event e LEFT JOIN account a ON a.id = e.account WHERE e.submission = $1 ORDER BY e.id";
        sql::all(self.read(), query, vec![row.id.into()]).await
    }

    /// The record as it was sent for the so-manieth time.
    pub async fn sent_version(
        &self,
        actor: &Actor,
        number: &str,
        sent: i64,
    ) -> Result<Option<LearningResource>> {
        let Some(row) = self.submission_row(actor, number).await? else {
            return Ok(None);
        };
        let query = "SELECT record FROM submission_version WHERE submission = $1 AND sent = $2";
        let version =
            sql::one::<VersionRow>(self.read(), query, vec![row.id.into(), sent.into()]).await?;
        version
            .map(|version| read_record(number, &version.record))
            .transpose()
    }

    /// A file of a submission.
    pub async fn submitted_file(
        &self,
        actor: &Actor,
        number: &str,
        sha256: &str,
    ) -> Result<Option<SubmittedFile>> {
        let Some(row) = self.submission_row(actor, number).await? else {
            return Ok(None);
        };
        let query = "SELECT sha256, name, media_type, size FROM submission_file WHERE submission = $1 AND sha256 = $2";
        let file =
            sql::one::<FileRow>(self.read(), query, vec![row.id.into(), sha256.into()]).await?;
        Ok(file.map(|file| SubmittedFile {
            sha256: file.sha256,
            name: file.name,
            media_type: file.media_type,
            size: u64::try_from(file.size).unwrap_or_default(),
        }))
    }
}

fn whole(row: Row) -> Result<Submission> {
    Ok(Submission {
        state: row.state()?,
        record: row.record()?,
        number: row.number,
        account: row.account,
        institution: row.institution,
        resource: row.resource,
        appraiser: row.appraiser,
        sent: row.sent,
        edition: row.edition,
        changed_at: row.changed_at,
        entered_at: row.entered_at,
        due_at: row.due_at,
    })
}
