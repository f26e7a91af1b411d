//! Collections that people make, through the store: who sees what, and who may change it.

use crate::community::published;
use crate::submissions::{draft, lesson, person};
use khue_content::account::{Actor, Role};
use khue_content::collection::Visibility;
use khue_store::actions::collections::{
    CollectionText, ItemChange, Put, change_collection, create_collection, delete_collection,
    hide_collection, put_into_collection, restore_collection,
};
use khue_store::actions::submissions::{Move, move_submission};
use khue_store::actions::withdraw;
use khue_store::testing::Databases;
use khue_store::{AuditVerdict, Error, Store};

fn text(visibility: Visibility) -> CollectionText {
    CollectionText {
        name: "Phân số lớp 4".into(),
        description: "Để dạy trong ba tuần.".into(),
        visibility,
        notes: Vec::new(),
    }
}

async fn edition(store: &Store, actor: &Actor, id: i64) -> i64 {
    store
        .collection(Some(actor), id)
        .await
        .unwrap()
        .unwrap()
        .edition
}

async fn share(store: &Store, actor: &Actor, id: i64, to: Visibility) -> Result<(), Error> {
    change_collection(
        store,
        actor,
        id,
        edition(store, actor, id).await,
        &text(to),
        None,
    )
    .await
}

async fn change(
    store: &Store,
    actor: &Actor,
    id: i64,
    to: Visibility,
    change: ItemChange,
) -> Result<(), Error> {
    let edition = edition(store, actor, id).await;
    change_collection(store, actor, id, edition, &text(to), Some(&change)).await
}

async fn names(store: &Store, id: i64) -> Vec<String> {
    store
        .collected(id, false)
        .await
        .unwrap()
        .into_iter()
        .map(|item| item.resource)
        .collect()
}

#[tokio::test]
async fn what_is_shared_is_seen_by_those_it_is_shared_with() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let hoa = person(&store, "hoa", Role::Teacher, "hn-01").await;
        let far = person(&store, "far", Role::Teacher, "hn-02").await;
        let minh = person(&store, "minh", Role::Learner, "").await;
        let pupil = person(&store, "pupil", Role::Learner, "hn-01").await;
        let other = person(&store, "other", Role::Learner, "hn-02").await;
        let number = published(&store, &lan, &mai).await;
        let id = create_collection(&store, &lan, " Của tôi ").await.unwrap();
        assert_eq!(
            put_into_collection(&store, &lan, id, &number, "Bắt đầu ở đây")
                .await
                .unwrap(),
            Put::In
        );
        let everybody = [
            (None, [false, false, true]),
            (Some(&lan), [true; 3]),
            (Some(&hoa), [false, true, true]),
            (Some(&far), [false, false, true]),
            (Some(&minh), [false, false, true]),
            (Some(&pupil), [false, true, true]),
            (Some(&other), [false, false, true]),
        ];
        for (nth, visibility) in Visibility::ALL.into_iter().enumerate() {
            share(&store, &lan, id, visibility).await.unwrap();
            for (who, seen) in everybody {
                let found = store.collection(who, id).await.unwrap();
                assert_eq!(found.is_some(), seen[nth], "{visibility:?} {who:?}");
            }
            let listed = store.public_collections(10).await.unwrap().len();
            let beside = store.collections_of_resource(&number).await.unwrap().len();
            let wanted = usize::from(visibility == Visibility::Public);
            assert_eq!((listed, beside), (wanted, wanted), "{visibility:?}");
            let here = visibility == Visibility::Institution;
            for (who, here) in [(&hoa, here), (&pupil, here), (&far, false), (&minh, false)] {
                let shared = store.shared_collections(who).await.unwrap().len();
                assert_eq!(shared, usize::from(here), "{visibility:?} {who:?}");
            }
        }
        let own = create_collection(&store, &minh, "Của em").await.unwrap();
        let refused = share(&store, &minh, own, Visibility::Public).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
        for who in [&hoa, &far, &mai] {
            let refused = change_collection(
                &store,
                who,
                id,
                edition(&store, &lan, id).await,
                &text(Visibility::Private),
                None,
            )
            .await;
            assert!(matches!(refused, Err(Error::NotFound(_))), "{refused:?}");
        }
        let stale = change_collection(&store, &lan, id, 1, &text(Visibility::Public), None).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        let nobody = create_collection(&store, &Actor::default(), "x").await;
        assert!(matches!(nobody, Err(Error::Forbidden)), "{nobody:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_not_published_is_in_no_collection() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let id = create_collection(&store, &lan, "Của tôi").await.unwrap();
        let early = draft(&store, &lan, &lesson("Chưa xong")).await;
        let refused = put_into_collection(&store, &lan, id, &early, "").await;
        assert!(matches!(refused, Err(Error::NotFound(_))), "{refused:?}");
        let number = published(&store, &lan, &mai).await;
        put_into_collection(&store, &lan, id, &number, "")
            .await
            .unwrap();
        share(&store, &lan, id, Visibility::Public).await.unwrap();
        // The author cannot take it away under those who use it, until it is out or out of sight.
        let edition = store
            .submission(&lan, &number)
            .await
            .unwrap()
            .unwrap()
            .edition;
        let wanted = Move {
            step: "withdraw".into(),
            edition,
            reason: "wish".into(),
            words: "vì".into(),
            ..Move::default()
        };
        let used = move_submission(&store, &lan, &number, &wanted).await;
        assert!(
            matches!(&used, Err(Error::InUse(by)) if by.contains("Phân số lớp 4")),
            "{used:?}"
        );
        hide_collection(&store, &mai, id, "").await.unwrap_err();
        hide_collection(&store, &mai, id, "Học liệu phải gỡ vì an toàn")
            .await
            .unwrap();
        assert!(store.collection(None, id).await.unwrap().is_none());
        move_submission(&store, &lan, &number, &wanted)
            .await
            .unwrap();
        assert!(names(&store, id).await.is_empty());
        share(&store, &lan, id, Visibility::Public).await.unwrap();
        assert!(
            store.public_collections(10).await.unwrap().is_empty(),
            "an empty one is no use to anybody"
        );
        let own = hide_collection(&store, &lan, id, "x").await;
        assert!(matches!(own, Err(Error::Forbidden)), "{own:?}");
        assert!(matches!(
            store.verify_audit().await.unwrap(),
            AuditVerdict::Whole { .. }
        ));
    })
    .await;
}

