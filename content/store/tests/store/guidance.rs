//! Guidance through the store: who sends, who signs, what the search learns of it.

use crate::submissions::{draft, go, lesson, person};
use khue_content::account::{Actor, Role};
use khue_content::format::markdown::from_markdown;
use khue_content::guidance::{GuidanceDraft, GuidanceRequest, Signature};
use khue_store::actions::guidance::{
    Tap, end_guidance, rate_guidance, return_guidance, send_guidance, sign_guidance,
};
use khue_store::actions::people::replace_totp_secrets;
use khue_store::testing::Databases;
use khue_store::{AuditVerdict, Error, GuidanceState, Store};

/// A draft for a published resource.
fn guidance(resource: &str) -> GuidanceDraft {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../library/vi/toan-4-tinh-chat-co-ban-cua-phan-so.md"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let mut record = from_markdown("toan-4.md", &text).record.unwrap();
    record.id = resource.into();
    khue_content::guidance::draft(&record, &GuidanceRequest::default(), None).unwrap()
}

fn signature() -> Signature {
    Signature {
        name: "Mai".into(),
        date: "2026-11-27".into(),
        review_by: "2027-11-27".into(),
    }
}

async fn published(store: &Store, lan: &Actor, mai: &Actor) -> String {
    let number = draft(store, lan, &lesson("Phân số")).await;
    for (who, step) in [(lan, "send"), (mai, "accept"), (mai, "publish")] {
        go(store, who, &number, step).await.unwrap();
    }
    number
}

/// What the search is told of the resource last.
async fn told(store: &Store, id: &str) -> String {
    let all = store.changes_since(0, 1_000).await.unwrap();
    all.into_iter()
        .rfind(|change| change.id == id)
        .unwrap()
        .guidance
}

#[tokio::test]
async fn guidance_is_signed_by_somebody_else_and_the_search_learns_of_it() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let far = person(&store, "far", Role::Appraiser, "hn-02").await;
        let number = published(&store, &lan, &mai).await;
        let unknown = send_guidance(&store, &lan, &guidance("nothing")).await;
        assert!(matches!(unknown, Err(Error::NotFound(_))), "{unknown:?}");
        let locked = GuidanceDraft {
            locked: true,
            ..guidance(&number)
        };
        assert!(matches!(
            send_guidance(&store, &lan, &locked).await,
            Err(Error::NotAllowed(_))
        ));
        let first = send_guidance(&store, &lan, &guidance(&number))
            .await
            .unwrap();
        let id = send_guidance(&store, &lan, &guidance(&number))
            .await
            .unwrap();
        assert!(
            store.guidance(&lan, first).await.unwrap().is_none(),
            "the later one takes its place"
        );
        assert_eq!(store.guidance_queue(&mai).await.unwrap().len(), 1);
        assert!(
            store.guidance_queue(&far).await.unwrap().is_empty()
                && store.guidance(&far, id).await.unwrap().is_none()
        );
        for (who, name) in [(&lan, "its author"), (&far, "another institution")] {
            let refused = sign_guidance(&store, who, id, 1, &signature()).await;
            assert!(
                matches!(refused, Err(Error::Forbidden)),
                "{name}: {refused:?}"
            );
        }
        assert!(matches!(
            sign_guidance(&store, &mai, id, 9, &signature()).await,
            Err(Error::Stale)
        ));
        let past = Signature {
            review_by: "2026-11-01".into(),
            ..signature()
        };
        assert!(matches!(
            sign_guidance(&store, &mai, id, 1, &past).await,
            Err(Error::NotAllowed(_))
        ));
        let noone = rate_guidance(&store, id, "2026-11-27", Tap::Helped).await;
        assert!(
            matches!(noone, Err(Error::NotFound(_))),
            "a draft is not rated"
        );
        assert_eq!(told(&store, &number).await, "");

        sign_guidance(&store, &mai, id, 1, &signature())
            .await
            .unwrap();
        assert_eq!(told(&store, &number).await, "signed");
        let signed = store.signed_guidance(&number).await.unwrap();
        assert!(signed[0].draft.label.contains("Mai") && signed[0].state == GuidanceState::Signed);
        let ends: Vec<String> = signed[0]
            .draft
            .sections
            .iter()
            .filter(|s| matches!(s.number, 0 | 16))
            .flat_map(|s| s.items.iter().map(|item| item.text.clone()))
            .collect();
        assert!(
            ends.iter().any(|text| text == "Mai") && ends.iter().any(|text| text.contains("☑")),
            "{ends:?}"
        );
        assert!(
            !ends
                .iter()
                .any(|text| text.contains('☐') || text.contains("chưa thẩm định")),
            "{ends:?}"
        );
        for tap in [Tap::Helped, Tap::Helped, Tap::Unsafe] {
            rate_guidance(&store, id, "2026-11-27", tap).await.unwrap();
        }
        let taps = store.guidance_feedback().await.unwrap();
        assert_eq!((taps[0].helped, taps[0].wrong, taps[0].unsafe_), (2, 0, 1));

        // Another draft, signed later, takes its place.
        let next = send_guidance(&store, &lan, &guidance(&number))
            .await
            .unwrap();
        sign_guidance(&store, &mai, next, 1, &signature())
            .await
            .unwrap();
        let signed = store.signed_guidance(&number).await.unwrap();
        assert_eq!((signed.len(), signed[0].id), (1, next));
        assert!(matches!(
            end_guidance(&store, &mai, next, 2, " ").await,
            Err(Error::NotAllowed(_))
        ));
        end_guidance(&store, &mai, next, 2, "Có chỗ chưa an toàn.")
            .await
            .unwrap();
        assert_eq!(told(&store, &number).await, "");
        assert!(matches!(
            store.verify_audit().await.unwrap(),
            AuditVerdict::Whole { .. }
        ));
    })
    .await;
}

#[tokio::test]
async fn a_new_version_asks_for_another_look() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "").await;
        let mai = person(&store, "mai", Role::Appraiser, "").await;
        let number = published(&store, &lan, &mai).await;
        let id = send_guidance(&store, &lan, &guidance(&number))
            .await
            .unwrap();
        return_guidance(&store, &mai, id, 1, "Thêm ví dụ.")
            .await
            .unwrap();
        assert_eq!(
            store.own_guidance(&lan).await.unwrap()[0].note,
            "Thêm ví dụ."
        );
        let id = send_guidance(&store, &lan, &guidance(&number))
            .await
            .unwrap();
        sign_guidance(&store, &mai, id, 1, &signature())
            .await
            .unwrap();
        go(&store, &lan, &number, "revise").await.unwrap();
        let seen = store.submission(&lan, &number).await.unwrap().unwrap();
        let other = lesson("Phân số, bản mới");
        khue_store::actions::submissions::save_submission(
            &store,
            &lan,
            &number,
            seen.edition,
            &other,
        )
        .await
        .unwrap();
        for (who, step) in [(&lan, "send-again"), (&mai, "accept"), (&mai, "publish")] {
            go(&store, who, &number, step).await.unwrap();
        }
        assert_eq!(told(&store, &number).await, "review");
    })
    .await;
}

#[tokio::test]
async fn secrets_of_second_factors_are_replaced_where_they_should() {
    Databases::each(|store| async move {
        person(&store, "lan", Role::Teacher, "").await;
        let none = replace_totp_secrets(&store, |_, _| Some(vec![1]))
            .await
            .unwrap();
        assert_eq!(none, 0, "nobody has one");
    })
    .await;
}
