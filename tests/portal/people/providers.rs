//! Signing in with a provider of OpenID Connect: the good way, and what attackers try.

use crate::harness::{
    Browser, CLIENT, Fault, Person, Play, Provider, Setup, TestPortal, encode, totp,
};
use std::sync::Arc;

/// There and back: where it ends.
fn sign_in(browser: &mut Browser, provider: &Provider, play: Play) -> String {
    provider.play(play);
    let there = browser.set_out("/sign-in/with/truong");
    let way = provider.agree(&there);
    browser.come_back(&way)
}

fn portal(provider: &Provider) -> Arc<TestPortal> {
    let list = format!(
        "[{{ key = \"truong\", name = {{ vi = \"Trường Chu\", en = \"Chu School\", fr = \"École Chu\" }}, issuer = \"{}\", client_id = \"{}\", secret_env = \"SECRET_OF_TRUONG\" }}]",
        provider.origin, CLIENT.0
    );
    let setup = Setup {
        variables: vec![
            ("KHUE_PEOPLE_PROVIDERS", list),
            ("SECRET_OF_TRUONG", CLIENT.1.to_owned()),
        ],
        ..Setup::default()
    };
    Arc::new(TestPortal::start(setup))
}

const PASSPHRASE: &str = "sáng nay mưa bay trên phố";

#[test]
fn people_sign_in_with_a_provider() {
    let provider = Provider::start();
    let portal = portal(&provider);
    somebody_new_becomes_a_learner(&portal, &provider);
    an_address_that_is_known_needs_its_passphrase(&portal, &provider);
    an_address_that_is_not_verified_is_nobodys(&portal, &provider);
    the_second_factor_is_asked_for(&portal, &provider);
    identities_are_linked_and_unlinked(&portal, &provider);
    new_keys_are_fetched_when_they_are_met(&portal, &provider);
    let rows = portal.command(&["audit", "list"]).unwrap();
    assert!(rows.contains("identity.linked") && rows.contains("identity.unlinked"));
    assert!(
        portal
            .command(&["audit", "verify"])
            .unwrap()
            .contains("whole")
    );
    let log = portal.log();
    assert!(
        log.contains("/sign-in/back/truong"),
        "the log says what to register"
    );
    assert!(!log.contains(CLIENT.1) && !log.contains("hoa@truong.edu.vn"));
    drop(provider);
    a_provider_that_is_gone_is_told(&portal);
}

fn somebody_new_becomes_a_learner(portal: &Arc<TestPortal>, provider: &Provider) {
    let mut hoa = Browser::new(portal);
    let page = hoa.get("/sign-in?next=/submissions");
    assert!(page.text().contains("Đăng nhập bằng Trường Chu"));
    let english = hoa.get("/en/sign-in").text();
    assert!(english.contains("Sign in with Chu School"));
    provider.play(Play {
        apart: true,
        ..Play::of("hoa").at("Hoa@truong.edu.vn")
    });
    let there = hoa.set_out("/en/sign-in/with/truong?next=/en/submissions");
    for part in [
        "code_challenge=",
        "code_challenge_method=S256",
        "state=",
        "nonce=",
        "ui_locales=en",
    ] {
        assert!(there.contains(part), "{part}: {there}");
    }
    let way = provider.agree(&there);
    let planted = "a".repeat(64);
    hoa.cookies
        .insert("khue-session".to_owned(), planted.clone());
    assert_eq!(hoa.come_back(&way), "/en/submissions");
    let first = hoa.cookies["khue-session"].clone();
    assert_ne!(first, planted);
    assert!(!hoa.cookies.contains_key("khue-provider"), "it is used up");
    let account = hoa.get("/account");
    let text = account.text();
    assert!(
        text.contains("Người hoa")
            && text.contains("hoa@truong.edu.vn")
            && text.contains("Người học")
    );
    assert!(text.contains("Trường Chu") && text.contains("chưa có mật khẩu"));
    // Again: the same account, another session in place of this one.
    assert_eq!(sign_in(&mut hoa, provider, Play::of("hoa")), "/account");
    assert_ne!(hoa.cookies["khue-session"], first);
    assert!(hoa.get("/account").text().contains("hoa@truong.edu.vn"));
    let old = portal.ask(
        "GET",
        "/submissions",
        &[("cookie", &format!("khue-session={first}"))],
        "",
    );
    assert_eq!(old.status, 303, "the session before has ended");
    // The last way in stays; with a passphrase it is not the last.
    let link = hoa
        .get("/account")
        .page()
        .attribute("button[value^=unlink-]", "value");
    let refused = hoa.post("/account", &[("do", &link)]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("cách đăng nhập duy nhất"));
    let set = [("do", "passphrase"), ("passphrase-new", PASSPHRASE)];
    assert_eq!(
        hoa.post("/account", &set).status,
        303,
        "she has just signed in"
    );
    assert_eq!(
        hoa.post("/account", &set).status,
        422,
        "now there is one to be given"
    );
    assert_eq!(hoa.post("/account", &[("do", &link)]).status, 303);
    assert!(hoa.get("/account").text().contains("Chưa có danh tính nào"));
}

