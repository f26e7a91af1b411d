//! Mail: links that show whose an address is, notifications, and a server that does wrong.

use crate::harness::{Letter, Person, PostOffice, Setup, TestPortal, Trouble};
use std::sync::Arc;

const FROM: &str = "Khuê <khue@example.vn>";
const OTHER: &str = "trăng lên đầu núi rất xa";

fn portal(post: &PostOffice) -> Arc<TestPortal> {
    let setup = Setup {
        variables: vec![
            ("KHUE_MAIL_SERVER", post.address()),
            ("KHUE_MAIL_FROM", FROM.to_owned()),
        ],
        ..Setup::default()
    };
    Arc::new(TestPortal::start(setup))
}

/// Somebody who gets mail at once at any hour.
fn at_once(person: &Person) {
    let fields = [
        ("mode", "at-once"),
        ("quiet-from", "00:00"),
        ("quiet-until", "00:00"),
        ("language", "vi"),
        ("do", "choose"),
    ];
    assert_eq!(person.post("/account/mail", &fields).status, 303);
}

#[test]
fn people_get_mail() {
    let post = PostOffice::open();
    let portal = portal(&post);
    an_address_is_confirmed_by_whoever_signs_in(&portal, &post);
    a_forgotten_passphrase_is_chosen_anew(&portal, &post);
    notifications_come_by_mail(&portal, &post);
    invitations_go_by_mail(&portal, &post);
    a_server_that_does_wrong_gets_nothing_twice(&portal, &post);
    safety_is_told_at_once(&portal, &post);
    assert_eq!(
        post.letters("mail-minh@truong.edu.vn").len(),
        1,
        "he wants no more"
    );
    assert!(post.letters("mail-nobody@truong.edu.vn").is_empty());
    let log = portal.log();
    assert!(
        log.contains("mail is sent") && !log.contains("@truong.edu.vn"),
        "{log}"
    );
}

fn an_address_is_confirmed_by_whoever_signs_in(portal: &Arc<TestPortal>, post: &PostOffice) {
    let lan = Person::registered(portal, "mail-lan");
    let letter = post.wait(&lan.email, 0);
    assert_eq!(letter.header("subject"), "Khuê: xác nhận địa chỉ e-mail");
    assert_eq!(letter.header("auto-submitted"), "auto-generated");
    assert!(
        letter.header("from").contains("khue@example.vn")
            && !letter.header("message-id").is_empty()
    );
    assert!(letter.part("text/html").contains("<html lang=\"vi\">"));
    let way = letter.way(&portal.origin, "/account/confirm");
    let page = lan.get("/account/mail").text();
    assert!(
        page.contains("chưa được xác nhận"),
        "not by the registration alone"
    );
    let stranger = Person::stranger(portal);
    let away = stranger.get(&way);
    assert!(
        away.header("location").starts_with("/sign-in?next="),
        "{}",
        away.status
    );
    let token = way.split("token=").nth(1).unwrap();
    // Whoever holds the link but has another account confirms nothing.
    let other = Person::registered(portal, "mail-other");
    assert_eq!(
        other.post("/account/confirm", &[("token", token)]).status,
        404
    );
    assert_eq!(lan.get(&way).status, 200);
    assert!(
        lan.get("/account/mail")
            .text()
            .contains("chưa được xác nhận"),
        "opening it does nothing yet"
    );
    assert_eq!(
        lan.post("/account/confirm", &[("token", token)]).status,
        303
    );
    assert!(lan.get("/account/mail").text().contains("đã được xác nhận"));
    assert_eq!(
        lan.post("/account/confirm", &[("token", token)]).status,
        404,
        "once"
    );
    // Another address holds once its own link was opened, and not one that somebody has.
    let wrong = [
        ("do", "address"),
        ("email", "new@truong.edu.vn"),
        ("passphrase-now", OTHER),
    ];
    assert_eq!(lan.post("/account/mail", &wrong).status, 422);
    for (email, holds) in [
        ("mail-new@truong.edu.vn", true),
        (other.email.as_str(), false),
    ] {
        let before = post.letters(email).len();
        let asked = [
            ("do", "address"),
            ("email", email),
            ("passphrase-now", crate::harness::PASSPHRASE),
        ];
        assert_eq!(lan.post("/account/mail", &asked).status, 303);
        let way = post
            .wait(email, before)
            .way(&portal.origin, "/account/confirm");
        let token = way.split("token=").nth(1).unwrap();
        let status = lan.post("/account/confirm", &[("token", token)]).status;
        assert_eq!(status == 303, holds, "{email}");
    }
    assert!(
        lan.get("/account")
            .text()
            .contains("mail-new@truong.edu.vn")
    );
}

