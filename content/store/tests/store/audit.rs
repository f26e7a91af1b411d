//! The log of decisions: complete, in order, and not to be changed unnoticed.

use khue_content::account::{Held, Role};
use khue_store::actions::OPERATOR;
use khue_store::actions::people::{Invitation, grant};
use khue_store::testing::{Databases, tamper};
use khue_store::{AuditVerdict, Store, now};

async fn five_decisions(store: &Store) {
    for number in 1..=5 {
        let held = Held {
            role: Role::Teacher,
            institution: format!("hn-{number}"),
        };
        let link = Invitation {
            token_hash: format!("t{number}"),
            expires_at: now() + 1000,
        };
        grant(store, OPERATOR, "lan@truong.edu.vn", &held, &link, false)
            .await
            .unwrap();
    }
}

/// Takes away what keeps the rows as they are, as somebody with the database in hand could.
async fn unlock(store: &Store) {
    for sql in [
        "DROP TRIGGER audit_is_not_changed",
        "DROP TRIGGER audit_is_not_removed",
        "DROP TRIGGER audit_is_kept ON audit",
    ] {
        // Each database has its own of these.
        let _ = tamper(store, sql).await;
    }
}

async fn first_broken(store: &Store) -> i64 {
    match store.verify_audit().await.unwrap() {
        AuditVerdict::Broken { seq, .. } => seq,
        whole => panic!("{whole:?}"),
    }
}

#[tokio::test]
async fn what_was_decided_stands_in_order_and_is_whole() {
    Databases::each(|store| async move {
        assert!(matches!(
            store.verify_audit().await.unwrap(),
            AuditVerdict::Whole { rows: 0, .. }
        ));
        five_decisions(&store).await;
        let rows = store.audit(0, 100).await.unwrap();
        assert_eq!(
            rows.iter().map(|row| row.seq).collect::<Vec<_>>(),
            [1, 2, 3, 4, 5]
        );
        assert_eq!(
            (rows[2].action.as_str(), rows[2].detail.as_str()),
            ("invitation.made", "teacher hn-3")
        );
        assert!(
            rows.iter().all(|row| !format!("{row:?}").contains("lan@")),
            "numbers, no addresses"
        );
        let AuditVerdict::Whole { rows: 5, seal } = store.verify_audit().await.unwrap() else {
            panic!()
        };
        assert_eq!(seal, rows[4].hash);
        assert_eq!(store.audit_newest(1).await.unwrap()[0].seq, 5);
    })
    .await;
}

#[tokio::test]
async fn rows_cannot_be_changed_or_removed() {
    Databases::each(|store| async move {
        five_decisions(&store).await;
        for sql in [
            "UPDATE audit SET detail = 'administrator for all' WHERE seq = 2",
            "DELETE FROM audit WHERE seq = 5",
        ] {
            assert!(tamper(&store, sql).await.is_err(), "{sql}");
        }
        assert!(matches!(
            store.verify_audit().await.unwrap(),
            AuditVerdict::Whole { rows: 5, .. }
        ));
    })
    .await;
}

#[tokio::test]
async fn the_first_broken_row_is_named() {
    for (sql, broken) in [
        (
            "UPDATE audit SET detail = 'administrator for all' WHERE seq = 3",
            3,
        ),
        ("UPDATE audit SET at = at + 1 WHERE seq = 4", 4),
        ("DELETE FROM audit WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 5", 5),
        ("UPDATE audit SET hash = 'x' WHERE seq = 5", 5),
    ] {
        Databases::each(|store| async move {
            five_decisions(&store).await;
            unlock(&store).await;
            assert_eq!(tamper(&store, sql).await.unwrap(), 1);
            assert_eq!(first_broken(&store).await, broken, "{sql}");
        })
        .await;
    }
}

#[tokio::test]
async fn decisions_made_at_once_get_one_order() {
    Databases::each(|store| async move {
        let all = (1..=20).map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                let held = Held {
                    role: Role::Teacher,
                    institution: format!("hn-{number}"),
                };
                let link = Invitation {
                    token_hash: format!("t{number}"),
                    expires_at: now() + 1000,
                };
                let email = format!("p{number}@truong.edu.vn");
                grant(&store, OPERATOR, &email, &held, &link, false)
                    .await
                    .unwrap();
            })
        });
        for one in all.collect::<Vec<_>>() {
            one.await.unwrap();
        }
        assert!(matches!(
            store.verify_audit().await.unwrap(),
            AuditVerdict::Whole { rows: 20, .. }
        ));
    })
    .await;
}
