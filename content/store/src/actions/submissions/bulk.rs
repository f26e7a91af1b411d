//! The same done to several files at the desk: each in a transaction of its own, each asked for by itself, and each as it
//! was before for those who want it back.

use super::moving::{published_as, take, unpublish};
use super::row::{Event, Row, note};
use super::suggesting::{SuggestionRow, Verdict, settle};
use super::{Move, row};
use crate::actions::audit::{Entry, append};
use crate::actions::change::{Changes, commit};
use crate::actions::notices::{Notice, notify};
use crate::clock::{DAY, now};
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor, Held, Role};
use khue_content::review::{State, transition};
use sea_orm::{DatabaseTransaction, FromQueryResult};

/// What is done to each file.
#[derive(Clone, Debug, PartialEq)]
pub enum Bulk {
    /// A step; the edition of each file counts, not the one in it.
    Step(Move),
    /// It is given to an appraiser, by the number of the account.
    Assign(i64),
    /// Suggestions that are at least so sure are accepted, from 0 to 1.
    AcceptSuggestions(f64),
}

impl Bulk {
    /// Its name, as it is stored.
    fn name(&self) -> &str {
        match self {
            Self::Step(wanted) => &wanted.step,
            Self::Assign(_) => "assign",
            Self::AcceptSuggestions(_) => "accept-suggestions",
        }
    }
}

/// What becomes of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkDone {
    /// Its name.
    pub name: String,
    /// The edition that it was done to.
    pub edition: i64,
    /// Where it stood.
    pub from: State,
    /// Where it stands then.
    pub to: State,
    /// Property and value of what was put into the record.
    pub tags: Vec<(String, String)>,
}

/// Somebody who appraises.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Appraiser {
    /// Number of the account.
    pub account: i64,
    /// What they are called.
    pub name: String,
}

/// What would become of a file: it is done and taken back at once, so that nothing else can be told than what would
/// happen.
///
/// # Errors
/// What doing it would say.
pub async fn try_on_one(
    store: &Store,
    actor: &Actor,
    number: &str,
    bulk: &Bulk,
) -> Result<BulkDone> {
    let tx = store.begin().await?;
    let mut changes = Changes::lock(&tx).await?;
    let row = Row::lock(&tx, actor, number).await?;
    let (done, _) = act(&tx, &mut changes, actor, &row, bulk).await?;
    tx.rollback().await?;
    Ok(done)
}

/// Begins a list of what is done at once; its number takes it back.
///
/// # Errors
/// The store does not answer.
pub async fn begin_batch(store: &Store, actor: &Actor, bulk: &Bulk) -> Result<i64> {
    let tx = store.begin().await?;
    let insert = "INSERT INTO desk_batch (account, action, at) VALUES ($1, $2, $3) RETURNING id";
    let id = sql::id(
        &tx,
        insert,
        vec![actor.account.into(), bulk.name().into(), now().into()],
    )
    .await?;
    tx.commit().await?;
    id.ok_or_else(|| Error::Internal("a list without a number".to_owned()))
}

/// Does it to one file, and remembers how that stood.
///
/// # Errors
/// What the step by itself would say; the file was changed since `edition`.
pub async fn act_on_one(
    store: &Store,
    actor: &Actor,
    batch: i64,
    number: &str,
    edition: i64,
    bulk: &Bulk,
) -> Result<BulkDone> {
    let tx = store.begin().await?;
    let mut changes = Changes::lock(&tx).await?;
    let row = Row::lock(&tx, actor, number).await?;
    row.as_seen(edition)?;
    let published = published_as(&tx, &row).await?;
    let (done, suggestions) = act(&tx, &mut changes, actor, &row, bulk).await?;
    let after = Row::lock(&tx, actor, number).await?;
    let insert = "INSERT INTO desk_batch_row (batch, submission, number, state, appraiser, record, name, resource, published, \
        suggestions, entered_at, due_at, edition) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let values = vec![
        batch.into(),
        row.id.into(),
        row.number.as_str().into(),
        row.state.as_str().into(),
        row.appraiser.into(),
        row.record.as_str().into(),
        row.name.as_str().into(),
        row.resource.clone().into(),
        published.into(),
        serde_json::json!(suggestions).to_string().into(),
        row.entered_at.into(),
        row.due_at.into(),
        after.edition.into(),
    ];
    sql::run(&tx, insert, values).await?;
    changes.save(&tx).await?;
    commit(store, tx).await?;
    Ok(done)
}