#[tokio::test]
async fn others_propose_and_the_maker_decides() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let minh = person(&store, "minh", Role::Learner, "").await;
        let mut all = Vec::new();
        for _ in 0..3 {
            all.push(published(&store, &lan, &mai).await);
        }
        let id = create_collection(&store, &lan, "Của tôi").await.unwrap();
        let hidden = put_into_collection(&store, &minh, id, &all[0], "").await;
        assert!(matches!(hidden, Err(Error::NotFound(_))), "{hidden:?}");
        put_into_collection(&store, &lan, id, &all[0], "")
            .await
            .unwrap();
        share(&store, &lan, id, Visibility::Public).await.unwrap();
        for resource in [&all[1], &all[2], &all[2]] {
            let put = put_into_collection(&store, &minh, id, resource, "Hay lắm")
                .await
                .unwrap();
            assert_eq!(put, Put::Proposed);
        }
        assert_eq!(
            names(&store, id).await,
            all[..1],
            "nobody sees what is only proposed"
        );
        assert_eq!(store.collected(id, true).await.unwrap().len(), 3);
        change(
            &store,
            &lan,
            id,
            Visibility::Public,
            ItemChange::Accept(all[1].clone()),
        )
        .await
        .unwrap();
        change(
            &store,
            &lan,
            id,
            Visibility::Public,
            ItemChange::Decline(all[2].clone()),
        )
        .await
        .unwrap();
        assert_eq!(names(&store, id).await, all[..2]);
        let again = put_into_collection(&store, &minh, id, &all[2], "").await;
        assert!(matches!(again, Err(Error::NotAllowed(_))), "{again:?}");
        let told: Vec<String> = store
            .notices(minh.account)
            .await
            .unwrap()
            .into_iter()
            .map(|one| one.kind)
            .collect();
        assert_eq!(told, ["collection-declined", "collection-accepted"]);
        assert!(
            store
                .notices(lan.account)
                .await
                .unwrap()
                .iter()
                .any(|one| one.kind == "collection-proposed")
        );
        // The maker may change their mind.
        put_into_collection(&store, &lan, id, &all[2], "")
            .await
            .unwrap();
        assert_eq!(names(&store, id).await, all);
        change(
            &store,
            &lan,
            id,
            Visibility::Public,
            ItemChange::Up(all[2].clone()),
        )
        .await
        .unwrap();
        change(
            &store,
            &lan,
            id,
            Visibility::Public,
            ItemChange::Up(all[0].clone()),
        )
        .await
        .unwrap();
        assert_eq!(
            names(&store, id).await,
            [all[0].clone(), all[2].clone(), all[1].clone()]
        );
        withdraw(&store, &all[2], "outdated").await.unwrap();
        change(
            &store,
            &lan,
            id,
            Visibility::Public,
            ItemChange::Down(all[0].clone()),
        )
        .await
        .unwrap();
        assert_eq!(
            names(&store, id).await,
            [all[1].clone(), all[0].clone()],
            "what is gone is nobody's neighbour"
        );
        change(
            &store,
            &lan,
            id,
            Visibility::Public,
            ItemChange::Remove(all[0].clone()),
        )
        .await
        .unwrap();
        let gone = change(
            &store,
            &lan,
            id,
            Visibility::Public,
            ItemChange::Remove(all[0].clone()),
        )
        .await;
        assert!(matches!(gone, Err(Error::NotFound(_))), "{gone:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_deleted_can_be_brought_back() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let number = published(&store, &lan, &mai).await;
        let id = create_collection(&store, &lan, "Của tôi").await.unwrap();
        let said = CollectionText {
            notes: vec![(number.clone(), "Xem trước".into())],
            ..text(Visibility::Public)
        };
        put_into_collection(&store, &lan, id, &number, "")
            .await
            .unwrap();
        change_collection(
            &store,
            &lan,
            id,
            edition(&store, &lan, id).await,
            &said,
            None,
        )
        .await
        .unwrap();
        let other = delete_collection(&store, &mai, id).await;
        assert!(matches!(other, Err(Error::NotFound(_))), "{other:?}");
        delete_collection(&store, &lan, id).await.unwrap();
        assert!(store.collection(Some(&lan), id).await.unwrap().is_none());
        assert!(store.public_collections(10).await.unwrap().is_empty());
        assert_eq!(
            store.deleted_collections(lan.account).await.unwrap().len(),
            1
        );
        let other = restore_collection(&store, &mai, id).await;
        assert!(matches!(other, Err(Error::NotFound(_))), "{other:?}");
        restore_collection(&store, &lan, id).await.unwrap();
        let back = store.collected(id, true).await.unwrap();
        assert_eq!((back.len(), back[0].note.as_str()), (1, "Xem trước"));
        assert!(
            store.collection(None, id).await.unwrap().is_none(),
            "it is shared again by hand"
        );
    })
    .await;
}
