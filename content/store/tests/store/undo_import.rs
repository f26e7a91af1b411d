//! Taking imports back as a whole.

use crate::records::{many, of_source, record};
use crate::submissions::person;
use khue_content::account::{Actor, Role};
use khue_content::{Body, LearningResource, Link};
use khue_store::actions::collections::{
    CollectionText, Put, change_collection, create_collection, put_into_collection,
};
use khue_store::actions::{
    Fate, ImportProgress, ImportStart, OutcomeKind, UndoRow, begin_or_resume_import,
    begin_undo_import, finish_import, import_batch, undo_import_part, withdraw,
};
use khue_store::testing::{Databases, tamper};
use khue_store::{AuditVerdict, Error, Status, Store};
use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Takes records in as an import of its own; gives its number and what became of each.
async fn run(store: &Store, batches: Vec<Vec<LearningResource>>) -> (i64, Vec<OutcomeKind>) {
    let start = ImportStart {
        source: "test".into(),
        ..ImportStart::default()
    };
    let run = begin_or_resume_import(store, &start).await.unwrap().id;
    let mut kinds = Vec::new();
    for batch in batches {
        let progress = ImportProgress {
            run,
            ..ImportProgress::default()
        };
        let stored = import_batch(store, batch, Some(progress)).await.unwrap();
        kinds.extend(stored.into_iter().map(|one| one.kind));
    }
    finish_import(store, run).await.unwrap();
    (run, kinds)
}

/// What would become of each record, by id.
async fn preview(store: &Store, run: i64) -> BTreeMap<String, (Fate, String)> {
    let mut all = Vec::new();
    loop {
        let after = all.last().map_or(0, |row: &UndoRow| row.key);
        let part = store.import_undo_preview(run, after).await.unwrap();
        if part.is_empty() {
            return by_id(all);
        }
        all.extend(part);
    }
}

/// Takes an import back; what became of each record, by id.
async fn undo(store: &Store, run: i64) -> BTreeMap<String, (Fate, String)> {
    begin_undo_import(store, None, run).await.unwrap();
    let mut all = Vec::new();
    loop {
        let part = undo_import_part(store, run).await.unwrap();
        if part.is_empty() {
            return by_id(all);
        }
        all.extend(part);
    }
}

fn by_id(rows: Vec<UndoRow>) -> BTreeMap<String, (Fate, String)> {
    let pair = |row: UndoRow| (row.id, (row.fate, row.detail));
    rows.into_iter().map(pair).collect()
}

fn with_text(mut record: LearningResource, text: &str) -> LearningResource {
    record.body = Some(Body {
        text: text.into(),
        ..Body::default()
    });
    record
}

async fn name(store: &Store, id: &str) -> String {
    store.resource(id).await.unwrap().unwrap().record.name
}

#[tokio::test]
async fn what_came_goes_and_what_changed_is_as_before() {
    Databases::each(|store| async move {
        import_batch(&store, many(20, "cũ"), None).await.unwrap();
        let before = store.export("", 100).await.unwrap();
        let mut sheet = many(2_600, "cũ");
        sheet[3].name = "Bài 3 mới".into();
        sheet[4] = with_text(sheet[4].clone(), "Nội dung mới");
        // Twice in one sheet: what was before the first counts.
        let again = vec![
            record("bai-0003", "Bài 3 mới nữa"),
            record("bai-0100", "Hai lần"),
        ];
        let (import, _) = run(&store, vec![sheet, again]).await;
        let run_row = store.import_run(import).await.unwrap().unwrap();
        assert_eq!((run_row.created, run_row.changed), (2_580, 4));
        let foreseen = preview(&store, import).await;
        assert_eq!(
            store.count().await.unwrap(),
            2_600,
            "a preview changes nothing"
        );
        let done = undo(&store, import).await;
        assert_eq!(done, foreseen);
        let restored = done.values().filter(|(fate, _)| *fate == Fate::Restored);
        assert_eq!((done.len(), restored.count()), (2_582, 2));
        assert_eq!(store.count().await.unwrap(), 20);
        assert_eq!(store.export("", 100).await.unwrap(), before);
        // The history keeps what the import had made of it.
        let versions = store.versions("bai-0003").await.unwrap();
        let names: Vec<&str> = versions
            .iter()
            .map(|one| one.record.name.as_str())
            .collect();
        assert_eq!(names, ["Bài 3 cũ", "Bài 3 mới", "Bài 3 mới nữa"]);
        // The stream of changes tells whoever indexes.
        let changes = store.changes_since(0, 10_000).await.unwrap();
        assert_eq!(
            changes.iter().filter(|one| one.record.is_some()).count(),
            20
        );
        let told = store
            .import_run(import)
            .await
            .unwrap()
            .unwrap()
            .undo
            .unwrap();
        assert_eq!((told.removed, told.restored, told.kept), (2_580, 2, 0));
        assert!(told.ended_at.is_some());
        let audit = store.audit(0, 10).await.unwrap();
        let actions: Vec<&str> = audit.iter().map(|row| row.action.as_str()).collect();
        assert_eq!(actions, ["import.undo-begun", "import.undone"]);
        let whole = store.verify_audit().await.unwrap();
        assert!(matches!(whole, AuditVerdict::Whole { .. }));
    })
    .await;
}

