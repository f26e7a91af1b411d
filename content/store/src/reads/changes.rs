//! Streams over all resources: in the order of changes, and in the order of ids.

use super::resources::parse;
use crate::actions::PUBLISHED;
use crate::error::{Error, Result};
use crate::store::Store;
use khue_content::LearningResource;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

/// One change: a resource as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its number; ask for what comes after the last one seen.
    pub change: i64,
    /// The resource's id.
    pub id: String,
    /// The record, or `None` where it was withdrawn.
    pub record: Option<LearningResource>,
    /// `signed` where there is signed guidance on using AI for this version, `review` where it is for a former one,
    /// else empty.
    pub guidance: String,
}

#[derive(FromQueryResult)]
struct Row {
    change: i64,
    id: String,
    status: String,
    record: String,
    guidance: String,
}

/// Whether there is signed guidance, and for which version.
const GUIDANCE: &str = "COALESCE((SELECT MAX(CASE WHEN g.resource_version = resource.version THEN 'signed' ELSE 'review' END) \
    FROM guidance g WHERE g.resource = resource.id AND g.state = 'signed'), '') AS guidance";

impl Store {
    /// Resources that changed after the change with this number, in the order of
    /// their last change. From 0 it is every resource once.
    pub async fn changes_since(&self, after: i64, limit: u64) -> Result<Vec<Change>> {
        let sql = format!(
            "SELECT change, id, status, record, {GUIDANCE} FROM resource \
             WHERE change > $1 ORDER BY change LIMIT $2"
        );
        self.stream_part(&sql, after.into(), limit).await
    }

    /// Number of the last change, 0 in an empty store.
    pub async fn last_change(&self) -> Result<i64> {
        let backend = self.read().get_database_backend();
        let sql = "SELECT last FROM change_counter WHERE one = 1";
        let row = self
            .read()
            .query_one_raw(Statement::from_string(backend, sql))
            .await?;
        Ok(row.map_or(Ok(0), |row| row.try_get("", "last"))?)
    }

    /// Published records with ids after the given one (`""` for the start), in the
    /// order of the ids' bytes, which is the same on every database.
    pub async fn export(&self, after_id: &str, limit: u64) -> Result<Vec<LearningResource>> {
        let sql = "SELECT change, id, status, record, '' AS guidance FROM resource \
            WHERE id > $1 AND status = 'published' ORDER BY id LIMIT $2";
        let part = self.stream_part(sql, after_id.into(), limit).await?;
        Ok(part
            .into_iter()
            .filter_map(|change| change.record)
            .collect())
    }

    async fn stream_part(&self, sql: &str, after: Value, limit: u64) -> Result<Vec<Change>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let backend = self.read().get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, [after, limit.into()]);
        let rows = self.read().query_all_raw(statement).await?;
        let work = move || rows.iter().map(change).collect();
        // Parsing thousands of records takes milliseconds: not on an async thread.
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(|e| Error::Internal(e.to_string()))?
    }
}

fn change(row: &sea_orm::QueryResult) -> Result<Change> {
    let row = Row::from_query_result(row, "")?;
    let published = row.status == PUBLISHED;
    let record = published.then(|| parse(&row.id, &row.record)).transpose()?;
    Ok(Change {
        change: row.change,
        id: row.id,
        record,
        guidance: row.guidance,
    })
}
