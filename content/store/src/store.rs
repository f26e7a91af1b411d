//! The store: one database, opened once and cloned freely.

use crate::connect::{Connections, connect};
use crate::error::Result;
use crate::migrations;
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::Notify;

/// Everything that the portal remembers. Cheap to clone, safe to share.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    connections: Connections,
    jobs: Notify,
}

/// What [`Store::ready`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    /// Version of the database schema.
    pub schema: i64,
    /// Number of the last change.
    pub last_change: i64,
}

impl Store {
    /// Opens the database at a path, `sqlite://PATH` or `postgres://…`. An SQLite
    /// file is created where there is none. Call [`Store::migrate`] next.
    pub async fn open(address: &str) -> Result<Store> {
        let connections = connect(address).await?;
        let jobs = Notify::new();
        let inner = Arc::new(Inner { connections, jobs });
        Ok(Store { inner })
    }

    /// Brings the schema to the version of this program and returns it.
    pub async fn migrate(&self) -> Result<i64> {
        let tx = self.begin().await?;
        let version = migrations::migrate(&tx).await?;
        tx.commit().await?;
        Ok(version)
    }

    /// Whether the database answers and has the right schema.
    pub async fn ready(&self) -> Result<Ready> {
        let schema = migrations::check(self.read()).await?;
        let last_change = self.last_change().await?;
        Ok(Ready {
            schema,
            last_change,
        })
    }

    /// Closes all connections, after what is running has ended.
    pub async fn close(&self) -> Result<()> {
        self.inner.connections.read.close_by_ref().await?;
        self.inner.connections.write.close_by_ref().await?;
        Ok(())
    }

    /// The file of an SQLite database.
    pub(crate) fn sqlite_path(&self) -> Option<&Path> {
        self.inner.connections.file.as_deref()
    }

    /// Connection for reading.
    pub(crate) fn read(&self) -> &DatabaseConnection {
        &self.inner.connections.read
    }

    /// A transaction that may write. On SQLite it holds the write lock from the start.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self
            .inner
            .connections
            .write
            .begin_with_options(options)
            .await?)
    }

    /// Wakes a worker of this process that waits for jobs.
    pub(crate) fn wake_workers(&self) {
        self.inner.jobs.notify_one();
    }

    /// Ends when a job was enqueued by this process.
    pub(crate) async fn jobs_enqueued(&self) {
        self.inner.jobs.notified().await;
    }
}
