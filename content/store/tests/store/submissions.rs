//! The way of a submission through the store: who may, what becomes public, and when.

use khue_content::account::{Actor, Held, Role};
use khue_content::review::State;
use khue_content::{Agent, Body, LearningResource, vocabulary};
use khue_store::actions::OPERATOR;
use khue_store::actions::people::{Invitation, accept_invitation, grant};
use khue_store::actions::submissions::{
    Move, SubmittedFile, attach_file, create_submission, delete_draft, move_submission,
    save_submission, send_message,
};
use khue_store::testing::Databases;
use khue_store::{AuditVerdict, Error, Status, Store, Wanted, now};

pub async fn person(store: &Store, name: &str, role: Role, institution: &str) -> Actor {
    let held = Held {
        role,
        institution: institution.into(),
    };
    let link = Invitation {
        token_hash: name.into(),
        expires_at: now() + 1000,
    };
    let email = format!("{name}@truong.edu.vn");
    grant(store, OPERATOR, &email, &held, &link, false)
        .await
        .unwrap();
    let account = accept_invitation(store, name, name, "$argon2id$")
        .await
        .unwrap();
    Actor {
        account,
        roles: vec![held],
    }
}

pub fn uri(scheme: &str, name: &str) -> String {
    vocabulary::find(scheme, name).unwrap().id.clone()
}

pub fn lesson(name: &str) -> LearningResource {
    LearningResource {
        name: name.into(),
        description: "So sánh hai phân số cùng mẫu.".into(),
        creator: vec![Agent::person("Lan")],
        about: vec![uri("about", "toan")],
        educational_level: vec![uri("educationalLevel", "grade-4")],
        learning_resource_type: vec![uri("learningResourceType", "lesson")],
        in_language: vec!["vi".into()],
        license: Some(uri("license", "CC BY 4.0")),
        body: Some(Body {
            text: "Hai phân số cùng mẫu số: phân số nào có tử số lớn hơn thì lớn hơn.".into(),
            ..Body::default()
        }),
        ..LearningResource::default()
    }
}

pub async fn go(store: &Store, actor: &Actor, number: &str, step: &str) -> Result<State, Error> {
    let edition = store
        .submission(actor, number)
        .await?
        .map_or(0, |one| one.edition);
    let wanted = Move {
        step: step.into(),
        edition,
        reason: if step == "withdraw" {
            "outdated"
        } else {
            "content"
        }
        .into(),
        words: "Vì …".into(),
        today: "2026-11-27".into(),
        ..Move::default()
    };
    move_submission(store, actor, number, &wanted).await
}

pub async fn draft(store: &Store, actor: &Actor, record: &LearningResource) -> String {
    create_submission(store, actor, 2026, record).await.unwrap()
}