/// Does it within a transaction; with the numbers of suggestions that were decided on.
async fn act(
    tx: &DatabaseTransaction,
    changes: &mut Changes,
    actor: &Actor,
    row: &Row,
    bulk: &Bulk,
) -> Result<(BulkDone, Vec<i64>)> {
    let from = row.state()?;
    let mut done = BulkDone {
        name: row.name.clone(),
        edition: row.edition,
        from,
        to: from,
        tags: Vec::new(),
    };
    let mut suggestions = Vec::new();
    match bulk {
        Bulk::Step(wanted) => {
            let wanted = Move {
                edition: row.edition,
                ..wanted.clone()
            };
            done.to = take(tx, changes, row, actor, &wanted).await?;
        }
        Bulk::Assign(to) => done.to = assign(tx, actor, row, *to).await?,
        Bulk::AcceptSuggestions(least) => {
            for one in offered(tx, row.id, *least).await? {
                // What the one before put into the record counts for the next.
                let current = Row::lock(tx, actor, &row.number).await?;
                settle(tx, actor, &current, one.id, &Verdict::Accept).await?;
                suggestions.push(one.id);
                done.tags.push((one.property, one.value));
            }
            if suggestions.is_empty() {
                return Err(Error::NotAllowed(
                    "no suggestion is as sure as that".to_owned(),
                ));
            }
        }
    }
    Ok((done, suggestions))
}

async fn offered(
    tx: &DatabaseTransaction,
    submission: i64,
    least: f64,
) -> Result<Vec<SuggestionRow>> {
    let query = "SELECT * FROM submission_suggestion WHERE submission = $1 AND state = 'offered' AND confidence >= $2 \
        ORDER BY confidence DESC, id";
    sql::all(tx, query, vec![submission.into(), least.into()]).await
}

/// Gives a file to an appraiser who may appraise it.
async fn assign(tx: &DatabaseTransaction, actor: &Actor, row: &Row, to: i64) -> Result<State> {
    row.allow(actor, Action::Appraise)?;
    let take_on = transition("take-on").map_or(&[][..], |step| step.from);
    let state = row.state()?;
    if !take_on.contains(&state) && state != State::InAppraisal {
        return Err(Error::NotAllowed(format!(
            "a file that is {} is not given to anybody",
            row.state
        )));
    }
    let assignee = Actor {
        account: to,
        roles: roles(tx, to).await?,
    };
    if !assignee.may(Action::Appraise, row.account, &row.institution) {
        return Err(Error::NotAllowed(
            "this person may not appraise this file".to_owned(),
        ));
    }
    let to_state = State::InAppraisal;
    let at = now();
    let due = match state == to_state {
        true => row.due_at,
        false => to_state.days().map(|days| at + days * DAY),
    };
    let update = "UPDATE submission SET appraiser = $2, state = $3, entered_at = $4, due_at = $5, changed_at = $6, \
        edition = edition + 1 WHERE id = $1";
    let entered = if state == to_state {
        row.entered_at
    } else {
        at
    };
    let values = vec![
        row.id.into(),
        to.into(),
        to_state.name().into(),
        entered.into(),
        due.into(),
        at.into(),
    ];
    sql::run(tx, update, values).await?;
    let event = Event {
        account: actor.account,
        kind: "assign",
        state: to_state.name(),
        ..Event::default()
    };
    note(tx, row.id, &event).await?;
    let notice = Notice {
        kind: "assign",
        object: &row.number,
        name: &row.name,
    };
    notify(tx, actor.account, &[Some(to)], &notice).await?;
    let entry = Entry {
        actor: actor.account,
        action: "submission.assign",
        object: &row.number,
        detail: &format!("account:{to}"),
    };
    append(tx, &entry).await?;
    Ok(to_state)
}

#[derive(FromQueryResult)]
struct Grant {
    role: String,
    institution: String,
}

async fn roles(tx: &DatabaseTransaction, account: i64) -> Result<Vec<Held>> {
    let query = "SELECT role, institution FROM role_grant WHERE account = $1";
    let rows = sql::all::<Grant>(tx, query, vec![account.into()]).await?;
    let held = |row: Grant| {
        let role = Role::parse(&row.role)?;
        Some(Held {
            role,
            institution: row.institution,
        })
    };
    Ok(rows.into_iter().filter_map(held).collect())
}

#[derive(FromQueryResult)]
struct Before {
    submission: i64,
    number: String,
    state: String,
    appraiser: Option<i64>,
    record: String,
    name: String,
    resource: Option<String>,
    published: Option<String>,
    suggestions: String,
    entered_at: i64,
    due_at: Option<i64>,
    edition: i64,
}

