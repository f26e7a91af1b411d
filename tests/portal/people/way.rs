//! The whole way of a submission over HTTP, and what is left of it in the log.

use crate::harness::{Person, TestPortal, encode};
use std::time::{Duration, Instant};

/// Waits until a search finds it, or finds it no more; how long that took. Others may be found for their meaning.
fn found_after(portal: &TestPortal, words: &str, number: &str, wanted: bool) -> Duration {
    let started = Instant::now();
    let address = format!("/api/v1/resources?q={}", encode(words));
    let found = || {
        let page = portal.get(&address).json();
        let items = page["items"].as_array().unwrap().clone();
        items.iter().any(|item| item["id"] == number)
    };
    while found() != wanted {
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "{words}: never {wanted}\n{}",
            portal.log()
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    started.elapsed()
}

#[test]
fn from_the_draft_to_the_tombstone() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "way-lan");
    let mai = Person::with_role(&portal, "way-mai", "appraiser", None);
    let number = lan.draft("Quảvải thiềuxyz");
    assert_eq!(
        lan.get(&format!("/desk/{number}")).status,
        404,
        "no role for the desk"
    );
    let page = lan.get(&format!("/submissions/{number}"));
    assert!(
        page.page()
            .text(".submission__preview > h2")
            .contains("Người đọc")
    );
    assert_eq!(lan.fill_in(&number, "Quảvải thiềuxyz", "send").status, 303);
    let queue = mai.get(&format!("/desk/{number}"));
    assert!(
        queue
            .page()
            .text(".desk__queue")
            .contains("Quảvải thiềuxyz")
    );
    let bare = mai.post(
        &format!("/desk/{number}"),
        &[
            ("edition", &mai.edition(&number)),
            ("do", "decline"),
            ("words", "giữ lời này"),
        ],
    );
    assert_eq!(bare.status, 422, "a reason is missing");
    assert!(
        bare.text().contains("giữ lời này"),
        "what was typed is still there"
    );
    assert_eq!(mai.decide(&number, "request-changes").status, 303);
    let told = lan.get(&format!("/submissions/{number}")).text();
    assert!(told.contains("Vì còn thiếu ví dụ.") && told.contains("Cần sửa"));
    assert_eq!(
        lan.fill_in(&number, "Quảvải thiềuxyz Lục Ngạn", "send-again")
            .status,
        303
    );
    let changes = mai
        .get(&format!("/desk/{number}"))
        .page()
        .text(".desk__changes ins");
    assert!(changes.contains("Lục Ngạn"), "{changes}");
    let stale = mai.post(
        &format!("/desk/{number}"),
        &[("edition", "1"), ("do", "accept")],
    );
    assert_eq!(stale.status, 409);
    assert_eq!(mai.decide(&number, "accept").status, 303);
    assert_eq!(mai.decide(&number, "publish").status, 303);
    let took = found_after(&portal, "Quảvải thiềuxyz", &number, true);
    println!("found after {} ms", took.as_millis());
    let public = portal.get(&format!("/resources/{number}"));
    assert_eq!(public.status, 200);
    assert!(public.text().contains("Lục Ngạn"));
    let withdrawn = lan.post(
        &format!("/submissions/{number}/withdraw"),
        &[
            ("edition", &lan.edition(&number)),
            ("reason", "outdated"),
            ("words", "Có bản mới."),
            ("do", "withdraw"),
        ],
    );
    assert_eq!(withdrawn.status, 303, "{:.600}", withdrawn.text());
    found_after(&portal, "Quảvải thiềuxyz", &number, false);
    let tombstone = portal.get(&format!("/resources/{number}"));
    assert_eq!(tombstone.status, 410);
    assert!(tombstone.text().contains("Quảvải") && tombstone.text().contains("Đã lỗi thời"));
    assert_eq!(
        portal.get(&format!("/api/v1/resources/{number}")).status,
        404
    );
    let whole = portal.command(&["audit", "verify"]).unwrap();
    assert!(whole.starts_with("whole: "), "{whole}");
    let rows = portal.command(&["audit", "list"]).unwrap();
    let steps = [
        "send",
        "request-changes",
        "send-again",
        "accept",
        "publish",
        "withdraw",
    ];
    let told: Vec<&str> = rows.lines().filter(|line| line.contains(&number)).collect();
    assert_eq!(told.len(), steps.len(), "{told:#?}");
    assert!(
        steps
            .iter()
            .zip(&told)
            .all(|(step, line)| line.contains(&format!("submission.{step}\t"))),
        "{told:#?}"
    );
    assert!(!rows.contains("@truong.edu.vn"), "numbers, no addresses");
}

#[test]
fn what_was_typed_is_not_lost_when_somebody_was_faster() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "way-faster");
    let number = lan.draft("Một");
    let fields = [("edition", "1"), ("name", "Tên tôi vừa gõ"), ("do", "save")];
    let answer = lan.post(&format!("/submissions/{number}"), &fields);
    assert_eq!(answer.status, 409);
    assert_eq!(answer.page().attribute("#name", "value"), "Tên tôi vừa gõ");
}

#[test]
fn the_command_line_teaches_and_refuses_nonsense() {
    let portal = TestPortal::of_people();
    let roles = portal.command(&["roles"]).unwrap();
    assert!(roles.contains("administrator") && roles.contains("publish"));
    for odd in [
        ["grant", "nobody", "teacher"],
        ["grant", "a@b.vn", "king"],
        ["audit", "verify", "x"],
    ] {
        assert!(portal.command(&odd).is_err(), "{odd:?}");
    }
    let odd = portal
        .command(&["grant", "a@b.vn", "teacher", "--institution", "../x"])
        .unwrap_err();
    assert!(odd.contains("no code of an institution"), "{odd}");
    let missing = portal
        .command(&["grant", "a@b.vn", "teacher", "--revoke"])
        .unwrap_err();
    assert!(missing.contains("teacher of a@b.vn"), "{missing}");
}
