//! Other methods than GET.

use crate::harness::TestPortal;

const PATHS: &[&str] = &[
    "/",
    "/search?q=a",
    "/about",
    "/nothing-here",
    "/api/v1/resources",
    "/robots.txt",
    "/readyz",
];

#[test]
fn head_says_what_get_would_without_the_body() {
    let portal = TestPortal::shared();
    for path in PATHS {
        let (get, head) = (portal.get(path), portal.ask("HEAD", path, &[], ""));
        assert_eq!(head.status, get.status, "{path}");
        assert_eq!(
            head.header("content-type"),
            get.header("content-type"),
            "{path}"
        );
        assert_eq!(head.body.len(), 0, "{path}");
    }
}

#[test]
fn unknown_methods_are_refused_and_break_nothing() {
    let portal = TestPortal::shared();
    for path in PATHS {
        for method in ["OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"] {
            let answer = portal.ask(method, path, &[], "");
            let refused =
                (400..500).contains(&answer.status) || (method == "OPTIONS" && answer.status < 300);
            assert!(refused, "{method} {path}: {}", answer.status);
        }
    }
    assert_eq!(portal.get("/readyz").status, 200);
}

#[test]
fn a_refused_method_names_those_that_work() {
    let portal = TestPortal::shared();
    let answer = portal.ask("DELETE", "/about", &[], "");
    assert_eq!(answer.status, 405);
    assert!(
        answer.header("allow").contains("GET"),
        "{:?}",
        answer.headers
    );
}

#[test]
fn the_theme_is_kept_and_leads_back() {
    let portal = TestPortal::shared();
    let form = ("content-type", "application/x-www-form-urlencoded");
    let referer = format!("{}/en/search?q=a", portal.origin);
    let answer = portal.ask(
        "POST",
        "/theme",
        &[form, ("referer", &referer)],
        "theme=dark",
    );
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, "/en/search?q=a")
    );
    assert!(
        answer.header("set-cookie").contains("theme=dark"),
        "{:?}",
        answer.headers
    );
    let page = portal
        .ask("GET", "/", &[("cookie", "a=b; theme=dark")], "")
        .page();
    assert_eq!(page.attribute("html", "data-theme"), "dark");
    let odd = portal
        .ask("GET", "/", &[("cookie", "theme=\"><script>")], "")
        .page();
    assert_eq!(odd.one("html").attr("data-theme"), None);
}

#[test]
fn forms_of_other_sites_are_not_taken() {
    let portal = TestPortal::shared();
    let form = ("content-type", "application/x-www-form-urlencoded");
    for foreign in [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let answer = portal.ask("POST", "/theme", &[form, foreign], "theme=dark");
        assert_eq!(answer.status, 403, "{foreign:?}");
        assert!(answer.header("set-cookie").is_empty());
    }
    let elsewhere = portal.ask(
        "POST",
        "/theme",
        &[form, ("referer", "https://evil.example//x.example/")],
        "theme=dark",
    );
    assert!(
        !elsewhere.header("location").contains("//"),
        "{}",
        elsewhere.header("location")
    );
}
