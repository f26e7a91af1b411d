//! What answers say about themselves.

use crate::harness::{Answer, TestPortal, site};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// A directive of the policy; empty where it is missing.
fn directive<'a>(answer: &'a Answer, name: &str) -> &'a str {
    let policy = answer.header("content-security-policy");
    let found = policy
        .split(';')
        .find_map(|part| part.trim().strip_prefix(name));
    found
        .filter(|rest| rest.is_empty() || rest.starts_with(' '))
        .unwrap_or_default()
        .trim()
}

fn sources<'a>(answer: &'a Answer, name: &str) -> Vec<&'a str> {
    directive(answer, name).split_whitespace().collect()
}

/// The style that stands in a page.
fn style_of(answer: &Answer) -> Option<&str> {
    let page = str::from_utf8(&answer.body).ok()?;
    let (_, after) = page.split_once("<style>")?;
    after.split_once("</style>").map(|(style, _)| style)
}

/// How a policy allows it.
fn allowed(style: &str) -> String {
    let hash = BASE64_STANDARD.encode(Sha256::digest(style));
    format!("'sha256-{hash}'")
}

#[test]
fn who_comes_from_outside_gets_the_style_with_the_results() {
    if site().is_none() {
        println!("skipped: there is no built style; build it with `cargo site`");
        return;
    }
    let portal = TestPortal::shared();
    let ask = |said: &[(&str, &str)]| portal.ask("GET", "/search?q=to%C3%A1n", said, "");
    for said in [
        [("sec-fetch-site", "none")],
        [("sec-fetch-site", "cross-site")],
    ] {
        let answer = ask(&said);
        let style = style_of(&answer).expect("the style");
        assert!(style.contains(".result-card"));
        assert!(sources(&answer, "style-src").contains(&allowed(style).as_str()));
        assert!(answer.header("vary").contains("sec-fetch-site"));
        let page = answer.text();
        let (head, body) = page.split_once("</head>").unwrap();
        assert!(!head.contains("rel=\"stylesheet\"") && body.contains("rel=\"stylesheet\""));
    }
    for said in [
        [("sec-fetch-site", "same-origin")],
        [("referer", "http://127.0.0.1/")],
    ] {
        let answer = ask(&said);
        assert_eq!(style_of(&answer), None);
        assert_eq!(sources(&answer, "style-src"), ["'self'"]);
        let page = answer.text();
        assert!(
            page.split_once("</head>")
                .unwrap()
                .0
                .contains("rel=\"stylesheet\"")
        );
    }
}

#[test]
fn pages_forbid_what_they_do_not_need() {
    let portal = TestPortal::shared();
    let lesson = portal.resource("am-nhac-3-go-dem-dong-dao-nhip-2-4");
    for path in [
        "/",
        "/search?q=a",
        "/en/about",
        "/nothing-here",
        lesson.as_str(),
        "/api/v1/resources",
        "/robots.txt",
    ] {
        let answer = portal.get(path);
        let scripts = sources(&answer, "script-src");
        let is_known = |source: &&str| {
            ["'self'", "'none'", "'wasm-unsafe-eval'"].contains(source)
                || source.starts_with("'nonce-")
        };
        assert!(
            !scripts.is_empty() && scripts.iter().all(is_known),
            "{path}: {scripts:?}"
        );
        let styles = sources(&answer, "style-src");
        let own = style_of(&answer).map(allowed);
        let is_known = |source: &&str| {
            ["'self'", "'none'"].contains(source) || own.as_deref() == Some(*source)
        };
        assert!(
            !styles.is_empty() && styles.iter().all(is_known),
            "{path}: {styles:?}"
        );
        for (name, value) in [
            ("object-src", "'none'"),
            ("base-uri", "'none'"),
            ("frame-ancestors", "'none'"),
            ("form-action", "'self'"),
        ] {
            assert_eq!(directive(&answer, name), value, "{path}: {name}");
        }
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        let referrer = answer.header("referrer-policy");
        assert!(
            [
                "same-origin",
                "no-referrer",
                "strict-origin-when-cross-origin"
            ]
            .contains(&referrer),
            "{path}: {referrer}"
        );
        assert!(!answer.header("permissions-policy").is_empty(), "{path}");
        assert!(
            answer.header("server").is_empty() && answer.header("x-powered-by").is_empty(),
            "{path}"
        );
    }
}

