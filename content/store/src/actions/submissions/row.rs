//! One submission as it is stored, locked for a change.

use crate::clock::now;
use crate::error::{Error, Result};
use crate::sql;
use khue_content::LearningResource;
use khue_content::account::{Action, Actor};
use khue_content::review::State;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult};

/// All columns that [`Row`] has.
pub(crate) const COLUMNS: &str = "id, number, account, institution, state, name, record, resource, appraiser, sent, \
    edition, changed_at, entered_at, due_at";

#[derive(FromQueryResult)]
pub(crate) struct Row {
    pub id: i64,
    pub number: String,
    pub account: i64,
    pub institution: String,
    pub state: String,
    pub name: String,
    pub record: String,
    pub resource: Option<String>,
    pub appraiser: Option<i64>,
    pub sent: i64,
    pub edition: i64,
    pub changed_at: i64,
    pub entered_at: i64,
    pub due_at: Option<i64>,
}

impl Row {
    /// The row of a number, locked until the commit, for somebody who may see it.
    pub(super) async fn lock(tx: &DatabaseTransaction, actor: &Actor, number: &str) -> Result<Row> {
        let lock = if tx.get_database_backend() == DbBackend::Postgres {
            " FOR UPDATE"
        } else {
            ""
        };
        let query = format!("SELECT {COLUMNS} FROM submission WHERE number = $1{lock}");
        let row = sql::one::<Row>(tx, &query, vec![number.into()]).await?;
        row.filter(|row| row.may(actor, Action::ReadSubmission))
            .ok_or_else(|| Error::NotFound(format!("the file {number:?}")))
    }

    /// Whether somebody may do this to it. A draft is nobody's business but its author's.
    pub(crate) fn may(&self, actor: &Actor, action: Action) -> bool {
        let own = self.account == actor.account;
        (own || self.state != State::Draft.name())
            && actor.may(action, self.account, &self.institution)
    }

    /// The same as an error.
    pub(super) fn allow(&self, actor: &Actor, action: Action) -> Result<()> {
        self.may(actor, action)
            .then_some(())
            .ok_or(Error::Forbidden)
    }

    /// Nobody changes what they have not seen.
    pub(super) fn as_seen(&self, edition: i64) -> Result<()> {
        (self.edition == edition).then_some(()).ok_or(Error::Stale)
    }

    /// Where it stands.
    pub(crate) fn state(&self) -> Result<State> {
        let odd = || {
            Error::Internal(format!(
                "the file {} has the state {:?}",
                self.number, self.state
            ))
        };
        State::parse(&self.state).ok_or_else(odd)
    }

    /// The record.
    pub(crate) fn record(&self) -> Result<LearningResource> {
        read_record(&self.number, &self.record)
    }
}

/// A record out of its JSON.
pub(crate) fn read_record(number: &str, json: &str) -> Result<LearningResource> {
    serde_json::from_str(json).map_err(|source| Error::Unreadable {
        what: format!("the record of the file {number}"),
        source,
    })
}

/// A record as JSON, and its name.
pub(super) fn written(record: &LearningResource) -> Result<(String, String)> {
    let json = serde_json::to_string(record).map_err(|e| Error::Internal(e.to_string()))?;
    Ok((json, record.name.replace('\0', "")))
}

/// Something that happened to a submission.
#[derive(Default)]
pub(super) struct Event<'a> {
    pub account: i64,
    pub kind: &'a str,
    pub state: &'a str,
    pub reason: &'a str,
    pub words: &'a str,
    pub rubric: &'a str,
}

/// Notes it.
pub(super) async fn note(
    tx: &DatabaseTransaction,
    submission: i64,
    event: &Event<'_>,
) -> Result<()> {
    let insert = "INSERT INTO submission_event (submission, at, account, kind, state, reason, words, rubric) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = vec![
        submission.into(),
        now().into(),
        event.account.into(),
        event.kind.into(),
        event.state.into(),
        event.reason.into(),
        event.words.into(),
        event.rubric.into(),
    ];
    sql::run(tx, insert, values).await?;
    Ok(())
}
