//! Reports: for whoever holds the token, and for those who handle them.

use crate::actions::{scope, subject};
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::community::ReportState;
use sea_orm::FromQueryResult;

/// Most rows of the queue, of those that somebody may see.
const MOST: i64 = 1_000;

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The number of the file.
    pub number: String,
    /// Id of the resource.
    pub resource: String,
    /// Its name.
    pub resource_name: String,
    /// Whether everybody can still see it.
    pub resource_published: bool,
    /// Number of the submission that it came of.
    pub submission: Option<String>,
    /// Key of its kind.
    pub kind: String,
    /// What is wrong: plain text.
    pub words: String,
    /// Where it stands.
    pub state: ReportState,
    /// Key of what came of it.
    pub outcome: String,
    /// What the reporter is told.
    pub answer: String,
    /// Why it was opened again after it had been closed; empty where it was not.
    pub reopened: String,
    /// Name of the one who has it in hand or has closed it.
    pub handler: String,
    /// When it was opened.
    pub opened_at: i64,
    /// When it has to be closed.
    pub due_at: i64,
    /// When it was closed.
    pub closed_at: Option<i64>,
    /// Rises with every change.
    pub edition: i64,
}

#[derive(FromQueryResult)]
struct Row {
    number: String,
    resource: String,
    resource_name: String,
    resource_status: String,
    submission: Option<String>,
    kind: String,
    words: String,
    state: String,
    outcome: String,
    answer: String,
    reopened: String,
    handler: String,
    opened_at: i64,
    due_at: i64,
    closed_at: Option<i64>,
    edition: i64,
    author: i64,
    institution: String,
}

/// The query up to its conditions.
fn select(conditions: &str) -> String {
    format!(
        "SELECT p.number, p.resource, r.name AS resource_name, r.status AS resource_status, s.number AS submission, \
         p.kind, p.words, p.state, p.outcome, p.answer, p.reopened, COALESCE(a.name, '') AS handler, p.opened_at, p.due_at, \
         p.closed_at, p.edition, {} FROM report p JOIN resource r ON r.id = p.resource {} \
         LEFT JOIN account a ON a.id = p.handler WHERE {conditions}",
        subject::COLUMNS,
        subject::JOIN
    )
}

impl Store {
    /// The report of a token, for whoever holds it.
    pub async fn report_of(&self, token_hash: &str) -> Result<Option<Report>> {
        let query = select("p.token_hash = $1");
        let row = sql::one::<Row>(self.read(), &query, vec![token_hash.into()]).await?;
        row.map(report).transpose()
    }

    /// Reports that are not closed and that this person may handle, what is due first.
    pub async fn report_queue(&self, actor: &Actor) -> Result<Vec<Report>> {
        let here = scope::may(actor, Action::HandleReports, subject::OWNER, 2);
        let query = select(&format!(
            "p.state <> 'closed' AND {} ORDER BY p.due_at, p.id LIMIT $1",
            here.sql
        ));
        let mut values = vec![MOST.into()];
        values.extend(here.values);
        let rows = sql::all::<Row>(self.read(), &query, values).await?;
        let mine = rows.into_iter().filter(|row| may_handle(actor, row));
        mine.map(report).collect()
    }

    /// The report of a number, if the one who asks may handle it.
    pub async fn report(&self, actor: &Actor, number: &str) -> Result<Option<Report>> {
        let query = select("p.number = $1");
        let row = sql::one::<Row>(self.read(), &query, vec![number.into()]).await?;
        let row = row.filter(|row| may_handle(actor, row));
        row.map(report).transpose()
    }
}

fn may_handle(actor: &Actor, row: &Row) -> bool {
    actor.may(Action::HandleReports, row.author, &row.institution)
}

fn report(row: Row) -> Result<Report> {
    let odd = || {
        Error::Internal(format!(
            "the report {} has the state {:?}",
            row.number, row.state
        ))
    };
    Ok(Report {
        state: ReportState::parse(&row.state).ok_or_else(odd)?,
        number: row.number,
        resource: row.resource,
        resource_name: row.resource_name,
        resource_published: row.resource_status == "published",
        submission: row.submission,
        kind: row.kind,
        words: row.words,
        outcome: row.outcome,
        answer: row.answer,
        reopened: row.reopened,
        handler: row.handler,
        opened_at: row.opened_at,
        due_at: row.due_at,
        closed_at: row.closed_at,
        edition: row.edition,
    })
}
