//! Statements over many rows at once, in few distinct texts so that each is
//! parsed once and then found in the connection's statement cache.

use crate::error::Result;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use std::fmt::Write;

/// Rows per statement, largest first; what does not fill one takes the next.
const STEPS: &[usize] = &[256, 16, 1];
/// Values in one `IN (…)`; fewer are padded with the last of them.
const IN_STEPS: &[usize] = &[1, 32, 1024];

/// Runs `head VALUES (…),(…) tail` for all rows. `values` holds the rows one
/// after the other, `width` values each.
pub(crate) async fn write_rows(
    tx: &impl ConnectionTrait,
    head: &str,
    tail: &str,
    width: usize,
    values: Vec<Value>,
) -> Result<()> {
    let backend = tx.get_database_backend();
    let mut left = values.len() / width;
    let mut values = values.into_iter();
    for &step in STEPS {
        while left >= step {
            let sql = format!("{head} VALUES {} {tail}", tuples(backend, step, width));
            let part: Vec<Value> = values.by_ref().take(step * width).collect();
            tx.execute_raw(Statement::from_sql_and_values(backend, sql, part))
                .await?;
            left -= step;
        }
    }
    Ok(())
}

/// Queries `head (?,?,…) tail` for all `wanted`; `first`, one value at most, is `$1` in `head`.
pub(crate) async fn query_in(
    db: &impl ConnectionTrait,
    (head, tail): (&str, &str),
    first: &[Value],
    wanted: &[Value],
) -> Result<Vec<QueryResult>> {
    let mut found = Vec::new();
    for part in in_parts(wanted) {
        let statement = in_statement(db.get_database_backend(), (head, tail), first, part);
        found.extend(db.query_all_raw(statement).await?);
    }
    Ok(found)
}

/// Executes `head (?,?,…) tail` for all `wanted`; `first`, one value at most, is `$1` in `head`.
pub(crate) async fn execute_in(
    tx: &impl ConnectionTrait,
    (head, tail): (&str, &str),
    first: &[Value],
    wanted: &[Value],
) -> Result<()> {
    for part in in_parts(wanted) {
        let statement = in_statement(tx.get_database_backend(), (head, tail), first, part);
        tx.execute_raw(statement).await?;
    }
    Ok(())
}

fn in_parts(wanted: &[Value]) -> impl Iterator<Item = &[Value]> {
    wanted.chunks(IN_STEPS[IN_STEPS.len() - 1])
}

fn in_statement(
    backend: DbBackend,
    (head, tail): (&str, &str),
    first: &[Value],
    part: &[Value],
) -> Statement {
    let size = IN_STEPS.iter().copied().find(|step| *step >= part.len());
    let size = size.unwrap_or(part.len());
    let padding = part.last().into_iter().cycle().take(size - part.len());
    let values: Vec<Value> = first.iter().chain(part).chain(padding).cloned().collect();
    let mut sql = match backend {
        DbBackend::Postgres => head.to_owned(),
        _ => head.replace("$1", "?"),
    };
    tuple(&mut sql, backend, first.len(), size);
    sql.push_str(tail);
    Statement::from_sql_and_values(backend, sql, values)
}

fn tuples(backend: DbBackend, rows: usize, width: usize) -> String {
    let mut sql = String::with_capacity(rows * width * 4);
    for row in 0..rows {
        if row > 0 {
            sql.push(',');
        }
        tuple(&mut sql, backend, row * width, width);
    }
    sql
}

/// SQLite finds a bare `?` faster than a numbered one; PostgreSQL knows only `$1`.
fn tuple(sql: &mut String, backend: DbBackend, bound: usize, width: usize) {
    sql.push('(');
    for column in 1..=width {
        if column > 1 {
            sql.push(',');
        }
        match backend {
            // Writing to a String cannot fail.
            DbBackend::Postgres => drop(write!(sql, "${}", bound + column)),
            _ => sql.push('?'),
        }
    }
    sql.push(')');
}
