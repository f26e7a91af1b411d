//! Files by content.

use khue_store::actions::{FileFacts, remember_file};
use khue_store::testing::Databases;
use khue_store::{Error, Files};
use std::io::Read;

const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

/// Gives some bytes, then fails.
struct Broken(usize);

impl Read for Broken {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.0 == 0 {
            return Err(std::io::Error::other("cable pulled"));
        }
        self.0 -= 1;
        buffer.fill(7);
        Ok(buffer.len())
    }
}

fn files_in(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                files_in(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn a_content_is_kept_once_and_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::open(folder.path().join("files")).unwrap();
    let first = files.put(&b"hello"[..]).unwrap();
    assert_eq!((first.sha256.as_str(), first.size), (HELLO, 5));
    assert_eq!(files.put(&b"hello"[..]).unwrap(), first);
    assert_eq!(files_in(folder.path()).len(), 1);
    assert!(files_in(folder.path())[0].ends_with(format!("2c/f2/{HELLO}")));
    let mut text = String::new();
    files.get(HELLO).unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, "hello");
}

#[test]
fn a_broken_upload_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::open(folder.path()).unwrap();
    assert!(matches!(files.put(Broken(3)), Err(Error::Io { .. })));
    assert!(files_in(folder.path()).is_empty());
    std::fs::write(
        folder.path().join("unfinished/1-1"),
        "of a process that was killed",
    )
    .unwrap();
    assert_eq!(files.remove_unfinished().unwrap(), 1);
}

#[test]
fn only_hashes_name_files() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::open(folder.path()).unwrap();
    let upper = HELLO.to_uppercase();
    for name in ["../../etc/passwd", "", "é", &upper, &HELLO[1..]] {
        assert!(matches!(files.get(name), Err(Error::NotFound(_))), "{name}");
    }
    assert!(matches!(files.get(HELLO), Err(Error::NotFound(_))));
}

#[tokio::test]
async fn facts_of_a_file_are_remembered_and_renewed() {
    Databases::each(|store| async move {
        let folder = tempfile::tempdir().unwrap();
        let saved = Files::open(folder.path())
            .unwrap()
            .put(&b"hello"[..])
            .unwrap();
        for name in ["a.txt", "bài tập.txt"] {
            let facts = FileFacts {
                media_type: "text/plain".into(),
                name: name.into(),
            };
            remember_file(&store, &saved, facts).await.unwrap();
        }
        let file = store.file(HELLO).await.unwrap().unwrap();
        assert_eq!((file.name.as_str(), file.size), ("bài tập.txt", 5));
        assert_eq!(store.file("0").await.unwrap(), None);
    })
    .await;
}

#[test]
fn a_file_of_this_machine_is_kept_and_stays_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::open(folder.path().join("files")).unwrap();
    let own = folder.path().join("own");
    for _ in 0..2 {
        std::fs::write(&own, "hello").unwrap();
        let saved = files.put_file(&own).unwrap();
        assert_eq!((saved.sha256.as_str(), saved.size), (HELLO, 5));
        assert_eq!(std::fs::read_to_string(&own).unwrap(), "hello");
        assert_eq!(files_in(&folder.path().join("files")).len(), 1);
        std::fs::remove_file(&own).unwrap();
        let mut text = String::new();
        files.get(HELLO).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "hello");
    }
    let missing = files.put_file(&folder.path().join("nothing"));
    assert!(matches!(missing, Err(Error::Io { .. })));
    assert_eq!(files_in(&folder.path().join("files")).len(), 1);
}

#[tokio::test]
async fn what_nothing_refers_to_is_told_apart() {
    Databases::each(|store| async move {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path().join("files")).unwrap();
        let (own, other) = (
            files.put(&b"one"[..]).unwrap(),
            files.put(&b"two"[..]).unwrap(),
        );
        let facts = FileFacts {
            media_type: "text/plain".into(),
            name: "one.txt".into(),
        };
        remember_file(&store, &own, facts).await.unwrap();
        let named = store.named_files().await.unwrap();
        assert!(named.contains(&own.sha256) && !named.contains(&other.sha256));
        assert_eq!(files.list_others(&named).unwrap(), [other]);
    })
    .await;
}

#[test]
fn who_removes_files_is_alone() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("files");
    let (one, other) = (Files::open(&place).unwrap(), Files::open(&place).unwrap());
    let alone = || Files::open_alone(&place);
    assert!(matches!(alone(), Err(Error::NotAllowed(_))));
    drop(one);
    assert!(matches!(alone(), Err(Error::NotAllowed(_))));
    drop(other);
    let held = alone().unwrap();
    assert!(matches!(Files::open(&place), Err(Error::NotAllowed(_))));
    drop(held);
    assert!(Files::open(&place).is_ok());
}
