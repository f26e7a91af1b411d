//! Suggestions for a submission: offered by a model, decided at the desk.

use super::row::{Event, Row, note, written};
use crate::actions::audit::{Entry, append};
use crate::actions::{ACCEPTED, DECLINED, OFFERED};
use crate::clock::now;
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::suggestion::{add_value, value_of};
use khue_content::{LearningResource, Suggestion};
use sea_orm::{DatabaseTransaction, FromQueryResult};

/// Another value was put in the place of the suggested one.
pub(crate) const EDITED: &str = "edited";
/// Longest value that somebody may give, in characters.
const LONGEST: usize = 300;

/// What somebody decides of a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is right.
    Accept,
    /// This is right instead.
    Edit(String),
    /// It is wrong.
    Decline,
}

/// A submission that was read for suggestions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The number of the file.
    pub number: String,
    /// The sending that was read.
    pub sent: i64,
    /// The model that read it, with its revision; empty for words and rules alone.
    pub model: String,
}

#[derive(FromQueryResult)]
pub(crate) struct SuggestionRow {
    pub id: i64,
    pub property: String,
    pub value: String,
    pub given: Option<String>,
    pub reason: String,
    pub confidence: f64,
    pub evidence: String,
    pub model: String,
    pub revision: String,
    pub state: String,
}

/// Offers suggestions for a submission instead of those that were not decided on. Left out is what was accepted
/// already, and what was declined or replaced for the same reason. Returns how many are offered; none where it was sent
/// again meanwhile.
///
/// # Errors
/// There is no such submission.
pub async fn offer_suggestions(
    store: &Store,
    read: &Read,
    suggestions: &[Suggestion],
) -> Result<usize> {
    let tx = store.begin().await?;
    let mark = "UPDATE submission SET suggested = $2, suggested_by = $3 WHERE number = $1 AND sent = $2 RETURNING id";
    let values = vec![
        read.number.as_str().into(),
        read.sent.into(),
        read.model.as_str().into(),
    ];
    let Some(id) = sql::id(&tx, mark, values).await? else {
        return Ok(0);
    };
    let drop = "DELETE FROM submission_suggestion WHERE submission = $1 AND state = 'offered'";
    sql::run(&tx, drop, vec![id.into()]).await?;
    let query = "SELECT * FROM submission_suggestion WHERE submission = $1";
    let decided: Vec<SuggestionRow> = sql::all(&tx, query, vec![id.into()]).await?;
    let settled = |one: &Suggestion| {
        decided.iter().any(|row| {
            row.property == one.property
                && row.value == one.value
                && (row.state == ACCEPTED || row.reason == one.reason())
        })
    };
    let mut offered = 0;
    for one in suggestions.iter().filter(|one| !settled(one)) {
        insert(&tx, id, one).await?;
        offered += 1;
    }
    tx.commit().await?;
    Ok(offered)
}

async fn insert(tx: &DatabaseTransaction, submission: i64, one: &Suggestion) -> Result<()> {
    let evidence = serde_json::to_string(&one.evidence)
        .map_err(|cause| Error::Internal(format!("evidence cannot be written: {cause}")))?;
    let insert = "INSERT INTO submission_suggestion \
        (submission, property, value, reason, confidence, evidence, model, revision, state, offered_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let values = vec![
        submission.into(),
        one.property.as_str().into(),
        one.value.as_str().into(),
        one.reason().into(),
        one.confidence.into(),
        evidence.into(),
        one.model.as_str().into(),
        one.revision.as_str().into(),
        OFFERED.into(),
        now().into(),
    ];
    sql::run(tx, insert, values).await?;
    Ok(())
}

/// Decides on a suggestion. What is accepted, or given in its place, goes into the record at once, and the thread and
/// the log tell who put it there. The edition is that which the one who decides has seen.
///
/// # Errors
/// There is no such open suggestion, the one who acts does not appraise the submission, it does not wait for a decision,
/// it was changed meanwhile, or the value is none of the property.
pub async fn decide_on_suggestion(
    store: &Store,
    actor: &Actor,
    number: &str,
    edition: i64,
    id: i64,
    verdict: &Verdict,
) -> Result<()> {
    let tx = store.begin().await?;
    let row = Row::lock(&tx, actor, number).await?;
    row.allow(actor, Action::Appraise)?;
    row.as_seen(edition)?;
    settle(&tx, actor, &row, id, verdict).await?;
    Ok(tx.commit().await?)
}

