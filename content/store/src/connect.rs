//! From an address to connections: one writer and several readers.

use crate::error::{Error, Result};
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::{
    DatabaseConnection, DbErr, RuntimeErr, SqlxPostgresConnector, SqlxSqliteConnector, sqlx,
};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a writer waits for another process before it says busy.
const BUSY: Duration = Duration::from_secs(15);
/// How long to wait for a free connection.
const ACQUIRE: Duration = Duration::from_secs(30);
const READERS: u32 = 8;

/// What an address means.
enum Address {
    Sqlite(PathBuf),
    Postgres(String),
}

/// The two ends of a store. With PostgreSQL both are the same pool.
pub(crate) struct Connections {
    /// The file of an SQLite database.
    pub file: Option<PathBuf>,
    pub write: DatabaseConnection,
    pub read: DatabaseConnection,
}

/// Opens the database at a path, `sqlite://…` or `postgres://…`.
pub(crate) async fn connect(address: &str) -> Result<Connections> {
    match parse(address)? {
        Address::Sqlite(path) => sqlite(&path).await,
        Address::Postgres(url) => postgres(&url).await,
    }
}

fn parse(address: &str) -> Result<Address> {
    if address.starts_with("postgres://") || address.starts_with("postgresql://") {
        return Ok(Address::Postgres(address.to_owned()));
    }
    let path = match address.strip_prefix("sqlite:") {
        Some(rest) => rest.strip_prefix("//").unwrap_or(rest),
        None if address.contains("://") => return Err(Error::Address(without_password(address))),
        None => address,
    };
    if path.is_empty() || path.contains(":memory:") {
        return Err(Error::Address(address.to_owned()));
    }
    Ok(Address::Sqlite(PathBuf::from(path)))
}

async fn sqlite(path: &Path) -> Result<Connections> {
    let place = path.display().to_string();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| Error::io("create the folder", folder, e))?;
    }
    let write = sqlite_pool(writer_options(path), 1).await;
    let write = write.map_err(|error| Error::open(&place, error))?;
    let read = sqlite_pool(reader_options(path), READERS).await;
    let read = read.map_err(|error| Error::open(&place, error))?;
    let file = Some(path.to_owned());
    Ok(Connections { file, write, read })
}

/// Copies a database that is in use, over a connection of its own.
pub(crate) async fn sqlite_copy(from: &Path, to: &Path) -> Result<()> {
    let connection = base_options(from).connect().await;
    let mut connection = connection.map_err(connection_error)?;
    let copied = sqlx::query("VACUUM INTO ?")
        .bind(to.display().to_string())
        .execute(&mut connection)
        .await;
    copied.map_err(connection_error)?;
    Ok(connection.close().await.map_err(connection_error)?)
}

fn writer_options(path: &Path) -> SqliteConnectOptions {
    base_options(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        // 64 MiB of pages and a checkpoint every 32 MiB: bulk imports write each page fewer times.
        .pragma("cache_size", "-65536")
        .pragma("wal_autocheckpoint", "8192")
        .pragma("journal_size_limit", "67108864")
}

fn reader_options(path: &Path) -> SqliteConnectOptions {
    base_options(path)
        .pragma("query_only", "1")
        .pragma("cache_size", "-8192")
}

fn base_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY)
        .pragma("mmap_size", "134217728")
        .pragma("temp_store", "memory")
        .disable_statement_logging()
}

async fn sqlite_pool(options: SqliteConnectOptions, size: u32) -> Result<DatabaseConnection> {
    let pool = SqlitePoolOptions::new()
        .max_connections(size)
        .acquire_timeout(ACQUIRE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options)
        .await
        .map_err(connection_error)?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

async fn postgres(url: &str) -> Result<Connections> {
    let place = without_password(url);
    let failed = |error| Error::open(&place, connection_error(error));
    let options: PgConnectOptions = url.parse().map_err(failed)?;
    let options = options.application_name("khue").disable_statement_logging();
    // A pool would try in silence until its time is over; this says at once what is wrong.
    let first = options.connect().await.map_err(failed)?;
    first.close().await.map_err(failed)?;
    let pool = PgPoolOptions::new()
        .max_connections(READERS + 4)
        .acquire_timeout(ACQUIRE)
        .connect_lazy_with(options);
    let write = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
    let read = write.clone();
    let file = None;
    Ok(Connections { file, write, read })
}

fn connection_error(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}

/// The address as it may be shown in messages and logs.
fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.to_owned();
    };
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    format!("{scheme}://{host}")
}