#[tokio::test]
async fn a_file_goes_its_way_and_only_what_is_published_is_public() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "").await;
        let number = draft(&store, &lan, &lesson("So sánh phân số")).await;
        assert_eq!(number, "HL-2026-000001");
        assert!(
            store.submission(&mai, &number).await.unwrap().is_none(),
            "a draft is its author's alone"
        );
        assert_eq!(
            go(&store, &lan, &number, "send").await.unwrap(),
            State::Submitted
        );
        assert_eq!(waiting(&store, &mai).await, 1);
        assert_eq!(
            go(&store, &mai, &number, "request-changes").await.unwrap(),
            State::ChangesRequested
        );
        let seen = store.submission(&lan, &number).await.unwrap().unwrap();
        assert!(seen.due_at.unwrap() > now() && seen.appraiser == Some(mai.account));
        save_submission(
            &store,
            &lan,
            &number,
            seen.edition,
            &lesson("So sánh hai phân số"),
        )
        .await
        .unwrap();
        assert_eq!(
            go(&store, &lan, &number, "send-again").await.unwrap(),
            State::Resubmitted
        );
        let first = store.sent_version(&mai, &number, 1).await.unwrap().unwrap();
        assert_eq!(first.name, "So sánh phân số");
        go(&store, &mai, &number, "accept").await.unwrap();
        assert_eq!(store.count().await.unwrap(), 0, "nothing is public yet");
        assert_eq!(
            go(&store, &mai, &number, "publish").await.unwrap(),
            State::Published
        );
        let public = store.resource(&number).await.unwrap().unwrap();
        assert_eq!(
            (
                public.record.name.as_str(),
                public.record.date_published.as_deref()
            ),
            ("So sánh hai phân số", Some("2026-11-27"))
        );
        assert_eq!(
            (
                store.count().await.unwrap(),
                store.changes_since(0, 10).await.unwrap().len()
            ),
            (1, 1)
        );
        go(&store, &lan, &number, "revise").await.unwrap();
        let seen = store.submission(&lan, &number).await.unwrap().unwrap();
        save_submission(&store, &lan, &number, seen.edition, &lesson("Bản mới"))
            .await
            .unwrap();
        assert_eq!(
            store.resource(&number).await.unwrap().unwrap().record.name,
            "So sánh hai phân số",
            "as it was"
        );
        go(&store, &lan, &number, "send-again").await.unwrap();
        assert_eq!(
            go(&store, &mai, &number, "decline").await.unwrap(),
            State::Published,
            "the former version stays"
        );
        assert_eq!(
            store
                .submission(&lan, &number)
                .await
                .unwrap()
                .unwrap()
                .record
                .name,
            "So sánh hai phân số"
        );
        assert_eq!(
            go(&store, &lan, &number, "withdraw").await.unwrap(),
            State::Withdrawn
        );
        assert_eq!(
            store.resource(&number).await.unwrap().unwrap().status,
            Status::Withdrawn("outdated".into())
        );
        assert_eq!(store.count().await.unwrap(), 0);
        let kinds: Vec<_> = store
            .submission_events(&lan, &number)
            .await
            .unwrap()
            .into_iter()
            .map(|one| one.kind)
            .collect();
        let told = [
            "send",
            "request-changes",
            "send-again",
            "accept",
            "publish",
            "revise",
            "send-again",
            "decline",
            "withdraw",
        ];
        assert_eq!(kinds, told);
        assert!(matches!(
            store.verify_audit().await.unwrap(),
            AuditVerdict::Whole { .. }
        ));
        let audited = store.audit(0, 100).await.unwrap();
        assert_eq!(
            audited.iter().filter(|row| row.object == number).count(),
            told.len()
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_decides_on_what_is_theirs_elsewhere_or_out_of_turn() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let ha = person(&store, "ha", Role::Appraiser, "hn-02").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let number = draft(&store, &lan, &lesson("Phân số")).await;
        go(&store, &lan, &number, "send").await.unwrap();
        assert!(
            matches!(
                go(&store, &lan, &number, "accept").await,
                Err(Error::Forbidden)
            ),
            "the author"
        );
        assert!(
            matches!(
                go(&store, &ha, &number, "accept").await,
                Err(Error::NotFound(_))
            ),
            "another school"
        );
        assert_eq!(waiting(&store, &ha).await, 0);
        assert!(
            matches!(
                go(&store, &mai, &number, "publish").await,
                Err(Error::NotAllowed(_))
            ),
            "not accepted yet"
        );
        let own = draft(&store, &mai, &lesson("Của tôi")).await;
        go(&store, &mai, &own, "send").await.unwrap();
        assert!(
            matches!(
                go(&store, &mai, &own, "accept").await,
                Err(Error::Forbidden)
            ),
            "her own"
        );
        let nobody = Actor::default();
        assert!(matches!(
            create_submission(&store, &nobody, 2026, &lesson("x")).await,
            Err(Error::Forbidden)
        ));
        assert!(store.submission(&nobody, &number).await.unwrap().is_none());
        assert!(matches!(
            go(&store, &mai, &number, "no-such").await,
            Err(Error::NotFound(_))
        ));
    })
    .await;
}

