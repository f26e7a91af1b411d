//! Many at once: readers during an import, several writers.

use crate::records::{import, many};
use khue_store::Store;
use khue_store::testing::Databases;

/// Follows the changes to the end and checks that none is missed or seen half.
async fn follow(store: Store, end: i64) -> i64 {
    let mut seen = 0;
    while seen < end {
        for change in store.changes_since(seen, 333).await.unwrap() {
            assert_eq!(change.change, seen + 1, "a change is missing");
            assert!(change.record.is_some());
            seen = change.change;
        }
        tokio::task::yield_now().await;
    }
    seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_follow_an_import_without_gaps() {
    Databases::each(|store| async move {
        let readers: Vec<_> = (0..4)
            .map(|_| tokio::spawn(follow(store.clone(), 3000)))
            .collect();
        for batch in many(3000, "").chunks(200) {
            import(&store, batch.to_vec()).await;
        }
        for reader in readers {
            assert_eq!(reader.await.unwrap(), 3000);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_programs_may_import_at_once() {
    for database in Databases::all().await.unwrap() {
        let store = database.store().await.unwrap();
        let other = Store::open(&database.address).await.unwrap();
        let reader = tokio::spawn(follow(store.clone(), 2000));
        let writers = [store.clone(), other.clone(), other.clone()].map(|store| {
            tokio::spawn(async move {
                for batch in many(2000, "").chunks(100) {
                    import(&store, batch.to_vec()).await;
                }
            })
        });
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(reader.await.unwrap(), 2000);
        assert_eq!(store.last_change().await.unwrap(), 2000);
        assert_eq!(
            store.counts_by_source().await.unwrap(),
            [("test".to_owned(), 2000)]
        );
        other.close().await.unwrap();
        store.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_programs_may_migrate_at_once() {
    for database in Databases::all().await.unwrap() {
        let stores = [
            Store::open(&database.address).await.unwrap(),
            Store::open(&database.address).await.unwrap(),
        ];
        let started = stores.clone().map(|store| {
            tokio::spawn(async move {
                for _ in 0..3 {
                    store.migrate().await.unwrap();
                }
            })
        });
        for one in started {
            one.await.unwrap();
        }
        assert_eq!(stores[0].ready().await.unwrap().last_change, 0);
        for store in stores {
            store.close().await.unwrap();
        }
    }
}
