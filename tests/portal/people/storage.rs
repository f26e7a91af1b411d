//! Uploaded files in S3-compatible storage, over HTTP and by the command line.

use crate::harness::{Answer, Person, Setup, TestPortal};
use khue_store::testing::storage::{ACCESS_KEY, BUCKET, Fault, REGION, SECRET_KEY, Storage};
use std::path::Path;
use std::sync::Arc;

/// More than is fetched before it is sent.
const FILM: usize = 9 << 20;

fn portal(storage: &Storage) -> Arc<TestPortal> {
    let variables = vec![
        ("KHUE_STORAGE_BUCKET", BUCKET.to_owned()),
        ("KHUE_STORAGE_ENDPOINT", storage.endpoint()),
        ("KHUE_STORAGE_REGION", REGION.to_owned()),
        ("KHUE_STORAGE_PREFIX", "khue/".to_owned()),
        ("KHUE_STORAGE_ACCESS_KEY", ACCESS_KEY.to_owned()),
        ("KHUE_STORAGE_SECRET_KEY", SECRET_KEY.to_owned()),
    ];
    Arc::new(TestPortal::start(Setup {
        variables,
        ..Setup::default()
    }))
}

fn upload(person: &Person, number: &str, name: &str, kind: &str, content: &str) -> Answer {
    let headers = [
        ("content-type", "multipart/form-data; boundary=B"),
        ("cookie", person.cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    let body = format!(
        "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: {kind}\r\n\r\n{content}\r\n--B--\r\n"
    );
    let path = format!("/submissions/{number}/files");
    person.portal.ask("POST", &path, &headers, &body)
}

/// Files below a folder.
fn count(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.path() {
            path if path.is_dir() => count(&path),
            _ => 1,
        })
        .sum()
}

fn film() -> String {
    (0..FILM)
        .map(|at| char::from(b'a' + (at % 23) as u8))
        .collect()
}

#[test]
fn files_lie_in_the_bucket_and_are_sent_from_there() {
    let storage = Storage::start().unwrap();
    let portal = portal(&storage);
    let lan = Person::registered(&portal, "storage-lan");
    let begun = lan.post("/submissions", &[]);
    let number = begun
        .header("location")
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    let film = film();
    for (name, kind, content) in [
        ("phieu.md", "text/markdown", "# Phiếu học tập\n\nPhân số."),
        ("phim.mp4", "video/mp4", film.as_str()),
    ] {
        let answer = upload(&lan, &number, name, kind, content);
        assert_eq!(answer.status, 303, "{:.500}", answer.text());
    }
    assert_eq!(storage.held().objects.len(), 2);
    assert!(
        storage
            .held()
            .objects
            .keys()
            .all(|key| key.starts_with("khue/"))
    );
    assert_eq!(count(&portal.data().join("files")), 0);
    // The text of the sheet was read on its way.
    let page = lan.get(&format!("/submissions/{number}"));
    assert!(page.text().contains("Phân số."));
    let links = page.page().attributes(".file-list a", "href");
    let film_link = links.iter().find(|link| link.ends_with(".mp4")).unwrap();
    // Copies near by may go at any time.
    std::fs::remove_dir_all(portal.data().join("near")).unwrap();
    std::fs::create_dir_all(portal.data().join("near/unfinished")).unwrap();
    for link in &links {
        let file = lan.get(link);
        assert_eq!(file.status, 200, "{link}");
        assert!(file.body.len() == FILM || file.text().contains("Phân số."));
    }
    parts_are_sent(&lan, film_link, film.as_bytes());
    assert_eq!(portal.get(film_link).status, 404, "nobody else gets it");
    assert_eq!(
        count(&portal.data().join("near")),
        1,
        "the film is passed on"
    );
    commands_tell_and_move(&portal);
    let log = portal.log();
    assert!(!log.contains(SECRET_KEY) && !log.contains("X-Amz"), "{log}");
}

fn parts_are_sent(lan: &Person, link: &str, film: &[u8]) {
    let ask = |method: &str, range: &str| {
        let headers = [("cookie", lan.cookie.as_str()), ("range", range)];
        lan.portal.ask(method, link, &headers, "")
    };
    let part = ask("GET", "bytes=1000000-1000009");
    assert_eq!(
        (part.status, part.body.as_slice()),
        (206, &film[1_000_000..1_000_010])
    );
    let range = format!("bytes 1000000-1000009/{FILM}");
    assert_eq!(part.header("content-range"), range);
    assert_eq!(part.header("content-type"), "video/mp4");
    assert!(
        part.header("content-security-policy")
            .starts_with("sandbox")
    );
    let end = ask("GET", "bytes=-5");
    assert_eq!((end.status, end.body.as_slice()), (206, &film[FILM - 5..]));
    let beyond = ask("GET", &format!("bytes={FILM}-"));
    assert_eq!(beyond.status, 416);
    let head = ask("HEAD", "bytes=0-9");
    assert_eq!((head.status, head.header("content-length")), (206, "10"));
}

fn commands_tell_and_move(portal: &TestPortal) {
    let said = portal.command_as_it_runs(&["config"]).unwrap();
    assert!(!said.contains(SECRET_KEY), "{said}");
    let whole = portal
        .command_as_it_runs(&["files", "verify", "--on", "bucket"])
        .unwrap();
    assert!(whole.contains("2 of 2"), "{whole}");
    let to_disk = ["files", "copy", "--to", "disk", "--dry-run"];
    let foreseen = portal.command_as_it_runs(&to_disk).unwrap();
    assert!(
        foreseen.contains("2 of 2 files would be copied"),
        "{foreseen}"
    );
    assert_eq!(count(&portal.data().join("files")), 0);
    let copied = portal.command_as_it_runs(&to_disk[..4]).unwrap();
    assert!(copied.contains("2 files copied"), "{copied}");
    assert_eq!(count(&portal.data().join("files")), 2);
    // Without the settings of the bucket it says what is missing.
    let refused = portal
        .command(&["files", "copy", "--to", "bucket"])
        .unwrap_err();
    assert!(refused.contains("storage.bucket"), "{refused}");
}

#[test]
fn a_bucket_that_does_not_answer_stops_uploads_and_nothing_else() {
    let storage = Storage::start().unwrap();
    let portal = portal(&storage);
    let lan = Person::registered(&portal, "storage-away");
    let number = lan.draft("Bài");
    storage
        .held()
        .faults
        .extend(std::iter::repeat_n(Fault::Busy, 5));
    let answer = upload(&lan, &number, "a.txt", "text/plain", "một");
    assert_eq!(answer.status, 503, "{:.500}", answer.text());
    let page = lan.get(&format!("/submissions/{number}"));
    assert_eq!(page.status, 200);
    assert!(
        page.page().all(".file-list a").is_empty(),
        "nothing was half kept"
    );
    assert_eq!(
        upload(&lan, &number, "a.txt", "text/plain", "một").status,
        303
    );
    assert!(portal.log().contains("503"), "{}", portal.log());
}

#[test]
fn files_that_nothing_refers_to_are_removed_when_it_is_asked_for() {
    let started = Arc::new(TestPortal::start(Setup::default()));
    let lan = Person::registered(&started, "clean-lan");
    let number = lan.draft("Bài có hai tệp");
    for (name, content) in [("a.txt", "tệp bị bỏ"), ("b.txt", "tệp ở lại")] {
        let answer = upload(&lan, &number, name, "text/plain", content);
        assert_eq!(answer.status, 303, "{:.500}", answer.text());
    }
    let page = lan.get(&format!("/submissions/{number}")).page();
    let remove = page.attributes(".file-list button", "value");
    let remove = remove.first().unwrap().clone();
    let removed = lan.post(&format!("/submissions/{number}"), &[("do", &remove)]);
    assert_eq!(removed.status, 303);
    drop(lan);
    let mut portal = Arc::try_unwrap(started).unwrap_or_else(|_| panic!("somebody holds it"));
    let files = portal.data().join("files");
    let foreseen = portal.command(&["files", "clean", "--dry-run"]).unwrap();
    let hash = remove.trim_start_matches("detach-");
    assert!(foreseen.contains(hash), "{foreseen}");
    assert!(
        foreseen.contains("1 files that nothing refers to"),
        "{foreseen}"
    );
    let refused = portal.command(&["files", "clean"]).unwrap_err();
    assert!(refused.contains("stop it first"), "{refused}");
    assert_eq!(count(&files), 2);

    let ended = std::process::Command::new("kill")
        .arg(portal.process().to_string())
        .status();
    assert!(ended.unwrap().success());
    portal.kill_is_over();
    portal.command(&["files", "clean"]).unwrap();
    assert_eq!(count(&files), 1);
    assert!(!files.join(&hash[..2]).join(&hash[2..4]).join(hash).exists());
    let again = portal.command(&["files", "clean"]).unwrap();
    assert!(again.contains("0 files"), "{again}");
}
