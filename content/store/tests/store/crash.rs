//! What a crash leaves: all of a batch with its place, or nothing of it.

use crate::records::many;
use khue_store::actions::{
    ImportProgress, ImportStart, Place, begin_or_resume_import, finish_import, import_batch,
};
use khue_store::testing::Databases;
use khue_store::{Result, Store};
use sea_orm::{ConnectionTrait, TransactionTrait};
use std::process::{Command, Stdio};
use std::time::Duration;

const BATCH: usize = 50;
const ALL: usize = 3_000;
const ADDRESS: &str = "KHUE_TEST_ADDRESS";

/// An import as a command does it: from where it stands to the end.
async fn run_import(store: &Store) -> Result<()> {
    let start = ImportStart {
        source: "test".into(),
        ..Default::default()
    };
    let run = begin_or_resume_import(store, &start).await?;
    let begin = run.place.map_or(0, |place| place.offset as usize);
    for from in (begin..ALL).step_by(BATCH) {
        let batch = many(ALL, "").into_iter().skip(from).take(BATCH).collect();
        let place = Place {
            offset: (from + BATCH) as u64,
            ..Default::default()
        };
        let progress = ImportProgress {
            run: run.id,
            place,
            findings: vec![],
        };
        import_batch(store, batch, Some(progress)).await?;
    }
    finish_import(store, run.id).await.map(drop)
}

async fn check_complete(store: &Store) {
    assert_eq!(store.count().await.unwrap(), ALL as u64);
    assert_eq!(store.last_change().await.unwrap(), ALL as i64);
    let runs = store.import_runs(10).await.unwrap();
    assert_eq!(
        (runs.len(), runs[0].created, runs[0].unchanged),
        (1, ALL as u64, 0)
    );
    let changes = store.changes_since(0, ALL as u64 + 1).await.unwrap();
    let expected = many(ALL, "")
        .into_iter()
        .map(|record| record.provenance.identifier);
    assert!(changes.into_iter().map(|change| change.id).eq(expected));
}

#[tokio::test]
async fn an_import_that_is_dropped_midway_continues_to_the_same_end() {
    Databases::each(|store| async move {
        for milliseconds in [1, 3, 7, 20, 45, 80, 150] {
            let cut = Duration::from_millis(milliseconds);
            let _ = tokio::time::timeout(cut, run_import(&store)).await;
        }
        if store.import_runs(1).await.unwrap()[0].finished_at.is_none() {
            run_import(&store).await.unwrap();
        }
        check_complete(&store).await;
    })
    .await;
}

/// A program that ends while its commit is on its way to the database: the commit happens.
#[tokio::test]
async fn an_import_waits_for_a_batch_that_is_being_committed() {
    for database in Databases::all().await.unwrap() {
        let store = database.store().await.unwrap();
        let start = ImportStart::default();
        let run = begin_or_resume_import(&store, &start).await.unwrap();
        let other = sea_orm::Database::connect(&database.address).await.unwrap();
        let batch = other.begin().await.unwrap();
        for sql in [
            "UPDATE change_counter SET last = last".to_owned(),
            format!(
                "UPDATE import_run SET file = '', \"offset\" = 50 WHERE id = {}",
                run.id
            ),
        ] {
            batch.execute_unprepared(&sql).await.unwrap();
        }
        let resumed = tokio::spawn({
            let store = store.clone();
            async move { begin_or_resume_import(&store, &start).await }
        });
        tokio::time::sleep(Duration::from_millis(300)).await;
        batch.commit().await.unwrap();
        let resumed = resumed.await.unwrap().unwrap();
        assert_eq!((resumed.id, resumed.place.unwrap().offset), (run.id, 50));
        other.close().await.unwrap();
        store.close().await.unwrap();
    }
}

#[tokio::test]
async fn an_import_whose_process_is_killed_continues_to_the_same_end() {
    for database in Databases::all().await.unwrap() {
        let store = database.store().await.unwrap();
        for _ in 0..3 {
            kill_an_import(&store, &database.address).await;
        }
        run_import(&store).await.unwrap();
        check_complete(&store).await;
        store.close().await.unwrap();
    }
}

/// Starts an import in another process and kills it after it stored something.
async fn kill_an_import(store: &Store, address: &str) {
    let before = store.last_change().await.unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["crash::the_import_that_is_killed", "--exact", "--ignored"])
        .env(ADDRESS, address)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    while store.last_change().await.unwrap() < before + 200 {
        assert!(
            child.try_wait().unwrap().is_none(),
            "ended before it was killed"
        );
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(store.last_change().await.unwrap() % BATCH as i64, 0);
}

#[tokio::test]
#[ignore = "runs as the process that is killed"]
async fn the_import_that_is_killed() {
    let Ok(address) = std::env::var(ADDRESS) else {
        return;
    };
    run_import(&Store::open(&address).await.unwrap())
        .await
        .unwrap();
    // Killed, not ended.
    tokio::time::sleep(Duration::from_secs(60)).await;
}
