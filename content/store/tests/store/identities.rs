//! Identities with providers, and sign-ins under way.

use khue_content::account::{Held, Role};
use khue_store::actions::OPERATOR;
use khue_store::actions::people::{
    Attempt, Identified, Invitation, NewAccount, Proved, accept_invitation, begin_attempt,
    clean_sessions, grant, identify, keep_waiting, link_waiting, register, set_passphrase,
    take_attempt, unlink,
};
use khue_store::testing::Databases;
use khue_store::{Error, now};

const LAN: &str = "lan@truong.edu.vn";

fn proved(subject: &str, email: Option<&str>) -> Proved {
    Proved {
        provider: "truong".into(),
        issuer: "https://id.example.vn".into(),
        subject: subject.into(),
        email: email.map(str::to_owned),
        name: "Lan".into(),
    }
}

fn attempt(token: &str, expires_in: i64) -> Attempt {
    Attempt {
        token_hash: token.into(),
        provider: "truong".into(),
        state_hash: "state".into(),
        nonce: "nonce".into(),
        verifier: "verifier".into(),
        next: "/account".into(),
        account: None,
        expires_at: now() + expires_in,
    }
}

#[tokio::test]
async fn an_attempt_works_once_and_for_its_provider() {
    Databases::each(|store| async move {
        begin_attempt(&store, &attempt("a", 60_000)).await.unwrap();
        begin_attempt(&store, &attempt("old", 0)).await.unwrap();
        assert!(
            take_attempt(&store, "a", "another")
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            take_attempt(&store, "old", "truong")
                .await
                .unwrap()
                .is_none()
        );
        let taken = take_attempt(&store, "a", "truong").await.unwrap().unwrap();
        assert!(taken.nonce == "nonce" && taken.account.is_none());
        assert!(take_attempt(&store, "a", "truong").await.unwrap().is_none());
        clean_sessions(&store, 0).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn issuer_and_subject_are_one_person_and_nothing_else_is() {
    Databases::each(|store| async move {
        let lan = proved("1", Some(LAN));
        let Identified::Known(account) = identify(&store, &lan, None).await.unwrap() else {
            panic!("an account is made");
        };
        let again = proved("1", Some("other@truong.edu.vn"));
        assert_eq!(
            identify(&store, &again, None).await.unwrap(),
            Identified::Known(account)
        );
        let known = store.account(account).await.unwrap().unwrap();
        assert!(known.email == LAN && known.verified == 1 && known.passphrase.is_none());
        assert_eq!(
            store.roles_of(account).await.unwrap()[0].role,
            Role::Learner
        );
        // The same address at the same provider, but another person.
        let other = proved("2", Some(LAN));
        assert_eq!(
            identify(&store, &other, None).await.unwrap(),
            Identified::Awaits
        );
        // Without an address there is no doubt, and two such people do not meet.
        let nobody = identify(&store, &proved("3", None), None).await.unwrap();
        let nobody_else = identify(&store, &proved("4", None), None).await.unwrap();
        assert!(nobody != nobody_else && nobody != Identified::Awaits);
        // What belongs to somebody is not linked with another.
        let asked = Some(account);
        assert_eq!(
            identify(&store, &proved("3", None), asked).await.unwrap(),
            Identified::Taken
        );
        assert_eq!(
            identify(&store, &proved("5", None), asked).await.unwrap(),
            Identified::Linked
        );
        assert_eq!(store.identities(account).await.unwrap().len(), 2);
        for odd in [String::new(), "x".repeat(300)] {
            let refused = identify(&store, &proved(&odd, None), None).await;
            assert!(matches!(refused, Err(Error::NotAllowed(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_waits_for_its_passphrase() {
    Databases::each(|store| async move {
        let new = |email: &str| NewAccount {
            email: email.into(),
            name: "Lan".into(),
            passphrase: "$argon2id$x".into(),
        };
        register(&store, &new(LAN)).await.unwrap();
        register(&store, &new("mai@truong.edu.vn")).await.unwrap();
        let lan = store.account_of(LAN).await.unwrap().unwrap();
        let mai = store
            .account_of("mai@truong.edu.vn")
            .await
            .unwrap()
            .unwrap();
        let waiting = proved("1", Some(LAN));
        keep_waiting(&store, &attempt("w", 60_000), &waiting)
            .await
            .unwrap();
        assert!(take_attempt(&store, "w", "truong").await.unwrap().is_none());
        assert_eq!(
            store.waiting_identity("w").await.unwrap().unwrap().email,
            LAN
        );
        assert!(
            !link_waiting(&store, "w", mai.id).await.unwrap(),
            "not with another account"
        );
        assert!(link_waiting(&store, "w", lan.id).await.unwrap());
        assert!(!link_waiting(&store, "w", lan.id).await.unwrap(), "once");
        assert_eq!(
            identify(&store, &waiting, None).await.unwrap(),
            Identified::Known(lan.id)
        );
        assert_eq!(store.account(lan.id).await.unwrap().unwrap().verified, 1);
    })
    .await;
}

#[tokio::test]
async fn the_last_way_in_stays() {
    Databases::each(|store| async move {
        let Identified::Known(lan) = identify(&store, &proved("1", Some(LAN)), None)
            .await
            .unwrap()
        else {
            panic!("an account is made");
        };
        let only = store.identities(lan).await.unwrap()[0].id;
        assert!(matches!(
            unlink(&store, lan, only).await,
            Err(Error::NotAllowed(_))
        ));
        identify(&store, &proved("2", None), Some(lan))
            .await
            .unwrap();
        unlink(&store, lan, only).await.unwrap();
        let last = store.identities(lan).await.unwrap()[0].id;
        assert!(matches!(
            unlink(&store, lan, last).await,
            Err(Error::NotAllowed(_))
        ));
        set_passphrase(&store, lan, "$argon2id$x", 0).await.unwrap();
        assert!(matches!(
            unlink(&store, lan + 1, last).await,
            Err(Error::NotAllowed(_))
        ));
        unlink(&store, lan, last).await.unwrap();
        assert!(matches!(
            unlink(&store, lan, last).await,
            Err(Error::NotFound(_))
        ));
    })
    .await;
}

/// Whoever came to the address before loses what they had linked.
#[tokio::test]
async fn an_invitation_ends_identities() {
    Databases::each(|store| async move {
        let Identified::Known(lan) = identify(&store, &proved("1", Some(LAN)), None)
            .await
            .unwrap()
        else {
            panic!("an account is made");
        };
        let teacher = Held {
            role: Role::Teacher,
            institution: String::new(),
        };
        let link = Invitation {
            token_hash: "t".into(),
            expires_at: now() + 60_000,
        };
        grant(&store, OPERATOR, LAN, &teacher, &link, true)
            .await
            .unwrap();
        accept_invitation(&store, "t", "Lan", "$argon2id$x")
            .await
            .unwrap();
        assert!(store.identities(lan).await.unwrap().is_empty());
    })
    .await;
}
