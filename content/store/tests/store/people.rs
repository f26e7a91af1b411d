//! Accounts, roles and sessions.

use khue_content::account::{Held, Role};
use khue_store::actions::OPERATOR;
use khue_store::actions::people::{
    Granted, Invitation, NewAccount, NewSession, accept_invitation, begin_second_factor,
    drop_second_factor, end_other_sessions, end_session, grant, register, revoke, set_passphrase,
    start_session, use_recovery_code, use_totp_step,
};
use khue_store::testing::Databases;
use khue_store::{Error, Store, now};

const LAN: &str = "lan@truong.edu.vn";
const DAY: i64 = 86_400_000;

fn new(email: &str) -> NewAccount {
    NewAccount {
        email: email.into(),
        name: "Lan".into(),
        passphrase: "$argon2id$x".into(),
    }
}

fn held(role: Role, institution: &str) -> Held {
    Held {
        role,
        institution: institution.into(),
    }
}

fn link(token: &str) -> Invitation {
    Invitation {
        token_hash: token.into(),
        expires_at: now() + DAY,
    }
}

async fn sign_in(store: &Store, account: i64, token: &str, replaces: Option<&str>) {
    let session = NewSession {
        account,
        token_hash: token.into(),
        replaces: replaces.map(str::to_owned),
        second_factor: false,
        agent: "Firefox".into(),
        expires_at: now() + DAY,
    };
    start_session(store, &session).await.unwrap();
}

async fn lan(store: &Store) -> i64 {
    store.account_of(LAN).await.unwrap().unwrap().id
}

#[tokio::test]
async fn an_address_has_one_account_and_registering_again_changes_nothing() {
    Databases::each(|store| async move {
        assert!(register(&store, &new(LAN)).await.unwrap());
        let other = NewAccount {
            name: "Mallory".into(),
            passphrase: "$argon2id$y".into(),
            ..new(LAN)
        };
        assert!(!register(&store, &other).await.unwrap());
        let account = store.account_of(LAN).await.unwrap().unwrap();
        assert_eq!(
            (account.name.as_str(), account.passphrase.as_deref()),
            ("Lan", Some("$argon2id$x"))
        );
        assert_eq!(
            store.roles_of(account.id).await.unwrap(),
            [held(Role::Learner, "")]
        );
        assert!(
            !format!("{account:?}").contains("argon2"),
            "no secret in a log"
        );
    })
    .await;
}

