//! Numbers for changes. The counter's row is locked from the first look to the
//! commit: who sees a number sees all lower ones, and a rollback leaves no gap.

use crate::clock::now;
use crate::error::Result;
use crate::job::Job;
use crate::queue;
use crate::store::Store;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};

/// The writer's right to number changes; one at a time in the whole database.
pub(super) struct Changes {
    last: i64,
    saved: i64,
    /// The time of all changes of this transaction.
    pub at: i64,
}

impl Changes {
    /// Waits for other writers and takes the counter.
    pub(super) async fn lock(tx: &DatabaseTransaction) -> Result<Changes> {
        let backend = tx.get_database_backend();
        let sql = "UPDATE change_counter SET last = last WHERE one = 1 RETURNING last";
        let row = tx
            .query_one_raw(Statement::from_string(backend, sql))
            .await?;
        let last = row.map_or(Ok(0), |row| row.try_get("", "last"))?;
        let (saved, at) = (last, now());
        Ok(Changes { last, saved, at })
    }

    /// The next number.
    pub(super) fn next(&mut self) -> i64 {
        self.last += 1;
        self.last
    }

    /// Writes the counter and, where something changed, the job that follows.
    pub(super) async fn save(self, tx: &DatabaseTransaction) -> Result<()> {
        if self.last == self.saved {
            return Ok(());
        }
        let sql = "UPDATE change_counter SET last = $1 WHERE one = 1";
        let backend = tx.get_database_backend();
        let values = [self.last.into()];
        tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
        queue::enqueue(tx, &Job::IndexChanges).await
    }
}

/// Commits and wakes whoever waits for jobs.
pub(super) async fn commit(store: &Store, tx: DatabaseTransaction) -> Result<()> {
    tx.commit().await?;
    store.wake_workers();
    Ok(())
}