#[tokio::test]
async fn undoing_twice_says_so_and_a_corrected_sheet_brings_it_back() {
    Databases::each(|store| async move {
        let (first, _) = run(&store, vec![many(3, "")]).await;
        undo(&store, first).await;
        let twice = begin_undo_import(&store, None, first).await.unwrap_err();
        assert!(twice.to_string().contains("already"), "{twice}");
        let unknown = begin_undo_import(&store, None, 99).await;
        assert!(matches!(unknown, Err(Error::NotFound(_))));
        // The same row and a corrected one: both are new again, and can be taken back again.
        let sheet = vec![record("bai-0000", "Bài 0 "), record("bai-0001", "Đã sửa")];
        let (second, kinds) = run(&store, vec![sheet]).await;
        assert_eq!(kinds, [OutcomeKind::New, OutcomeKind::New]);
        assert_eq!(store.count().await.unwrap(), 2);
        assert_eq!(name(&store, "bai-0001").await, "Đã sửa");
        let done = undo(&store, second).await;
        assert!(done.values().all(|(fate, _)| *fate == Fate::Removed));
        assert_eq!(store.count().await.unwrap(), 0);
        // What a person has withdrawn is not brought back by an import.
        run(&store, vec![many(1, "")]).await;
        withdraw(&store, "bai-0000", "theo yêu cầu").await.unwrap();
        run(&store, vec![vec![record("bai-0000", "Khác")]]).await;
        let stored = store.resource("bai-0000").await.unwrap().unwrap();
        assert_eq!(stored.status, Status::Withdrawn("theo yêu cầu".into()));
    })
    .await;
}