fn an_address_that_is_known_needs_its_passphrase(portal: &Arc<TestPortal>, provider: &Provider) {
    let lan = Person::registered(portal, "with-lan");
    let mut browser = Browser::new(portal);
    let play = Play::of("lan").at(&lan.email);
    assert_eq!(
        sign_in(&mut browser, provider, play.clone()),
        "/sign-in/link"
    );
    assert!(!browser.is_signed_in());
    let page = browser.get("/sign-in/link");
    assert!(page.text().contains("with-lan@truong.edu.vn") && page.text().contains("Trường Chu"));
    let wrong = browser.post("/sign-in/link", &[("passphrase", "một câu khác hẳn đi")]);
    assert_eq!(wrong.status, 422);
    assert!(!browser.is_signed_in());
    // Another browser has nothing that waits.
    let mut other = Browser::new(portal);
    let lost = other.post("/sign-in/link", &[("passphrase", PASSPHRASE)]);
    assert!(lost.header("location").contains("problem=lost"));
    let right = browser.post("/sign-in/link", &[("passphrase", PASSPHRASE)]);
    assert_eq!(right.header("location"), "/account");
    assert!(
        browser
            .get("/account")
            .text()
            .contains("with-lan@truong.edu.vn")
    );
    let again = browser.post("/sign-in/link", &[("passphrase", PASSPHRASE)]);
    assert!(
        again.header("location").contains("problem=lost"),
        "it works once"
    );
    let mut later = Browser::new(portal);
    assert_eq!(sign_in(&mut later, provider, play), "/account");
    assert!(
        later
            .get("/account")
            .text()
            .contains("with-lan@truong.edu.vn")
    );
}

fn an_address_that_is_not_verified_is_nobodys(portal: &Arc<TestPortal>, provider: &Provider) {
    let minh = Person::registered(portal, "with-minh");
    let mut mallory = Browser::new(portal);
    let play = Play {
        email: Some((minh.email.clone(), false)),
        ..Play::of("mallory")
    };
    assert_eq!(sign_in(&mut mallory, provider, play), "/account");
    let text = mallory.get("/account").text();
    assert!(text.contains("Người mallory") && !text.contains("with-minh"));
    assert!(
        !text.contains(".invalid"),
        "what is no address is not shown"
    );
    // Nobody registers with, or is invited at, what stands in its place.
    let mut odd = Browser::new(portal);
    let fields = [
        ("name", "x"),
        ("email", "a@nobody.invalid"),
        ("passphrase", PASSPHRASE),
    ];
    assert_eq!(odd.post("/register", &fields).status, 422);
}

fn the_second_factor_is_asked_for(portal: &Arc<TestPortal>, provider: &Provider) {
    let mut mai = Person::with_role(portal, "with-mai", "teacher", None);
    let secret = mai.begin_second_factor();
    let mut browser = Browser::new(portal);
    let play = Play::of("mai").at(&mai.email);
    assert_eq!(
        sign_in(&mut browser, provider, play.clone()),
        "/sign-in/link"
    );
    let half = browser.post("/sign-in/link", &[("passphrase", PASSPHRASE)]);
    assert!(
        half.header("location").starts_with("/sign-in/code"),
        "{}",
        half.header("location")
    );
    assert!(!browser.is_signed_in());
    let mut later = Browser::new(portal);
    assert!(sign_in(&mut later, provider, play).starts_with("/sign-in/code"));
    assert!(!later.is_signed_in());
    let code = totp(&secret, 1);
    assert_eq!(later.post("/sign-in/code", &[("code", &code)]).status, 303);
    assert!(later.is_signed_in());
}

