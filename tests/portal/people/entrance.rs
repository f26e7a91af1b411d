//! Signing in: sessions, second factor, guessing.

use crate::harness::{Person, Setup, TestPortal, totp};
use std::sync::Arc;

fn portal() -> Arc<TestPortal> {
    TestPortal::of_people()
}

#[test]
fn a_session_is_a_cookie_that_scripts_and_other_sites_do_not_get() {
    let portal = portal();
    let mut lan = Person::registered(&portal, "entrance-lan");
    let page = lan.get("/account");
    assert_eq!(
        (page.status, page.header("cache-control")),
        (200, "no-store")
    );
    assert!(page.text().contains("entrance-lan@truong.edu.vn"));
    let answer = lan.post(
        "/sign-in",
        &[
            ("email", &lan.email.clone()),
            ("passphrase", "sáng nay mưa bay trên phố"),
        ],
    );
    let set = answer.header("set-cookie").to_owned();
    assert!(
        set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"),
        "{set}"
    );
    let before = lan.cookie.clone();
    lan.take_cookie(&answer);
    assert_ne!(lan.cookie, before, "another token at each sign-in");
    let old = portal.ask("GET", "/submissions", &[("cookie", &before)], "");
    assert_eq!(old.status, 303, "the former session ended with the new one");
    let out = lan.post("/sign-out", &[]);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(lan.get("/submissions").status, 303);
}

#[test]
fn over_tls_the_cookie_is_bound_to_the_host() {
    let setup = Setup {
        variables: vec![("KHUE_BASE_URL", "https://khue.example".into())],
        ..Setup::default()
    };
    let portal = Arc::new(TestPortal::start(setup));
    let lan = Person::stranger(&portal);
    let fields = [
        ("name", "Lan"),
        ("email", "lan@truong.edu.vn"),
        ("passphrase", "sáng nay mưa bay trên phố"),
    ];
    assert_eq!(lan.post("/register", &fields).status, 303);
    let set = lan
        .post("/sign-in", &fields[1..])
        .header("set-cookie")
        .to_owned();
    assert!(
        set.starts_with("__Host-khue=") && set.contains("; Secure"),
        "{set}"
    );
}

#[test]
fn a_session_that_was_planted_is_not_taken_over() {
    let portal = portal();
    let mut lan = Person::registered(&portal, "entrance-planted");
    let planted = format!("khue-session={}", "a".repeat(64));
    lan.cookie.clone_from(&planted);
    let answer = lan.post(
        "/sign-in",
        &[
            ("email", &lan.email.clone()),
            ("passphrase", "sáng nay mưa bay trên phố"),
        ],
    );
    assert!(!answer.header("set-cookie").contains(&"a".repeat(64)));
    let page = portal.ask("GET", "/submissions", &[("cookie", &planted)], "");
    assert_eq!(page.status, 303, "the planted token opens nothing");
}

#[test]
fn the_same_words_whether_there_is_an_account_or_not() {
    let portal = portal();
    let lan = Person::registered(&portal, "entrance-known");
    let stranger = Person::stranger(&portal);
    let try_in = |email: &str| {
        let answer = stranger.post(
            "/sign-in",
            &[("email", email), ("passphrase", "hoàn toàn không đúng đâu")],
        );
        (answer.status, answer.text().replace(email, ""))
    };
    assert_eq!(try_in(&lan.email), try_in("entrance-nobody@truong.edu.vn"));
    let register = |email: &str| {
        let fields = [
            ("name", "Mallory"),
            ("email", email),
            ("passphrase", "một câu dài khác hẳn"),
        ];
        let answer = stranger.post("/register", &fields);
        (answer.status, answer.header("location").to_owned())
    };
    assert_eq!(register(&lan.email), register("entrance-new@truong.edu.vn"));
    let mut again = Person::stranger(&portal);
    again.email = lan.email.clone();
    again.sign_in();
    assert!(
        again.get("/account").text().contains("entrance-known"),
        "nothing was taken over"
    );
}

