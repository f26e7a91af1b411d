//! The disk is full: the portal says so and can be read on; once there is space again it writes, without a restart.

use crate::harness::{Answer, Person, TestPortal};
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A portal whose data lies on a small disk of its own, in memory, which no other process sees; `None` where the
/// system allows no such thing.
fn on_a_small_disk() -> Option<TestPortal> {
    let shut = ["--user", "--map-root-user", "--mount"];
    let allowed = Command::new("unshare")
        .args(shut)
        .args(["sh", "-c", "mount -t tmpfs tmpfs /mnt"])
        .status();
    if !allowed.is_ok_and(|status| status.success()) {
        println!(
            "skipped: this system lets nobody make a small disk for the test (unshare, tmpfs)"
        );
        return None;
    }
    let script = "data=$1/data; program=$2; shift 2; mkdir -p \"$data\" \
        && mount -t tmpfs -o size=200m tmpfs \"$data\" && exec \"$program\" \"$@\"";
    let mut command = Command::new("unshare");
    command.args(shut).args(["sh", "-c", script, "sh"]);
    Some(TestPortal::start_by(command))
}

/// What is asked of a file in pieces.
fn in_pieces(
    portal: &TestPortal,
    lan: &Person,
    method: &str,
    path: &str,
    more: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut headers = vec![
        ("cookie", lan.cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("tus-resumable", "1.0.0"),
        ("content-type", "application/offset+octet-stream"),
    ];
    headers.extend(more);
    portal.ask(method, path, &headers, body)
}

/// What takes all space of the portal's disk.
fn ballast(portal: &TestPortal) -> PathBuf {
    let data = portal.data();
    let data = data.strip_prefix("/").unwrap();
    let path = PathBuf::from(format!("/proc/{}/root", portal.process()))
        .join(data)
        .join("ballast");
    let mut file = File::create(&path).unwrap();
    let block = vec![7_u8; 1 << 16];
    while file.write_all(&block).is_ok() {}
    // The last bytes, too.
    while file.write_all(&[7]).is_ok() {}
    path
}

fn save(lan: &Person, number: &str, name: &str) -> Answer {
    let (edition, text) = (lan.edition(number), "Một đoạn văn dài. ".repeat(20_000));
    let fields = [
        ("edition", edition.as_str()),
        ("name", name),
        ("text", &text),
        ("do", "save"),
    ];
    lan.post(&format!("/submissions/{number}"), &fields)
}

fn upload(portal: &TestPortal, lan: &Person, number: &str) -> Answer {
    let headers = [
        ("content-type", "multipart/form-data; boundary=B"),
        ("cookie", lan.cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    let body = format!(
        "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n{}\r\n--B--\r\n",
        "Dòng này dài. ".repeat(100_000)
    );
    portal.ask(
        "POST",
        &format!("/submissions/{number}/files"),
        &headers,
        &body,
    )
}

#[test]
fn a_full_disk_is_told_and_recovered_from() {
    let Some(portal) = on_a_small_disk() else {
        return;
    };
    let portal = Arc::new(portal);
    let lan = Person::registered(&portal, "full-lan");
    let number = lan.draft("Bài trước khi hết chỗ");
    let uploads = format!("/submissions/{number}/uploads");
    let length = [
        ("upload-length", "1000000"),
        ("upload-metadata", "filename Yi50eHQ="),
    ];
    let begun = in_pieces(&portal, &lan, "POST", &uploads, &length, "");
    assert_eq!(begun.status, 201, "{}", begun.text());
    let place = begun.header("location").to_owned();
    let piece = "x".repeat(1_000_000);
    let send = || {
        in_pieces(
            &portal,
            &lan,
            "PATCH",
            &place,
            &[("upload-offset", "0")],
            &piece,
        )
    };
    let ballast = ballast(&portal);

    assert_eq!(
        in_pieces(&portal, &lan, "POST", &uploads, &length, "").status,
        507
    );
    assert_eq!(send().status, 507);
    let offset = in_pieces(&portal, &lan, "HEAD", &place, &[], "");
    assert_eq!(
        offset.header("upload-offset"),
        "0",
        "nothing of it is half there"
    );
    let refused = upload(&portal, &lan, &number);
    assert_eq!(refused.status, 507, "{:.500}", refused.text());
    assert!(
        refused.text().contains("chỉ đọc được"),
        "{:.900}",
        refused.text()
    );
    // The database has some space in its own files; once that is used up, it says the same.
    let mut kept = "Bài trước khi hết chỗ".to_owned();
    let full = (0..200).find_map(|turn| {
        let name = format!("Bài lần {turn}");
        let answer = save(&lan, &number, &name);
        match answer.status {
            303 => {
                kept = name;
                None
            }
            status => Some((status, answer.text())),
        }
    });
    let (status, text) = full.expect("200 long texts fit on a full disk");
    assert!(
        status == 507 && text.contains("chỉ đọc được"),
        "{status}: {text:.500}"
    );
    for path in [
        "/",
        "/search?q=ph%C3%A2n+s%E1%BB%91",
        "/submissions",
        "/healthz",
    ] {
        assert_eq!(lan.get(path).status, 200, "{path} can be read");
    }
    assert!(
        lan.get("/submissions").text().contains(&kept),
        "what was acknowledged is there"
    );

    std::fs::remove_file(ballast).unwrap();
    let began = Instant::now();
    loop {
        let answer = save(&lan, &number, "Bài sau khi có chỗ");
        if answer.status == 303 {
            break;
        }
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "{}: {:.500}",
            answer.status,
            answer.text()
        );
        std::thread::sleep(Duration::from_millis(200));
    }
    assert_eq!(upload(&portal, &lan, &number).status, 303);
    assert_eq!(send().status, 204);
    let page = lan.get(&format!("/submissions/{number}")).page();
    assert_eq!(page.all(".file-list a").len(), 2);
    assert!(
        lan.get("/submissions")
            .text()
            .contains("Bài sau khi có chỗ")
    );
    assert_eq!(portal.get("/readyz").status, 200);
}
