//! Reports through the store: anybody opens them, those who may close them, the reporter sees what came of it.

use crate::community::published;
use crate::submissions::{draft, lesson, person};
use khue_content::account::Role;
use khue_content::community::{OPEN_REPORTS, ReportState, report_kinds};
use khue_store::actions::reports::{NewReport, ReportRuling, open_report, rule_on_report};
use khue_store::actions::{NOBODY, withdraw};
use khue_store::testing::Databases;
use khue_store::{AuditVerdict, Error};

const DAY: i64 = 86_400_000;

fn new(resource: &str, kind: &str, token: &str) -> NewReport {
    NewReport {
        resource: resource.into(),
        kind: kind.into(),
        words: "Câu 2 sai đáp số.".into(),
        token_hash: token.into(),
        year: 2026,
    }
}

fn closed(outcome: &str, answer: &str) -> ReportRuling {
    ReportRuling::Close {
        outcome: outcome.into(),
        answer: answer.into(),
    }
}

#[tokio::test]
async fn a_report_is_a_file_with_a_deadline_that_is_closed_with_an_answer() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Curator, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "hn-01").await;
        let ha = person(&store, "ha", Role::Curator, "hn-01").await;
        let far = person(&store, "far", Role::Administrator, "hn-02").await;
        let number = published(&store, &lan, &mai).await;
        let first = open_report(&store, &new(&number, "error", "t1"))
            .await
            .unwrap();
        let urgent = open_report(&store, &new(&number, "safety", "t2"))
            .await
            .unwrap();
        assert_eq!(
            (first.as_str(), urgent.as_str()),
            ("PA-2026-000001", "PA-2026-000002")
        );
        let queue = store.report_queue(&ha).await.unwrap();
        let order: Vec<&str> = queue.iter().map(|one| one.number.as_str()).collect();
        assert_eq!(
            order,
            [urgent.as_str(), &first],
            "what is due first comes first"
        );
        for one in &queue {
            let kind = report_kinds()
                .iter()
                .find(|kind| kind.key == one.kind)
                .unwrap();
            assert_eq!(one.due_at - one.opened_at, kind.days * DAY, "{}", one.kind);
            assert_eq!(
                (one.submission.as_deref(), one.state),
                (Some(number.as_str()), ReportState::Open)
            );
        }
        for (who, name) in [(&far, "elsewhere"), (&lan, "the author of the resource")] {
            assert!(store.report_queue(who).await.unwrap().is_empty(), "{name}");
            assert!(store.report(who, &first).await.unwrap().is_none(), "{name}");
            let refused = rule_on_report(&store, who, &first, 1, &ReportRuling::TakeOn).await;
            assert!(
                matches!(refused, Err(Error::Forbidden)),
                "{name}: {refused:?}"
            );
        }
        rule_on_report(&store, &ha, &first, 1, &ReportRuling::TakeOn)
            .await
            .unwrap();
        let stale = rule_on_report(&store, &mai, &first, 1, &closed("mended", "Đã sửa.")).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        for odd in [
            closed("", "Đã sửa."),
            closed("mended", " \n"),
            closed("no-such-outcome", "x"),
        ] {
            let refused = rule_on_report(&store, &ha, &first, 2, &odd).await;
            assert!(
                matches!(refused, Err(Error::NotAllowed(_))),
                "{odd:?}: {refused:?}"
            );
        }
        let seen = store.report_of("t1").await.unwrap().unwrap();
        assert_eq!((seen.state, seen.closed_at), (ReportState::InHand, None));
        rule_on_report(&store, &ha, &first, 2, &closed("mended", "Đã sửa đáp số."))
            .await
            .unwrap();
        let again = rule_on_report(&store, &ha, &first, 3, &ReportRuling::TakeOn).await;
        assert!(matches!(again, Err(Error::NotAllowed(_))), "{again:?}");
        let seen = store.report_of("t1").await.unwrap().unwrap();
        assert_eq!(
            (seen.state, seen.answer.as_str()),
            (ReportState::Closed, "Đã sửa đáp số.")
        );
        assert!(seen.closed_at.is_some() && store.report_of("t3").await.unwrap().is_none());
        assert_eq!(store.report_queue(&ha).await.unwrap().len(), 1);

        // What is withdrawn because of a report keeps its file.
        withdraw(&store, &number, "safety").await.unwrap();
        let open = store.report(&mai, &urgent).await.unwrap().unwrap();
        assert!(!open.resource_published);
        rule_on_report(&store, &mai, &urgent, 1, &closed("withdrawn", "Đã gỡ."))
            .await
            .unwrap();
        let rows = store.audit_newest(20).await.unwrap();
        let told: Vec<(&str, i64)> = rows
            .iter()
            .filter(|row| row.action.starts_with("report."))
            .map(|row| (row.action.as_str(), row.actor))
            .collect();
        let expected = [
            ("report.closed", mai.account),
            ("report.closed", ha.account),
            ("report.taken-on", ha.account),
            ("report.opened", NOBODY),
            ("report.opened", NOBODY),
        ];
        assert_eq!(told, expected);
        assert!(
            rows.iter().all(|row| !row.detail.contains("đáp số")),
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
async fn odd_reports_open_nothing() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "").await;
        let mai = person(&store, "mai", Role::Appraiser, "").await;
        let unpublished = draft(&store, &lan, &lesson("Nháp")).await;
        let hidden = open_report(&store, &new(&unpublished, "error", "t")).await;
        assert!(matches!(hidden, Err(Error::NotFound(_))), "{hidden:?}");
        let number = published(&store, &lan, &mai).await;
        let worded = |words: String| NewReport {
            words,
            ..new(&number, "error", "t")
        };
        for odd in [
            new(&number, "noise", "t"),
            worded(" \u{202e}\n".into()),
            worded("x".repeat(5_001)),
        ] {
            let refused = open_report(&store, &odd).await;
            assert!(matches!(refused, Err(Error::NotAllowed(_))), "{refused:?}");
        }
        for count in 0..OPEN_REPORTS {
            open_report(&store, &new(&number, "error", &format!("t{count}")))
                .await
                .unwrap();
        }
        let more = open_report(&store, &new(&number, "error", "more")).await;
        assert!(matches!(more, Err(Error::TooMany(_))), "{more:?}");
        assert!(store.report_of("more").await.unwrap().is_none());
        let last = store.report_queue(&mai).await.unwrap().pop().unwrap();
        assert_eq!(
            last.number,
            format!("PA-2026-{OPEN_REPORTS:06}"),
            "numbers have no gaps"
        );
    })
    .await;
}
