//! The queue.

use crate::records::{import, many};
use khue_store::queue::{
    MAX_ATTEMPTS, State, claim, claim_at, enqueue_now, fail, finish, forget_ended, list, recover,
    wait,
};
use khue_store::testing::Databases;
use khue_store::{Error, Job, now};
use std::time::Duration;

const KINDS: &[&str] = &["index_changes", "import"];

fn import_job(path: &str) -> Job {
    Job::Import {
        path: path.into(),
        source: None,
    }
}

#[tokio::test]
async fn changes_leave_one_job_waiting() {
    Databases::each(|store| async move {
        import(&store, many(3, "")).await;
        import(&store, many(5, "")).await;
        import(&store, many(5, "")).await;
        assert_eq!(list(&store, 10).await.unwrap().len(), 1);
        let job = claim(&store, KINDS).await.unwrap().unwrap();
        assert_eq!((job.job, job.attempts), (Job::IndexChanges, 1));
        assert_eq!(claim(&store, KINDS).await.unwrap(), None);
        // While it runs, a further change needs a further job.
        import(&store, many(6, "")).await;
        assert_eq!(list(&store, 10).await.unwrap().len(), 2);
        finish(&store, job.id).await.unwrap();
        assert!(matches!(
            finish(&store, job.id).await,
            Err(Error::NotFound(_))
        ));
        assert!(claim(&store, KINDS).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn jobs_come_in_order_and_of_the_kinds_asked_for() {
    Databases::each(|store| async move {
        for path in ["/a", "/b", "/a"] {
            enqueue_now(&store, &import_job(path)).await.unwrap();
        }
        enqueue_now(&store, &Job::RebuildIndex).await.unwrap();
        let mut taken = Vec::new();
        while let Some(claimed) = claim(&store, KINDS).await.unwrap() {
            taken.push(claimed.job);
        }
        assert_eq!(taken, [import_job("/a"), import_job("/b")]);
        assert_eq!(claim(&store, &[]).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_failing_job_waits_longer_each_time_and_is_given_up() {
    Databases::each(|store| async move {
        let enqueued = now() - 1;
        enqueue_now(&store, &import_job("/a")).await.unwrap();
        let mut delays = Vec::new();
        for attempt in 1..=MAX_ATTEMPTS {
            assert_eq!(claim_at(&store, KINDS, enqueued).await.unwrap(), None);
            let job = claim_at(&store, KINDS, i64::MAX).await.unwrap().unwrap();
            assert_eq!(job.attempts, attempt);
            let state = fail(&store, job.id, "no such file").await.unwrap();
            let row = list(&store, 1).await.unwrap().remove(0);
            assert_eq!(
                (row.state, row.last_error.as_deref()),
                (state, Some("no such file"))
            );
            delays.push(row.run_after - now());
        }
        assert_eq!(list(&store, 1).await.unwrap()[0].state, State::Failed);
        let growing = delays[..7].windows(2).all(|pair| pair[1] > pair[0] + 3_000);
        assert!(growing && delays[6] <= 3_600_000, "{delays:?}");
        assert_eq!(claim_at(&store, KINDS, i64::MAX).await.unwrap(), None);
        assert_eq!(forget_ended(&store, i64::MAX).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn jobs_that_were_running_at_a_crash_run_again() {
    Databases::each(|store| async move {
        import(&store, many(3, "")).await;
        enqueue_now(&store, &import_job("/a")).await.unwrap();
        assert!(claim(&store, KINDS).await.unwrap().is_some());
        assert!(claim(&store, KINDS).await.unwrap().is_some());
        assert_eq!(recover(&store).await.unwrap(), 2);
        assert_eq!(recover(&store).await.unwrap(), 0);
        let first = claim(&store, KINDS).await.unwrap().unwrap();
        assert_eq!((first.job, first.attempts), (Job::IndexChanges, 2));
        // A twin that waits does the work of one that failed.
        import(&store, many(4, "")).await;
        assert_eq!(
            fail(&store, first.id, "index locked").await.unwrap(),
            State::Done
        );
        assert!(claim(&store, &["index_changes"]).await.unwrap().is_some());
        assert_eq!(
            claim_at(&store, &["index_changes"], i64::MAX)
                .await
                .unwrap(),
            None
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_job_is_taken_twice() {
    Databases::each(|store| async move {
        for number in 0..40 {
            enqueue_now(&store, &import_job(&format!("/{number}")))
                .await
                .unwrap();
        }
        let workers: Vec<_> = (0..4)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    let mut taken = Vec::new();
                    while let Some(job) = claim(&store, KINDS).await.unwrap() {
                        finish(&store, job.id).await.unwrap();
                        taken.push(job.id);
                    }
                    taken
                })
            })
            .collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.await.unwrap());
        }
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 40);
    })
    .await;
}

#[tokio::test]
async fn a_waiting_worker_is_woken() {
    Databases::each(|store| async move {
        let waiting = tokio::spawn({
            let store = store.clone();
            async move {
                wait(&store, Duration::from_secs(60)).await;
                claim(&store, KINDS).await.unwrap()
            }
        });
        import(&store, many(1, "")).await;
        let woken = tokio::time::timeout(Duration::from_secs(10), waiting).await;
        assert!(woken.unwrap().unwrap().is_some());
    })
    .await;
}
