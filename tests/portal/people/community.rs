//! What people say of resources: ratings, comments, questions, and those who moderate them.

use crate::harness::{Answer, Document, Person, Setup, TestPortal};
use khue_content::account::Role;
use khue_content::community::COMMENTS_A_DAY;
use std::sync::Arc;

/// A lesson of the library: it belongs to no institution.
const LESSON: &str = "/resources/toan-4-tinh-chat-co-ban-cua-phan-so";
const SCRIPT: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}</textarea></title> https://evil.example/a";

/// A resource of its own for a test, its author, and somebody who moderates it.
fn published(portal: &Arc<TestPortal>, key: &str) -> (Person, Person, String) {
    let lan = Person::with_role(portal, &format!("{key}-lan"), "teacher", Some("hn-01"));
    let mai = Person::with_role(portal, &format!("{key}-mai"), "appraiser", Some("hn-01"));
    let number = lan.draft(&format!("Bài của {key}"));
    assert_eq!(
        lan.fill_in(&number, &format!("Bài của {key}"), "send")
            .status,
        303
    );
    for step in ["accept", "publish"] {
        assert_eq!(mai.decide(&number, step).status, 303);
    }
    (lan, mai, format!("/resources/{number}"))
}

/// The text of every element that a selector finds, in order.
fn texts(page: &Document, css: &str) -> Vec<String> {
    let found = page.all(css).into_iter();
    let even = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    found.map(|one| even(one.text().collect())).collect()
}

/// An attribute of every element that a selector finds, in order.
fn values(page: &Document, css: &str, name: &str) -> Vec<String> {
    let found = page.all(css).into_iter();
    found
        .filter_map(|one| one.attr(name).map(str::to_owned))
        .collect()
}

fn comment(person: &Person, resource: &str, kind: &str, words: &str) -> Answer {
    let fields = [("do", "comment"), ("kind", kind), ("words", words)];
    person.post(&format!("{resource}/comments"), &fields)
}

fn rate(person: &Person, resource: &str, button: &str) -> Answer {
    person.post(&format!("{resource}/comments"), &[("do", button)])
}

/// Rules on the first comment of the queue for a resource.
fn rule(person: &Person, resource: &str, fields: &[(&str, &str)]) -> Answer {
    let id = resource.rsplit('/').next().unwrap();
    let page = person.get(&format!("/desk/comments?resource={id}")).page();
    let first = |name: &str| values(&page, &format!("input[name={name}]"), "value").swap_remove(0);
    let (comment, edition) = (first("id"), first("edition"));
    let mut all = vec![("id", comment.as_str()), ("edition", &edition)];
    all.extend(fields);
    person.post("/desk/comments", &all)
}

#[test]
fn a_rating_says_for_what_and_everybody_has_one() {
    let portal = TestPortal::of_people();
    let (lan, mai, resource) = published(&portal, "rated");
    let minh = Person::registered(&portal, "rated-minh");
    assert!(portal.get(&resource).text().contains("Chưa có ai đánh giá"));
    let counts = || texts(&portal.get(&resource).page(), ".voices__count");
    assert_eq!(rate(&minh, &resource, "rate-ready").status, 303);
    assert_eq!(counts(), ["1 Dùng được ngay"]);
    assert_eq!(rate(&mai, &resource, "rate-mend").status, 303);
    assert_eq!(
        rate(&minh, &resource, "rate-mend").status,
        303,
        "it is changed"
    );
    assert_eq!(counts(), ["2 Cần sửa"]);
    let own = minh.get(&format!("{resource}/comments")).page();
    let pressed = values(&own, "button[name=do][aria-pressed=true]", "value");
    assert_eq!(pressed, ["rate-mend"]);
    let english = portal.get(&format!("/en{resource}")).page();
    assert_eq!(texts(&english, ".voices__count"), ["2 Needs correcting"]);
    assert_eq!(rate(&minh, &resource, "unrate").status, 303);
    assert_eq!(counts(), ["1 Cần sửa"]);
    assert_eq!(rate(&minh, &resource, "rate-five-stars").status, 404);
    let own = rate(&lan, &resource, "rate-ready");
    assert_eq!(own.status, 422, "nobody rates their own");
    assert!(own.text().contains("do chính mình gửi"));
    let stranger = Person::stranger(&portal);
    let away = rate(&stranger, &resource, "rate-ready");
    assert!(
        away.header("location").starts_with("/sign-in"),
        "{}",
        away.status
    );
    assert_eq!(counts(), ["1 Cần sửa"]);
}

