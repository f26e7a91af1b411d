//! Schema versions, in order. A version that was released never changes;
//! a new one is a file and a line here.

mod m0001_start;
mod m0002_past_query;
mod m0003_suggestion;
mod m0004_people;
mod m0005_submission;
mod m0006_submission_suggestion;
mod m0007_guidance;
mod m0008_notice;
mod m0009_institution;
mod m0010_rating;
mod m0011_comment;
mod m0012_report;
mod m0013_identity;
mod m0014_mail;
mod m0015_collection;
mod m0016_desk_batch;
mod m0017_learning_path;
mod m0018_import_change;

use crate::clock::now;
use crate::error::{Error, Result};
use sea_orm::sea_query::{Alias, Expr, Query, SchemaStatementBuilder};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};

/// One step: its statements for a backend.
type Step = fn(DbBackend) -> Vec<String>;

const STEPS: &[Step] = &[
    m0001_start::statements,
    m0002_past_query::statements,
    m0003_suggestion::statements,
    m0004_people::statements,
    m0005_submission::statements,
    m0006_submission_suggestion::statements,
    m0007_guidance::statements,
    m0008_notice::statements,
    m0009_institution::statements,
    m0010_rating::statements,
    m0011_comment::statements,
    m0012_report::statements,
    m0013_identity::statements,
    m0014_mail::statements,
    m0015_collection::statements,
    m0016_desk_batch::statements,
    m0017_learning_path::statements,
    m0018_import_change::statements,
];

/// The schema version that this program needs.
pub(crate) fn known() -> i64 {
    STEPS.len() as i64
}

/// Brings the schema to the newest version; harmless when it is there already.
pub(crate) async fn migrate(tx: &DatabaseTransaction) -> Result<i64> {
    lock(tx).await?;
    tx.execute_unprepared(
        "CREATE TABLE IF NOT EXISTS schema_migration (version BIGINT PRIMARY KEY, at BIGINT NOT NULL)",
    )
    .await?;
    let found = newest(tx).await?;
    check_not_newer(found)?;
    for version in found..known() {
        apply(tx, version).await?;
    }
    Ok(known())
}

/// Checks that the schema is the one this program needs.
pub(crate) async fn check(db: &impl ConnectionTrait) -> Result<i64> {
    let found = if has_table(db).await? {
        newest(db).await?
    } else {
        0
    };
    check_not_newer(found)?;
    let known = known();
    match found == known {
        true => Ok(found),
        false => Err(Error::OlderSchema { found, known }),
    }
}

fn check_not_newer(found: i64) -> Result<()> {
    let known = known();
    match found > known {
        true => Err(Error::NewerSchema { found, known }),
        false => Ok(()),
    }
}

async fn apply(tx: &impl ConnectionTrait, version: i64) -> Result<()> {
    let step = STEPS[version as usize];
    for statement in step(tx.get_database_backend()) {
        tx.execute_unprepared(&statement).await?;
    }
    let row = Query::insert()
        .into_table(Alias::new("schema_migration"))
        .columns([Alias::new("version"), Alias::new("at")])
        .values_panic([Expr::val(version + 1), Expr::val(now())])
        .to_owned();
    tx.execute(&row).await?;
    Ok(())
}

/// Two programs that start at once migrate one after the other.
async fn lock(tx: &impl ConnectionTrait) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(1802007925)")
            .await?;
    }
    Ok(())
}

async fn has_table(db: &impl ConnectionTrait) -> Result<bool> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => "SELECT 1 AS one WHERE to_regclass('schema_migration') IS NOT NULL",
        _ => "SELECT 1 AS one FROM sqlite_master WHERE name = 'schema_migration'",
    };
    let statement = Statement::from_string(db.get_database_backend(), sql);
    Ok(db.query_one_raw(statement).await?.is_some())
}

async fn newest(db: &impl ConnectionTrait) -> Result<i64> {
    let sql = "SELECT COALESCE(MAX(version), 0) AS version FROM schema_migration";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await?;
    Ok(row.map_or(Ok(0), |row| row.try_get("", "version"))?)
}

/// The SQL text of a schema statement.
fn text(backend: DbBackend, statement: &impl SchemaStatementBuilder) -> String {
    match backend {
        DbBackend::Postgres => statement.to_string(sea_orm::sea_query::PostgresQueryBuilder),
        _ => statement.to_string(sea_orm::sea_query::SqliteQueryBuilder),
    }
}
