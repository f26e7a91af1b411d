//! Lists of submissions, part by part.

use crate::submissions::{draft, go, lesson, person};
use khue_content::account::{Actor, Role};
use khue_content::review::State;
use khue_store::testing::Databases;
use khue_store::{Listed, Store, Wanted};

fn part(page: i64) -> Wanted {
    Wanted {
        page,
        size: 3,
        ..Wanted::default()
    }
}

fn numbers(listed: &Listed) -> Vec<String> {
    listed.rows.iter().map(|one| one.number.clone()).collect()
}

/// All parts of a queue, one after the other; what is told of neighbours has to fit.
async fn parts(store: &Store, actor: &Actor, wanted: Wanted) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut expected: Option<String> = None;
    for page in 1.. {
        let listed = store
            .submission_queue(actor, &Wanted { page, ..wanted })
            .await;
        let listed = listed.unwrap();
        assert_eq!(listed.before.as_ref(), all.last());
        let found = numbers(&listed);
        assert!(expected.is_none() || expected.as_ref() == found.first());
        all.extend(found);
        expected = listed.after.clone();
        if page == listed.pages {
            assert_eq!((listed.total, listed.after), (all.len() as i64, None));
            return all;
        }
    }
    unreachable!()
}

#[tokio::test]
async fn every_file_stands_in_one_part() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let mut sent = Vec::new();
        for turn in 0..7 {
            let number = draft(&store, &lan, &lesson("Bài")).await;
            if turn > 0 {
                go(&store, &lan, &number, "send").await.unwrap();
                sent.push(number);
            }
        }
        assert_eq!(parts(&store, &mai, part(1)).await, sent);
        for (place, number) in sent.iter().enumerate() {
            let around = store.submission_queue_around(&mai, &part(1), number).await;
            let around = around.unwrap();
            assert_eq!(around.page, place as i64 / 3 + 1, "{number}");
            assert!(numbers(&around).contains(number));
        }
        let nowhere = store.submission_queue_around(&mai, &part(2), "HL-1").await;
        assert_eq!(nowhere.unwrap().page, 2);
        go(&store, &mai, &sent[1], "take-on").await.unwrap();
        let standing = |state| Wanted {
            state: Some(state),
            ..part(1)
        };
        assert_eq!(
            parts(&store, &mai, standing(State::InAppraisal)).await,
            sent[1..2]
        );
        assert_eq!(
            parts(&store, &mai, standing(State::Submitted)).await.len(),
            5
        );
        // What does not wait is nobody's at the desk, whatever is asked for.
        assert!(parts(&store, &mai, standing(State::Draft)).await.is_empty());
        let late = Wanted {
            overdue: true,
            ..part(1)
        };
        assert!(parts(&store, &mai, late).await.is_empty());
        for (page, real) in [(0, 1), (-5, 1), (i64::MIN, 1), (99, 2), (i64::MAX, 2)] {
            let listed = store.submission_queue(&mai, &part(page)).await.unwrap();
            assert_eq!((listed.page, listed.pages), (real, 2), "{page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_persons_own_come_in_parts_too() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let hoa = person(&store, "hoa", Role::Teacher, "hn-01").await;
        for _ in 0..4 {
            draft(&store, &lan, &lesson("Bài")).await;
        }
        let first = store.own_submissions(&lan, &part(1)).await.unwrap();
        let second = store.own_submissions(&lan, &part(2)).await.unwrap();
        assert_eq!(
            (first.rows.len(), second.rows.len(), first.total),
            (3, 1, 4)
        );
        assert_eq!(first.after.as_ref(), numbers(&second).first());
        assert_eq!(second.before.as_ref(), numbers(&first).last());
        let sent = Wanted {
            state: Some(State::Submitted),
            ..part(1)
        };
        assert_eq!(store.own_submissions(&lan, &sent).await.unwrap().total, 0);
        let others = store.own_submissions(&hoa, &part(1)).await.unwrap();
        assert_eq!((others.total, others.pages), (0, 1));
    })
    .await;
}