#[test]
fn a_page_keeps_to_its_own_policy() {
    let portal = TestPortal::shared();
    let lesson = portal.resource("toan-12-toi-uu-bang-dao-ham");
    for path in ["/", "/search?q=a", lesson.as_str(), "/help"] {
        let answer = portal.get(path);
        let policy = answer.header("content-security-policy").to_owned();
        let page = answer.page();
        assert!(page.all("[style]").is_empty(), "{path}: style in the text");
        for style in page.all("style") {
            let text: String = style.text().collect();
            assert!(policy.contains(&allowed(&text)), "{path}: a style");
        }
        for script in page.all("script:not([type='application/ld+json'])") {
            let by_nonce = script
                .attr("nonce")
                .is_some_and(|nonce| policy.contains(&format!("'nonce-{nonce}'")));
            assert!(
                script.attr("src").is_some_and(|src| src.starts_with('/')) || by_nonce,
                "{path}: {}",
                script.html()
            );
        }
    }
}

#[test]
fn pages_are_asked_for_anew_and_say_when_nothing_has_changed() {
    let portal = TestPortal::shared();
    for path in ["/", "/about", "/search?q=a"] {
        let first = portal.get(path);
        assert!(
            first.header("cache-control").contains("no-cache"),
            "{path}: {}",
            first.header("cache-control")
        );
        assert!(
            first.all("vary").contains("cookie"),
            "{path}: {}",
            first.all("vary")
        );
        let tag = first.header("etag");
        assert!(!tag.is_empty(), "{path}: no tag");
        let again = portal.ask("GET", path, &[("if-none-match", tag)], "");
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
    }
}

#[test]
fn errors_are_not_kept() {
    let portal = TestPortal::shared();
    for path in [
        "/nothing-here",
        "/api/v1/nothing-here",
        "/api/v1/resources?page=abc",
    ] {
        assert!(
            portal
                .get(path)
                .header("cache-control")
                .contains("no-store"),
            "{path}"
        );
    }
}

#[test]
fn files_of_the_site_are_kept_for_ever_and_come_compressed() {
    let portal = TestPortal::shared();
    let page = portal.get("/").page();
    let mut files = page.attributes("link[rel=stylesheet], link[rel=preload]", "href");
    files.extend(page.attributes("script[src]", "src"));
    if files.is_empty() {
        return println!("skipped: the site is not built; build it with `cargo site`");
    }
    for file in files {
        let answer = portal.ask("GET", &file, &[("accept-encoding", "br")], "");
        assert_eq!(answer.status, 200, "{file}");
        assert!(
            answer.header("cache-control").contains("immutable"),
            "{file}"
        );
        let packed = file.ends_with(".woff2") || answer.header("content-encoding") == "br";
        assert!(packed, "{file}: {:?}", answer.headers);
    }
}

#[test]
fn pages_come_compressed_where_that_is_understood() {
    let portal = TestPortal::shared();
    for coding in ["br", "gzip"] {
        let answer = portal.ask("GET", "/help", &[("accept-encoding", coding)], "");
        assert_eq!(answer.header("content-encoding"), coding);
        assert!(
            answer.all("vary").contains("accept-encoding"),
            "{}",
            answer.all("vary")
        );
    }
}

#[test]
fn every_answer_has_an_id_of_its_own() {
    let portal = TestPortal::shared();
    let id = || portal.get("/about").header("x-request-id").to_owned();
    let (one, other) = (id(), id());
    assert!(!one.is_empty() && one != other, "{one} {other}");
}

#[test]
fn pages_for_somebody_signed_in_are_kept_nowhere() {
    let portal = TestPortal::shared();
    for cookie in ["khue-session=abc", "theme=dark; __Host-khue=abc"] {
        let answer = portal.ask("GET", "/about", &[("cookie", cookie)], "");
        assert_eq!(
            answer.header("cache-control"),
            "private, no-store",
            "{cookie}"
        );
    }
    let data = portal.ask(
        "GET",
        "/api/v1/vocabularies",
        &[("cookie", "khue-session=abc")],
        "",
    );
    assert!(!data.header("cache-control").contains("no-store"));
}

#[test]
fn the_service_worker_is_asked_for_anew() {
    let answer = TestPortal::shared().get("/sw.js");
    if answer.status == 404 {
        return println!("skipped: the site is not built; build it with `cargo site`");
    }
    assert_eq!(answer.header("cache-control"), "no-cache");
    assert!(answer.header("content-type").contains("javascript"));
    let script = answer.text();
    assert!(script.contains("/pkg/khue.") && !script.contains("KHUE_"));
}
