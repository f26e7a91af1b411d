//! What stands in somebody's queues, whatever stands in those of others: limits count only what they may see.

use crate::community::published;
use crate::submissions::{draft, go, lesson, person};
use khue_content::account::{Actor, Held, Role};
use khue_content::community::CommentKind;
use khue_content::community::Moderation;
use khue_content::mail::is_urgent;
use khue_store::actions::comments::{NewComment, write_comment};
use khue_store::actions::reports::{NewReport, ReportRuling, open_report, rule_on_report};
use khue_store::testing::Databases;
use khue_store::{Error, Wanted};

fn report(resource: &str, kind: &str, token: &str) -> NewReport {
    NewReport {
        resource: resource.into(),
        kind: kind.into(),
        words: "Câu 2 sai.".into(),
        token_hash: token.into(),
        year: 2026,
    }
}

/// Somebody with other roles in force than the store knows: what a query says is compared with what `may` says.
fn with(actor: &Actor, roles: &[(Role, &str)]) -> Actor {
    let held = |(role, institution): &(Role, &str)| Held {
        role: *role,
        institution: (*institution).to_owned(),
    };
    Actor {
        account: actor.account,
        roles: roles.iter().map(held).collect(),
    }
}

#[tokio::test]
async fn queues_hold_what_the_table_allows_and_nothing_else() {
    Databases::each(|store| async move {
        let mut waiting = Vec::new();
        for (name, institution) in [
            ("a", "hn-01"),
            ("b", "hn-01.toan"),
            ("c", "hn-012"),
            ("d", "hn_01"),
            ("e", ""),
        ] {
            let author = person(&store, name, Role::Teacher, institution).await;
            let number = draft(&store, &author, &lesson(name)).await;
            go(&store, &author, &number, "send").await.unwrap();
            waiting.push((author.account, institution, number));
        }
        let judge = person(&store, "judge", Role::Appraiser, "").await;
        for roles in [
            &[][..],
            &[(Role::Learner, "")],
            &[(Role::Teacher, "hn-01")],
            &[(Role::Appraiser, "")],
            &[(Role::Appraiser, "hn-01")],
            &[(Role::Curator, "hn_01"), (Role::Appraiser, "hn-012")],
            &[(Role::Administrator, "hn-01.toan")],
            &[(Role::Curator, "hn")],
        ] {
            let actor = with(&judge, roles);
            let queue = store.submission_queue(&actor, &Wanted::default()).await;
            let queue = queue.unwrap();
            let mut found: Vec<&str> = queue.rows.iter().map(|one| one.number.as_str()).collect();
            found.sort_unstable();
            let action = khue_content::account::Action::ReadSubmission;
            let allowed = waiting
                .iter()
                .filter(|(owner, place, _)| actor.may(action, *owner, place));
            let allowed: Vec<&str> = allowed.map(|(_, _, number)| number.as_str()).collect();
            assert_eq!(found, allowed, "{roles:?}");
            assert_eq!(queue.total, found.len() as i64, "{roles:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn those_who_handle_reports_are_told_and_what_is_closed_is_opened_again() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Curator, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let far = person(&store, "far", Role::Curator, "hn-02").await;
        let minh = person(&store, "minh", Role::Teacher, "hn-01").await;
        let resource = published(&store, &lan, &mai).await;
        let number = open_report(&store, &report(&resource, "safety", "t1"))
            .await
            .unwrap();
        open_report(&store, &report(&resource, "error", "t2"))
            .await
            .unwrap();
        let notices = store.notices(mai.account).await.unwrap();
        let told: Vec<(&str, bool)> = notices
            .iter()
            .filter(|one| one.object.starts_with("report:"))
            .map(|one| (one.kind.as_str(), is_urgent(&one.kind)))
            .collect();
        assert_eq!(told, [("report-opened", false), ("report-safety", true)]);
        for (other, who) in [
            (&far, "elsewhere"),
            (&minh, "a teacher"),
            (&lan, "its author"),
        ] {
            let notices = store.notices(other.account).await.unwrap();
            assert!(
                !notices.iter().any(|one| one.object.starts_with("report:")),
                "{who}"
            );
        }
        let reopen = |reason: &str| ReportRuling::Reopen {
            reason: reason.into(),
        };
        let open = rule_on_report(&store, &mai, &number, 1, &reopen("x")).await;
        assert!(matches!(open, Err(Error::NotAllowed(_))), "it is open");
        let close = ReportRuling::Close {
            outcome: "mended".into(),
            answer: "Đã sửa.".into(),
        };
        rule_on_report(&store, &mai, &number, 1, &close)
            .await
            .unwrap();
        for (who, reason) in [(&mai, " "), (&far, "x"), (&lan, "x")] {
            assert!(
                rule_on_report(&store, who, &number, 2, &reopen(reason))
                    .await
                    .is_err()
            );
        }
        rule_on_report(&store, &mai, &number, 2, &reopen("Vẫn còn."))
            .await
            .unwrap();
        let seen = store.report(&mai, &number).await.unwrap().unwrap();
        assert_eq!(
            (seen.state.name(), seen.reopened.as_str(), seen.closed_at),
            ("in-hand", "Vẫn còn.", None)
        );
        assert_eq!(seen.answer, "Đã sửa.", "until it is answered anew");
        rule_on_report(&store, &mai, &number, 3, &close)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn comments_of_others_elsewhere_do_not_stand_in_the_way() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let far = person(&store, "far", Role::Curator, "hn-02").await;
        let resource = published(&store, &lan, &mai).await;
        let new = NewComment {
            resource: resource.clone(),
            kind: CommentKind::Comment,
            parent: None,
            words: "Hay.".into(),
        };
        for who in [&lan, &mai, &far] {
            write_comment(&store, who, &new, Moderation::Before)
                .await
                .unwrap();
        }
        let count = async |who: &Actor| store.comment_queue(who).await.unwrap().len();
        assert_eq!(count(&mai).await, 2, "not her own");
        assert_eq!(count(&far).await, 0);
        let all = with(&far, &[(Role::Curator, "")]);
        assert_eq!(count(&all).await, 2);
        let author = with(&lan, &[(Role::Curator, "")]);
        assert_eq!(
            count(&author).await,
            0,
            "nobody rules on what is said of their own work"
        );
        assert_eq!(
            store
                .moderated_comments(&all, &resource)
                .await
                .unwrap()
                .len(),
            2
        );
    })
    .await;
}
