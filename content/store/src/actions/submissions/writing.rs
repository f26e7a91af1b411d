//! What the author does to a submission, and what is said about it.

use super::row::{Event, Row, note, written};
use crate::actions::audit::{Entry, append};
use crate::actions::notices::{Notice, notify};
use crate::clock::now;
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::LearningResource;
use khue_content::account::{Action, Actor};
use khue_content::review::{State, file_number};
use sea_orm::DatabaseTransaction;

/// Most drafts of a person at a time.
const DRAFTS: i64 = 100;
/// Longest message, in characters.
pub(super) const WORDS: usize = 5_000;

/// Begins a draft and returns its number. `year` is the year of the number.
///
/// # Errors
/// The one who acts may not submit, or has too many drafts.
pub async fn create_submission(
    store: &Store,
    actor: &Actor,
    year: i16,
    record: &LearningResource,
) -> Result<String> {
    let tx = store.begin().await?;
    let (_, number) = begin_draft(&tx, actor, year, record).await?;
    tx.commit().await?;
    Ok(number)
}

/// The same within a transaction; the number of the row, and that of the file.
pub(super) async fn begin_draft(
    tx: &DatabaseTransaction,
    actor: &Actor,
    year: i16,
    record: &LearningResource,
) -> Result<(i64, String)> {
    let institution = actor.institution();
    if !actor.may(Action::Submit, actor.account, institution) {
        return Err(Error::Forbidden);
    }
    let (json, name) = written(record)?;
    let count = "INSERT INTO submission_counter (year, last) VALUES ($1, 1) \
        ON CONFLICT (year) DO UPDATE SET last = submission_counter.last + 1 RETURNING last AS id";
    let last = sql::id(tx, count, vec![i64::from(year).into()]).await?;
    let number = file_number(year, last.unwrap_or_default());
    let insert = "INSERT INTO submission (number, account, institution, state, name, record, created_at, changed_at, entered_at) \
        SELECT $1, $2, $3, 'draft', $4, $5, $6, $6, $6 \
        WHERE (SELECT COUNT(*) FROM submission WHERE account = $2 AND state = 'draft') < $7 RETURNING id";
    let values = vec![
        number.as_str().into(),
        actor.account.into(),
        institution.into(),
        name.into(),
        json.into(),
        now().into(),
        DRAFTS.into(),
    ];
    let id = sql::id(tx, insert, values).await?.ok_or_else(|| {
        Error::NotAllowed(format!(
            "there are {DRAFTS} drafts already; send or delete some first"
        ))
    })?;
    Ok((id, number))
}

/// Saves what the author has written and returns the new edition.
///
/// # Errors
/// It is not theirs, is not open for writing, or was changed since `edition`.
pub async fn save_submission(
    store: &Store,
    actor: &Actor,
    number: &str,
    edition: i64,
    record: &LearningResource,
) -> Result<i64> {
    let (json, name) = written(record)?;
    let tx = store.begin().await?;
    let row = Row::lock(&tx, actor, number).await?;
    row.allow(actor, Action::Submit)?;
    open(&row)?;
    row.as_seen(edition)?;
    let update = "UPDATE submission SET record = $2, name = $3, changed_at = $4, edition = edition + 1 WHERE id = $1";
    sql::run(
        &tx,
        update,
        vec![row.id.into(), json.into(), name.into(), now().into()],
    )
    .await?;
    tx.commit().await?;
    Ok(edition + 1)
}

/// Whether the author may write.
pub(super) fn open(row: &Row) -> Result<()> {
    let open = row.state()?.is_open();
    let closed = || {
        Error::NotAllowed(
            "the file is being appraised; take it back, or wait for the decision".to_owned(),
        )
    };
    open.then_some(()).ok_or_else(closed)
}

/// Removes a draft that was never sent.
///
/// # Errors
/// It is not theirs, or it was sent before.
pub async fn delete_draft(store: &Store, actor: &Actor, number: &str) -> Result<()> {
    let tx = store.begin().await?;
    let row = Row::lock(&tx, actor, number).await?;
    row.allow(actor, Action::Submit)?;
    if row.state()? != State::Draft || row.sent > 0 {
        return Err(Error::NotAllowed(
            "only a draft that was never sent can be deleted".to_owned(),
        ));
    }
    sql::run(
        &tx,
        "DELETE FROM submission WHERE id = $1",
        vec![row.id.into()],
    )
    .await?;
    let deleted = Entry {
        actor: actor.account,
        action: "submission.deleted",
        object: number,
        detail: "",
    };
    append(&tx, &deleted).await?;
    Ok(tx.commit().await?)
}

/// Writes into the thread.
///
/// # Errors
/// The one who acts may not, or the message is empty or too long.
pub async fn send_message(store: &Store, actor: &Actor, number: &str, words: &str) -> Result<()> {
    let words = words_of(words)?;
    if words.is_empty() {
        return Err(Error::NotAllowed("the message is empty".to_owned()));
    }
    let tx = store.begin().await?;
    let row = Row::lock(&tx, actor, number).await?;
    row.allow(actor, Action::SendMessage)?;
    let event = Event {
        account: actor.account,
        kind: "message",
        words: &words,
        ..Event::default()
    };
    note(&tx, row.id, &event).await?;
    let notice = Notice {
        kind: "message",
        object: number,
        name: &row.name,
    };
    notify(
        &tx,
        actor.account,
        &[Some(row.account), row.appraiser],
        &notice,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Words as they are kept.
pub(super) fn words_of(typed: &str) -> Result<String> {
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let words: String = typed
        .trim()
        .replace("\r\n", "\n")
        .chars()
        .filter(kept)
        .collect();
    match words.chars().count() > WORDS {
        true => Err(Error::NotAllowed(format!(
            "at most {WORDS} characters at a time"
        ))),
        false => Ok(words),
    }
}
