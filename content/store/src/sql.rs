//! Single statements with their values; `$1` stands for the first value on every database.

use crate::error::Result;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

fn statement(db: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

/// Executes a statement and returns how many rows it touched.
pub(crate) async fn run(db: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<u64> {
    Ok(db
        .execute_raw(statement(db, sql, values))
        .await?
        .rows_affected())
}

/// All rows of a query.
pub(crate) async fn all<T: FromQueryResult>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<T>> {
    let rows = db.query_all_raw(statement(db, sql, values)).await?;
    let read = |row| Ok(T::from_query_result(row, "")?);
    rows.iter().map(read).collect()
}

/// The first row of a query.
pub(crate) async fn one<T: FromQueryResult>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<T>> {
    let row = db.query_one_raw(statement(db, sql, values)).await?;
    let read = |row| Ok(T::from_query_result(&row, "")?);
    row.map(read).transpose()
}

/// The number that a statement with `RETURNING id` gives back.
pub(crate) async fn id(
    db: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<i64>> {
    let row = db.query_one_raw(statement(db, sql, values)).await?;
    Ok(row.map(|row| row.try_get("", "id")).transpose()?)
}