fn identities_are_linked_and_unlinked(portal: &Arc<TestPortal>, provider: &Provider) {
    let nam = Person::registered(portal, "with-nam");
    let mut browser = Browser::new(portal);
    let entered = [("email", nam.email.as_str()), ("passphrase", PASSPHRASE)];
    assert_eq!(browser.post("/sign-in", &entered).status, 303);
    let wrong = [
        ("do", "link-truong"),
        ("passphrase-link", "một câu khác hẳn đi"),
    ];
    assert_eq!(browser.post("/account", &wrong).status, 422);
    let right = [("do", "link-truong"), ("passphrase-link", PASSPHRASE)];
    let way = |browser: &mut Browser, play: Play| {
        provider.play(play);
        let page = browser.post("/account", &right);
        assert_eq!(page.status, 200, "{:.500}", page.text());
        let there = page.page().attribute("main a.button--primary", "href");
        provider.agree(&there)
    };
    // Not one that belongs to somebody else.
    let taken = way(&mut browser, Play::of("lan"));
    assert!(browser.come_back(&taken).contains("problem=taken"));
    // Not in a browser in which somebody else is signed in by now.
    let begun = way(&mut browser, Play::of("nam"));
    let mut other = Browser::new(portal);
    other.cookies = browser.cookies.clone();
    other.cookies.remove("khue-session");
    assert!(other.come_back(&begun).contains("problem=lost"));
    let begun = way(&mut browser, Play::of("nam"));
    assert_eq!(browser.come_back(&begun), "/account#identities");
    let page = browser.get("/account").page();
    let link = page.attribute("button[value^=unlink-]", "value");
    // Of others nothing can be taken away.
    let mut stranger = Browser::new(portal);
    assert_eq!(
        sign_in(&mut stranger, provider, Play::of("stranger")),
        "/account"
    );
    assert_eq!(stranger.post("/account", &[("do", &link)]).status, 422);
    assert_eq!(browser.post("/account", &[("do", &link)]).status, 303);
    assert!(
        browser
            .get("/account")
            .page()
            .all("button[value^=unlink-]")
            .is_empty()
    );
}

fn new_keys_are_fetched_when_they_are_met(portal: &Arc<TestPortal>, provider: &Provider) {
    provider.change_key();
    let mut browser = Browser::new(portal);
    assert_eq!(sign_in(&mut browser, provider, Play::of("nam")), "/account");
}

