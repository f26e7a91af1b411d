//! Reports of errors, rights and safety: by anybody, with a number, a deadline and an answer.

use crate::harness::{Answer, Person, TestPortal};
use khue_content::community::REPORT_LENGTH;

const LESSON: &str = "/resources/toan-4-tinh-chat-co-ban-cua-phan-so";
const SCRIPT: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(2)></textarea></title> https://evil.example/a";

fn report(person: &Person, resource: &str, kind: &str, words: &str) -> Answer {
    let fields = [("kind", kind), ("words", words)];
    person.post(&format!("{resource}/report"), &fields)
}

/// The number of a report, as its own page says it.
fn number(portal: &TestPortal, address: &str) -> String {
    portal.get(address).page().text(".submission__status code")
}

fn rule(person: &Person, number: &str, fields: &[(&str, &str)]) -> Answer {
    let path = format!("/desk/reports/{number}");
    let edition = person
        .get(&path)
        .page()
        .attribute("input[name=edition]", "value");
    let mut all = vec![("edition", edition.as_str())];
    all.extend(fields);
    person.post(&path, &all)
}

#[test]
fn anybody_reports_and_sees_what_came_of_it() {
    let portal = TestPortal::of_people();
    let stranger = Person::stranger(&portal);
    assert!(portal.get(LESSON).text().contains("/report\""));
    let form = stranger.get(&format!("{LESSON}/report"));
    assert!(form.text().contains("không cần tài khoản") && form.header("set-cookie").is_empty());
    let sent = report(&stranger, LESSON, "safety", "Hình 2zq nguy hiểm.");
    assert_eq!(sent.status, 303, "{:.900}", sent.text());
    assert!(
        sent.header("set-cookie").is_empty(),
        "nothing is kept of the reporter"
    );
    let address = sent.header("location").to_owned();
    let state = portal.get(&address);
    assert!(state.text().contains("2zq") && state.text().contains("Mới gửi"));
    assert!(state.header("cache-control").contains("no-store"));
    assert!(state.text().contains("noindex"));
    let number = number(&portal, &address);
    assert!(number.starts_with("PA-20"), "{number}");
    for odd in [
        "/reports/0",
        &format!("/reports/{number}"),
        &format!("/reports/{}", "a".repeat(64)),
    ] {
        assert_eq!(portal.get(odd).status, 404, "{odd}");
    }

    // At the desk of those who may: due soonest, and not anywhere else.
    let ha = Person::with_role(&portal, "reports-ha", "curator", None);
    let far = Person::with_role(&portal, "reports-far", "curator", Some("hn-02"));
    let lan = Person::registered(&portal, "reports-lan");
    for person in [&stranger, &lan, &far] {
        let path = format!("/desk/reports/{number}");
        assert!(matches!(person.get(&path).status, 303 | 404), "{path}");
        for path in [LESSON, "/desk", "/notices", &path] {
            assert!(!person.get(path).text().contains("2zq"), "{path}");
        }
    }
    let way = ha.get(&format!("/desk?number={}", number.to_lowercase()));
    assert_eq!(way.header("location"), format!("/desk/reports/{number}"));
    let file = ha.get(&format!("/desk/reports/{number}"));
    assert!(file.text().contains("2zq") && file.text().contains("Không an toàn cho trẻ em"));
    let queue = ha.get("/desk");
    let queue = match queue.header("location").to_owned() {
        none if none.is_empty() => queue,
        first => ha.get(&first),
    };
    assert!(
        queue.text().contains(&format!("/desk/reports/{number}")),
        "it stands in the queue"
    );
    assert_eq!(rule(&ha, &number, &[("do", "take-on")]).status, 303);
    let state = portal.get(&address).text();
    assert!(state.contains("Đang xử lý") && !state.contains("reports-ha"));
    let without = rule(
        &ha,
        &number,
        &[
            ("do", "close"),
            ("outcome", ""),
            ("words", "Đừng mất câu này"),
        ],
    );
    assert_eq!(without.status, 422);
    assert!(
        without.text().contains("Đừng mất câu này") && without.text().contains("hãy chọn kết quả")
    );
    let stale = [
        ("edition", "1"),
        ("do", "close"),
        ("outcome", "mended"),
        ("words", "x"),
    ];
    assert_eq!(
        ha.post(&format!("/desk/reports/{number}"), &stale).status,
        409
    );
    let close = [
        ("do", "close"),
        ("outcome", "mended"),
        ("words", "Đã thayzq hình 2."),
    ];
    assert_eq!(rule(&ha, &number, &close).status, 303);
    let state = portal.get(&address).text();
    assert!(state.contains("Đã thayzq hình 2.") && state.contains("Đã sửa học liệu"));
    let closed = ha.get(&format!("/desk/reports/{number}")).page();
    assert!(
        closed.all("button[value=close]").is_empty(),
        "what is closed is closed"
    );
    // Opened again with a reason, which the reporter does not read, and answered anew.
    let without = rule(&ha, &number, &[("do", "reopen"), ("reopen-words", " ")]);
    assert_eq!(without.status, 422);
    let reopen = [("do", "reopen"), ("reopen-words", "Hình 3zq cũng vậy.")];
    assert_eq!(rule(&ha, &number, &reopen).status, 303);
    let page = ha.get(&format!("/desk/reports/{number}"));
    assert!(page.text().contains("Hình 3zq cũng vậy."));
    assert_eq!(rule(&ha, &number, &reopen).status, 422, "it is open");
    let state = portal.get(&address).text();
    assert!(
        state.contains("Đang xử lý") && !state.contains("3zq"),
        "{state:.3000}"
    );
    let close = [
        ("do", "close"),
        ("outcome", "mended"),
        ("words", "Đã thayzq hình 3."),
    ];
    assert_eq!(rule(&ha, &number, &close).status, 303);
    assert!(portal.get(&address).text().contains("Đã thayzq hình 3."));
    let rows = portal.command(&["audit", "list"]).unwrap();
    for action in [
        "report.opened",
        "report.taken-on",
        "report.closed",
        "report.reopened",
    ] {
        assert!(rows.contains(action), "{action}");
    }
    assert!(!rows.contains("zq"), "words are no part of the log");
    assert!(
        portal
            .command(&["audit", "verify"])
            .unwrap()
            .contains("whole")
    );
}

