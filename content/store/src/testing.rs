//! Fresh databases for tests: a file of SQLite, and a database of a PostgreSQL
//! server that the tests start and stop themselves where it is installed.

pub mod storage;

use crate::error::Result;
use crate::postgres_server::Server;
use crate::store::Store;
use std::future::Future;
use std::sync::{Arc, Weak};
use tempfile::TempDir;
use tokio::sync::Mutex;

/// The PostgreSQL server of this process, while a test uses it.
static SHARED: Mutex<Weak<Server>> = Mutex::const_new(Weak::new());

/// A database that nobody else uses; gone when dropped.
pub struct TestDatabase {
    /// `sqlite` or `postgres`.
    pub name: &'static str,
    /// What [`Store::open`] takes.
    pub address: String,
    /// A folder for the test's files.
    pub folder: TempDir,
    _server: Option<Arc<Server>>,
}

/// The databases that a test should pass on.
pub struct Databases;

impl Databases {
    /// A fresh SQLite file.
    pub fn sqlite() -> std::io::Result<TestDatabase> {
        let folder = tempfile::tempdir()?;
        let address = format!("sqlite://{}", folder.path().join("khue.db").display());
        Ok(TestDatabase {
            name: "sqlite",
            address,
            folder,
            _server: None,
        })
    }

    /// A fresh PostgreSQL database; `None`, with a line that says so, where
    /// PostgreSQL is not installed.
    pub async fn postgres() -> std::io::Result<Option<TestDatabase>> {
        let Some(server) = shared_server().await? else {
            return Ok(None);
        };
        let address = server.fresh_database().await?;
        let folder = tempfile::tempdir()?;
        let _server = Some(server);
        Ok(Some(TestDatabase {
            name: "postgres",
            address,
            folder,
            _server,
        }))
    }

    /// All that are there.
    pub async fn all() -> std::io::Result<Vec<TestDatabase>> {
        let mut all = vec![Self::sqlite()?];
        all.extend(Self::postgres().await?);
        Ok(all)
    }

    /// Runs a test on a fresh, migrated store of each database, one after the other.
    ///
    /// # Panics
    /// Where a database cannot be made; the test fails.
    pub async fn each<F, Done>(test: F)
    where
        F: Fn(Store) -> Done,
        Done: Future<Output = ()>,
    {
        let all = Self::all()
            .await
            .unwrap_or_else(|e| panic!("no database for the test: {e}"));
        for database in all {
            println!("on {}", database.name);
            let store = database.store().await;
            let store = store.unwrap_or_else(|e| panic!("on {}: {e}", database.name));
            test(store.clone()).await;
            store
                .close()
                .await
                .unwrap_or_else(|e| panic!("closing: {e}"));
        }
    }
}

impl TestDatabase {
    /// Opens and migrates it.
    pub async fn store(&self) -> Result<Store> {
        let store = Store::open(&self.address).await?;
        store.migrate().await?;
        Ok(store)
    }
}

/// The running server, or a new one; `None` where PostgreSQL is not installed.
async fn shared_server() -> std::io::Result<Option<Arc<Server>>> {
    let mut shared = SHARED.lock().await;
    if let Some(running) = shared.upgrade() {
        return Ok(Some(running));
    }
    let Some(server) = Server::start(&["max_connections=400"]).await? else {
        println!("skipped: PostgreSQL is not installed; apt-get install postgresql");
        return Ok(None);
    };
    let server = Arc::new(server);
    *shared = Arc::downgrade(&server);
    Ok(Some(server))
}

/// Runs a statement as somebody with the database in hand could, for tests of what is noticed then.
///
/// # Errors
/// The database refuses it.
pub async fn tamper(store: &Store, sql: &str) -> Result<u64> {
    let tx = store.begin().await?;
    let rows = crate::sql::run(&tx, sql, Vec::new()).await?;
    tx.commit().await?;
    Ok(rows)
}