/// The same within a transaction, with a row that is locked.
pub(super) async fn settle(
    tx: &DatabaseTransaction,
    actor: &Actor,
    row: &Row,
    id: i64,
    verdict: &Verdict,
) -> Result<()> {
    row.allow(actor, Action::Appraise)?;
    if !row.state()?.is_waiting() {
        return Err(Error::NotAllowed(format!(
            "suggestions are decided while a file is appraised, not while it is {}",
            row.state
        )));
    }
    let query = "SELECT * FROM submission_suggestion WHERE id = $1 AND submission = $2 AND state = 'offered'";
    let found = sql::one::<SuggestionRow>(tx, query, vec![id.into(), row.id.into()]).await?;
    let one = found.ok_or_else(|| Error::NotFound(format!("the open suggestion {id}")))?;
    let (state, given) = match verdict {
        Verdict::Accept => (ACCEPTED, None),
        Verdict::Decline => (DECLINED, None),
        Verdict::Edit(value) if value.trim() == one.value => (ACCEPTED, None),
        Verdict::Edit(value) => (EDITED, Some(value.trim().to_owned())),
    };
    let update = "UPDATE submission_suggestion SET state = $2, given = $3, decided_at = $4, decided_by = $5 WHERE id = $1";
    let values = vec![
        id.into(),
        state.into(),
        given.clone().into(),
        now().into(),
        actor.account.into(),
    ];
    sql::run(tx, update, values).await?;
    if state != DECLINED {
        put(tx, actor, row, &one, given.as_deref().unwrap_or(&one.value)).await?;
    }
    Ok(())
}

/// Puts a value into the record, and says so in the thread and in the log.
async fn put(
    tx: &DatabaseTransaction,
    actor: &Actor,
    row: &Row,
    one: &SuggestionRow,
    value: &str,
) -> Result<()> {
    let short = value.chars().count() <= LONGEST;
    let found = value_of(&one.property, value).filter(|_| short);
    let value = found
        .ok_or_else(|| Error::NotAllowed(format!("{value:?} is no value of {}", one.property)))?;
    let mut record: LearningResource = row.record()?;
    if !add_value(&mut record, &one.property, &value) {
        return Ok(());
    }
    let (json, _) = written(&record)?;
    let update =
        "UPDATE submission SET record = $2, changed_at = $3, edition = edition + 1 WHERE id = $1";
    sql::run(tx, update, vec![row.id.into(), json.into(), now().into()]).await?;
    let event = Event {
        account: actor.account,
        kind: "tag",
        reason: &one.property,
        words: &value,
        ..Event::default()
    };
    note(tx, row.id, &event).await?;
    let entry = Entry {
        actor: actor.account,
        action: "submission.tag",
        object: &row.number,
        detail: &format!("{}: {value}", one.property),
    };
    append(tx, &entry).await
}

/// What was decided goes with what becomes public: a suggestion that was declined at the desk is not offered again by
/// the tagger that reads published records.
pub(super) async fn hand_over(
    tx: &DatabaseTransaction,
    submission: i64,
    resource: &str,
) -> Result<()> {
    let copy = "INSERT INTO suggestion \
        (resource, property, value, reason, confidence, evidence, model, revision, state, offered_at, decided_at) \
        SELECT r.key, s.property, s.value, s.reason, s.confidence, s.evidence, s.model, s.revision, \
          CASE s.state WHEN 'edited' THEN 'declined' ELSE s.state END, s.offered_at, s.decided_at \
        FROM submission_suggestion s JOIN resource r ON r.id = $2 \
        WHERE s.submission = $1 AND s.state <> 'offered' AND NOT EXISTS ( \
          SELECT 1 FROM suggestion k WHERE k.resource = r.key AND k.property = s.property \
          AND k.value = s.value AND k.reason = s.reason AND k.state <> 'offered')";
    sql::run(tx, copy, vec![submission.into(), resource.into()]).await?;
    Ok(())
}
