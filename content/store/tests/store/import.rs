//! Taking records in.

use crate::records::{import, many, record};
use khue_content::Body;
use khue_store::Status;
use khue_store::actions::{OutcomeKind, withdraw};
use khue_store::testing::Databases;

#[tokio::test]
async fn the_same_input_twice_changes_nothing() {
    Databases::each(|store| async move {
        let first = import(&store, many(700, "")).await;
        assert!(first.iter().all(|(_, kind)| *kind == OutcomeKind::New));
        let changes = store.changes_since(0, 10_000).await.unwrap();
        let second = import(&store, many(700, "")).await;
        assert!(
            second
                .iter()
                .all(|(_, kind)| *kind == OutcomeKind::Unchanged)
        );
        assert_eq!(store.changes_since(0, 10_000).await.unwrap(), changes);
        assert_eq!(store.last_change().await.unwrap(), 700);
        assert_eq!(store.count().await.unwrap(), 700);
        let numbers: Vec<i64> = changes.iter().map(|change| change.change).collect();
        assert_eq!(numbers, (1..=700).collect::<Vec<i64>>());
    })
    .await;
}

#[tokio::test]
async fn a_changed_record_keeps_its_former_version() {
    Databases::each(|store| async move {
        import(&store, many(300, "")).await;
        let mut again = many(300, "");
        for one in again.iter_mut().step_by(2) {
            one.body = Some(Body {
                text: "Nội dung mới".into(),
                ..Default::default()
            });
        }
        let outcomes = import(&store, again).await;
        let changed = outcomes
            .iter()
            .filter(|(_, kind)| *kind == OutcomeKind::Changed);
        assert_eq!(changed.count(), 150);
        let stored = store.resource("bai-0004").await.unwrap().unwrap();
        assert_eq!(stored.version, 2);
        assert_eq!(stored.record.body.unwrap().text, "Nội dung mới");
        let versions = store.versions("bai-0004").await.unwrap();
        assert_eq!(versions.len(), 1);
        assert_eq!(versions[0].version, 1);
        assert_eq!(versions[0].record.body, None);
        assert_eq!(versions[0].record.name, "Bài 4 ");
        assert!(store.versions("bai-0005").await.unwrap().is_empty());
        let changes = store.changes_since(300, 1000).await.unwrap();
        assert_eq!(changes.len(), 150);
        assert_eq!(store.last_change().await.unwrap(), 450);
    })
    .await;
}

#[tokio::test]
async fn of_equal_keys_in_a_batch_the_later_one_wins() {
    Databases::each(|store| async move {
        let batch = vec![
            record("a", "1"),
            record("b", "1"),
            record("a", "2"),
            record("a", "2"),
        ];
        let kinds: Vec<OutcomeKind> = import(&store, batch)
            .await
            .into_iter()
            .map(|o| o.1)
            .collect();
        use OutcomeKind::{Changed, New, Unchanged};
        assert_eq!(kinds, [New, New, Changed, Unchanged]);
        let stored = store.by_source("test", "a").await.unwrap().unwrap();
        assert_eq!((stored.record.name.as_str(), stored.version), ("2", 2));
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_resource_is_gone_for_readers_and_stays_gone() {
    Databases::each(|store| async move {
        import(&store, many(3, "")).await;
        withdraw(&store, "bai-0001", "theo yêu cầu của tác giả")
            .await
            .unwrap();
        withdraw(&store, "bai-0001", "twice").await.unwrap();
        let changes = store.changes_since(3, 10).await.unwrap();
        assert_eq!(changes.len(), 1);
        assert_eq!(
            (changes[0].id.as_str(), changes[0].record.is_none()),
            ("bai-0001", true)
        );
        let outcome = import(&store, vec![record("bai-0001", "Khác")]).await;
        assert_eq!(outcome[0].1, OutcomeKind::Changed);
        let stored = store.resource("bai-0001").await.unwrap().unwrap();
        assert_eq!(
            stored.status,
            Status::Withdrawn("theo yêu cầu của tác giả".into())
        );
        assert_eq!(store.count().await.unwrap(), 2);
        assert_eq!(store.export("", 10).await.unwrap().len(), 2);
        khue_store::actions::restore(&store, "bai-0001")
            .await
            .unwrap();
        assert_eq!(store.count().await.unwrap(), 3);
        let missing = withdraw(&store, "khong-co", "").await;
        assert!(matches!(missing, Err(khue_store::Error::NotFound(_))));
    })
    .await;
}
