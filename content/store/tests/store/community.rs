//! What people say of resources, through the store: ratings, comments, and who decides on them.

use crate::submissions::{draft, go, lesson, person};
use khue_content::account::{Actor, Role};
use khue_content::community::{COMMENTS_A_DAY, CommentKind, CommentState, Moderation};
use khue_store::actions::comments::{
    CommentRuling, NewComment, rule_on_comment, withdraw_comment, write_comment,
};
use khue_store::actions::{rate_resource, withdraw};
use khue_store::testing::Databases;
use khue_store::{AuditVerdict, Error, Store};

/// A resource that was sent in by the first, accepted and published by the second.
pub async fn published(store: &Store, author: &Actor, judge: &Actor) -> String {
    let number = draft(store, author, &lesson("Phân số")).await;
    for (who, step) in [(author, "send"), (judge, "accept"), (judge, "publish")] {
        go(store, who, &number, step).await.unwrap();
    }
    number
}

fn said(resource: &str, kind: CommentKind, words: &str) -> NewComment {
    NewComment {
        resource: resource.into(),
        kind,
        parent: None,
        words: words.into(),
    }
}

fn hide(reason: &str, words: &str) -> CommentRuling {
    CommentRuling::Hide {
        reason: reason.into(),
        words: words.into(),
    }
}

async fn counts(store: &Store, resource: &str) -> Vec<(&'static str, i64)> {
    let all = store.rating_counts(resource).await.unwrap();
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}

async fn seen(store: &Store, resource: &str) -> Vec<String> {
    let all = store.comments_on(resource).await.unwrap();
    all.into_iter().map(|one| one.words).collect()
}

#[tokio::test]
async fn everybody_has_one_rating_and_can_change_it() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let minh = person(&store, "minh", Role::Learner, "").await;
        let number = draft(&store, &lan, &lesson("Phân số")).await;
        let early = rate_resource(&store, &minh, &number, Some("ready")).await;
        assert!(matches!(early, Err(Error::NotFound(_))), "{early:?}");
        for (who, step) in [(&lan, "send"), (&mai, "accept"), (&mai, "publish")] {
            go(&store, who, &number, step).await.unwrap();
        }
        let listed = store.rating_counts(&number).await.unwrap();
        assert!(listed.len() >= 2 && listed.iter().all(|(_, count)| *count == 0));
        for (who, value) in [
            (&minh, "ready"),
            (&mai, "mend"),
            (&minh, "mend"),
            (&minh, "mend"),
        ] {
            rate_resource(&store, who, &number, Some(value))
                .await
                .unwrap();
        }
        assert_eq!(counts(&store, &number).await, [("mend", 2)]);
        assert_eq!(
            store.own_rating(&minh, &number).await.unwrap().as_deref(),
            Some("mend")
        );
        assert_eq!(store.own_rating(&lan, &number).await.unwrap(), None);
        let odd = rate_resource(&store, &minh, &number, Some("five-stars")).await;
        assert!(matches!(odd, Err(Error::NotFound(_))), "{odd:?}");
        let own = rate_resource(&store, &lan, &number, Some("ready")).await;
        assert!(matches!(own, Err(Error::NotAllowed(_))), "{own:?}");
        let nobody = rate_resource(&store, &Actor::default(), &number, Some("ready")).await;
        assert!(matches!(nobody, Err(Error::Forbidden)), "{nobody:?}");
        rate_resource(&store, &minh, &number, None).await.unwrap();
        rate_resource(&store, &minh, &number, None).await.unwrap();
        assert_eq!(counts(&store, &number).await, [("mend", 1)]);
        withdraw(&store, &number, "outdated").await.unwrap();
        assert!(
            counts(&store, &number).await.is_empty(),
            "gone with the resource"
        );
        rate_resource(&store, &mai, &number, None).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_comment_is_seen_once_a_moderator_has_shown_it() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let ha = person(&store, "ha", Role::Curator, "hn-01").await;
        let far = person(&store, "far", Role::Curator, "hn-02").await;
        let minh = person(&store, "minh", Role::Learner, "").await;
        let number = published(&store, &lan, &mai).await;
        let question = said(&number, CommentKind::Question, " Câu 2 là gì?\r\n ");
        let id = write_comment(&store, &minh, &question, Moderation::Before)
            .await
            .unwrap();
        let again = write_comment(&store, &minh, &question, Moderation::Before)
            .await
            .unwrap();
        assert_eq!(id, again, "a form that is sent twice is one comment");
        assert!(seen(&store, &number).await.is_empty());
        let own = store.own_comments(&minh, &number).await.unwrap();
        assert_eq!(
            (own[0].state, own[0].words.as_str()),
            (CommentState::Waiting, "Câu 2 là gì?")
        );
        assert!(store.own_comments(&lan, &number).await.unwrap().is_empty());

        let queue = store.comment_queue(&ha).await.unwrap();
        assert_eq!(
            (queue.len(), queue[0].waits, queue[0].edition),
            (1, true, 1)
        );
        assert_eq!(queue[0].comment.name, "minh", "moderators know who writes");
        for (who, name) in [
            (&far, "elsewhere"),
            (&lan, "the author of the resource"),
            (&minh, "their own"),
        ] {
            assert!(store.comment_queue(who).await.unwrap().is_empty(), "{name}");
            let refused = rule_on_comment(&store, who, id, 1, &CommentRuling::Show).await;
            assert!(
                matches!(refused, Err(Error::Forbidden)),
                "{name}: {refused:?}"
            );
        }
        let answer = |words: &str| NewComment {
            parent: Some(id),
            ..said(&number, CommentKind::Answer, words)
        };
        let early = write_comment(&store, &lan, &answer("Sớm"), Moderation::Before).await;
        assert!(
            matches!(early, Err(Error::NotFound(_))),
            "a question that nobody sees is not answered"
        );
        assert!(matches!(
            rule_on_comment(&store, &ha, id, 7, &CommentRuling::Show).await,
            Err(Error::Stale)
        ));
        rule_on_comment(&store, &ha, id, 1, &CommentRuling::Show)
            .await
            .unwrap();
        assert_eq!(seen(&store, &number).await, ["Câu 2 là gì?"]);
        assert_eq!(
            store.comments_on(&number).await.unwrap()[0].name,
            "",
            "learners have no names"
        );
        assert!(store.comment_queue(&ha).await.unwrap().is_empty());
        let told = store.notices(minh.account).await.unwrap();
        assert_eq!(
            (told[0].kind.as_str(), told[0].object.as_str()),
            ("comment-shown", &*format!("comments:{number}"))
        );
        assert_eq!(
            store.notices(lan.account).await.unwrap()[0].kind,
            "comment-received"
        );

        let id = write_comment(&store, &lan, &answer("Là hai phần ba."), Moderation::After)
            .await
            .unwrap();
        let all = store.comments_on(&number).await.unwrap();
        assert_eq!(
            (all.len(), all[1].name.as_str(), all[1].parent),
            (2, "lan", Some(queue[0].comment.id))
        );
        assert_eq!(
            store.notices(minh.account).await.unwrap()[0].kind,
            "comment-answered"
        );
        assert_eq!(
            store.comment_queue(&ha).await.unwrap().len(),
            1,
            "it is looked at afterwards"
        );
        for odd in [
            hide("rude", " "),
            hide("", "vì"),
            hide("no-such-reason", "vì"),
        ] {
            let refused = rule_on_comment(&store, &ha, id, 1, &odd).await;
            assert!(
                matches!(refused, Err(Error::NotAllowed(_))),
                "{odd:?}: {refused:?}"
            );
        }
        rule_on_comment(&store, &ha, id, 1, &hide("off-topic", "Lạc đề."))
            .await
            .unwrap();
        assert_eq!(seen(&store, &number).await, ["Câu 2 là gì?"]);
        let own = store.own_comments(&lan, &number).await.unwrap();
        assert_eq!(
            (own[0].reason.as_str(), own[0].note.as_str()),
            ("off-topic", "Lạc đề.")
        );
        rule_on_comment(&store, &ha, id, 2, &CommentRuling::Show)
            .await
            .unwrap();
        rule_on_comment(&store, &ha, queue[0].comment.id, 2, &hide("other", "Vì …"))
            .await
            .unwrap();
        assert!(
            seen(&store, &number).await.is_empty(),
            "an answer goes with its question"
        );
        assert_eq!(
            store.moderated_comments(&ha, &number).await.unwrap().len(),
            2
        );
        assert!(
            store
                .moderated_comments(&far, &number)
                .await
                .unwrap()
                .is_empty()
        );
        let rows = store.audit_newest(20).await.unwrap();
        let ruled: Vec<&str> = rows
            .iter()
            .map(|row| row.action.as_str())
            .filter(|action| action.starts_with("comment."))
            .collect();
        assert_eq!(
            ruled,
            [
                "comment.hidden",
                "comment.shown",
                "comment.hidden",
                "comment.shown"
            ]
        );
        assert!(
            rows.iter().all(|row| !row.detail.contains("Lạc đề")),
            "words are no part of the log"
        );
        assert!(matches!(
            store.verify_audit().await.unwrap(),
            AuditVerdict::Whole { .. }
        ));
    })
    .await;
}

