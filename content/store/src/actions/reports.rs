//! Reports of errors, rights and safety: opened by anybody, answered and closed by those who may.

use super::audit::{Entry, NOBODY, append};
use super::notices::{Notice, notify};
use super::subject::{self, published};
use crate::clock::{DAY, now};
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::community::{
    OPEN_REPORTS, REPORT_LENGTH, ReportState, choice, plain_words, report_kind, report_number,
    report_outcomes,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult};

/// A report that somebody sends, whoever they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReport {
    /// Id of the resource.
    pub resource: String,
    /// Key of a row of [`khue_content::community::report_kinds`].
    pub kind: String,
    /// What is wrong.
    pub words: String,
    /// Hash of the token with which the reporter sees how it stands.
    pub token_hash: String,
    /// Year of the number.
    pub year: i16,
}

/// What is done with a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportRuling {
    /// Somebody looks after it.
    TakeOn,
    /// It is answered and closed.
    Close {
        /// Key of a row of [`report_outcomes`].
        outcome: String,
        /// What the reporter is told.
        answer: String,
    },
    /// What was closed is opened again.
    Reopen {
        /// Why, for those who handle reports.
        reason: String,
    },
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    resource: String,
    kind: String,
    state: String,
    edition: i64,
    author: i64,
    institution: String,
}

/// Opens a file, tells those who handle reports there, and returns its number. Nothing of the one who reports is kept.
///
/// # Errors
/// The resource is not published, the list has no such kind, the words are missing or too long, or too many reports of
/// the resource are open.
pub async fn open_report(store: &Store, new: &NewReport) -> Result<String> {
    let kind = report_kind(&new.kind)
        .ok_or_else(|| Error::NotAllowed(format!("no report is of the kind {:?}", new.kind)))?;
    let words = plain_words(&new.words, REPORT_LENGTH).filter(|words| !words.is_empty());
    let words = words.ok_or_else(|| {
        Error::NotAllowed(format!("a report has 1 to {REPORT_LENGTH} characters"))
    })?;
    let tx = store.begin().await?;
    let subject = published(&tx, &new.resource).await?;
    let count = "INSERT INTO report_counter (year, last) VALUES ($1, 1) \
        ON CONFLICT (year) DO UPDATE SET last = report_counter.last + 1 RETURNING last AS id";
    let last = sql::id(&tx, count, vec![i64::from(new.year).into()]).await?;
    let number = report_number(new.year, last.unwrap_or_default());
    let at = now();
    let insert = "INSERT INTO report (number, token_hash, resource, kind, words, state, opened_at, due_at) \
        SELECT $1, $2, $3, $4, $5, 'open', $6, $7 \
        WHERE (SELECT COUNT(*) FROM report WHERE resource = $3 AND state <> 'closed') < $8";
    let values = vec![
        number.as_str().into(),
        new.token_hash.as_str().into(),
        new.resource.as_str().into(),
        kind.key.as_str().into(),
        words.into(),
        at.into(),
        (at + kind.days * DAY).into(),
        OPEN_REPORTS.into(),
    ];
    if sql::run(&tx, insert, values).await? == 0 {
        return Err(Error::TooMany(format!(
            "{OPEN_REPORTS} reports of this resource are open already"
        )));
    }
    let opened = Entry {
        actor: NOBODY,
        action: "report.opened",
        object: &number,
        detail: &format!("{}: {}", new.resource, kind.key),
    };
    append(&tx, &opened).await?;
    let handlers = subject::those_who_may(&tx, Action::HandleReports, &subject).await?;
    let notice = Notice {
        kind: match kind.key.as_str() {
            "safety" => "report-safety",
            _ => "report-opened",
        },
        object: &format!("report:{number}"),
        name: &subject.name,
    };
    notify(&tx, NOBODY, &handlers, &notice).await?;
    tx.commit().await?;
    Ok(number)
}

