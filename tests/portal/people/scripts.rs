//! Scripts in every kind of file and in the fields of everything that people make, where others look at it.

use super::collections::{begun, pressed};
use crate::harness::{Answer, Document, Person, TestPortal};
use std::sync::Arc;

const ODD: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>{{7*7}}</textarea></title>";

/// Files that hold a script: a name, the type that is claimed for it, and what is in it.
const FILES: &[(&str, &str, &str)] = &[
    ("a.html", "text/html", "<script>alert(1)</script>"),
    (
        "a.htm",
        "text/plain",
        "<!doctype html><script>alert(1)</script>",
    ),
    (
        "a.xhtml",
        "application/xhtml+xml",
        "<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>",
    ),
    (
        "a.svg",
        "image/svg+xml",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>",
    ),
    (
        "b.svg",
        "image/png",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    ),
    (
        "a.xml",
        "text/xml",
        "<?xml-stylesheet href='data:,x' type='text/xsl'?><a><script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script></a>",
    ),
    (
        "a.mml",
        "application/mathml+xml",
        "<math xmlns='http://www.w3.org/1998/Math/MathML' href='javascript:alert(1)'/>",
    ),
    ("a.xsl", "text/xsl", "<script>alert(1)</script>"),
    (
        "a.rss",
        "application/rss+xml",
        "<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    ),
    ("a.js", "text/javascript", "alert(1)"),
    ("a.mjs", "application/javascript", "alert(1)"),
    (
        "a.css",
        "text/css",
        "body{background:url(javascript:alert(1))}",
    ),
    ("a.swf", "application/x-shockwave-flash", "FWS"),
    (
        "a.mht",
        "message/rfc822",
        "Content-Type: text/html\n\n<script>alert(1)</script>",
    ),
    ("a.hta", "application/hta", "<script>alert(1)</script>"),
    ("a.png", "image/png", "<script>alert(1)</script>"),
    (
        "a.gif",
        "image/gif",
        "GIF89a/*<script>*/=alert(1)//</script>",
    ),
    (
        "a.pdf",
        "application/pdf",
        "%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
    ),
    ("a.txt", "text/plain", "<script>alert(1)</script>"),
    ("a.csv", "text/csv", "<script>alert(1)</script>"),
    (
        "a.vtt",
        "text/vtt",
        "WEBVTT\n\n00:00.000 --> 00:01.000\n<script>alert(1)</script>",
    ),
    (
        "a.srt",
        "application/x-subrip",
        "1\n00:00:00,000 --> 00:00:01,000\n<script>alert(1)</script>\n",
    ),
    (
        "a.md",
        "text/markdown",
        "# x\n\n<script>alert(1)</script> [x](javascript:alert(1)) ![x](x\" onerror=\"alert(1))",
    ),
    ("a.mp4", "video/mp4", "<script>alert(1)</script>"),
    ("a", "", "<script>alert(1)</script>"),
    (
        "a.odd",
        "text/html; charset=utf-7",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    ),
    (
        "c.odd",
        "Multipart/X-Mixed-Replace",
        "<script>alert(1)</script>",
    ),
];

/// Types of which browsers run nothing, where their policy says so.
const SHOWN: &[&str] = &[
    "image/png",
    "image/gif",
    "video/mp4",
    "application/pdf",
    "text/plain",
    "text/csv",
];

fn upload(person: &Person, number: &str, (name, kind, content): (&str, &str, &str)) -> Answer {
    let headers = [
        ("content-type", "multipart/form-data; boundary=B"),
        ("cookie", person.cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    let kind = match kind {
        "" => String::new(),
        kind => format!("content-type: {kind}\r\n"),
    };
    let body = format!(
        "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n{kind}\r\n{content}\r\n--B--\r\n"
    );
    let path = format!("/submissions/{number}/files");
    person.portal.ask("POST", &path, &headers, &body)
}

/// A file as it is sent: nothing in it can act on the portal.
fn cannot_act(path: &str, file: &Answer) {
    assert_eq!(file.status, 200, "{path}");
    let kind = file.header("content-type");
    let bare = kind.split(';').next().unwrap_or_default();
    let markup = ["html", "xml", "svg", "javascript", "css", "multipart"];
    assert!(
        !markup.iter().any(|odd| bare.contains(odd)),
        "{path}: {kind}"
    );
    let policy = file.header("content-security-policy");
    let closed = match bare {
        "application/pdf" => policy.contains("script-src 'none'"),
        _ => policy.starts_with("sandbox;") && policy.contains("default-src 'none'"),
    };
    assert!(closed, "{path}: {policy}");
    assert_eq!(file.header("x-content-type-options"), "nosniff", "{path}");
    let saved = file.header("content-disposition").starts_with("attachment");
    assert!(saved || SHOWN.contains(&bare), "{path}: {kind} is shown");
}

/// A page without a script of anybody else, and without anything that would run one.
fn is_clean(path: &str, page: &Document) {
    for script in page.all("script") {
        let own = script
            .attr("src")
            .is_some_and(|src| src.starts_with("/pkg/"));
        let data = script
            .attr("type")
            .is_some_and(|kind| kind.ends_with("json"));
        assert!(own || data, "{path}: {:.300}", script.html());
    }
    for element in page.all("*") {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on"), "{path}: {:?}", element.value());
            let address = matches!(name, "href" | "src" | "action" | "formaction" | "data");
            let odd = value.trim_start().to_lowercase();
            assert!(
                !(address && odd.starts_with("javascript:")),
                "{path}: {value}"
            );
        }
    }
    for bred in ["img[src=x]", "svg[onload]"] {
        assert!(page.all(bred).is_empty(), "{path}: {bred}");
    }
}

#[test]
fn no_file_acts_before_or_after_its_publication() {
    let portal = TestPortal::of_people();
    let lan = Person::with_role(&portal, "scripts-lan", "teacher", Some("hn-01"));
    let mai = Person::with_role(&portal, "scripts-mai", "appraiser", None);
    let number = lan.draft("Bài có tệp lạ");
    for file in FILES {
        let answer = upload(&lan, &number, *file);
        assert_eq!(answer.status, 303, "{file:?}: {:.300}", answer.text());
    }
    let page = lan.get(&format!("/submissions/{number}")).page();
    is_clean("the form", &page);
    let links = page.attributes(".file-list a", "href");
    assert!(
        links.len() > FILES.len() / 2,
        "contents that are the same are one file"
    );
    for link in &links {
        cannot_act(link, &lan.get(link));
        // Nor where somebody asks for it as a page or as a script.
        let headers = [
            ("cookie", lan.cookie.as_str()),
            ("accept", "text/html"),
            ("sec-fetch-dest", "script"),
        ];
        cannot_act(link, &portal.ask("GET", link, &headers, ""));
    }
    assert_eq!(lan.fill_in(&number, "Bài có tệp lạ", "send").status, 303);
    is_clean("the desk", &mai.get(&format!("/desk/{number}")).page());
    for step in ["accept", "publish"] {
        assert_eq!(mai.decide(&number, step).status, 303, "{step}");
    }
    is_clean(
        "the resource",
        &portal.get(&format!("/resources/{number}")).page(),
    );
    for link in links {
        let public = link.replace(&format!("/submissions/{number}"), "");
        cannot_act(&public, &portal.get(&public));
        let (file, name) = public.rsplit_once('/').unwrap();
        // Whatever name somebody gives it in the address.
        cannot_act(file, &portal.get(&format!("{file}/x.html")));
        let viewer = format!("/resources/{number}{file}");
        let shown = portal.get(&viewer);
        assert!(shown.status < 500, "{viewer} {name}: {}", shown.status);
        is_clean(&viewer, &shown.page());
    }
}

/// Everything that people make besides a submission.
#[test]
fn fields_of_everything_else_stay_text() {
    let portal = TestPortal::of_people();
    let lan = Person::with_role(&portal, "scripts-fields", "teacher", Some("hn-01"));
    let hoa = Person::with_role(&portal, "scripts-other", "teacher", Some("hn-01"));
    let lesson = portal.resource("toan-7-tong-cac-goc-trong-mot-tam-giac");
    let id = begun(&lan, ODD);
    let into = [("into", id.as_str()), ("note", ODD), ("do", "put")];
    assert_eq!(lan.post(&format!("{lesson}/collect"), &into).status, 303);
    let edition = lan
        .get(&format!("/collections/{id}/edit"))
        .page()
        .attribute("input[name=edition]", "value");
    let said = [
        ("edition", edition.as_str()),
        ("name", ODD),
        ("description", ODD),
        ("visibility", "public"),
        ("do", "save"),
    ];
    assert_eq!(
        lan.post(&format!("/collections/{id}/edit"), &said).status,
        303
    );
    let second = portal.resource("physics-10-newtons-second-law");
    let proposed = [("other", id.as_str()), ("note", ODD), ("do", "propose")];
    assert_eq!(
        hoa.post(&format!("{second}/collect"), &proposed).status,
        303
    );
    let described = [
        ("name", ODD),
        ("text", ODD),
        ("about", ODD),
        ("do", "draft"),
    ];
    let pages = [
        ("a collection", hoa.get(&format!("/collections/{id}"))),
        ("its form", lan.get(&format!("/collections/{id}/edit"))),
        ("one's own", lan.get("/collections/own")),
        ("all", portal.get("/collections")),
        ("a lesson in it", portal.get(&lesson)),
        ("notices", lan.get("/notices")),
        ("guidance", lan.post("/guidance", &described)),
        (
            "a record",
            lan.post("/verify", &[("record", ODD), ("text", ODD)]),
        ),
        (
            "a plan",
            portal.get(&format!(
                "/plan?exam={0}&about={0}&examDay={0}&at={0}",
                crate::harness::encode(ODD)
            )),
        ),
        (
            "a list",
            lan.get(&format!(
                "/submissions?state={0}&page={0}&late={0}",
                crate::harness::encode(ODD)
            )),
        ),
        (
            "mail",
            lan.get(&format!(
                "/unsubscribe?token={}",
                crate::harness::encode(ODD)
            )),
        ),
    ];
    for (name, answer) in pages {
        assert!(answer.status < 500, "{name}: {}", answer.status);
        is_clean(name, &answer.page());
    }
    for file in ["json", "csv", "odt"] {
        let answer = portal.get(&format!("/collections/{id}/{file}"));
        assert_eq!(answer.status, 200, "{file}");
        assert!(!answer.header("content-type").contains("html"), "{file}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{file}");
    }
    hide(&portal, &lan, &id);
}

/// The next tests see no odd collection.
fn hide(portal: &Arc<TestPortal>, lan: &Person, id: &str) {
    assert_eq!(pressed(lan, id, "private", "save", &[]), 303);
    assert_eq!(portal.get(&format!("/collections/{id}")).status, 404);
}
