//! What is refused: others' files, closed submissions, odd requests, too much.

use super::sender::{Sender, attached, metadata, upload_id};
use crate::harness::{Person, Setup, TestPortal};
use std::fs;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

#[test]
fn others_do_not_see_what_is_on_its_way() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "refused-lan");
    let number = lan.draft("Tệp của Lan");
    let place = Sender::of(&lan, &number).begin("a.txt", 10);
    let mallory = Person::registered(&portal, "refused-mallory");
    let mai = Person::with_role(&portal, "refused-mai", "appraiser", None);
    let own = mallory.draft("Tệp của Mallory");
    for (who, other, expected) in [
        (&mallory, number.as_str(), 404),
        (&mallory, &own, 404),
        (&mai, &number, 404),
    ] {
        let sender = Sender::of(who, other);
        let there = format!("/submissions/{other}/uploads/{}", upload_id(&place));
        assert_eq!(sender.offset(&there), None);
        assert_eq!(sender.append(&there, 0, "0123456789").status, expected);
        assert_eq!(sender.ask("DELETE", &there, &[], "").status, expected);
        assert!(sender.list().is_empty());
    }
    assert_eq!(Sender::of(&mallory, &number).create("b.txt", 5).status, 404);
    let stranger = Person::stranger(&portal);
    let nobody = Sender::of(&stranger, &number);
    for (method, path) in [
        ("POST", nobody.path()),
        ("GET", nobody.path()),
        ("PATCH", place.clone()),
        ("HEAD", place.clone()),
        ("DELETE", place.clone()),
    ] {
        assert_eq!(nobody.ask(method, &path, &[], "").status, 401, "{method}");
    }
    assert_eq!(Sender::of(&lan, &number).offset(&place), Some(0));
}

#[test]
fn pages_of_other_sites_send_nothing() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "refused-forged");
    let number = lan.draft("Từ nơi khác");
    let place = Sender::of(&lan, &number).begin("a.txt", 4);
    for foreign in [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("accept", "*/*"),
    ] {
        for (method, path) in [
            ("POST", format!("/submissions/{number}/uploads")),
            ("PATCH", place.clone()),
            ("DELETE", place.clone()),
        ] {
            let headers = [
                ("cookie", lan.cookie.as_str()),
                ("tus-resumable", "1.0.0"),
                ("upload-length", "4"),
                ("upload-offset", "0"),
                ("content-type", "application/offset+octet-stream"),
                foreign,
            ];
            let answer = portal.ask(method, &path, &headers, "abcd");
            assert_eq!(answer.status, 403, "{method} {foreign:?}");
        }
    }
    let sender = Sender::of(&lan, &number);
    assert_eq!(sender.offset(&place), Some(0));
    assert_eq!(sender.list().len(), 1);
}

#[test]
fn a_closed_submission_takes_nothing_more() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "refused-closed");
    let number = lan.draft("Đã gửi đi");
    let sender = Sender::of(&lan, &number);
    let place = sender.begin("a.txt", 10);
    assert_eq!(sender.append(&place, 0, "01234").status, 204);
    assert_eq!(lan.fill_in(&number, "Đã gửi đi", "send").status, 303);
    assert_eq!(sender.create("b.txt", 10).status, 422);
    assert_eq!(sender.append(&place, 5, "56789").status, 422);
    assert_eq!(sender.offset(&place), None);
    assert!(attached(&lan, &number).is_empty());
    // Taken back, it goes on.
    let edition = lan.edition(&number);
    let back = [("edition", edition.as_str()), ("do", "take-back")];
    assert_eq!(
        lan.post(&format!("/submissions/{number}"), &back).status,
        303
    );
    assert_eq!(sender.append(&place, 5, "56789").status, 204);
    assert_eq!(attached(&lan, &number).len(), 1);
}

