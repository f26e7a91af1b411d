//! The portal is killed between two pieces, and within one.

use super::sender::{Sender, attached, upload_id};
use crate::harness::{Person, Setup, TestPortal};
use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

fn kill(portal: &mut TestPortal) {
    let killed = Command::new("kill")
        .args(["-9", &portal.process().to_string()])
        .status();
    assert!(killed.unwrap().success());
    portal.kill_is_over();
}

/// Sends the beginning of a piece and no more of it; the connection stays open.
fn half_a_piece(portal: &TestPortal, cookie: &str, place: &str, offset: usize) -> TcpStream {
    let mut stream = TcpStream::connect(portal.origin.trim_start_matches("http://")).unwrap();
    let head = format!(
        "PATCH {place} HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\ntus-resumable: 1.0.0\r\n\
         upload-offset: {offset}\r\ncontent-type: application/offset+octet-stream\r\ncontent-length: 5000\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all("y".repeat(2_000).as_bytes()).unwrap();
    stream
}

/// Waits until so much of a file lies on the disk.
fn wait_for(portal: &TestPortal, place: &str, bytes: u64) {
    let content = portal.data().join("uploads").join(upload_id(place));
    let came = (0..400).any(|_| {
        std::thread::sleep(Duration::from_millis(25));
        content.metadata().is_ok_and(|known| known.len() >= bytes)
    });
    assert!(came, "{bytes} bytes of {place} did not come");
}

#[test]
fn what_was_acknowledged_outlasts_a_kill() {
    let started = Arc::new(TestPortal::start(Setup::default()));
    let lan = Person::registered(&started, "restart-lan");
    let number = lan.draft("Mất điện giữa chừng");
    let content: String = ('a'..='z').cycle().take(10_000).collect();
    let place = Sender::of(&lan, &number).begin("dài.txt", content.len());
    let first = Sender::of(&lan, &number).append(&place, 0, &content[..4_000]);
    assert_eq!(first.status, 204);
    let cookie = lan.cookie.clone();
    drop(lan);
    let mut portal = Arc::try_unwrap(started).unwrap_or_else(|_| panic!("somebody holds it"));

    kill(&mut portal);
    // What lies behind the acknowledged bytes was promised to nobody.
    let path = portal.data().join("uploads").join(upload_id(&place));
    let mut file = fs::File::options().append(true).open(path).unwrap();
    file.write_all(b"half a piece that nobody was told of")
        .unwrap();
    portal.start_again();
    let sender = Sender::with(&portal, &cookie, &number);
    assert_eq!(sender.offset(&place), Some(4_000));
    assert_eq!(sender.list().len(), 1);
    assert_eq!(
        sender.append(&place, 4_000, &content[4_000..7_000]).status,
        204
    );

    kill(&mut portal);
    portal.start_again();
    let sender = Sender::with(&portal, &cookie, &number);
    assert_eq!(sender.append(&place, 7_000, &content[7_000..]).status, 204);
    let portal = Arc::new(portal);
    let mut lan = Person::stranger(&portal);
    lan.cookie = cookie;
    let files = attached(&lan, &number);
    assert_eq!(files.len(), 1);
    assert_eq!(lan.get(&files[0]).text(), content);
}

/// A browser that comes back does not wait for the request before, which may hang for a long time.
#[test]
fn the_newest_request_goes_on_with_what_came_of_the_one_before() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "restart-cut");
    let number = lan.draft("Đứt đường truyền");
    let sender = Sender::of(&lan, &number);
    let place = sender.begin("a.txt", 6_000);
    assert_eq!(sender.append(&place, 0, &"x".repeat(1_000)).status, 204);
    let hanging = half_a_piece(&portal, &lan.cookie, &place, 1_000);
    wait_for(&portal, &place, 3_000);
    assert_eq!(sender.offset(&place), Some(3_000), "what came stays");
    drop(hanging);
    assert_eq!(sender.append(&place, 3_000, &"z".repeat(3_000)).status, 204);
    let files = attached(&lan, &number);
    let expected = format!(
        "{}{}{}",
        "x".repeat(1_000),
        "y".repeat(2_000),
        "z".repeat(3_000)
    );
    assert_eq!(lan.get(&files[0]).text(), expected);
}

#[test]
fn what_nobody_goes_on_with_is_removed_at_the_next_start() {
    let started = Arc::new(TestPortal::start(Setup::default()));
    let lan = Person::registered(&started, "restart-old");
    let number = lan.draft("Bỏ dở");
    let old = Sender::of(&lan, &number).begin("old.txt", 100);
    let new = Sender::of(&lan, &number).begin("new.txt", 100);
    let cookie = lan.cookie.clone();
    drop(lan);
    let mut portal = Arc::try_unwrap(started).unwrap_or_else(|_| panic!("somebody holds it"));
    kill(&mut portal);
    let folder = portal.data().join("uploads");
    let before = SystemTime::now() - Duration::from_secs(25 * 60 * 60);
    for name in [
        upload_id(&old).to_owned(),
        format!("{}.json", upload_id(&old)),
    ] {
        let file = fs::File::options().write(true).open(folder.join(name));
        file.unwrap().set_modified(before).unwrap();
    }
    portal.start_again();
    let names = || fs::read_dir(&folder).unwrap().count();
    let cleared = (0..400).any(|_| {
        std::thread::sleep(Duration::from_millis(25));
        names() == 2
    });
    assert!(cleared, "{}", portal.log());
    let sender = Sender::with(&portal, &cookie, &number);
    assert_eq!((sender.offset(&old), sender.offset(&new)), (None, Some(0)));
}