#[tokio::test]
async fn what_was_changed_withdrawn_or_put_into_use_since_is_left_and_named() {
    Databases::each(|store| async move {
        let (import, _) = run(&store, vec![many(6, "")]).await;
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        import_batch(&store, vec![record("bai-0000", "Sửa tay")], None)
            .await
            .unwrap();
        let (later, _) = run(&store, vec![vec![record("bai-0001", "Sửa sau")]]).await;
        withdraw(&store, "bai-0002", "sai").await.unwrap();
        collect(&store, &lan, "bai-0003").await;
        let mut whole = of_source("other", "khoa-hoc", "Khóa học");
        whole.has_part = vec![Link {
            id: "bai-0004".into(),
            ..Link::default()
        }];
        import_batch(&store, vec![whole], None).await.unwrap();
        let done = undo(&store, import).await;
        let told = |id: &str| (done[id].0, done[id].1.as_str());
        assert_eq!(told("bai-0000"), (Fate::Changed, ""));
        assert_eq!(
            told("bai-0001"),
            (Fate::Changed, later.to_string().as_str())
        );
        assert_eq!(told("bai-0002"), (Fate::Withdrawn, ""));
        assert_eq!(told("bai-0003"), (Fate::InUse, "Phân số lớp 4"));
        assert_eq!(told("bai-0004"), (Fate::InUse, "Khóa học"));
        assert_eq!(told("bai-0005"), (Fate::Removed, ""));
        assert_eq!(name(&store, "bai-0000").await, "Sửa tay");
        let kept = store.import_kept(import, 0, 10).await.unwrap();
        assert_eq!(kept.len(), 5);
        assert_eq!(by_id(kept)["bai-0003"], done["bai-0003"]);
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_foresees_what_an_import_makes() {
    Databases::each(|store| async move {
        let (first, _) = run(&store, vec![many(3, "")]).await;
        undo(&store, first).await;
        import_batch(&store, many(2, ""), None).await.unwrap();
        let mut sheet = many(4, "");
        sheet[1].name = "Khác".into();
        sheet.extend([
            record("bai-0003", "Lại"),
            record("bai-0003", "Lại"),
            record("", "Không mã"),
        ]);
        let foreseen = store.import_foreseen(sheet.clone()).await.unwrap();
        let (_, made) = run(&store, vec![sheet]).await;
        assert_eq!(foreseen, made);
        use OutcomeKind::{Changed, New, Refused, Unchanged};
        assert_eq!(
            made,
            [Unchanged, Changed, New, New, Changed, Unchanged, Refused]
        );
    })
    .await;
}

/// Puts a resource into a public collection.
async fn collect(store: &Store, maker: &Actor, id: &str) {
    let name = "Phân số lớp 4";
    let collection = create_collection(store, maker, name).await.unwrap();
    let put = put_into_collection(store, maker, collection, id, "")
        .await
        .unwrap();
    assert_eq!(put, Put::In);
    let edition = store
        .collection(Some(maker), collection)
        .await
        .unwrap()
        .unwrap()
        .edition;
    let text = CollectionText {
        name: name.into(),
        description: String::new(),
        visibility: khue_content::collection::Visibility::Public,
        notes: Vec::new(),
    };
    change_collection(store, maker, collection, edition, &text, None)
        .await
        .unwrap();
}

#[tokio::test]
async fn wholes_of_the_same_import_go_with_their_parts() {
    Databases::each(|store| async move {
        let mut sheet = many(3, "");
        sheet[2].has_part = vec![Link {
            id: "bai-0000".into(),
            ..Link::default()
        }];
        let (import, _) = run(&store, vec![sheet]).await;
        let done = undo(&store, import).await;
        assert!(
            done.values().all(|(fate, _)| *fate == Fate::Removed),
            "{done:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn later_imports_are_taken_back_first_and_then_the_earlier_ones() {
    Databases::each(|store| async move {
        import_batch(&store, vec![record("a", "1")], None)
            .await
            .unwrap();
        let (second, _) = run(&store, vec![vec![record("a", "2"), record("b", "2")]]).await;
        let (third, _) = run(&store, vec![vec![record("a", "3"), record("b", "3")]]).await;
        undo(&store, third).await;
        assert_eq!(name(&store, "a").await, "2");
        let done = undo(&store, second).await;
        assert_eq!((done["a"].0, done["b"].0), (Fate::Restored, Fate::Removed));
        assert_eq!(name(&store, "a").await, "1");
    })
    .await;
}

#[tokio::test]
async fn an_import_from_before_says_that_it_cannot_be_taken_back() {
    Databases::each(|store| async move {
        let (import, _) = run(&store, vec![many(2, "")]).await;
        tamper(&store, "UPDATE import_run SET tracked = 0")
            .await
            .unwrap();
        for refused in [
            begin_undo_import(&store, None, import).await.map(drop),
            store.import_undo_preview(import, 0).await.map(drop),
        ] {
            let refused = refused.unwrap_err().to_string();
            assert!(refused.contains("cannot be taken back"), "{refused}");
        }
        assert_eq!(store.count().await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_import_that_is_being_taken_back_takes_nothing_more_in() {
    Databases::each(|store| async move {
        let start = ImportStart::default();
        let import = begin_or_resume_import(&store, &start).await.unwrap().id;
        let progress = ImportProgress {
            run: import,
            ..ImportProgress::default()
        };
        import_batch(&store, many(2, ""), Some(progress.clone()))
            .await
            .unwrap();
        begin_undo_import(&store, None, import).await.unwrap();
        let late = import_batch(&store, many(4, ""), Some(progress)).await;
        assert!(matches!(late, Err(Error::NotAllowed(_))), "{late:?}");
        let next = begin_or_resume_import(&store, &start).await.unwrap().id;
        assert_ne!(next, import);
        undo(&store, import).await;
        assert_eq!(store.count().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn only_those_take_back_whose_role_reaches_the_source() {
    Databases::each(|store| async move {
        let (import, _) = run(&store, vec![many(2, "")]).await;
        for (role, institution, may) in [
            (Role::Learner, "", false),
            (Role::Teacher, "", false),
            (Role::Appraiser, "", false),
            (Role::Curator, "hn-01", false),
            (Role::Administrator, "hn-01", false),
            (Role::Curator, "test", true),
        ] {
            let actor = person(
                &store,
                &format!("{}{institution}", role.name()),
                role,
                institution,
            )
            .await;
            let result = begin_undo_import(&store, Some(&actor), import).await;
            assert_eq!(
                result.is_ok(),
                may,
                "{role:?} of {institution:?}: {result:?}"
            );
        }
    })
    .await;
}

const ADDRESS: &str = "KHUE_TEST_UNDO_ADDRESS";

#[tokio::test]
async fn an_undo_whose_process_is_killed_goes_on_to_the_same_end() {
    for database in Databases::all().await.unwrap() {
        let store = database.store().await.unwrap();
        let (import, _) = run(&store, vec![many(9_000, "")]).await;
        begin_undo_import(&store, None, import).await.unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "undo_import::the_undo_that_is_killed",
                "--exact",
                "--ignored",
            ])
            .env(ADDRESS, &database.address)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while store.count().await.unwrap() == 9_000 {
            assert!(
                child.try_wait().unwrap().is_none(),
                "ended before it was killed"
            );
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let left = store.count().await.unwrap();
        let done = undo(&store, import).await;
        assert_eq!(done.len() as u64, left, "nothing is done twice");
        assert_eq!(store.count().await.unwrap(), 0);
        let told = store
            .import_run(import)
            .await
            .unwrap()
            .unwrap()
            .undo
            .unwrap();
        assert_eq!((told.removed, told.kept), (9_000, 0));
        store.close().await.unwrap();
    }
}

#[tokio::test]
#[ignore = "runs as the process that is killed"]
async fn the_undo_that_is_killed() {
    let Ok(address) = std::env::var(ADDRESS) else {
        return;
    };
    let store = Store::open(&address).await.unwrap();
    let import = store.import_runs(1).await.unwrap()[0].id;
    for _ in 0..4 {
        undo_import_part(&store, import).await.unwrap();
    }
    // Killed, not ended.
    tokio::time::sleep(Duration::from_secs(60)).await;
}
