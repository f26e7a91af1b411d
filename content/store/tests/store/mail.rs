//! Mail in the store: sent once at most, told once, links that work once.

use khue_content::mail::{MailMode, MailPreference, QuietHours};
use khue_store::actions::mail::{
    Delivery, Outgoing, Purpose, confirm_address, note_delivery, note_language, offer_link,
    queue_digest, reset_passphrase, send_later, set_mail_preference, strand_mail, take_mail,
    unsubscribe,
};
use khue_store::actions::people::{NewAccount, register};
use khue_store::queue::{MAX_ATTEMPTS, claim, claim_at, fail, put_off};
use khue_store::testing::Databases;
use khue_store::{Error, Job, Store, now};

const LAN: &str = "lan@truong.edu.vn";

fn mail(to: &str) -> Outgoing {
    Outgoing {
        recipient: to.into(),
        subject: "Khuê".into(),
        text: "Chào Lan.".into(),
        html: "<p>Chào Lan.</p>".into(),
        unsubscribe: None,
    }
}

async fn account(store: &Store, email: &str) -> i64 {
    let new = NewAccount {
        email: email.into(),
        name: "Lan".into(),
        passphrase: "$argon2id$x".into(),
    };
    register(store, &new).await.unwrap();
    store.account_of(email).await.unwrap().unwrap().id
}

async fn waiting(store: &Store) -> Option<i64> {
    match claim(store, &["send_mail"]).await.unwrap()?.job {
        Job::SendMail { mail } => Some(mail),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_message_is_taken_once_and_its_words_are_forgotten() {
    Databases::each(|store| async move {
        send_later(&store, &mail(LAN)).await.unwrap();
        let id = waiting(&store).await.unwrap();
        let taken = take_mail(&store, id).await.unwrap().unwrap();
        assert!(taken.recipient == LAN && taken.body == "Chào Lan.");
        assert!(
            take_mail(&store, id).await.unwrap().is_none(),
            "somebody has it"
        );
        note_delivery(&store, id, Delivery::PutBack, Some("busy"))
            .await
            .unwrap();
        assert!(take_mail(&store, id).await.unwrap().is_some());
        note_delivery(&store, id, Delivery::Sent, None)
            .await
            .unwrap();
        assert!(take_mail(&store, id).await.unwrap().is_none());
        send_later(&store, &mail(LAN)).await.unwrap();
        let id = waiting(&store).await.unwrap();
        take_mail(&store, id).await.unwrap();
        // The program ends here.
        assert_eq!(strand_mail(&store).await.unwrap(), 1);
        assert!(
            take_mail(&store, id).await.unwrap().is_none(),
            "perhaps it was sent"
        );
        let figures = store.mail_figures().await.unwrap();
        assert_eq!((figures.waiting, figures.sent, figures.failed), (0, 1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_message_is_tried_longer_than_other_work() {
    Databases::each(|store| async move {
        send_later(&store, &mail(LAN)).await.unwrap();
        let far = i64::MAX / 2;
        for attempt in 1..=MAX_ATTEMPTS + 1 {
            let job = claim_at(&store, &["send_mail"], far)
                .await
                .unwrap()
                .unwrap();
            assert_eq!(job.attempts, attempt);
            fail(&store, job.id, "busy").await.unwrap();
        }
        let job = claim_at(&store, &["send_mail"], far)
            .await
            .unwrap()
            .unwrap();
        put_off(&store, job.id, 77).await.unwrap();
        let again = claim_at(&store, &["send_mail"], 77).await.unwrap().unwrap();
        assert_eq!(again.attempts, job.attempts, "putting off is no try");
    })
    .await;
}

#[tokio::test]
async fn what_somebody_chooses_is_kept_and_a_token_ends_it() {
    Databases::each(|store| async move {
        let lan = account(&store, LAN).await;
        let (usual, token) = store.mail_preference(lan).await.unwrap();
        assert!(usual == MailPreference::default() && token.is_none());
        note_language(&store, lan, "fr", "t1").await.unwrap();
        note_language(&store, lan, "en", "t2").await.unwrap();
        let (noted, token) = store.mail_preference(lan).await.unwrap();
        assert_eq!(
            (noted.language.as_str(), token.as_deref()),
            ("fr", Some("t1"))
        );
        let chosen = MailPreference {
            language: "en".into(),
            mode: MailMode::AtOnce,
            quiet: QuietHours { from: 1, until: 2 },
        };
        set_mail_preference(&store, lan, &chosen, "t3")
            .await
            .unwrap();
        assert_eq!(
            store.mail_preference(lan).await.unwrap(),
            (chosen, Some("t1".into()))
        );
        assert!(!unsubscribe(&store, "t3").await.unwrap());
        assert!(unsubscribe(&store, "t1").await.unwrap());
        assert_eq!(
            store.mail_preference(lan).await.unwrap().0.mode,
            MailMode::Never
        );
        assert!(
            queue_digest(&store, lan, 5, "t4", &mail(LAN))
                .await
                .unwrap()
        );
        assert!(
            !queue_digest(&store, lan, 5, "t4", &mail(LAN))
                .await
                .unwrap(),
            "told once"
        );
        assert!(waiting(&store).await.is_some() && waiting(&store).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn links_work_once_and_only_for_their_account() {
    Databases::each(|store| async move {
        let lan = account(&store, LAN).await;
        let mai = account(&store, "mai@truong.edu.vn").await;
        let until = now() + 60_000;
        offer_link(&store, lan, Purpose::Confirm, ("c1", until), &mail(LAN))
            .await
            .unwrap();
        let other = confirm_address(&store, mai, "c1").await;
        assert!(matches!(other, Err(Error::NotFound(_))));
        assert_eq!(store.account(lan).await.unwrap().unwrap().verified, 0);
        confirm_address(&store, lan, "c1").await.unwrap();
        assert_eq!(store.account(lan).await.unwrap().unwrap().verified, 1);
        assert!(confirm_address(&store, lan, "c1").await.is_err(), "once");
        // Not an address that somebody has.
        let taken = mail("mai@truong.edu.vn");
        offer_link(&store, lan, Purpose::Confirm, ("c2", until), &taken)
            .await
            .unwrap();
        assert!(confirm_address(&store, lan, "c2").await.is_err());
        for (token, until) in [("r0", until), ("r1", until), ("r2", now() - 1)] {
            offer_link(&store, mai, Purpose::Reset, (token, until), &taken)
                .await
                .unwrap();
        }
        for gone in ["r0", "r1", "r2", "c1"] {
            assert!(
                reset_passphrase(&store, gone, "$argon2id$y").await.is_err(),
                "{gone}"
            );
        }
        offer_link(&store, mai, Purpose::Reset, ("r3", until), &taken)
            .await
            .unwrap();
        assert!(
            confirm_address(&store, mai, "r3").await.is_err(),
            "for something else"
        );
        assert_eq!(
            reset_passphrase(&store, "r3", "$argon2id$y").await.unwrap(),
            mai
        );
        let known = store.account(mai).await.unwrap().unwrap();
        assert!(known.passphrase.as_deref() == Some("$argon2id$y") && known.verified == 1);
    })
    .await;
}
