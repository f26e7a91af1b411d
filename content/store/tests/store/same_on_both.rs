//! One story told on SQLite and on PostgreSQL has to end in the same words.

use crate::records::{import, link, of_source, record};
use khue_store::Store;
use khue_store::actions::withdraw;
use khue_store::testing::Databases;

const IDENTIFIERS: &[&str] = &[
    "b",
    "B",
    "a-1",
    "a.1",
    "a:1",
    "a~1",
    "A1",
    "a1",
    "Toán",
    "toán",
    "ă",
    "z",
    "đ",
    "1",
    "10",
    "2",
    "-",
    "~",
    "nguồn\t1",
    "e\u{301}",
    "é",
    "😀",
];

async fn story(store: &Store) -> String {
    let mut all: Vec<_> = IDENTIFIERS.iter().map(|text| record(text, text)).collect();
    all[3].name = "null \0 byte".into();
    all[4].other.insert(
        "x".into(),
        serde_json::json!({"b": [1.5, null], "a": "\u{0}\u{fffe}"}),
    );
    all[5].is_part_of = vec![link("b", Some(2)), link("Toán", None)];
    all[6].is_part_of = vec![link("b", Some(1))];
    all[7].has_part = vec![link("z", None), link("đ", None)];
    import(store, all.clone()).await;
    all[0].description = "khác".into();
    all.push(of_source("Nguồn B", "b", "of another"));
    import(store, all).await;
    withdraw(store, "z", "…").await.unwrap();
    tell(store).await
}

/// Everything that the store says, but for times.
async fn tell(store: &Store) -> String {
    let mut told = String::new();
    for record in store.export("", 1000).await.unwrap() {
        let id = &record.id;
        told += &format!("{record:?}\n{:?}\n", store.parts_of(id).await.unwrap());
        told += &format!("{:?}\n", store.wholes_of(id).await.unwrap());
        told += &format!("{}\n", store.versions(id).await.unwrap().len());
    }
    told += &format!("{:?}\n", store.changes_since(5, 1000).await.unwrap());
    told += &format!("{:?}\n", store.collections(5).await.unwrap());
    told += &format!("{:?}\n", store.counts_by_source().await.unwrap());
    let newest = store.newest(3).await.unwrap();
    told + &format!(
        "{:?}",
        newest.iter().map(|one| &one.record.id).collect::<Vec<_>>()
    )
}

#[tokio::test]
async fn sqlite_and_postgres_tell_the_same() {
    let mut told = Vec::new();
    for database in Databases::all().await.unwrap() {
        let store = database.store().await.unwrap();
        told.push(story(&store).await);
        store.close().await.unwrap();
    }
    assert!(told[0].len() > 5_000);
    assert!(
        told.windows(2).all(|pair| pair[0] == pair[1]),
        "{}\n\n{}",
        told[0],
        told[1]
    );
}

#[tokio::test]
async fn export_is_in_the_order_of_bytes_from_any_place() {
    Databases::each(|store| async move {
        import(
            &store,
            IDENTIFIERS.iter().map(|text| record(text, text)).collect(),
        )
        .await;
        let mut ids: Vec<String> = Vec::new();
        loop {
            let after = ids.last().cloned().unwrap_or_default();
            let part = store.export(&after, 4).await.unwrap();
            if part.is_empty() {
                break;
            }
            ids.extend(part.into_iter().map(|record| record.id));
        }
        assert_eq!(ids.len(), IDENTIFIERS.len());
        assert!(ids.is_sorted_by(|a, b| a < b));
    })
    .await;
}
