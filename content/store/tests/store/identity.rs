//! Ids: made once, safe in addresses, never shared.

use crate::records::{import, of_source, record};
use khue_store::actions::OutcomeKind;
use khue_store::testing::Databases;
use proptest::prelude::*;
use std::collections::HashSet;

#[tokio::test]
async fn the_identifier_is_the_id_where_it_can_be() {
    Databases::each(|store| async move {
        let given = ["vat-li-10_bai.5~x:y", "Toán lớp 1", "a/b", "..", ""];
        let batch = given
            .iter()
            .map(|identifier| record(identifier, ""))
            .collect();
        let ids: Vec<String> = import(&store, batch)
            .await
            .into_iter()
            .map(|o| o.0)
            .collect();
        assert_eq!(ids[0], given[0]);
        assert!(ids[1].starts_with("To-n-l-p-1-"), "{}", ids[1]);
        assert!(ids[2].starts_with("a-b-"), "{}", ids[2]);
        assert!(ids[3].len() > 3, "{}", ids[3]);
        assert_eq!(ids[4], "");
        assert!(store.resource(&ids[1]).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_taken_id_goes_to_nobody_else() {
    Databases::each(|store| async move {
        let first = import(&store, vec![of_source("one", "m1", "")]).await;
        assert_eq!(first[0].0, "m1");
        let batch = vec![of_source("two", "m1", ""), of_source("three", "m1", "")];
        let ids: Vec<String> = import(&store, batch)
            .await
            .into_iter()
            .map(|o| o.0)
            .collect();
        assert_eq!(ids, ["two.m1", "three.m1"]);
        let third = import(
            &store,
            vec![of_source("", "m1", ""), of_source("x", "two.m1", "")],
        );
        let third = third.await;
        assert_eq!(third[0].1, OutcomeKind::Refused);
        assert_eq!(third[1].0, "x.two.m1");
        let mut forced = of_source("four", "m9", "");
        forced.id = "m1".into();
        let mut wanted = of_source("four", "m10", "");
        wanted.id = "my-own-id".into();
        let ids = import(&store, vec![forced, wanted]).await;
        assert_eq!((ids[0].0.as_str(), ids[1].0.as_str()), ("m9", "my-own-id"));
    })
    .await;
}

#[tokio::test]
async fn an_id_never_changes() {
    Databases::each(|store| async move {
        let before = import(&store, vec![record("bài 1", "cũ")]).await;
        let mut renamed = record("bài 1", "mới");
        renamed.id = "another-wish".into();
        let after = import(&store, vec![renamed]).await;
        assert_eq!(before[0].0, after[0].0);
        assert_eq!(after[0].1, OutcomeKind::Changed);
        let mut same = record("bài 1", "mới");
        same.id = before[0].0.clone();
        assert_eq!(
            import(&store, vec![same]).await[0].1,
            OutcomeKind::Unchanged
        );
    })
    .await;
}

#[tokio::test]
async fn a_record_without_key_is_refused_and_the_others_are_stored() {
    Databases::each(|store| async move {
        let long = "x".repeat(1001);
        let batch = vec![
            record("", ""),
            record("a\0b", ""),
            record(&long, ""),
            record("ok", ""),
        ];
        let kinds: Vec<_> = import(&store, batch)
            .await
            .into_iter()
            .map(|o| o.1)
            .collect();
        use OutcomeKind::{New, Refused};
        assert_eq!(kinds, [Refused, Refused, Refused, New]);
    })
    .await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn any_identifiers_get_different_safe_ids(
        identifiers in proptest::collection::hash_set("[^\\x00]{1,200}", 1..60)
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let database = Databases::sqlite().unwrap();
            let store = database.store().await.unwrap();
            let usable = identifiers.iter().filter(|text| text.len() <= 1000);
            let batch: Vec<_> = usable.map(|text| record(text, "")).collect();
            let number = batch.len();
            let ids: HashSet<String> = import(&store, batch).await.into_iter().map(|o| o.0).collect();
            assert_eq!(ids.len(), number);
            let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"._~:-".contains(&byte);
            assert!(ids.iter().all(|id| id.bytes().all(safe) && (1..=120).contains(&id.len())));
            store.close().await.unwrap();
        });
    }
}