#[test]
fn guessing_is_slowed_down_for_known_and_unknown_alike() {
    let portal = portal();
    let lan = Person::registered(&portal, "entrance-guessed");
    let stranger = Person::stranger(&portal);
    for email in [lan.email.as_str(), "entrance-unknown@truong.edu.vn"] {
        let statuses: Vec<u16> = (0..14)
            .map(|number| {
                stranger
                    .post(
                        "/sign-in",
                        &[
                            ("email", email),
                            ("passphrase", &format!("đoán lần thứ {number} thôi")),
                        ],
                    )
                    .status
            })
            .collect();
        assert!(
            statuses.contains(&429) && statuses.contains(&422),
            "{email}: {statuses:?}"
        );
    }
}

#[test]
fn nobody_is_led_to_another_site_after_signing_in() {
    let portal = portal();
    let lan = Person::registered(&portal, "entrance-next");
    for odd in [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
    ] {
        let fields = [
            ("email", lan.email.as_str()),
            ("passphrase", "sáng nay mưa bay trên phố"),
            ("next", odd),
        ];
        assert_eq!(
            lan.post("/sign-in", &fields).header("location"),
            "/account",
            "{odd}"
        );
        let shown = lan.get(&format!("/sign-in?next={}", crate::harness::encode(odd)));
        assert!(!shown.header("location").contains("evil"), "{odd}");
    }
    let own = lan.post(
        "/sign-in",
        &[
            ("email", &lan.email),
            ("passphrase", "sáng nay mưa bay trên phố"),
            ("next", "/en/submissions"),
        ],
    );
    assert_eq!(own.header("location"), "/en/submissions");
}

#[test]
fn the_second_factor_is_asked_for_and_a_code_works_once() {
    let portal = portal();
    let mut mai = Person::with_role(&portal, "entrance-mai", "appraiser", None);
    assert_eq!(mai.get("/desk").status, 200, "the role is in force");
    let page = mai.get("/account").page();
    assert!(page.all("input[name=secret]").is_empty(), "it is on");
    mai.sign_in();
    assert_eq!(
        mai.get("/desk").header("location"),
        "/sign-in/code?next=%2Fdesk"
    );
    assert_eq!(mai.get("/account").status, 303, "nothing but the code");
    assert_eq!(mai.post("/sign-in/code", &[("code", "000000")]).status, 422);
    let mut lan = Person::registered(&portal, "entrance-factor");
    let secret = lan.begin_second_factor();
    lan.sign_in();
    let half = lan.cookie.clone();
    let answer = lan.post("/sign-in/code", &[("code", &totp(&secret, 1))]);
    assert_eq!(answer.status, 303, "{:.900}", answer.text());
    lan.take_cookie(&answer);
    assert_ne!(
        lan.cookie, half,
        "another token once the second factor was shown"
    );
    assert_eq!(lan.get("/submissions").status, 200);
    lan.sign_in();
    assert_eq!(
        lan.post("/sign-in/code", &[("code", &totp(&secret, 1))])
            .status,
        422,
        "used before"
    );
}

#[test]
fn without_a_second_factor_the_role_waits() {
    let portal = portal();
    let mut mai = Person::with_role(&portal, "entrance-waits", "curator", None);
    assert_eq!(mai.get("/desk").status, 200, "a curator needs none");
    let said = portal.command(&["grant", &mai.email, "appraiser"]).unwrap();
    assert!(said.contains("granted"), "{said}");
    assert_eq!(
        mai.get("/desk").status,
        303,
        "a change of role ends the session"
    );
    mai.sign_in();
    assert!(mai.get("/account").page().all(".notice--warning").len() == 1);
    portal
        .command(&["grant", &mai.email, "curator", "--revoke"])
        .unwrap();
    mai.sign_in();
    assert!(
        mai.get("/desk").header("location").starts_with("/account"),
        "the appraiser's role is not in force"
    );
}

#[test]
fn secrets_are_not_in_the_log() {
    let portal = portal();
    let mut lan = Person::registered(&portal, "entrance-log");
    let secret = lan.begin_second_factor();
    let log = portal.log();
    let token = lan.cookie.rsplit('=').next().unwrap();
    for secret in [token, &secret, "mưa bay", "entrance-log@"] {
        assert!(!log.contains(secret), "{secret}");
    }
}
