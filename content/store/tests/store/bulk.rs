//! The same done to several files at once, and taken back.

use crate::submissions::{draft, go, lesson, person};
use khue_content::Suggestion;
use khue_content::account::{Actor, Role};
use khue_content::review::State;
use khue_store::actions::submissions::{
    Bulk, BulkDone, Move, Read, act_on_one, begin_batch, offer_suggestions, save_submission,
    send_message, try_on_one, undo_batch,
};
use khue_store::testing::Databases;
use khue_store::{AuditVerdict, Error, Status, Store};

fn step(name: &str) -> Bulk {
    Bulk::Step(Move {
        step: name.into(),
        reason: "content".into(),
        words: "Thiếu ví dụ.".into(),
        today: "2026-11-27".into(),
        ..Move::default()
    })
}

async fn sent(store: &Store, author: &Actor, name: &str) -> String {
    let number = draft(store, author, &lesson(name)).await;
    go(store, author, &number, "send").await.unwrap();
    number
}

async fn edition(store: &Store, actor: &Actor, number: &str) -> i64 {
    store
        .submission(actor, number)
        .await
        .unwrap()
        .unwrap()
        .edition
}

async fn state(store: &Store, actor: &Actor, number: &str) -> State {
    store
        .submission(actor, number)
        .await
        .unwrap()
        .unwrap()
        .state
}

async fn done(
    store: &Store,
    actor: &Actor,
    batch: i64,
    number: &str,
    bulk: &Bulk,
) -> Result<BulkDone, Error> {
    let edition = edition(store, actor, number).await;
    act_on_one(store, actor, batch, number, edition, bulk).await
}

#[tokio::test]
async fn a_preview_tells_what_would_be_and_changes_nothing() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let number = sent(&store, &lan, "Phân số").await;
        let before = edition(&store, &lan, &number).await;
        let rows = |verdict| match verdict {
            AuditVerdict::Whole { rows, .. } => rows,
            AuditVerdict::Broken { reason, .. } => panic!("{reason}"),
        };
        let logged = rows(store.verify_audit().await.unwrap());
        let told = try_on_one(&store, &mai, &number, &step("accept"))
            .await
            .unwrap();
        assert_eq!(
            (told.from, told.to, told.edition),
            (State::Submitted, State::Accepted, before)
        );
        let barred = try_on_one(&store, &mai, &number, &step("publish")).await;
        assert!(matches!(barred, Err(Error::NotAllowed(_))), "{barred:?}");
        let own = try_on_one(&store, &lan, &number, &step("accept")).await;
        assert!(matches!(own, Err(Error::Forbidden)), "{own:?}");
        assert_eq!(edition(&store, &lan, &number).await, before);
        assert_eq!(rows(store.verify_audit().await.unwrap()), logged);
    })
    .await;
}

#[tokio::test]
async fn each_is_asked_for_by_itself_and_comes_back() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let far = person(&store, "far", Role::Teacher, "hn-02").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let first = sent(&store, &lan, "Phân số").await;
        let second = sent(&store, &lan, "Số thập phân").await;
        let other = sent(&store, &far, "Ở nơi khác").await;
        let bulk = step("request-changes");
        let batch = begin_batch(&store, &mai, &bulk).await.unwrap();
        for number in [&first, &second] {
            assert_eq!(
                done(&store, &mai, batch, number, &bulk).await.unwrap().to,
                State::ChangesRequested
            );
        }
        let unseen = act_on_one(&store, &mai, batch, &other, 2, &bulk).await;
        assert!(matches!(unseen, Err(Error::NotFound(_))), "{unseen:?}");
        let stale = act_on_one(&store, &mai, batch, &first, 1, &bulk).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        // Its author has gone on writing: that is not taken from them.
        let seen = store.submission(&lan, &second).await.unwrap().unwrap();
        save_submission(
            &store,
            &lan,
            &second,
            seen.edition,
            &lesson("Số thập phân, sửa"),
        )
        .await
        .unwrap();
        let stranger = undo_batch(&store, &lan, batch).await;
        assert!(matches!(stranger, Err(Error::NotFound(_))), "{stranger:?}");
        let undone = undo_batch(&store, &mai, batch).await.unwrap();
        assert!(
            undone[0].2.is_ok() && matches!(undone[1].2, Err(Error::Stale)),
            "{undone:?}"
        );
        assert_eq!(state(&store, &lan, &first).await, State::Submitted);
        assert_eq!(state(&store, &lan, &second).await, State::ChangesRequested);
        assert_eq!(
            undo_batch(&store, &mai, batch).await.unwrap().len(),
            1,
            "what came back is off the list"
        );
        assert!(matches!(
            store.verify_audit().await.unwrap(),
            AuditVerdict::Whole { .. }
        ));
    })
    .await;
}