fn a_provider_that_is_gone_is_told(portal: &Arc<TestPortal>) {
    // What it said of itself is still known, so people are sent there; the way back fails.
    let mut browser = Browser::new(portal);
    let there = browser.set_out("/en/sign-in/with/truong");
    let state = there
        .split("state=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let way = format!("{}/sign-in/back/truong?code=x&state={state}", portal.origin);
    let led = browser.come_back(&way);
    assert_eq!(led, "/en/sign-in?with=truong&problem=unreachable");
    let text = browser.get(&led).text();
    assert!(text.contains("Chu School does not answer at the moment"));
}

#[test]
fn what_does_not_prove_anything_signs_nobody_in() {
    let provider = Provider::start();
    let portal = portal(&provider);
    for (fault, problem) in [
        (Fault::Nonce, "invalid"),
        (Fault::Audience, "invalid"),
        (Fault::Audiences, "invalid"),
        (Fault::Issuer, "invalid"),
        (Fault::Signature, "invalid"),
        (Fault::Changed, "invalid"),
        (Fault::Unsigned, "invalid"),
        (Fault::Symmetric, "invalid"),
        (Fault::Expired, "clock"),
        (Fault::Early, "clock"),
        (Fault::Declined, "refused"),
        (Fault::Redirect, "invalid"),
        (Fault::Large, "unreachable"),
        (Fault::Broken, "invalid"),
    ] {
        let mut browser = Browser::new(&portal);
        let led = sign_in(&mut browser, &provider, Play::of("eve").with(fault));
        assert_eq!(
            led,
            format!("/sign-in?with=truong&problem={problem}"),
            "{fault:?}"
        );
        assert!(!browser.is_signed_in(), "{fault:?}");
        assert!(browser.get(&led).text().contains("Trường Chu"), "{fault:?}");
    }
    assert_eq!(provider.led_astray(), 0, "no redirect is followed");
    forged_ways_back_lead_nowhere(&portal, &provider);
    nobody_is_led_to_another_site(&portal, &provider);
    let mut well = Browser::new(&portal);
    assert_eq!(
        sign_in(&mut well, &provider, Play::of("eve")),
        "/account",
        "all else was right"
    );
}

fn forged_ways_back_lead_nowhere(portal: &Arc<TestPortal>, provider: &Provider) {
    provider.play(Play::of("victim"));
    let mut victim = Browser::new(portal);
    let there = victim.set_out("/sign-in/with/truong");
    let way = provider.agree(&there);
    let lost = "/sign-in?with=truong&problem=lost";
    // Another browser has not begun it: neither without a token nor with one of its own.
    let mut other = Browser::new(portal);
    assert_eq!(other.come_back(&way), lost);
    other.set_out("/sign-in/with/truong");
    assert_eq!(other.come_back(&way), lost);
    assert_eq!(other.come_back(&way), lost);
    // Another state.
    let mut forged = Browser::new(portal);
    let there = forged.set_out("/sign-in/with/truong");
    let other_way = provider.agree(&there);
    let (before, _) = other_way.split_once("state=").unwrap();
    assert_eq!(forged.come_back(&format!("{before}state=forged")), lost);
    assert_eq!(forged.come_back(&other_way), lost, "it is used up");
    // The victim's own way still works, once.
    let kept = victim.cookies.clone();
    assert_eq!(victim.come_back(&way), "/account");
    victim.cookies = kept;
    assert_eq!(victim.come_back(&way), lost);
    // A code of somebody else in one's own way back: PKCE and the provider refuse it.
    let mut thief = Browser::new(portal);
    let there = thief.set_out("/sign-in/with/truong");
    let state = there
        .split("state=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap()
        .to_owned();
    let mut owner = Browser::new(portal);
    let there = owner.set_out("/sign-in/with/truong");
    let stolen = provider.agree(&there);
    let code = stolen
        .split("code=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let back = format!(
        "{}/sign-in/back/truong?code={code}&state={state}",
        portal.origin
    );
    assert_eq!(thief.come_back(&back), lost);
    assert!(!thief.is_signed_in());
    // The provider has seen the code now; whoever brings it again gets nothing for it.
    assert_eq!(owner.come_back(&stolen), lost);
    assert!(provider.replayed() > 0 && !owner.is_signed_in());
    // From another provider, as it says itself.
    let mut mixed = Browser::new(portal);
    let there = mixed.set_out("/sign-in/with/truong");
    let way = format!(
        "{}&iss=https%3A%2F%2Fid.example.org",
        provider.agree(&there)
    );
    assert_eq!(
        mixed.come_back(&way),
        "/sign-in?with=truong&problem=invalid"
    );
    assert_eq!(mixed.get("/sign-in/with/nobody").status, 404);
    assert_eq!(mixed.get("/sign-in/back/nobody?code=a&state=b").status, 404);
}

fn nobody_is_led_to_another_site(portal: &Arc<TestPortal>, provider: &Provider) {
    for odd in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
    ] {
        let mut browser = Browser::new(portal);
        let there = browser.set_out(&format!("/sign-in/with/truong?next={}", encode(odd)));
        assert!(there.starts_with(&provider.origin), "{there}");
        let way = provider.agree(&there);
        assert_eq!(browser.come_back(&way), "/account", "{odd}");
    }
    let mut browser = Browser::new(portal);
    let odd = browser.get("/sign-in?with=%3Cscript%3Ealert(1)%3C/script%3E&problem=lost");
    assert!(!odd.text().contains("<script>alert"));
}

#[test]
fn providers_that_are_written_wrongly_are_told_at_the_start() {
    let provider = |list: &str| {
        let portal = TestPortal::of_people();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), list).unwrap();
        let path = file.path().display().to_string();
        portal.command(&["config", "--config", &path])
    };
    let well = "[[people.providers]]\nkey = \"a\"\nname = \"A\"\nissuer = \"https://id.example.vn\"\nclient_id = \"khue\"\n";
    let shown = provider(well).unwrap();
    assert!(shown.contains("https://id.example.vn"), "{shown}");
    for (from, to, words) in [
        ("https://id", "http://id", "https://"),
        ("key = \"a\"", "key = \"A b\"", "small letters"),
        ("client_id", "client", "client"),
        ("name = \"A\"", "name = { vi = \"A\" }", "name"),
        ("issuer", "isuer", "isuer"),
    ] {
        let said = provider(&well.replace(from, to)).unwrap_err();
        assert!(said.contains(words), "{to}: {said}");
    }
    let twice = provider(&well.repeat(2)).unwrap_err();
    assert!(twice.contains("another one for every provider"), "{twice}");
}