/// Takes a report on, answers and closes it, or opens it again. The log seals who did and with what outcome.
///
/// # Errors
/// There is no such report for the one who acts, they may not handle it, it was changed meanwhile, it is closed or
/// not, or the outcome, the answer or the reason is missing.
pub async fn rule_on_report(
    store: &Store,
    actor: &Actor,
    number: &str,
    edition: i64,
    ruling: &ReportRuling,
) -> Result<()> {
    let tx = store.begin().await?;
    let row = lock(&tx, number).await?;
    if !actor.may(Action::HandleReports, row.author, &row.institution) {
        return Err(Error::Forbidden);
    }
    if row.edition != edition {
        return Err(Error::Stale);
    }
    let is_closed = row.state == ReportState::Closed.name();
    if is_closed != matches!(ruling, ReportRuling::Reopen { .. }) {
        let state = if is_closed { "closed" } else { "not closed" };
        return Err(Error::NotAllowed(format!("the report {number} is {state}")));
    }
    let (action, outcome) = match ruling {
        ReportRuling::TakeOn => {
            take_on(&tx, actor, &row).await?;
            ("report.taken-on", "")
        }
        ReportRuling::Close { outcome, answer } => {
            close(&tx, actor, &row, outcome, answer).await?;
            ("report.closed", outcome.as_str())
        }
        ReportRuling::Reopen { reason } => {
            reopen(&tx, actor, &row, reason).await?;
            ("report.reopened", "")
        }
    };
    let detail = match outcome {
        "" => row.resource.clone(),
        outcome => format!("{}: {outcome}", row.resource),
    };
    let entry = Entry {
        actor: actor.account,
        action,
        object: number,
        detail: &detail,
    };
    append(&tx, &entry).await?;
    Ok(tx.commit().await?)
}

/// The one who opens it again has it in hand, and as long as for a new one; what was answered stays until it is
/// answered anew.
async fn reopen(tx: &DatabaseTransaction, actor: &Actor, row: &Row, reason: &str) -> Result<()> {
    let reason = plain_words(reason, REPORT_LENGTH).filter(|words| !words.is_empty());
    let reason = reason.ok_or_else(|| {
        Error::NotAllowed("say in your own words why it is opened again".to_owned())
    })?;
    let days = report_kind(&row.kind).map_or(1, |kind| kind.days);
    let update = "UPDATE report SET state = 'in-hand', handler = $2, reopened = $3, closed_at = NULL, due_at = $4, \
        edition = edition + 1 WHERE id = $1";
    let values = vec![
        row.id.into(),
        actor.account.into(),
        reason.into(),
        (now() + days * DAY).into(),
    ];
    sql::run(tx, update, values).await?;
    Ok(())
}

/// The row, locked until the commit.
async fn lock(tx: &DatabaseTransaction, number: &str) -> Result<Row> {
    let lock = match tx.get_database_backend() {
        DbBackend::Postgres => " FOR UPDATE OF p",
        _ => "",
    };
    let query = format!(
        "SELECT p.id, p.resource, p.kind, p.state, p.edition, {} FROM report p \
         JOIN resource r ON r.id = p.resource {} WHERE p.number = $1{lock}",
        subject::COLUMNS,
        subject::JOIN
    );
    let row = sql::one::<Row>(tx, &query, vec![number.into()]).await?;
    row.ok_or_else(|| Error::NotFound(format!("the report {number:?}")))
}

async fn take_on(tx: &DatabaseTransaction, actor: &Actor, row: &Row) -> Result<()> {
    let update =
        "UPDATE report SET state = 'in-hand', handler = $2, edition = edition + 1 WHERE id = $1";
    sql::run(tx, update, vec![row.id.into(), actor.account.into()]).await?;
    Ok(())
}

async fn close(
    tx: &DatabaseTransaction,
    actor: &Actor,
    row: &Row,
    outcome: &str,
    answer: &str,
) -> Result<()> {
    let known = choice(report_outcomes(), outcome).is_some();
    let answer = plain_words(answer, REPORT_LENGTH).filter(|words| !words.is_empty() && known);
    let answer = answer.ok_or_else(|| {
        Error::NotAllowed("choose an outcome and answer in your own words too".to_owned())
    })?;
    let update = "UPDATE report SET state = 'closed', handler = $2, outcome = $3, answer = $4, closed_at = $5, \
        edition = edition + 1 WHERE id = $1";
    let values = vec![
        row.id.into(),
        actor.account.into(),
        outcome.into(),
        answer.into(),
        now().into(),
    ];
    sql::run(tx, update, values).await?;
    Ok(())
}