#[tokio::test]
async fn comments_have_limits_and_can_be_taken_back() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "").await;
        let mai = person(&store, "mai", Role::Appraiser, "").await;
        let minh = person(&store, "minh", Role::Learner, "").await;
        let unpublished = draft(&store, &lan, &lesson("Nháp")).await;
        let number = published(&store, &lan, &mai).await;
        let write = async |words: &str, resource: &str| {
            let comment = said(resource, CommentKind::Comment, words);
            write_comment(&store, &minh, &comment, Moderation::After).await
        };
        let hidden = write("Chào", &unpublished).await;
        assert!(matches!(hidden, Err(Error::NotFound(_))), "{hidden:?}");
        for odd in ["", " \n\t ", "\u{202e}", &"x".repeat(2_001)] {
            let refused = write(odd, &number).await;
            assert!(matches!(refused, Err(Error::NotAllowed(_))), "{refused:?}");
        }
        let first = write("Một", &number).await.unwrap();
        let foreign = withdraw_comment(&store, &lan, first).await;
        assert!(matches!(foreign, Err(Error::Forbidden)), "{foreign:?}");
        withdraw_comment(&store, &minh, first).await.unwrap();
        assert!(seen(&store, &number).await.is_empty());
        assert!(store.own_comments(&minh, &number).await.unwrap().is_empty());
        assert!(matches!(
            withdraw_comment(&store, &minh, first).await,
            Err(Error::NotFound(_))
        ));
        let ruled = rule_on_comment(&store, &mai, first, 2, &CommentRuling::Show).await;
        assert!(
            matches!(ruled, Err(Error::NotFound(_))),
            "what was taken back stays away"
        );
        for count in 1..COMMENTS_A_DAY {
            write(&format!("Câu {count}"), &number).await.unwrap();
        }
        let more = write("Thêm", &number).await;
        assert!(matches!(more, Err(Error::TooMany(_))), "{more:?}");
        withdraw(&store, &number, "outdated").await.unwrap();
        assert!(
            seen(&store, &number).await.is_empty(),
            "gone with the resource"
        );
        assert!(store.comment_queue(&mai).await.unwrap().is_empty());
    })
    .await;
}
