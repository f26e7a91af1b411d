//! Opening: addresses, migrations, and databases that are none.

use crate::records::{import, many};
use khue_store::actions::import_batch;
use khue_store::testing::Databases;
use khue_store::{Error, Store};
use std::path::Path;
use std::process::Command;

/// The error behind [`Error::Open`], and the whole message.
async fn failure(address: &str) -> (Error, String) {
    let error = match Store::open(address).await {
        Ok(store) => store.migrate().await.unwrap_err(),
        Err(error) => error,
    };
    let message = error.to_string();
    match error {
        Error::Open { source, .. } => (*source, message),
        other => (other, message),
    }
}

#[tokio::test]
async fn a_bare_path_and_two_kinds_of_addresses_mean_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/folder/khue.db");
    let path = path.display();
    for address in [
        format!("{path}"),
        format!("sqlite://{path}"),
        format!("sqlite:{path}"),
    ] {
        let store = Store::open(&address).await.unwrap();
        store.migrate().await.unwrap();
        import(&store, many(3, "")).await;
        assert_eq!(store.ready().await.unwrap().last_change, 3);
        store.close().await.unwrap();
    }
}

#[tokio::test]
async fn migrating_twice_is_harmless_and_not_at_all_is_said() {
    for database in Databases::all().await.unwrap() {
        let store = Store::open(&database.address).await.unwrap();
        let before = store.ready().await.unwrap_err();
        assert!(
            matches!(before, Error::OlderSchema { found: 0, .. }),
            "{before}"
        );
        let version = store.migrate().await.unwrap();
        import(&store, many(3, "")).await;
        assert_eq!(store.migrate().await.unwrap(), version);
        assert_eq!(store.ready().await.unwrap().schema, version);
        assert_eq!(store.count().await.unwrap(), 3);
        store.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("khue.db");
    std::fs::write(&path, "Đây là một tệp văn bản. ".repeat(500)).unwrap();
    let (error, message) = failure(&path.display().to_string()).await;
    assert!(matches!(error, Error::Corrupt(_)), "{error:?}");
    assert!(
        message.contains("khue.db") && message.contains("backup"),
        "{message}"
    );
}

#[tokio::test]
async fn a_damaged_database_is_an_error_and_no_panic() {
    let database = Databases::sqlite().unwrap();
    let store = database.store().await.unwrap();
    import(&store, many(2000, "")).await;
    store.close().await.unwrap();
    let path = database.folder.path().join("khue.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[8192..]
        .iter_mut()
        .step_by(3)
        .for_each(|byte| *byte ^= 0x5a);
    std::fs::write(&path, bytes).unwrap();
    let error = read_all(&database.address).await.unwrap_err();
    assert!(format!("{error:?}").contains("Corrupt"), "{error:?}");
}

async fn read_all(address: &str) -> khue_store::Result<()> {
    let store = Store::open(address).await?;
    store.changes_since(0, 10_000).await.map(drop)
}

#[tokio::test]
async fn a_folder_or_an_impossible_place_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let (error, message) = failure(&folder.path().display().to_string()).await;
    assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
    assert!(message.contains("cannot open the database"), "{message}");
    let (error, _) = failure("/proc/khue/khue.db").await;
    assert!(matches!(error, Error::Io { .. }), "{error:?}");
}

#[tokio::test]
async fn other_kinds_of_addresses_are_refused_without_their_password() {
    for address in ["mysql://me:secret@host/db", "", "sqlite::memory:"] {
        let (error, message) = failure(address).await;
        assert!(matches!(error, Error::Address(_)), "{error:?}");
        assert!(!message.contains("secret"), "{message}");
    }
    let (error, message) = failure("postgres://me:secret@127.0.0.1:1/khue").await;
    assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
    assert!(
        message.contains("127.0.0.1:1") && !message.contains("secret"),
        "{message}"
    );
}

#[tokio::test]
async fn a_read_only_database_is_read_and_says_why_it_is_not_written() {
    let database = Databases::sqlite().unwrap();
    let store = database.store().await.unwrap();
    import(&store, many(3, "")).await;
    store.close().await.unwrap();
    let path = database.folder.path().join("khue.db");
    if !make_read_only(&path) {
        println!("skipped: files cannot be made read-only for this user");
        return;
    }
    let store = Store::open(&database.address).await.unwrap();
    let count = store.count().await;
    let written = import_batch(&store, many(4, ""), None).await;
    store.close().await.unwrap();
    make_writable(&path);
    assert_eq!(count.unwrap(), 3);
    let error = written.unwrap_err();
    assert!(matches!(error, Error::ReadOnly(_)), "{error:?}");
    assert!(error.to_string().contains("permissions"), "{error}");
}

#[tokio::test]
async fn a_backup_is_a_whole_database() {
    for database in Databases::all().await.unwrap() {
        let store = database.store().await.unwrap();
        import(&store, many(300, "")).await;
        let copy = database.folder.path().join("copy.db");
        let done = store.backup_to(&copy).await;
        if database.name == "postgres" {
            assert!(matches!(done, Err(Error::NotSqlite)));
            continue;
        }
        done.unwrap();
        import(&store, many(310, "")).await;
        let opened = Store::open(&copy.display().to_string()).await.unwrap();
        assert_eq!(opened.ready().await.unwrap().last_change, 300);
        opened.close().await.unwrap();
        store.backup_to(&copy).await.unwrap();
        let opened = Store::open(&copy.display().to_string()).await.unwrap();
        assert_eq!(opened.count().await.unwrap(), 310);
        opened.close().await.unwrap();
    }
}

fn make_read_only(path: &Path) -> bool {
    let mut permissions = std::fs::metadata(path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(path, permissions).unwrap();
    // Permissions do not hold root back; the immutable flag does.
    std::fs::OpenOptions::new().append(true).open(path).is_err() || attribute("+i", path)
}

fn make_writable(path: &Path) {
    attribute("-i", path);
}

fn attribute(flag: &str, path: &Path) -> bool {
    let done = Command::new("chattr").arg(flag).arg(path).output();
    done.is_ok_and(|output| output.status.success())
}
