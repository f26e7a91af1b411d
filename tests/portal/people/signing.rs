//! Guidance on using AI: sent by a teacher, signed by an appraiser, found and rated by readers.

use crate::harness::{Answer, Person, TestPortal, encode};
use serde_json::Value;
use std::time::{Duration, Instant};

const LESSON: &str = "toan-4-tinh-chat-co-ban-cua-phan-so";

/// A resource of its own for a test, so that tests do not wait for each other's.
fn published(
    portal: &std::sync::Arc<TestPortal>,
    key: &str,
    name: &str,
) -> (Person, Person, String) {
    let lan = Person::registered(portal, &format!("{key}-lan"));
    let mai = Person::with_role(portal, &format!("{key}-mai"), "appraiser", None);
    let number = lan.draft(name);
    write_lesson(&lan, &number, name, "");
    assert_eq!(mai.decide(&number, "accept").status, 303);
    assert_eq!(mai.decide(&number, "publish").status, 303);
    (lan, mai, number)
}

/// Enough text to draft from: that of a lesson of the library.
fn write_lesson(lan: &Person, number: &str, name: &str, more: &str) {
    let file = crate::harness::repository().join(format!("content/library/vi/{LESSON}.md"));
    let text = std::fs::read_to_string(file).unwrap();
    let body = text.splitn(3, "---").nth(2).unwrap();
    assert!(lan.fill_in(number, name, "save").status == 303);
    let fields = [
        ("edition", lan.edition(number)),
        ("name", name.to_owned()),
        ("text", format!("{body}\n\n{more}")),
        ("do", "send".to_owned()),
    ];
    let state = lan.get(&format!("/submissions/{number}")).text();
    let step = if state.contains("send-again") {
        "send-again"
    } else {
        "send"
    };
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(key, value)| (*key, if *key == "do" { step } else { value.as_str() }))
        .collect();
    assert_eq!(
        lan.post(&format!("/submissions/{number}"), &fields).status,
        303
    );
}

fn send(person: &Person, number: &str, edited: &str) -> Answer {
    let draft = person.get(&format!("/resources/{number}/guidance"));
    let fields = draft.page().attributes("textarea[name^=text-2-]", "name");
    let field = fields
        .into_iter()
        .next()
        .expect("a text that can be edited");
    person.post(
        &format!("/resources/{number}/guidance/send"),
        &[("seed", "0"), (&field, edited)],
    )
}

fn rule(person: &Person, path: &str, fields: &[(&str, &str)]) -> Answer {
    let editions = person
        .get(path)
        .page()
        .attributes("input[name=edition]", "value");
    let edition = editions
        .into_iter()
        .next()
        .unwrap_or_else(|| "1".to_owned());
    let mut all = vec![("edition", edition.as_str())];
    all.extend(fields);
    person.post(path, &all)
}

/// How many resources a search with the filter finds.
fn found(portal: &TestPortal, words: &str, value: &str) -> u64 {
    let address = format!("/api/v1/resources?q={}&guidance={value}", encode(words));
    portal.get(&address).json()["total"].as_u64().unwrap()
}