#[test]
fn odd_reports_open_nothing_and_lose_nothing() {
    let portal = TestPortal::of_people();
    let stranger = Person::stranger(&portal);
    let long = "x".repeat(REPORT_LENGTH + 1);
    for (kind, words) in [
        ("", "Đừng mất"),
        ("noise", "Đừng mất"),
        ("error", "  "),
        ("error", &long),
    ] {
        let refused = report(&stranger, LESSON, kind, words);
        assert_eq!(refused.status, 422, "{kind:?}");
        assert!(refused.text().contains(words.trim()), "{kind:?}");
    }
    let lan = Person::registered(&portal, "reports-draft");
    let draft = lan.draft("Nháp không ai báo");
    for person in [&stranger, &lan] {
        let path = format!("/resources/{draft}");
        assert_eq!(person.get(&format!("{path}/report")).status, 404);
        assert_eq!(report(person, &path, "error", "x").status, 404);
    }
    let foreign = [("origin", "https://evil.example")];
    let fields = [("kind", "error"), ("words", "Từ nơi khác")];
    let forged = stranger.post_with(&format!("{LESSON}/report"), &fields, &foreign);
    assert_eq!(forged.status, 403);
}

#[test]
fn an_address_reports_so_often() {
    let portal = TestPortal::of_people();
    let stranger = Person::stranger(&portal);
    let school = [
        ("x-forwarded-for", "203.0.113.77"),
        ("sec-fetch-site", "same-origin"),
    ];
    let send = |turn: usize| {
        let words = format!("Lần thứ {turn}");
        // Nothing is opened, and it counts all the same.
        let fields = [("kind", "noise"), ("words", words.as_str())];
        stranger.post_with(&format!("{LESSON}/report"), &fields, &school)
    };
    let statuses: Vec<u16> = (0..14).map(|turn| send(turn).status).collect();
    assert!(
        statuses.starts_with(&[422]) && statuses.ends_with(&[429]),
        "{statuses:?}"
    );
    assert!(
        send(99).text().contains("Lần thứ 99"),
        "what was typed comes back"
    );
}

#[test]
fn scripts_and_links_in_reports_stay_text() {
    let portal = TestPortal::of_people();
    let stranger = Person::stranger(&portal);
    let is_text = |answer: &Answer, what: &str| {
        let page = answer.page();
        assert!(
            !answer.text().contains("<script>alert") && !answer.text().contains("<img src=x"),
            "{what}"
        );
        for element in page.all("*") {
            let element = element.value();
            assert!(
                element.attrs().all(|(name, _)| !name.starts_with("on")),
                "{what}: {element:?}"
            );
        }
        assert!(
            page.attributes("a", "href")
                .iter()
                .all(|href| !href.contains("evil.example")),
            "{what}"
        );
    };
    is_text(&report(&stranger, LESSON, SCRIPT, SCRIPT), "refused");
    let sent = report(&stranger, LESSON, "rights", SCRIPT);
    let address = sent.header("location").to_owned();
    is_text(&portal.get(&address), "state");
    is_text(
        &portal.get("/reports/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"),
        "token",
    );
    let number = number(&portal, &address);
    let ha = Person::with_role(&portal, "reports-script", "curator", None);
    is_text(&ha.get(&format!("/desk/reports/{number}")), "file");
    is_text(
        &rule(
            &ha,
            &number,
            &[("do", "close"), ("outcome", SCRIPT), ("words", SCRIPT)],
        ),
        "refused answer",
    );
    let close = [("do", "close"), ("outcome", "unfounded"), ("words", SCRIPT)];
    assert_eq!(rule(&ha, &number, &close).status, 303);
    is_text(&portal.get(&address), "answered");
    assert!(
        portal
            .get(&address)
            .text()
            .contains("https://evil.example/a")
    );
}