#[derive(FromQueryResult)]
struct Named {
    action: String,
}

/// Takes back what was done at once, file by file; what somebody changed since stays as it is now. Gives what came of
/// each: its number, its name, and why it was not taken back.
///
/// # Errors
/// There is no such list of the one who acts.
pub async fn undo_batch(
    store: &Store,
    actor: &Actor,
    batch: i64,
) -> Result<Vec<(String, String, Result<()>)>> {
    let query = "SELECT action FROM desk_batch WHERE id = $1 AND account = $2";
    let found = sql::one::<Named>(
        store.read(),
        query,
        vec![batch.into(), actor.account.into()],
    )
    .await?;
    let found = found.ok_or_else(|| Error::NotFound(format!("the list {batch}")))?;
    let action = transition(&found.action).map_or(Action::Appraise, |step| step.action);
    let query = "SELECT * FROM desk_batch_row WHERE batch = $1 ORDER BY submission";
    let rows = sql::all::<Before>(store.read(), query, vec![batch.into()]).await?;
    let mut done = Vec::new();
    for before in rows {
        let result = put_back(store, actor, batch, action, &before).await;
        done.push((before.number, before.name, result));
    }
    Ok(done)
}

async fn put_back(
    store: &Store,
    actor: &Actor,
    batch: i64,
    action: Action,
    before: &Before,
) -> Result<()> {
    let tx = store.begin().await?;
    let mut changes = Changes::lock(&tx).await?;
    let row = Row::lock(&tx, actor, &before.number).await?;
    row.allow(actor, action)?;
    row.as_seen(before.edition)?;
    let was_published = action == Action::Publish && row.state()? == State::Published;
    if was_published && let Some(resource) = &row.resource {
        let published = before.published.as_deref();
        let published = published
            .map(|json| row::read_record(&row.number, json))
            .transpose()?;
        unpublish(&tx, &mut changes, &row, resource, published).await?;
    }
    let update = "UPDATE submission SET state = $2, appraiser = $3, record = $4, name = $5, resource = $6, entered_at = $7, \
        due_at = $8, changed_at = $9, edition = edition + 1 WHERE id = $1";
    let values = vec![
        before.submission.into(),
        before.state.as_str().into(),
        before.appraiser.into(),
        before.record.as_str().into(),
        before.name.as_str().into(),
        before.resource.clone().into(),
        before.entered_at.into(),
        before.due_at.into(),
        now().into(),
    ];
    sql::run(&tx, update, values).await?;
    let ids: Vec<i64> = serde_json::from_str(&before.suggestions).unwrap_or_default();
    for id in ids {
        let update = "UPDATE submission_suggestion SET state = 'offered', given = NULL, decided_at = NULL, decided_by = NULL \
            WHERE id = $1 AND submission = $2";
        sql::run(&tx, update, vec![id.into(), before.submission.into()]).await?;
    }
    tell_undone(&tx, actor, &row, before).await?;
    let delete = "DELETE FROM desk_batch_row WHERE batch = $1 AND submission = $2";
    sql::run(&tx, delete, vec![batch.into(), before.submission.into()]).await?;
    changes.save(&tx).await?;
    commit(store, tx).await
}

async fn tell_undone(
    tx: &DatabaseTransaction,
    actor: &Actor,
    row: &Row,
    before: &Before,
) -> Result<()> {
    let event = Event {
        account: actor.account,
        kind: "undo",
        state: &before.state,
        ..Event::default()
    };
    note(tx, row.id, &event).await?;
    let notice = Notice {
        kind: "undo",
        object: &row.number,
        name: &before.name,
    };
    notify(
        tx,
        actor.account,
        &[Some(row.account), row.appraiser],
        &notice,
    )
    .await?;
    let entry = Entry {
        actor: actor.account,
        action: "submission.undo",
        object: &row.number,
        detail: &format!("{} → {}", row.state, before.state),
    };
    append(tx, &entry).await
}

impl Store {
    /// Everybody who holds the role of an appraiser somewhere, by name.
    pub async fn appraisers(&self) -> Result<Vec<Appraiser>> {
        let query = "SELECT DISTINCT a.id AS account, a.name FROM account a JOIN role_grant g ON g.account = a.id \
            WHERE g.role = 'appraiser' ORDER BY a.name, a.id LIMIT 500";
        sql::all(self.read(), query, Vec::new()).await
    }
}