#[test]
fn every_role_may_speak_for_itself() {
    let portal = TestPortal::of_people();
    for role in Role::ALL {
        let person = Person::with_role(
            &portal,
            &format!("speak-{}", role.name()),
            role.name(),
            None,
        );
        assert_eq!(rate(&person, LESSON, "rate-adapt").status, 303, "{role:?}");
        let words = format!("Lời của vai {}", role.name());
        assert_eq!(
            comment(&person, LESSON, "comment", &words).status,
            303,
            "{role:?}"
        );
        let own = person.get(&format!("{LESSON}/comments"));
        assert!(
            own.text().contains(&words) && own.text().contains("Chờ duyệt"),
            "{role:?}"
        );
    }
}

#[test]
fn a_comment_is_public_once_a_moderator_has_shown_it() {
    let portal = TestPortal::of_people();
    let (lan, mai, resource) = published(&portal, "shown");
    let minh = Person::registered(&portal, "shown-minh");
    assert_eq!(
        comment(&minh, &resource, "question", "Hỏizq câu hai?").status,
        303
    );
    let stranger = Person::stranger(&portal);
    let far = Person::with_role(&portal, "shown-far", "curator", Some("hn-02"));
    for person in [&stranger, &far, &lan] {
        for path in [
            resource.as_str(),
            &format!("{resource}/comments"),
            "/desk/comments",
            "/desk",
            "/notices",
        ] {
            assert!(!person.get(path).text().contains("Hỏizq"), "{path}");
        }
    }
    assert_eq!(far.get("/desk/comments").status, 200);
    assert_eq!(minh.get("/desk/comments").status, 404);
    let queue = mai.get("/desk/comments").text();
    assert!(queue.contains("Hỏizq") && queue.contains("shown-minh"));
    assert_eq!(rule(&mai, &resource, &[("do", "show")]).status, 303);
    let page = portal.get(&resource);
    assert!(
        page.text().contains("Hỏizq câu hai?"),
        "{:.300}",
        page.text()
    );
    assert!(
        !page.text().contains("shown-minh"),
        "a learner's name is not public"
    );
    assert!(
        minh.get("/notices")
            .text()
            .contains("Bình luận của bạn đã hiện")
    );
    assert!(
        lan.get("/notices")
            .text()
            .contains("Có bình luận mới về học liệu của bạn")
    );

    // The author of the resource answers.
    let link = page.page().attribute(".voices .thread a", "href");
    let id = link
        .split("answer=")
        .nth(1)
        .unwrap()
        .split('#')
        .next()
        .unwrap()
        .to_owned();
    let form = lan.get(link.split('#').next().unwrap());
    assert!(form.text().contains("Hỏizq") && !form.page().all("input[name=answer]").is_empty());
    let answer = [
        ("do", "comment"),
        ("answer", id.as_str()),
        ("words", "Đápzq là hai phần ba."),
    ];
    assert_eq!(
        lan.post(&format!("{resource}/comments"), &answer).status,
        303
    );
    let key = resource.rsplit('/').next().unwrap();
    let waiting = mai.get(&format!("/desk/comments?resource={key}")).page();
    let answered = values(&waiting, ".moderation__entry input[name=id]", "value");
    let fields = [
        ("id", answered.last().unwrap().as_str()),
        ("edition", "1"),
        ("do", "show"),
    ];
    assert_eq!(mai.post("/desk/comments", &fields).status, 303);
    let page = portal.get(&resource).page();
    assert!(texts(&page, ".voices__answers")[0].contains("Đápzq"));
    assert!(
        texts(&page, ".voices__answers")[0].contains("shown-lan"),
        "teachers sign with their name"
    );
    assert!(
        minh.get("/notices")
            .text()
            .contains("Câu hỏi của bạn có trả lời")
    );

    // Hidden again: with a reason and words, which its author reads; the answer goes too.
    let without = rule(
        &mai,
        &resource,
        &[("do", "hide"), ("reason", "off-topic"), ("words", " ")],
    );
    assert_eq!(without.status, 422);
    assert!(without.text().contains("hãy chọn lý do"));
    let hide = [
        ("do", "hide"),
        ("reason", "off-topic"),
        ("words", "Lạczq đề."),
    ];
    assert_eq!(rule(&mai, &resource, &hide).status, 303);
    let text = portal.get(&resource).text();
    assert!(!text.contains("Hỏizq") && !text.contains("Đápzq") && !text.contains("Lạczq"));
    let own = minh.get(&format!("{resource}/comments")).text();
    assert!(own.contains("Đã ẩn") && own.contains("Lạczq đề.") && own.contains("Không liên quan"));
    let rows = portal.command(&["audit", "list"]).unwrap();
    assert!(rows.contains("comment.shown") && rows.contains("comment.hidden"));
    assert!(
        portal
            .command(&["audit", "verify"])
            .unwrap()
            .contains("whole")
    );

    // Its author takes it back.
    let taken = format!("take-back-{id}");
    assert_eq!(
        lan.post(&format!("{resource}/comments"), &[("do", &taken)])
            .status,
        403
    );
    assert_eq!(
        minh.post(&format!("{resource}/comments"), &[("do", &taken)])
            .status,
        303
    );
    assert!(
        !minh
            .get(&format!("{resource}/comments"))
            .text()
            .contains("Hỏizq")
    );
}

