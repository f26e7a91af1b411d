//! How a job leaves the state "running".

use super::State;
use crate::clock::now;
use crate::error::{Error, Result};
use crate::tables::job::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter,
};

const FIRST_DELAY_MS: i64 = 5_000;
const LONGEST_DELAY_MS: i64 = 3_600_000;

/// The job, if it is running.
pub(super) async fn running(tx: &DatabaseTransaction, id: i64) -> Result<Model> {
    let row = Entity::find_by_id(id).one(tx).await?;
    let row = row.filter(|row| row.state == State::Running.name());
    row.ok_or_else(|| Error::NotFound(format!("the running job {id}")))
}

/// Queues a job again; where an equal one waits already, that one does its work.
pub(super) async fn put_back(
    tx: &DatabaseTransaction,
    row: Model,
    error: Option<&str>,
) -> Result<State> {
    if let Some(other) = waiting_twin(tx, &row).await? {
        return end(tx, row, State::Done, &format!("job {other} does it")).await;
    }
    let wait = if error.is_some() {
        delay(row.attempts)
    } else {
        0
    };
    let key = row.dedup_key.clone();
    let mut row = row.into_active_model();
    row.state = Set(State::Queued.name().to_owned());
    row.pending_key = Set(key);
    row.run_after = Set(now() + wait);
    if let Some(error) = error {
        row.last_error = Set(Some(error.to_owned()));
    }
    row.update(tx).await?;
    Ok(State::Queued)
}

async fn waiting_twin(tx: &DatabaseTransaction, row: &Model) -> Result<Option<i64>> {
    let Some(key) = &row.dedup_key else {
        return Ok(None);
    };
    let twin = Entity::find()
        .filter(Column::PendingKey.eq(key))
        .one(tx)
        .await?;
    Ok(twin.map(|twin| twin.id))
}

/// Ends a job for this reason.
pub(super) async fn end(
    tx: &DatabaseTransaction,
    row: Model,
    state: State,
    why: &str,
) -> Result<State> {
    let mut row = row.into_active_model();
    row.state = Set(state.name().to_owned());
    row.pending_key = Set(None);
    row.last_error = Set(Some(why.to_owned()));
    row.finished_at = Set(Some(now()));
    row.update(tx).await?;
    Ok(state)
}

/// 5 s, 10 s, 20 s … up to an hour.
fn delay(attempts: i32) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 16) - 1).unwrap_or_default();
    (FIRST_DELAY_MS << doublings).min(LONGEST_DELAY_MS)
}
