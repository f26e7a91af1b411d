//! Files in pieces: they go on where they broke off, and end as a form's files do.

mod refused;
mod restarted;
mod sender;

use crate::harness::{Person, TestPortal};
use sender::{Sender, attached, checksum, upload_id};

/// A sheet that is longer than a piece, with something that only it says.
fn sheet() -> String {
    let line = "Hai phân số cùng mẫu số: so sánh tử số.\n";
    format!("# Phiếu zuquvo\n\n{}", line.repeat(200))
}

#[test]
fn a_file_in_pieces_is_attached_as_a_form_attaches_it() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "pieces-lan");
    let begun = lan.post("/submissions", &[]);
    let number = begun.header("location").rsplit('/').next().unwrap();
    let sender = Sender::of(&lan, number);
    let sheet = sheet();
    let cut = sheet.floor_char_boundary(3_001);
    let (first, rest) = sheet.split_at(cut);
    let place = sender.begin("Phiếu số 1.md", sheet.len());
    assert_eq!(sender.offset(&place), Some(0));

    // In the middle: what has come is told, and by the list too.
    assert_eq!(sender.append(&place, 0, first).status, 204);
    assert_eq!(sender.offset(&place), Some(cut as u64));
    let listed = sender.list();
    assert_eq!(
        (
            &listed[0]["name"],
            &listed[0]["offset"],
            &listed[0]["length"]
        ),
        (&"Phiếu số 1.md".into(), &cut.into(), &sheet.len().into())
    );
    assert_eq!(listed[0]["lastModified"], "1700000000000");
    assert_eq!(listed[0]["address"], place.as_str());
    assert!(
        attached(&lan, number).is_empty(),
        "nothing is half attached"
    );

    // Somewhere else nothing is taken.
    let elsewhere = sender.append(&place, cut - 1, rest);
    assert_eq!(elsewhere.status, 409);
    assert_eq!(elsewhere.header("upload-offset"), cut.to_string());

    // A damaged piece is refused whole, a right one is taken.
    let said = checksum("another content");
    let more = [("upload-checksum", said.as_str())];
    assert_eq!(sender.append_with(&place, cut, rest, &more).status, 460);
    assert_eq!(sender.offset(&place), Some(cut as u64));
    let said = checksum(rest);
    let more = [("upload-checksum", said.as_str())];
    let last = sender.append_with(&place, cut, rest, &more);
    assert_eq!(last.status, 204, "{}", last.text());
    assert_eq!(last.header("upload-offset"), sheet.len().to_string());
    assert!(!last.header("upload-expires").is_empty());

    let files = attached(&lan, number);
    assert_eq!(files.len(), 1, "{files:?}");
    assert!(files[0].ends_with("/Phi%E1%BA%BFu%20s%E1%BB%91%201.md"));
    assert_eq!(lan.get(&files[0]).text(), sheet);
    let edition = lan.edition(number);
    let page = lan.get(&format!("/submissions/{number}"));
    assert!(page.text().contains("zuquvo"), "its text was read");
    assert!(sender.list().is_empty());
    let content = portal.data().join("uploads").join(upload_id(&place));
    assert!(!content.exists(), "it is stored once");

    // The answer to the last request was lost: asked again, nothing is attached twice.
    assert_eq!(sender.append(&place, cut, rest).status, 409);
    assert_eq!(sender.offset(&place), Some(sheet.len() as u64));
    assert_eq!(sender.append(&place, sheet.len(), "").status, 204);
    assert_eq!(attached(&lan, number).len(), 1);
    assert_eq!(lan.edition(number), edition);
}

#[test]
fn the_same_content_is_kept_once() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "pieces-twice");
    let number = lan.draft("Hai tệp giống nhau");
    let sender = Sender::of(&lan, &number);
    let content = "Nội dung zuquvi giống nhau.";
    for name in ["một.txt", "hai.txt"] {
        let place = sender.begin(name, content.len());
        assert_eq!(sender.append(&place, 0, content).status, 204);
    }
    let files = attached(&lan, &number);
    let hash = |link: &String| link.split('/').nth(4).unwrap().to_owned();
    let hashes: std::collections::BTreeSet<String> = files.iter().map(hash).collect();
    assert_eq!((files.len(), hashes.len()), (2, 1));
    let sha256 = hashes.first().unwrap();
    let kept = portal.data().join("files").join(&sha256[..2]);
    assert!(kept.join(&sha256[2..4]).join(sha256).is_file());
}

#[test]
fn the_protocol_says_what_it_can() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "pieces-options");
    let number = lan.draft("Hỏi trước");
    let path = format!("/submissions/{number}/uploads");
    let told = portal.ask("OPTIONS", &path, &[], "");
    assert_eq!((told.status, told.header("tus-version")), (204, "1.0.0"));
    assert_eq!(told.header("tus-max-size"), "2147483648");
    assert_eq!(told.header("tus-checksum-algorithm"), "sha256");
    assert!(told.header("tus-extension").contains("termination"));
    let sender = Sender::of(&lan, &number);
    let place = sender.begin("a b.txt", 5);
    let head = sender.ask("HEAD", &place, &[], "");
    assert_eq!(head.header("upload-length"), "5");
    assert_eq!(head.header("cache-control"), "no-store");
    let told = head.header("upload-metadata");
    assert!(told.contains("filename YSBiLnR4dA=="), "{told}");
    // What was given up is gone.
    assert_eq!(sender.ask("DELETE", &place, &[], "").status, 204);
    assert_eq!(sender.offset(&place), None);
    assert_eq!(sender.append(&place, 0, "abcde").status, 404);
    assert!(attached(&lan, &number).is_empty());
}