fn until_found(portal: &TestPortal, words: &str, value: &str, wanted: u64) {
    let started = Instant::now();
    while found(portal, words, value) != wanted {
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "{words} never has {wanted} {value}"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn from_the_teacher_to_the_readers() {
    let portal = TestPortal::of_people();
    let (lan, mai, number) = published(&portal, "signed", "Kýtênxyz phân số");
    let public = format!("/resources/{number}/guidance/signed");
    let sent = send(&lan, &number, "Câu này cô Lan đã sửa.");
    assert_eq!(sent.status, 303, "{:.900}", sent.text());
    let path = sent.header("location").to_owned();
    let own = lan.get(&path);
    assert!(
        own.text().contains("Câu này cô Lan đã sửa.")
            && own.text().contains("Bản nháp do AI hỗ trợ")
    );
    assert!(
        own.page().all("button[value=sign]").is_empty(),
        "nobody signs their own"
    );
    assert_eq!(rule(&lan, &path, &[("do", "sign")]).status, 403);
    assert_eq!(
        portal.get(&public).status,
        404,
        "nothing is public before somebody signs"
    );
    assert_eq!(found(&portal, "Kýtênxyz", "signed"), 0);

    assert!(mai.get("/guidance/sent").text().contains("Kýtênxyz"));
    for odd in ["2020-01-01", "2999-01-01", "mai"] {
        assert_eq!(
            rule(&mai, &path, &[("do", "sign"), ("review-by", odd)]).status,
            422,
            "{odd}"
        );
    }
    assert_eq!(rule(&mai, &path, &[("do", "sign")]).status, 303);
    let shown = portal.get(&public);
    assert_eq!(shown.status, 200);
    let text = shown.text();
    assert!(
        text.contains("Đã thẩm định: signed-mai") && text.contains("Câu này cô Lan đã sửa."),
        "{text:.3000}"
    );
    assert!(!text.contains("Bản nháp, chưa thẩm định"));
    until_found(&portal, "Kýtênxyz", "signed", 1);
    let page = portal.get(&format!("/resources/{number}"));
    assert!(page.text().contains("Có hướng dẫn dùng AI"));
    let word = portal.get(&format!("{public}?file=json"));
    let json: Value = word.json();
    assert!(json["label"].as_str().unwrap().starts_with("Đã thẩm định"));
    let rows = portal.command(&["audit", "list"]).unwrap();
    assert!(rows.contains("guidance.signed") && rows.contains("sha256"));
    assert!(
        lan.get("/notices")
            .text()
            .contains("Hướng dẫn của bạn đã được ký")
    );

    // A new version of the resource: somebody has to look again.
    let step = [
        ("edition", lan.edition(&number)),
        ("do", "revise".to_owned()),
    ];
    let step: Vec<(&str, &str)> = step
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    assert_eq!(
        lan.post(&format!("/submissions/{number}"), &step).status,
        303
    );
    write_lesson(&lan, &number, "Kýtênxyz phân số", "Một đoạn mới.");
    assert_eq!(mai.decide(&number, "accept").status, 303);
    assert_eq!(mai.decide(&number, "publish").status, 303);
    until_found(&portal, "Kýtênxyz", "review", 1);
    assert!(portal.get(&public).text().contains("Cần xem lại"));
    assert!(
        portal
            .get(&format!("/resources/{number}"))
            .text()
            .contains("cần xem lại")
    );

    assert_eq!(
        rule(&mai, &path, &[("do", "end")]).status,
        422,
        "words are missing"
    );
    assert_eq!(
        rule(&mai, &path, &[("do", "end"), ("note", "Đã cũ.")]).status,
        303
    );
    assert_eq!(portal.get(&public).status, 404);
    until_found(&portal, "Kýtênxyz", "review", 0);
}

#[test]
fn guidance_is_sent_back_with_words_and_sent_again() {
    let portal = TestPortal::of_people();
    let (lan, mai, number) = published(&portal, "returned", "Trảlạixyz phân số");
    let path = send(&lan, &number, "Lần một.")
        .header("location")
        .to_owned();
    assert_eq!(
        rule(&mai, &path, &[("do", "return"), ("note", "")]).status,
        422
    );
    assert_eq!(
        rule(&mai, &path, &[("do", "return"), ("note", "Thêm ví dụ.")]).status,
        303
    );
    assert!(lan.get(&path).text().contains("Thêm ví dụ."));
    let late = rule(&mai, &path, &[("do", "sign")]).status;
    assert!(
        matches!(late, 409 | 422),
        "it does not wait any more: {late}"
    );
    let again = send(&lan, &number, "Lần hai.");
    assert_eq!(again.status, 303);
    let stranger = Person::registered(&portal, "signing-stranger");
    assert_eq!(
        stranger.get(again.header("location")).status,
        404,
        "others see nothing of it"
    );
}

#[test]
fn who_is_not_signed_in_loses_nothing() {
    let portal = TestPortal::of_people();
    let (_, _, number) = published(&portal, "nobody", "Chưađăngnhập phân số");
    let nobody = Person::stranger(&portal);
    let answer = send(&nobody, &number, "Đừng làm mất câu này.");
    assert_eq!(answer.status, 403);
    assert!(answer.text().contains("Đừng làm mất câu này.") && answer.text().contains("đăng nhập"));
    assert_eq!(nobody.get("/guidance/sent").status, 303);
}

#[test]
fn readers_say_with_one_tap_and_are_only_counted() {
    let portal = TestPortal::of_people();
    let (lan, mai, number) = published(&portal, "tapped", "Mộtchạmxyz phân số");
    let path = send(&lan, &number, "Sẽ được chấm.")
        .header("location")
        .to_owned();
    assert_eq!(rule(&mai, &path, &[("do", "sign")]).status, 303);
    let public = format!("/resources/{number}/guidance/signed");
    let reader = Person::stranger(&portal);
    let answer = reader.post(&public, &[("do", "unsafe")]);
    assert_eq!(answer.status, 303);
    assert!(
        answer.header("set-cookie").is_empty(),
        "nothing is kept of the reader"
    );
    assert_eq!(reader.post(&public, &[("do", "shout")]).status, 404);
    assert_eq!(
        reader
            .post_with(
                &public,
                &[("do", "wrong")],
                &[("origin", "https://evil.example")]
            )
            .status,
        403
    );
    let chief = Person::with_role(&portal, "signing-chief", "administrator", None);
    assert!(chief.get("/desk/figures").text().contains(&number));
    let school = [
        ("x-forwarded-for", "203.0.113.9"),
        ("sec-fetch-site", "same-origin"),
    ];
    let tap = || reader.post_with(&public, &[("do", "helped")], &school);
    let statuses: Vec<u16> = (0..40).map(|_| tap().status).collect();
    assert!(
        statuses.contains(&303) && statuses.contains(&429),
        "{statuses:?}"
    );
}
