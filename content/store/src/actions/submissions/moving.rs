//! Moves a submission from one state to the next: one transaction with its event, the audit row and, where it becomes
//! public or ceases to be, the very change that an import or a withdrawal makes.

use super::row::{Event, Row, note, written};
use super::suggesting::hand_over;
use super::writing::words_of;
use crate::actions::audit::{Entry, append};
use crate::actions::change::{Changes, commit};
use crate::actions::import_batch::{Outcome, OutcomeKind};
use crate::actions::in_use;
use crate::actions::notices::{Notice, notify};
use crate::actions::withdraw::{PUBLISHED, WITHDRAWN, set_status};
use crate::actions::write;
use crate::clock::{DAY, now};
use crate::error::{Error, Result};
use crate::prepared::prepare;
use crate::sql;
use crate::store::Store;
use khue_content::account::Actor;
use khue_content::check::{Severity, check};
use khue_content::review::{RUBRIC, Reasons, State, Transition, transition};
use khue_content::{LearningResource, Origin};
use sea_orm::{DatabaseTransaction, FromQueryResult};

/// The source of what people send in.
pub(crate) const SOURCE: &str = "submissions";

/// A step that somebody wants to take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Move {
    /// Name of the step, as in [`khue_content::review::TRANSITIONS`].
    pub step: String,
    /// The edition that the decision was made on.
    pub edition: i64,
    /// Key of a reason.
    pub reason: String,
    /// Words of one's own.
    pub words: String,
    /// What of the rubric was found to be good.
    pub rubric: Vec<String>,
    /// Today's date, ISO 8601: the day of publication where it is the first.
    pub today: String,
}

/// Takes a step. Returns where the submission stands then.
///
/// # Errors
/// There is no such step from where it stands, the one who acts may not take it, a reason is missing, the checks find
/// errors, or it was changed meanwhile.
pub async fn move_submission(
    store: &Store,
    actor: &Actor,
    number: &str,
    wanted: &Move,
) -> Result<State> {
    let tx = store.begin().await?;
    // Everything that numbers changes takes this lock first, so that nobody waits for each other.
    let mut changes = Changes::lock(&tx).await?;
    let row = Row::lock(&tx, actor, number).await?;
    let to = take(&tx, &mut changes, &row, actor, wanted).await?;
    changes.save(&tx).await?;
    commit(store, tx).await?;
    Ok(to)
}

/// The same within a transaction, with a row that is locked.
pub(super) async fn take(
    tx: &DatabaseTransaction,
    changes: &mut Changes,
    row: &Row,
    actor: &Actor,
    wanted: &Move,
) -> Result<State> {
    let step = transition(&wanted.step)
        .ok_or_else(|| Error::NotFound(format!("the step {:?}", wanted.step)))?;
    let words = words_of(&wanted.words)?;
    row.allow(actor, step.action)?;
    row.as_seen(wanted.edition)?;
    let published = row.resource.is_some();
    if !step.begins_in(row.state()?, published) {
        return Err(Error::NotAllowed(format!(
            "{} cannot be done with a file that is {}",
            step.name, row.state
        )));
    }
    check_reason(step, &wanted.reason, &words)?;
    let to = step.leads_to(published);
    let record = record_then(tx, row, step, to, wanted).await?;
    let resource = match to {
        State::Published if step.name == "publish" => {
            Some(publish(tx, changes, row, &record).await?)
        }
        State::Withdrawn => withdraw(tx, changes, row, &wanted.reason).await?,
        _ => row.resource.clone(),
    };
    enter(tx, row, actor, step, to, &record, resource).await?;
    tell(tx, row, actor, step, to, &words, wanted).await?;
    Ok(to)
}

fn check_reason(step: &Transition, reason: &str, words: &str) -> Result<()> {
    let known = step.reasons.list().contains(&reason);
    match step.reasons {
        Reasons::None => Ok(()),
        _ if known && !words.is_empty() => Ok(()),
        _ => Err(Error::NotAllowed(
            "choose a reason and say it in your own words too".to_owned(),
        )),
    }
}

#[derive(FromQueryResult)]
struct Kept {
    record: String,
}

/// The record after the step. What is declined or kept as it was goes back to what is published.
async fn record_then(
    tx: &DatabaseTransaction,
    row: &Row,
    step: &Transition,
    to: State,
    wanted: &Move,
) -> Result<LearningResource> {
    let mut record = row.record()?;
    if to == State::Published && step.name != "publish" {
        let query = "SELECT record FROM resource WHERE id = $1";
        let resource = row.resource.as_deref().unwrap_or_default();
        if let Some(kept) = sql::one::<Kept>(tx, query, vec![resource.into()]).await? {
            record = super::row::read_record(&row.number, &kept.record)?;
        }
    }
    if step.name == "publish" && record.date_published.is_none() && !wanted.today.is_empty() {
        record.date_published = Some(wanted.today.clone());
    }
    if step.checked
        && check(&record)
            .iter()
            .any(|found| found.severity == Severity::Error)
    {
        return Err(Error::NotAllowed(
            "the checks find errors; ask for changes first".to_owned(),
        ));
    }
    Ok(record)
}