#[test]
fn comments_are_seen_at_once_where_the_portal_says_so() {
    let portal = Arc::new(TestPortal::start(Setup {
        variables: vec![("KHUE_PEOPLE_COMMENTS", "after".to_owned())],
        ..Setup::default()
    }));
    let minh = Person::registered(&portal, "after-minh");
    assert!(
        minh.get(&format!("{LESSON}/comments"))
            .text()
            .contains("Mọi người thấy ngay")
    );
    assert_eq!(
        comment(&minh, LESSON, "comment", "Ngayzq lập tức").status,
        303
    );
    assert!(portal.get(LESSON).text().contains("Ngayzq"));
    let ha = Person::with_role(&portal, "after-ha", "curator", None);
    assert!(ha.get("/desk").text().contains("Bình luận chờ duyệt: 1"));
    assert_eq!(rule(&ha, LESSON, &[("do", "show")]).status, 303);
    assert!(
        ha.get("/desk/comments")
            .text()
            .contains("Không có bình luận nào đang chờ")
    );
    let hide = [
        ("do", "hide"),
        ("reason", "advertising"),
        ("words", "Quảng cáo."),
    ];
    assert_eq!(rule(&ha, LESSON, &hide).status, 303);
    assert!(!portal.get(LESSON).text().contains("Ngayzq"));
}

#[test]
fn what_is_not_published_has_no_comments() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "unheard-lan");
    let number = lan.draft("Nháp không ai bình");
    for person in [&lan, &Person::stranger(&portal)] {
        let path = format!("/resources/{number}/comments");
        let none = "/resources/HL-1999-000001/comments";
        let (real, none) = (person.get(&path), person.get(none));
        assert_eq!((real.status, none.status), (404, 404));
        assert_eq!(
            real.text().replace(&number, ""),
            none.text().replace("HL-1999-000001", "")
        );
        assert_eq!(person.post(&path, &[("do", "rate-ready")]).status, 404);
    }
}

#[test]
fn scripts_and_links_in_comments_stay_text() {
    let portal = TestPortal::of_people();
    let (_, mai, resource) = published(&portal, "scripted");
    let minh = Person::registered(&portal, "scripted-minh");
    assert_eq!(comment(&minh, &resource, "question", SCRIPT).status, 303);
    // Refused, what was typed comes back.
    let long = format!("{SCRIPT}{}", "x".repeat(2_000));
    let refused = comment(&minh, &resource, "question", &long);
    assert_eq!(refused.status, 422);
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
    is_text(&refused, "refused");
    is_text(&minh.get(&format!("{resource}/comments")), "own");
    is_text(&mai.get("/desk/comments"), "queue");
    let hide = [("do", "hide"), ("reason", SCRIPT), ("words", SCRIPT)];
    is_text(&rule(&mai, &resource, &hide), "refused ruling");
    assert_eq!(rule(&mai, &resource, &[("do", "show")]).status, 303);
    let public = portal.get(&resource);
    assert!(
        texts(&public.page(), ".voices")
            .concat()
            .contains("https://evil.example/a")
    );
    is_text(&public, "public");
    let hide = [("do", "hide"), ("reason", "other"), ("words", SCRIPT)];
    assert_eq!(rule(&mai, &resource, &hide).status, 303);
    is_text(&minh.get(&format!("{resource}/comments")), "own, hidden");
    for query in [
        "said=%3Cscript%3Ealert(1)",
        "answer=%22%3E%3Cscript%3Ealert(1)",
    ] {
        is_text(&minh.get(&format!("{resource}/comments?{query}")), query);
    }
    is_text(
        &mai.get("/desk/comments?resource=%22%3E%3Cscript%3Ealert(1)"),
        "resource",
    );
}

#[test]
fn nobody_floods_a_resource() {
    let portal = TestPortal::of_people();
    let minh = Person::registered(&portal, "flood-minh");
    let sent: Vec<u16> = (0..COMMENTS_A_DAY + 2)
        .map(|turn| comment(&minh, LESSON, "comment", &format!("Lần thứ {turn}")).status)
        .collect();
    assert_eq!(
        sent.iter().filter(|status| **status == 303).count() as i64,
        COMMENTS_A_DAY
    );
    assert!(sent.ends_with(&[429, 429]), "{sent:?}");
    let refused = comment(&minh, LESSON, "comment", "Đừng mất câu này");
    assert!(
        refused.text().contains("Đừng mất câu này"),
        "what was typed comes back"
    );
}