fn a_forgotten_passphrase_is_chosen_anew(portal: &Arc<TestPortal>, post: &PostOffice) {
    let hoa = Person::registered(portal, "mail-hoa");
    post.wait(&hoa.email, 0);
    let stranger = Person::stranger(portal);
    assert!(stranger.get("/en/sign-in").text().contains("/en/forgot"));
    let asked = |email: &str| {
        let answer = stranger.post("/fr/forgot", &[("email", email)]);
        (answer.status, answer.text())
    };
    assert_eq!(
        asked(&hoa.email),
        asked("mail-nobody@truong.edu.vn"),
        "the same words"
    );
    assert_eq!(asked("nobody").0, 422);
    let letter = post.wait(&hoa.email, 1);
    assert_eq!(
        letter.header("subject"),
        "Khuê : choisissez une nouvelle phrase secrète"
    );
    let way = letter.way(&portal.origin, "/fr/reset");
    let token = way.split("token=").nth(1).unwrap();
    assert_eq!(stranger.get(&way).status, 200);
    let weak = stranger.post("/reset", &[("token", token), ("passphrase", "ngắn")]);
    assert_eq!(weak.status, 422);
    let done = stranger.post("/reset", &[("token", token), ("passphrase", OTHER)]);
    assert_eq!(done.header("location"), "/sign-in?reset=1");
    assert_eq!(
        hoa.get("/submissions").status,
        303,
        "her sessions have ended"
    );
    assert_eq!(stranger.get(&way).status, 404, "once");
    let entered = [("email", hoa.email.as_str()), ("passphrase", OTHER)];
    assert_eq!(stranger.post("/sign-in", &entered).status, 303);
    assert!(post.letters("mail-nobody@truong.edu.vn").is_empty());
    // What stays after tries is a limit.
    let tried: Vec<u16> = (0..12)
        .map(|_| asked("mail-tried@truong.edu.vn").0)
        .collect();
    assert!(tried.ends_with(&[429]), "{tried:?}");
}

fn decided(author: &Person, appraiser: &Person, name: &str) {
    let number = author.draft(name);
    assert_eq!(author.fill_in(&number, name, "send").status, 303);
    assert_eq!(appraiser.decide(&number, "request-changes").status, 303);
}

fn notifications_come_by_mail(portal: &Arc<TestPortal>, post: &PostOffice) {
    let minh = Person::with_role(portal, "mail-minh", "teacher", None);
    let mai = Person::with_role(portal, "mail-mai", "appraiser", None);
    at_once(&minh);
    decided(&minh, &mai, "Bài kínzq");
    let letter: Letter = post.wait(&minh.email, 0);
    let subject = letter.header("subject");
    assert!(
        subject.starts_with("Khuê: 1 thông báo") && !subject.contains("kínzq"),
        "{subject}"
    );
    let text = letter.text();
    assert!(
        text.contains("Bài kínzq") && text.contains("/submissions/HL-"),
        "{text}"
    );
    assert!(letter.part("text/html").contains("Bài kínzq"));
    assert_eq!(
        letter.header("list-unsubscribe-post"),
        "List-Unsubscribe=One-Click"
    );
    let way = letter.header("list-unsubscribe");
    let way = way
        .trim_matches(['<', '>'])
        .strip_prefix(&portal.origin)
        .unwrap()
        .to_owned();
    // Seen in the portal: not told again by mail.
    assert!(minh.get("/notices").text().contains("Bài kínzq"));
    let stranger = Person::stranger(portal);
    assert_eq!(stranger.get(&way).status, 200);
    assert_eq!(stranger.get("/unsubscribe?token=none").status, 404);
    assert!(
        minh.get("/account/mail")
            .page()
            .all("#mode-at-once[checked]")
            .len()
            == 1,
        "opening it does nothing yet"
    );
    // As the program of a mail provider does: no cookie, no page before.
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let once = portal.ask("POST", &way, &headers, "List-Unsubscribe=One-Click");
    assert_eq!(once.status, 200, "{:.500}", once.text());
    assert_eq!(
        minh.get("/account/mail")
            .page()
            .all("#mode-never[checked]")
            .len(),
        1
    );
    decided(&minh, &mai, "Bài sau");
}