#[test]
fn odd_requests_are_refused() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "refused-odd");
    let number = lan.draft("Lạ");
    let sender = Sender::of(&lan, &number);
    let bare = [
        ("cookie", lan.cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    let path = sender.path();
    let answer = portal.ask("POST", &path, &bare, "");
    assert_eq!(
        (answer.status, answer.header("tus-version")),
        (412, "1.0.0")
    );
    for length in ["", "-1", "0", "viele", "18446744073709551616"] {
        let answer = sender.ask("POST", &path, &[("upload-length", length)], "");
        assert_eq!(answer.status, 400, "{length:?}");
    }
    for told in [
        "filename !!",
        "filename YQ==,",
        "filename /w==",
        &metadata(&[("filename", &"x".repeat(2_000))]),
    ] {
        let headers = [("upload-length", "5"), ("upload-metadata", told)];
        assert_eq!(
            sender.ask("POST", &path, &headers, "").status,
            400,
            "{told:.40}"
        );
    }
    let place = sender.begin("a.txt", 5);
    let plain = [("upload-offset", "0"), ("content-type", "text/plain")];
    assert_eq!(sender.ask("PATCH", &place, &plain, "abcde").status, 415);
    let kind = ("content-type", "application/offset+octet-stream");
    assert_eq!(sender.ask("PATCH", &place, &[kind], "abcde").status, 400);
    for sum in ["md5 abc", "sha256 abc", "sha256"] {
        let more = [("upload-checksum", sum)];
        assert_eq!(sender.append_with(&place, 0, "abcde", &more).status, 400);
    }
    assert_eq!(sender.append(&place, 0, "longer than was said").status, 413);
    assert_eq!(sender.offset(&place), Some(0));
    assert_eq!(sender.append(&place, 0, "abcde").status, 204);
}

/// Names and ids never become paths outside of the folders that are meant.
#[test]
fn nothing_leads_out_of_the_folder() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "refused-paths");
    let number = lan.draft("Đường dẫn");
    let sender = Sender::of(&lan, &number);
    let secret = portal.data().join("secret.json");
    fs::write(&secret, "{}").unwrap();
    for id in [
        "..%2Fsecret",
        "%2e%2e%2fsecret",
        "..%5Csecret",
        "secret",
        "%00",
        &"a".repeat(64),
        &"A".repeat(64),
        &format!("{}%2F..%2F..%2Fsecret", "a".repeat(64)),
    ] {
        let place = format!("{}/{id}", sender.path());
        assert_eq!(sender.ask("DELETE", &place, &[], "").status, 404, "{id}");
        assert_eq!(sender.append(&place, 0, "x").status, 404, "{id}");
    }
    assert!(secret.is_file());
    for (said, kept) in [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\bài.txt", "b%C3%A0i.txt"),
        ("..\u{0}\n", "file"),
    ] {
        let place = sender.begin(said, 4);
        assert_eq!(sender.append(&place, 0, "abcd").status, 204);
        let files = attached(&lan, &number);
        assert!(
            files.iter().any(|link| link.ends_with(&format!("/{kept}"))),
            "{said:?}: {files:?}"
        );
    }
}

fn limited() -> Arc<TestPortal> {
    let setup = Setup {
        variables: vec![
            ("KHUE_UPLOADS_FILE_BYTES", "1000".to_owned()),
            ("KHUE_UPLOADS_UNFINISHED", "3".to_owned()),
            ("KHUE_UPLOADS_UNFINISHED_BYTES", "1500".to_owned()),
        ],
        ..Setup::default()
    };
    Arc::new(TestPortal::start(setup))
}

#[test]
fn a_person_has_only_so_much_on_its_way() {
    let portal = limited();
    let lan = Person::registered(&portal, "limits-lan");
    let number = lan.draft("Nhiều tệp");
    let sender = Sender::of(&lan, &number);
    assert_eq!(sender.create("a.bin", 1_001).status, 413);
    let told = portal.ask("OPTIONS", &sender.path(), &[], "");
    assert_eq!(told.header("tus-max-size"), "1000");
    let large = sender.begin("a.bin", 1_000);
    assert_eq!(sender.create("b.bin", 501).status, 429, "too many bytes");
    let small = sender.begin("b.bin", 10);
    sender.begin("c.bin", 10);
    assert_eq!(sender.create("d.bin", 10).status, 429, "too many files");
    // Of others it is not counted.
    let minh = Person::registered(&portal, "limits-minh");
    let other = minh.draft("Tệp khác");
    Sender::of(&minh, &other).begin("a.bin", 1_000);
    // What is finished or given up makes room.
    assert_eq!(sender.append(&small, 0, "0123456789").status, 204);
    sender.begin("d.bin", 10);
    assert_eq!(sender.ask("DELETE", &large, &[], "").status, 204);
    sender.begin("e.bin", 900);
    what_rests_for_a_day_is_gone(&portal, &sender);
}

fn what_rests_for_a_day_is_gone(portal: &TestPortal, sender: &Sender<'_>) {
    let place = sender.list()[0]["address"].as_str().unwrap().to_owned();
    let about = portal.data().join("uploads");
    let about = about.join(format!("{}.json", upload_id(&place)));
    let before = SystemTime::now() - Duration::from_secs(24 * 60 * 60 + 60);
    let file = fs::File::options().write(true).open(&about).unwrap();
    file.set_modified(before).unwrap();
    assert_eq!(sender.ask("HEAD", &place, &[], "").status, 410);
    assert_eq!(sender.append(&place, 0, "0123456789").status, 410);
    let listed = sender.list();
    assert!(listed.iter().all(|one| one["address"] != place.as_str()));
    sender.begin("f.bin", 10);
}