/// Makes it public: the change that an import makes.
async fn publish(
    tx: &DatabaseTransaction,
    changes: &mut Changes,
    row: &Row,
    record: &LearningResource,
) -> Result<String> {
    let mut record = record.clone();
    record.id.clone_from(&row.number);
    record.provenance.source = SOURCE.to_owned();
    record.provenance.identifier.clone_from(&row.number);
    record.provenance.origin = Origin::Submitted;
    let prepared =
        prepare(0, record)?.ok_or_else(|| Error::Internal("a file without a number".to_owned()))?;
    let (id, kind) = (String::new(), OutcomeKind::Refused);
    let mut outcomes = [Outcome { id, kind }];
    write::round(tx, changes, vec![prepared], &mut outcomes).await?;
    if row.resource.is_none() {
        // A publication that was taken back left a withdrawn resource; the first that stays shows it.
        set_status(tx, changes, &outcomes[0].id, PUBLISHED, None).await?;
    }
    let files = "INSERT INTO file (sha256, size, media_type, name, created_at) \
        SELECT sha256, size, media_type, name, $2 FROM submission_file WHERE submission = $1 \
        ON CONFLICT (sha256) DO NOTHING";
    sql::run(tx, files, vec![row.id.into(), now().into()]).await?;
    let [outcome] = outcomes;
    hand_over(tx, row.id, &outcome.id).await?;
    Ok(outcome.id)
}

/// The record that is public of a submission, as JSON; nothing where none is.
pub(super) async fn published_as(tx: &DatabaseTransaction, row: &Row) -> Result<Option<String>> {
    let Some(resource) = &row.resource else {
        return Ok(None);
    };
    let query = "SELECT record FROM resource WHERE id = $1 AND status = 'published'";
    let kept = sql::one::<Kept>(tx, query, vec![resource.as_str().into()]).await?;
    Ok(kept.map(|kept| kept.record))
}

/// Takes a publication back: what was public before is so again, else nothing is.
pub(super) async fn unpublish(
    tx: &DatabaseTransaction,
    changes: &mut Changes,
    row: &Row,
    resource: &str,
    before: Option<LearningResource>,
) -> Result<()> {
    match before {
        Some(record) => publish(tx, changes, row, &record).await.map(drop),
        None => {
            in_use::refuse(tx, resource).await?;
            set_status(tx, changes, resource, WITHDRAWN, Some("undone".to_owned())).await
        }
    }
}

async fn withdraw(
    tx: &DatabaseTransaction,
    changes: &mut Changes,
    row: &Row,
    reason: &str,
) -> Result<Option<String>> {
    if let Some(id) = &row.resource {
        in_use::refuse(tx, id).await?;
        set_status(tx, changes, id, WITHDRAWN, Some(reason.to_owned())).await?;
    }
    Ok(row.resource.clone())
}

async fn enter(
    tx: &DatabaseTransaction,
    row: &Row,
    actor: &Actor,
    step: &Transition,
    to: State,
    record: &LearningResource,
    resource: Option<String>,
) -> Result<()> {
    let sends = matches!(step.name, "send" | "send-again");
    let (json, name) = written(record)?;
    let at = now();
    if sends {
        let insert = "INSERT INTO submission_version (submission, sent, record, sent_at) VALUES ($1, $2, $3, $4)";
        sql::run(
            tx,
            insert,
            vec![
                row.id.into(),
                (row.sent + 1).into(),
                json.as_str().into(),
                at.into(),
            ],
        )
        .await?;
    }
    let appraises = step.action == khue_content::account::Action::Appraise;
    let appraiser = if appraises {
        Some(actor.account)
    } else {
        row.appraiser
    };
    let update = "UPDATE submission SET state = $2, record = $3, name = $4, resource = $5, appraiser = $6, sent = $7, \
        edition = edition + 1, changed_at = $8, entered_at = $8, due_at = $9 WHERE id = $1";
    let values = vec![
        row.id.into(),
        to.name().into(),
        json.into(),
        name.into(),
        resource.into(),
        appraiser.into(),
        (row.sent + i64::from(sends)).into(),
        at.into(),
        to.days().map(|days| at + days * DAY).into(),
    ];
    sql::run(tx, update, values).await?;
    Ok(())
}

async fn tell(
    tx: &DatabaseTransaction,
    row: &Row,
    actor: &Actor,
    step: &Transition,
    to: State,
    words: &str,
    wanted: &Move,
) -> Result<()> {
    let reason = if step.reasons == Reasons::None {
        ""
    } else {
        &wanted.reason
    };
    let met = RUBRIC
        .iter()
        .copied()
        .filter(|key| wanted.rubric.iter().any(|given| given == key));
    let event = Event {
        account: actor.account,
        kind: step.name,
        state: to.name(),
        reason,
        words,
        rubric: &met.collect::<Vec<_>>().join(" "),
    };
    note(tx, row.id, &event).await?;
    let notice = Notice {
        kind: step.name,
        object: &row.number,
        name: &row.name,
    };
    notify(
        tx,
        actor.account,
        &[Some(row.account), row.appraiser],
        &notice,
    )
    .await?;
    let detail = format!(
        "{} → {}{}{reason}",
        row.state,
        to.name(),
        if reason.is_empty() { "" } else { ": " }
    );
    let entry = Entry {
        actor: actor.account,
        action: &format!("submission.{}", step.name),
        object: &row.number,
        detail: &detail,
    };
    append(tx, &entry).await
}