fn invitations_go_by_mail(portal: &Arc<TestPortal>, post: &PostOffice) {
    let file = tempfile::NamedTempFile::new().unwrap();
    let text = format!(
        "base_url = \"{}\"\n[mail]\nserver = \"{}\"\nfrom = \"{FROM}\"\n",
        portal.origin,
        post.address()
    );
    std::fs::write(file.path(), text).unwrap();
    let path = file.path().display().to_string();
    let grant = [
        "--config",
        &path,
        "grant",
        "mail-luc@lycee.example",
        "teacher",
        "--mail=fr",
    ];
    let said = portal.command(&grant).unwrap();
    assert!(
        !said.contains("token="),
        "the link goes by mail only: {said}"
    );
    let letter = post.wait("mail-luc@lycee.example", 0);
    assert_eq!(letter.header("subject"), "Khuê : une invitation");
    let way = letter.way(&portal.origin, "/fr/invitation");
    assert_eq!(portal.get(&way).status, 200);
    let off = portal
        .command(&["grant", "x@truong.edu.vn", "teacher", "--mail"])
        .unwrap_err();
    assert!(off.contains("no mail is sent"), "{off}");
}

fn a_server_that_does_wrong_gets_nothing_twice(portal: &Arc<TestPortal>, post: &PostOffice) {
    let person = |name: &str, trouble| {
        post.trouble(&format!("{name}@truong.edu.vn"), trouble);
        Person::registered(portal, name)
    };
    let nobody = person("mail-gone", Trouble::Nobody);
    let hung = person("mail-hung", Trouble::HangsUp);
    let busy = person("mail-busy", Trouble::Busy);
    // Tried again after a few seconds; by then the others would have been too.
    post.wait(&busy.email, 0);
    assert!(!post.is_in_trouble());
    assert_eq!(
        (post.letters(&busy.email).len(), post.seen(&busy.email)),
        (1, 1)
    );
    assert_eq!(
        (post.letters(&hung.email).len(), post.seen(&hung.email)),
        (0, 1),
        "perhaps it has it"
    );
    assert_eq!(post.seen(&nobody.email), 0);
    let chief = Person::with_role(portal, "mail-chief", "administrator", None);
    let figures = chief.get("/desk/figures").text();
    assert!(figures.contains("không gửi được 2"), "{figures:.3000}");
}

fn safety_is_told_at_once(portal: &Arc<TestPortal>, post: &PostOffice) {
    let night = Person::with_role(portal, "mail-night", "curator", None);
    let far = Person::with_role(portal, "mail-far", "curator", Some("hn-02"));
    let never = Person::with_role(portal, "mail-never", "curator", None);
    // The whole day is quiet, and one message a day.
    for (person, mode) in [(&night, "daily"), (&far, "at-once"), (&never, "never")] {
        let quiet = [
            ("mode", mode),
            ("quiet-from", "00:01"),
            ("quiet-until", "00:00"),
            ("language", "en"),
        ];
        assert_eq!(person.post("/account/mail", &quiet).status, 303);
    }
    let stranger = Person::stranger(portal);
    let lesson = "/resources/toan-4-tinh-chat-co-ban-cua-phan-so/report";
    let report = |kind: &str| {
        let sent = stranger.post(lesson, &[("kind", kind), ("words", "Lời kínzq")]);
        assert_eq!(sent.status, 303, "{:.500}", sent.text());
    };
    report("error");
    report("safety");
    let letter = post.wait(&night.email, 0);
    assert_eq!(
        letter.header("subject"),
        "Khuê: a report needs to be handled now"
    );
    let text = letter.text();
    assert!(
        text.contains("/en/desk/reports/PA-") && !text.contains("kínzq"),
        "{text}"
    );
    let notices = night.get("/notices").text();
    assert!(notices.contains("Có báo cáo về an toàn") && notices.contains("Có báo cáo mới"));
    assert!(
        !far.get("/notices").text().contains("Có báo cáo"),
        "it is of no institution"
    );
    assert!(post.letters(&never.email).is_empty() && post.letters(&far.email).is_empty());
}

#[test]
fn without_a_server_the_portal_says_so() {
    let portal = TestPortal::of_people();
    assert!(portal.log().contains("no mail is sent"));
    let lan = Person::registered(&portal, "mail-off");
    assert!(lan.get("/notices").text().contains("chưa gửi thư"));
    assert!(lan.get("/account/mail").text().contains("chưa gửi thư"));
    let chief = Person::with_role(&portal, "mail-off-chief", "administrator", None);
    assert!(chief.get("/desk/figures").text().contains("chưa gửi thư"));
    assert_eq!(portal.get("/forgot").status, 404);
    assert!(!portal.get("/sign-in").text().contains("/forgot"));
    for (text, words) in [
        ("[mail]\nserver = \"mail.example.vn\"\n", "smtps://"),
        (
            "[mail]\nserver = \"smtps://mail.example.vn\"\n",
            "mail.from",
        ),
        ("[mail]\ntime_zone = \"Asia/Saigonn\"\n", "time zone"),
    ] {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let path = file.path().display().to_string();
        let said = portal.command(&["config", "--config", &path]).unwrap_err();
        assert!(said.contains(words), "{text}: {said}");
    }
}