#[tokio::test]
async fn sessions_are_replaced_listed_and_ended() {
    Databases::each(|store| async move {
        register(&store, &new(LAN)).await.unwrap();
        let account = lan(&store).await;
        sign_in(&store, account, "t1", None).await;
        sign_in(&store, account, "t2", Some("t1")).await;
        sign_in(&store, account, "t3", None).await;
        assert!(store.session("t1", 0).await.unwrap().is_none(), "replaced");
        let second = store.session("t2", 0).await.unwrap().unwrap();
        assert!(
            store.session("t2", now() + 1).await.unwrap().is_none(),
            "idle for too long"
        );
        assert_eq!(store.sessions_of(account, 0).await.unwrap().len(), 2);
        end_session(&store, account + 1, second.id).await.unwrap();
        assert!(
            store.session("t2", 0).await.unwrap().is_some(),
            "another person ends nothing"
        );
        end_session(&store, account, second.id).await.unwrap();
        assert!(store.session("t2", 0).await.unwrap().is_none());
        sign_in(&store, account, "t4", None).await;
        let kept = store.session("t4", 0).await.unwrap().unwrap().id;
        assert_eq!(end_other_sessions(&store, account, kept).await.unwrap(), 1);
        sign_in(&store, account, "t5", None).await;
        set_passphrase(&store, account, "$argon2id$z", kept)
            .await
            .unwrap();
        assert!(
            store.session("t5", 0).await.unwrap().is_none(),
            "a new passphrase ends the others"
        );
        assert!(store.session("t4", 0).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_person_has_so_many_sessions_at_most() {
    Databases::each(|store| async move {
        register(&store, &new(LAN)).await.unwrap();
        let account = lan(&store).await;
        for number in 0..25 {
            sign_in(&store, account, &format!("t{number}"), None).await;
        }
        assert_eq!(store.sessions_of(account, 0).await.unwrap().len(), 20);
        assert!(
            store.session("t4", 0).await.unwrap().is_none()
                && store.session("t24", 0).await.unwrap().is_some()
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_registered_with_an_address_does_not_get_its_role() {
    Databases::each(|store| async move {
        register(&store, &new(LAN)).await.unwrap();
        let account = lan(&store).await;
        sign_in(&store, account, "squatter", None).await;
        let role = held(Role::Appraiser, "");
        let granted = grant(&store, OPERATOR, LAN, &role, &link("secret"), false)
            .await
            .unwrap();
        assert_eq!(granted, Granted::Invited);
        assert_eq!(
            store.roles_of(account).await.unwrap(),
            [held(Role::Learner, "")],
            "not yet"
        );
        assert_eq!(store.invited("secret").await.unwrap().unwrap().email, LAN);
        accept_invitation(&store, "secret", "Nguyễn Lan", "$argon2id$own")
            .await
            .unwrap();
        assert!(
            store.session("squatter", 0).await.unwrap().is_none(),
            "who was there before is out"
        );
        assert_eq!(
            store
                .account(account)
                .await
                .unwrap()
                .unwrap()
                .passphrase
                .unwrap(),
            "$argon2id$own"
        );
        assert!(store.roles_of(account).await.unwrap().contains(&role));
        let again = accept_invitation(&store, "secret", "x", "y").await;
        assert!(
            matches!(again, Err(Error::NotFound(_))),
            "a link works once"
        );
    })
    .await;
}

#[tokio::test]
async fn a_change_of_role_ends_every_session() {
    Databases::each(|store| async move {
        let role = held(Role::Teacher, "hn-01");
        grant(&store, OPERATOR, LAN, &role, &link("secret"), false)
            .await
            .unwrap();
        let account = accept_invitation(&store, "secret", "Lan", "$argon2id$")
            .await
            .unwrap();
        sign_in(&store, account, "t1", None).await;
        let curator = held(Role::Curator, "hn-01");
        let granted = grant(&store, OPERATOR, LAN, &curator, &link("other"), false)
            .await
            .unwrap();
        assert_eq!(granted, Granted::InForce);
        assert!(store.session("t1", 0).await.unwrap().is_none());
        sign_in(&store, account, "t2", None).await;
        revoke(&store, OPERATOR, LAN, &curator).await.unwrap();
        assert!(store.session("t2", 0).await.unwrap().is_none());
        assert_eq!(store.roles_of(account).await.unwrap(), [role]);
        let twice = revoke(&store, OPERATOR, LAN, &curator).await;
        assert!(matches!(twice, Err(Error::NotFound(what)) if what.contains("curator")));
    })
    .await;
}

#[tokio::test]
async fn an_old_invitation_opens_nothing() {
    Databases::each(|store| async move {
        let old = Invitation {
            expires_at: now() - 1,
            ..link("secret")
        };
        grant(&store, OPERATOR, LAN, &held(Role::Teacher, ""), &old, false)
            .await
            .unwrap();
        assert!(store.invited("secret").await.unwrap().is_none());
        let late = accept_invitation(&store, "secret", "Lan", "$argon2id$").await;
        assert!(matches!(late, Err(Error::NotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn codes_of_the_second_factor_work_once() {
    Databases::each(|store| async move {
        register(&store, &new(LAN)).await.unwrap();
        let account = lan(&store).await;
        sign_in(&store, account, "t1", None).await;
        let session = NewSession {
            account,
            token_hash: "t2".into(),
            replaces: Some("t1".into()),
            second_factor: true,
            agent: "Firefox".into(),
            expires_at: now() + DAY,
        };
        let codes = ["h1".to_owned(), "h2".to_owned()];
        begin_second_factor(&store, b"secret", 100, &codes, &session)
            .await
            .unwrap();
        assert!(store.session("t1", 0).await.unwrap().is_none());
        assert_eq!(
            store.session("t2", 0).await.unwrap().unwrap().second_factor,
            1
        );
        let twice = begin_second_factor(&store, b"other", 100, &codes, &session).await;
        assert!(matches!(twice, Err(Error::NotAllowed(_))));
        assert!(
            !use_totp_step(&store, account, 100).await.unwrap(),
            "the code that proved it"
        );
        assert!(use_totp_step(&store, account, 101).await.unwrap());
        assert!(!use_totp_step(&store, account, 101).await.unwrap());
        assert!(use_recovery_code(&store, account, "h1").await.unwrap());
        assert!(!use_recovery_code(&store, account, "h1").await.unwrap());
        assert_eq!(store.recovery_codes_left(account).await.unwrap(), 1);
        let kept = store.session("t2", 0).await.unwrap().unwrap().id;
        drop_second_factor(&store, account, kept).await.unwrap();
        assert_eq!(
            store.session("t2", 0).await.unwrap().unwrap().second_factor,
            0
        );
        assert!(
            store
                .account(account)
                .await
                .unwrap()
                .unwrap()
                .totp
                .is_none()
        );
    })
    .await;
}

#[tokio::test]
async fn the_register_of_institutions_grows_and_changes_but_loses_nothing() {
    use khue_content::institution::read;
    use khue_store::actions::institutions::import_institutions;
    Databases::each(|store| async move {
        let (first, _) = read("code,name\nhn-01,Một\nhn-02,Hai\n");
        assert_eq!(
            import_institutions(&store, 0, &first, true).await.unwrap(),
            (2, 0)
        );
        assert!(store.institutions().await.unwrap().is_empty(), "a dry run");
        assert_eq!(
            import_institutions(&store, 0, &first, false).await.unwrap(),
            (2, 0)
        );
        let (next, _) = read("code,name,province\nhn-02,Hai,Hà Nội\nhn-03,Ba,\n");
        assert_eq!(
            import_institutions(&store, 0, &next, false).await.unwrap(),
            (1, 1)
        );
        assert_eq!(
            import_institutions(&store, 0, &next, false).await.unwrap(),
            (0, 0)
        );
        let all = store.institutions().await.unwrap();
        assert_eq!(all.len(), 3);
        assert_eq!(all[1].province, "Hà Nội");
    })
    .await;
}
