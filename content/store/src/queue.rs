//! The queue of jobs: a table, so that a job is enqueued in the transaction
//! that needs it and outlives a crash. Jobs run at least once.

mod ending;
mod row;

pub use row::{Claimed, JobRow, State};

use ending::{end, put_back, running};

use crate::clock::now;
use crate::error::{Error, Result};
use crate::job::Job;
use crate::store::Store;
use crate::tables::job::{ActiveModel, Column, Entity, Model};
use sea_orm::sea_query::{LockBehavior, LockType, OnConflict};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Select,
};
use std::time::Duration;

/// How often a job is tried before it counts as failed.
pub const MAX_ATTEMPTS: i32 = 8;
/// How often a message is tried: a server of mail may be away for a day.
pub const MAIL_ATTEMPTS: i32 = 32;

/// Enqueues a job in a transaction of its own.
pub async fn enqueue_now(store: &Store, job: &Job) -> Result<()> {
    let tx = store.begin().await?;
    enqueue(&tx, job).await?;
    tx.commit().await?;
    store.wake_workers();
    Ok(())
}

/// Enqueues a job in the caller's transaction unless an equal one waits. The
/// waiting one's row is locked, so that no worker takes it before the commit.
pub(crate) async fn enqueue(tx: &DatabaseTransaction, job: &Job) -> Result<()> {
    let payload = serde_json::to_string(job).map_err(|e| Error::Internal(e.to_string()))?;
    let (at, key) = (now(), job.dedup_key());
    let row = ActiveModel {
        kind: Set(job.kind().to_owned()),
        payload: Set(payload),
        dedup_key: Set(key.clone()),
        pending_key: Set(key),
        run_after: Set(at),
        created_at: Set(at),
        ..Default::default()
    };
    let same = OnConflict::column(Column::PendingKey)
        .update_column(Column::DedupKey)
        .to_owned();
    Entity::insert(row)
        .on_conflict(same)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Takes the job of one of these kinds that has waited longest, if one is due.
pub async fn claim(store: &Store, kinds: &[&str]) -> Result<Option<Claimed>> {
    claim_at(store, kinds, now()).await
}

/// [`claim`] at another time than now.
pub async fn claim_at(store: &Store, kinds: &[&str], at: i64) -> Result<Option<Claimed>> {
    // Looking costs no lock; most looks find nothing.
    while due(kinds, at).one(store.read()).await?.is_some() {
        let Some(row) = take(store, kinds, at).await? else {
            break;
        };
        match serde_json::from_str(&row.payload) {
            Ok(job) => {
                return Ok(Some(Claimed {
                    id: row.id,
                    job,
                    attempts: row.attempts,
                }));
            }
            Err(error) => give_up(store, row.id, &format!("unknown payload: {error}")).await?,
        }
    }
    Ok(None)
}

fn due(kinds: &[&str], at: i64) -> Select<Entity> {
    Entity::find()
        .filter(Column::State.eq(State::Queued.name()))
        .filter(Column::RunAfter.lte(at))
        .filter(Column::Kind.is_in(kinds.iter().copied()))
        .order_by_asc(Column::RunAfter)
        .order_by_asc(Column::Id)
}

async fn take(store: &Store, kinds: &[&str], at: i64) -> Result<Option<Model>> {
    let tx = store.begin().await?;
    let free = due(kinds, at).lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let Some(row) = free.one(&tx).await? else {
        return Ok(None);
    };
    let attempts = row.attempts + 1;
    let mut row = row.into_active_model();
    row.state = Set(State::Running.name().to_owned());
    row.pending_key = Set(None);
    row.attempts = Set(attempts);
    row.started_at = Set(Some(at));
    let row = row.update(&tx).await?;
    tx.commit().await?;
    Ok(Some(row))
}

/// Marks a job as done.
pub async fn finish(store: &Store, id: i64) -> Result<()> {
    let tx = store.begin().await?;
    let mut row = running(&tx, id).await?.into_active_model();
    row.state = Set(State::Done.name().to_owned());
    row.last_error = Set(None);
    row.finished_at = Set(Some(now()));
    row.update(&tx).await?;
    Ok(tx.commit().await?)
}

/// Puts a job back with a growing delay, or gives it up after [`MAX_ATTEMPTS`].
/// Returns where it stands now.
pub async fn fail(store: &Store, id: i64, error: &str) -> Result<State> {
    match try_fail(store, id, error).await {
        // Its twin was enqueued at this moment and is seen the second time.
        Err(Error::Twice(_)) => try_fail(store, id, error).await,
        state => state,
    }
}

async fn try_fail(store: &Store, id: i64, error: &str) -> Result<State> {
    let tx = store.begin().await?;
    let row = running(&tx, id).await?;
    let most = match row.kind.as_str() {
        "send_mail" => MAIL_ATTEMPTS,
        _ => MAX_ATTEMPTS,
    };
    let state = match row.attempts < most {
        true => put_back(&tx, row, Some(error)).await?,
        false => end(&tx, row, State::Failed, error).await?,
    };
    tx.commit().await?;
    Ok(state)
}

/// Puts a running job off until a time: that was no try.
pub async fn put_off(store: &Store, id: i64, until: i64) -> Result<()> {
    let tx = store.begin().await?;
    let row = running(&tx, id).await?;
    let attempts = (row.attempts - 1).max(0);
    let mut row = row.into_active_model();
    row.state = Set(State::Queued.name().to_owned());
    row.attempts = Set(attempts);
    row.run_after = Set(until);
    row.update(&tx).await?;
    Ok(tx.commit().await?)
}

async fn give_up(store: &Store, id: i64, error: &str) -> Result<()> {
    let tx = store.begin().await?;
    let row = running(&tx, id).await?;
    end(&tx, row, State::Failed, error).await?;
    Ok(tx.commit().await?)
}

/// Puts jobs back that were running when the program ended. For the start of
/// the only worker; jobs are idempotent, so one too many does no harm.
pub async fn recover(store: &Store) -> Result<usize> {
    let tx = store.begin().await?;
    let query = Entity::find().filter(Column::State.eq(State::Running.name()));
    let rows = query.order_by_asc(Column::Id).all(&tx).await?;
    let number = rows.len();
    for row in rows {
        put_back(&tx, row, None).await?;
    }
    tx.commit().await?;
    store.wake_workers();
    Ok(number)
}

/// The newest jobs, newest first.
pub async fn list(store: &Store, limit: u64) -> Result<Vec<JobRow>> {
    let query = Entity::find().order_by_desc(Column::Id).limit(limit);
    let rows = query.all(store.read()).await?;
    Ok(rows.into_iter().map(JobRow::from).collect())
}

/// Removes ended jobs that are older than a time; returns how many.
pub async fn forget_ended(store: &Store, before: i64) -> Result<u64> {
    let tx = store.begin().await?;
    let done = Entity::delete_many()
        .filter(Column::FinishedAt.lt(before))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(done.rows_affected)
}

/// Waits until this process enqueues a job, for the given time at most.
pub async fn wait(store: &Store, longest: Duration) {
    // Running into the time limit is as good: the caller looks again.
    let _ = tokio::time::timeout(longest, store.jobs_enqueued()).await;
}