#[tokio::test]
async fn what_was_published_at_once_is_taken_back_and_published_again() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let number = sent(&store, &lan, "Phân số").await;
        go(&store, &mai, &number, "accept").await.unwrap();
        let published = |store: Store, number: String| async move {
            store
                .resource(&number)
                .await
                .unwrap()
                .filter(|found| found.status == Status::Published)
                .map(|found| found.record.name)
        };
        let publish = step("publish");
        for _ in 0..2 {
            let batch = begin_batch(&store, &mai, &publish).await.unwrap();
            done(&store, &mai, batch, &number, &publish).await.unwrap();
            assert_eq!(
                published(store.clone(), number.clone()).await.as_deref(),
                Some("Phân số")
            );
            assert!(undo_batch(&store, &mai, batch).await.unwrap()[0].2.is_ok());
            assert_eq!(published(store.clone(), number.clone()).await, None);
            assert_eq!(state(&store, &lan, &number).await, State::Accepted);
        }
        assert_eq!(store.count().await.unwrap(), 0);
        go(&store, &mai, &number, "publish").await.unwrap();
        assert_eq!(store.count().await.unwrap(), 1);
        // A revision that is taken back leaves what was public before.
        go(&store, &lan, &number, "revise").await.unwrap();
        let seen = edition(&store, &lan, &number).await;
        save_submission(&store, &lan, &number, seen, &lesson("Phân số, bản hai"))
            .await
            .unwrap();
        go(&store, &lan, &number, "send-again").await.unwrap();
        go(&store, &mai, &number, "accept").await.unwrap();
        let batch = begin_batch(&store, &mai, &publish).await.unwrap();
        done(&store, &mai, batch, &number, &publish).await.unwrap();
        assert_eq!(
            published(store.clone(), number.clone()).await.as_deref(),
            Some("Phân số, bản hai")
        );
        assert!(undo_batch(&store, &mai, batch).await.unwrap()[0].2.is_ok());
        assert_eq!(
            published(store.clone(), number.clone()).await.as_deref(),
            Some("Phân số")
        );
        assert_eq!(state(&store, &lan, &number).await, State::Accepted);
    })
    .await;
}

#[tokio::test]
async fn files_are_given_to_those_who_may_appraise_them() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let binh = person(&store, "binh", Role::Appraiser, "hn-01").await;
        let far = person(&store, "far", Role::Appraiser, "hn-02").await;
        let number = sent(&store, &lan, "Phân số").await;
        for to in [far.account, lan.account, 999] {
            let refused = try_on_one(&store, &mai, &number, &Bulk::Assign(to)).await;
            assert!(matches!(refused, Err(Error::NotAllowed(_))), "{refused:?}");
        }
        let bulk = Bulk::Assign(binh.account);
        let batch = begin_batch(&store, &mai, &bulk).await.unwrap();
        assert_eq!(
            done(&store, &mai, batch, &number, &bulk).await.unwrap().to,
            State::InAppraisal
        );
        let given = store.submission(&mai, &number).await.unwrap().unwrap();
        assert_eq!(given.appraiser, Some(binh.account));
        assert!(
            store
                .notices(binh.account)
                .await
                .unwrap()
                .iter()
                .any(|one| one.kind == "assign")
        );
        assert_eq!(store.appraisers().await.unwrap().len(), 3);
        assert!(undo_batch(&store, &mai, batch).await.unwrap()[0].2.is_ok());
        let back = store.submission(&mai, &number).await.unwrap().unwrap();
        assert_eq!((back.appraiser, back.state), (None, State::Submitted));
        send_message(&store, &mai, &number, "Chào").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn sure_suggestions_are_accepted_at_once() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let number = sent(&store, &lan, "Phân số").await;
        let one = |value: &str, confidence: f64| Suggestion {
            property: "keywords".into(),
            value: value.into(),
            confidence,
            model: "rules".into(),
            revision: "1".into(),
            ..Suggestion::default()
        };
        let read = Read {
            number: number.clone(),
            sent: 1,
            model: String::new(),
        };
        let all = [one("mẫu số", 0.95), one("tử số", 0.9), one("hình học", 0.4)];
        assert_eq!(offer_suggestions(&store, &read, &all).await.unwrap(), 3);
        let none = try_on_one(&store, &mai, &number, &Bulk::AcceptSuggestions(0.99)).await;
        assert!(matches!(none, Err(Error::NotAllowed(_))), "{none:?}");
        let bulk = Bulk::AcceptSuggestions(0.8);
        let batch = begin_batch(&store, &mai, &bulk).await.unwrap();
        let came = done(&store, &mai, batch, &number, &bulk).await.unwrap();
        assert_eq!(came.tags.len(), 2);
        let words = |found: khue_store::Submission| found.record.keywords;
        let found = store.submission(&mai, &number).await.unwrap().unwrap();
        assert_eq!(words(found), ["mẫu số", "tử số"]);
        assert!(undo_batch(&store, &mai, batch).await.unwrap()[0].2.is_ok());
        let found = store.submission(&mai, &number).await.unwrap().unwrap();
        assert!(words(found).is_empty());
        assert_eq!(
            try_on_one(&store, &mai, &number, &bulk)
                .await
                .unwrap()
                .tags
                .len(),
            2,
            "offered once more"
        );
    })
    .await;
}
