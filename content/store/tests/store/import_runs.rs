//! Bookkeeping of imports.

use crate::records::many;
use khue_content::check::Severity;
use khue_store::actions::{
    ImportFinding, ImportProgress, ImportStart, Place, begin_or_resume_import, finish_import,
    import_batch,
};
use khue_store::testing::Databases;

fn start(fingerprint: &str) -> ImportStart {
    ImportStart {
        source: "test".into(),
        path: "/data/lessons".into(),
        format: "markdown".into(),
        fingerprint: fingerprint.into(),
    }
}

fn finding(code: &str, refused: bool) -> ImportFinding {
    ImportFinding {
        file: "a.md".into(),
        line: Some(3),
        property: "license".into(),
        code: code.into(),
        severity: Severity::Warning,
        message: "the licence \0 is not known; name one of the list".into(),
        refused,
    }
}

#[tokio::test]
async fn an_unfinished_import_continues_and_a_finished_one_begins_anew() {
    Databases::each(|store| async move {
        let run = begin_or_resume_import(&store, &start("1")).await.unwrap();
        assert_eq!(run.place, None);
        let place = Place {
            file: "b.md".into(),
            offset: 1234,
            line: 56,
        };
        let progress = ImportProgress {
            run: run.id,
            place: place.clone(),
            findings: vec![],
        };
        import_batch(&store, many(10, ""), Some(progress.clone()))
            .await
            .unwrap();
        let resumed = begin_or_resume_import(&store, &start("1")).await.unwrap();
        assert_eq!(
            (resumed.id, resumed.place, resumed.created),
            (run.id, Some(place), 10)
        );
        let other = begin_or_resume_import(&store, &start("2")).await.unwrap();
        assert_ne!(other.id, run.id);
        import_batch(&store, many(10, ""), Some(progress))
            .await
            .unwrap();
        let done = finish_import(&store, run.id).await.unwrap();
        assert_eq!((done.created, done.unchanged), (10, 10));
        assert!(done.finished_at.is_some());
        let again = begin_or_resume_import(&store, &start("1")).await.unwrap();
        assert_ne!(again.id, run.id);
        assert_eq!(store.import_runs(10).await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn refusals_are_all_kept_and_other_findings_by_the_thousand() {
    Databases::each(|store| async move {
        let run = begin_or_resume_import(&store, &start("1"))
            .await
            .unwrap()
            .id;
        for _ in 0..3 {
            let mut findings: Vec<_> = (0..500)
                .map(|_| finding("unknown-licence", false))
                .collect();
            findings.extend((0..500).map(|_| finding("not-json", true)));
            let progress = ImportProgress {
                run,
                place: Place::default(),
                findings,
            };
            import_batch(&store, vec![], Some(progress)).await.unwrap();
        }
        let counts = store.import_finding_counts(run).await.unwrap();
        let counts: Vec<_> = counts.iter().map(|c| (c.code.as_str(), c.found)).collect();
        assert_eq!(counts, [("not-json", 1500), ("unknown-licence", 1500)]);
        let refused = store
            .import_findings(run, Some("not-json"), 0, 10_000)
            .await
            .unwrap();
        assert_eq!(refused.len(), 1500);
        let kept = store
            .import_findings(run, Some("unknown-licence"), 0, 10_000)
            .await
            .unwrap();
        assert_eq!(kept.len(), 1000);
        assert_eq!(kept[0].finding.line, Some(3));
        assert_eq!(store.import_run(run).await.unwrap().unwrap().refused, 1500);
    })
    .await;
}

#[tokio::test]
async fn progress_of_an_unknown_run_stores_nothing() {
    Databases::each(|store| async move {
        let progress = ImportProgress {
            run: 77,
            ..Default::default()
        };
        let failed = import_batch(&store, many(5, ""), Some(progress)).await;
        assert!(matches!(failed, Err(khue_store::Error::NotFound(_))));
        assert_eq!(store.count().await.unwrap(), 0);
        assert_eq!(store.last_change().await.unwrap(), 0);
        import_batch(&store, many(5, ""), None).await.unwrap();
        assert_eq!(store.last_change().await.unwrap(), 5);
    })
    .await;
}