#[tokio::test]
async fn decisions_need_reasons_and_publishing_needs_a_record_without_errors() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "").await;
        let mai = person(&store, "mai", Role::Appraiser, "").await;
        let number = draft(
            &store,
            &lan,
            &LearningResource {
                license: None,
                ..lesson("Phân số")
            },
        )
        .await;
        go(&store, &lan, &number, "send").await.unwrap();
        let edition = store
            .submission(&mai, &number)
            .await
            .unwrap()
            .unwrap()
            .edition;
        for (reason, words) in [("", "vì"), ("content", " "), ("no-such", "vì")] {
            let wanted = Move {
                step: "decline".into(),
                edition,
                reason: reason.into(),
                words: words.into(),
                ..Move::default()
            };
            assert!(
                matches!(
                    move_submission(&store, &mai, &number, &wanted).await,
                    Err(Error::NotAllowed(_))
                ),
                "{reason:?}"
            );
        }
        go(&store, &mai, &number, "accept").await.unwrap();
        assert!(matches!(
            go(&store, &mai, &number, "publish").await,
            Err(Error::NotAllowed(_))
        ));
        assert_eq!(store.count().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_overwrites_what_they_have_not_seen() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "").await;
        let mai = person(&store, "mai", Role::Appraiser, "").await;
        let number = draft(&store, &lan, &lesson("Phân số")).await;
        let edition = save_submission(&store, &lan, &number, 1, &lesson("Hai"))
            .await
            .unwrap();
        assert!(matches!(
            save_submission(&store, &lan, &number, 1, &lesson("Một")).await,
            Err(Error::Stale)
        ));
        go(&store, &lan, &number, "send").await.unwrap();
        let late = save_submission(&store, &lan, &number, edition + 1, &lesson("Ba")).await;
        assert!(
            matches!(late, Err(Error::NotAllowed(_))),
            "it is being appraised"
        );
        let old = Move {
            step: "accept".into(),
            edition,
            ..Move::default()
        };
        assert!(matches!(
            move_submission(&store, &mai, &number, &old).await,
            Err(Error::Stale)
        ));
        send_message(&store, &mai, &number, "Cảm ơn chị.")
            .await
            .unwrap();
        assert_eq!(
            store.submission_events(&lan, &number).await.unwrap()[1].words,
            "Cảm ơn chị."
        );
        assert!(matches!(
            delete_draft(&store, &lan, &number).await,
            Err(Error::NotAllowed(_))
        ));
        let other = draft(&store, &lan, &lesson("Nháp")).await;
        assert!(matches!(
            delete_draft(&store, &mai, &other).await,
            Err(Error::NotFound(_))
        ));
        delete_draft(&store, &lan, &other).await.unwrap();
        assert_eq!(
            store
                .own_submissions(&lan, &Wanted::default())
                .await
                .unwrap()
                .total,
            1
        );
    })
    .await;
}

#[tokio::test]
async fn an_attachment_is_public_only_with_its_publication() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "").await;
        let mai = person(&store, "mai", Role::Appraiser, "").await;
        let number = draft(&store, &lan, &lesson("Phân số")).await;
        let sha256 = "a".repeat(64);
        let file = SubmittedFile {
            sha256: sha256.clone(),
            name: "bài.pdf".into(),
            media_type: "application/pdf".into(),
            size: 9,
        };
        attach_file(&store, &lan, &number, &file).await.unwrap();
        assert!(
            store
                .submitted_file(&mai, &number, &sha256)
                .await
                .unwrap()
                .is_none(),
            "a draft"
        );
        go(&store, &lan, &number, "send").await.unwrap();
        assert_eq!(
            store.submitted_file(&mai, &number, &sha256).await.unwrap(),
            Some(file)
        );
        assert!(store.file(&sha256).await.unwrap().is_none(), "not public");
        go(&store, &mai, &number, "accept").await.unwrap();
        go(&store, &mai, &number, "publish").await.unwrap();
        assert!(store.file(&sha256).await.unwrap().is_some());
        assert_eq!(
            store
                .resource(&number)
                .await
                .unwrap()
                .unwrap()
                .record
                .encoding[0]
                .name,
            "bài.pdf"
        );
    })
    .await;
}

#[tokio::test]
async fn numbers_have_no_twins_and_no_gaps() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "").await;
        let all = (0..12).map(|_| {
            let (store, lan) = (store.clone(), lan.clone());
            tokio::spawn(async move { draft(&store, &lan, &lesson("x")).await })
        });
        let mut numbers = Vec::new();
        for one in all.collect::<Vec<_>>() {
            numbers.push(one.await.unwrap());
        }
        numbers.sort();
        let wanted: Vec<String> = (1..=12)
            .map(|count| format!("HL-2026-{count:06}"))
            .collect();
        assert_eq!(numbers, wanted);
    })
    .await;
}

async fn waiting(store: &Store, actor: &Actor) -> i64 {
    let queue = store.submission_queue(actor, &Wanted::default()).await;
    queue.unwrap().total
}
