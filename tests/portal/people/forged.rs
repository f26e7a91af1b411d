//! Forms of other sites, and scripts in every field.

use crate::harness::{Answer, Person, TestPortal, repository};

/// Every address that takes a form, as the list of pages has them: what is added there is tried here.
fn forms(number: &str) -> Vec<String> {
    let pages = std::fs::read_to_string(repository().join("app/src/routes.rs")).unwrap();
    let takes_forms = |route: &&str| route.contains("post(");
    let path = |route: &str| route.split('"').nth(1).unwrap().to_owned();
    let routes = pages.split(".route(").skip(1);
    let all: Vec<String> = routes.filter(takes_forms).map(path).collect();
    let filled = all.iter().map(|path| {
        let id = match path.starts_with("/collections") {
            true => "1",
            false => "toan-4-tinh-chat-co-ban-cua-phan-so",
        };
        let number = match path.as_str() {
            path if path.contains("/exercises/") || path.contains("/sent/") => "1",
            path if path.contains("/reports/") => "PA-2026-000001",
            _ => number,
        };
        path.replace("{id}", id).replace("{number}", number)
    });
    filled.collect()
}

#[test]
fn forms_of_other_sites_change_nothing() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "forged-lan");
    let number = lan.draft("Phân số của Lan");
    let edition = lan.edition(&number);
    let forms = forms(&number);
    assert!(forms.len() > 30, "{forms:?}");
    for path in forms {
        assert!(!path.contains('{'), "{path}");
        let languages = if path == "/theme" {
            &[""][..]
        } else {
            &["", "/en"]
        };
        for language in languages {
            let path = format!("{language}{path}");
            for foreign in [
                [("origin", "https://evil.example")].as_slice(),
                &[("sec-fetch-site", "cross-site")],
                &[("sec-fetch-site", "same-site")],
                &[("origin", "null")],
                // Nothing at all is said only by what is no browser of today.
                &[("accept", "*/*")],
            ] {
                let answer = lan.post_with(
                    &path,
                    &[("do", "delete"), ("name", "x"), ("edition", &edition)],
                    foreign,
                );
                assert_eq!(answer.status, 403, "{path} {foreign:?}");
                assert!(answer.header("set-cookie").is_empty());
            }
        }
    }
    assert_eq!(
        (
            lan.get(&format!("/submissions/{number}")).status,
            lan.edition(&number)
        ),
        (200, edition)
    );
}

#[test]
fn scripts_in_every_field_stay_text() {
    let portal = TestPortal::of_people();
    let odd = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}</textarea></title>";
    let lan = Person::registered(&portal, "forged-scripts");
    let number = lan.draft("x");
    let edition = lan.edition(&number);
    let names: Vec<&str> = khue_content::PROPERTIES
        .iter()
        .map(|property| property.name)
        .chain(["text"])
        .collect();
    let mut fields: Vec<(&str, &str)> = names.iter().map(|name| (*name, odd)).collect();
    fields.extend([("edition", edition.as_str()), ("do", "send")]);
    assert_eq!(
        lan.post(&format!("/submissions/{number}"), &fields).status,
        303
    );
    assert_eq!(
        lan.post(
            &format!("/submissions/{number}"),
            &[("do", "message"), ("message", odd)]
        )
        .status,
        303
    );
    let mai = Person::with_role(&portal, "forged-mai", "appraiser", None);
    for (person, path) in [
        (&lan, format!("/submissions/{number}")),
        (&lan, "/submissions".to_owned()),
        (&mai, format!("/desk/{number}")),
    ] {
        let answer = person.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        let page = answer.page();
        for script in page.all("script") {
            let known = script
                .attr("src")
                .is_some_and(|src| src.starts_with("/pkg/"));
            assert!(known, "{path}: {:?}", script.html());
        }
        for element in page.all("*") {
            assert!(
                element
                    .value()
                    .attrs()
                    .all(|(name, _)| !name.starts_with("on")),
                "{path}: {:?}",
                element.value()
            );
        }
        assert!(!answer.text().contains("<script>alert"), "{path}");
    }
}

fn uploaded(portal: &TestPortal, lan: &Person, number: &str, body: &str) -> Answer {
    let headers = [
        ("content-type", "multipart/form-data; boundary=B"),
        ("cookie", lan.cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    let path = format!("/submissions/{number}/files");
    portal.ask("POST", &path, &headers, body)
}

/// An upload that broke off was once answered as if everything had arrived.
#[test]
fn an_upload_that_breaks_off_is_no_success() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "forged-cut");
    let number = lan.draft("x");
    for body in [
        "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhalf a te",
        "--B\r\ncontent-dis",
    ] {
        let answer = uploaded(&portal, &lan, &number, body);
        assert_eq!(answer.status, 400, "{:.500}", answer.text());
        let page = lan.get(&format!("/submissions/{number}")).text();
        assert!(!page.contains("a.txt"), "{page}");
    }
}

#[test]
fn a_file_that_holds_a_page_is_never_shown_in_place() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "forged-file");
    let number = lan.draft("x");
    let body = "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"../a.html\"\r\ncontent-type: text/html\r\n\r\n\
        <script>alert(1)</script>\r\n--B--\r\n";
    let answer = uploaded(&portal, &lan, &number, body);
    assert_eq!(answer.status, 303, "{:.500}", answer.text());
    let link = lan
        .get(&format!("/submissions/{number}"))
        .page()
        .attribute(".file-list a", "href");
    assert!(link.ends_with("/a.html"), "{link}");
    let file = lan.get(&link);
    assert_eq!(file.status, 200);
    assert!(
        file.header("content-disposition").starts_with("attachment"),
        "{:?}",
        file.headers
    );
    assert!(
        file.header("content-security-policy")
            .starts_with("sandbox")
    );
    assert_eq!(portal.get(&link).status, 404, "nobody else gets it");
    assert_eq!(
        Person::registered(&portal, "forged-other")
            .get(&link)
            .status,
        404
    );
    let sha256 = link.split('/').nth(4).unwrap();
    assert_eq!(
        portal.get(&format!("/files/{sha256}/a.html")).status,
        404,
        "it is not public"
    );
}
