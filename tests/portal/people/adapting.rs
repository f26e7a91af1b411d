//! "Adapt this", over HTTP.

use crate::harness::{Person, TestPortal};

/// Publishes a resource under a licence; gives its id.
fn published(author: &Person, judge: &Person, license: &str) -> String {
    let number = author.draft("Bài để phỏng theo");
    let uri = khue_content::vocabulary::find("license", license)
        .unwrap()
        .id
        .clone();
    let headers = [
        ("content-type", "multipart/form-data; boundary=B"),
        ("cookie", author.cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    let body = "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"phieu.txt\"\r\n\r\nPhiếu học tập\r\n--B--\r\n";
    let path = format!("/submissions/{number}");
    assert_eq!(
        author
            .portal
            .ask("POST", &format!("{path}/files"), &headers, body)
            .status,
        303
    );
    let edition = author.edition(&number);
    let fields = [
        ("edition", edition.as_str()),
        ("name", "Bài để phỏng theo"),
        ("license", &uri),
        ("do", "save"),
    ];
    assert_eq!(author.post(&path, &fields).status, 303);
    let edition = author.edition(&number);
    assert_eq!(
        author
            .post(&path, &[("edition", edition.as_str()), ("do", "send")])
            .status,
        303
    );
    for step in ["accept", "publish"] {
        assert_eq!(judge.decide(&number, step).status, 303, "{step} {license}");
    }
    number
}

#[test]
fn what_the_licence_allows_becomes_a_draft() {
    let portal = TestPortal::of_people();
    let lan = Person::with_role(&portal, "adapting-lan", "teacher", Some("hn-01"));
    let mai = Person::with_role(&portal, "adapting-mai", "appraiser", None);
    let minh = Person::registered(&portal, "adapting-minh");
    let shared = published(&lan, &mai, "CC BY-SA 4.0");
    let path = format!("/resources/{shared}/adapt");
    assert!(
        Person::stranger(&portal)
            .get(&path)
            .header("location")
            .starts_with("/sign-in?next=")
    );
    assert!(
        portal
            .get(&format!("/resources/{shared}"))
            .page()
            .attributes("a", "href")
            .contains(&path)
    );
    let offer = minh.get(&path).page().text("main");
    assert_eq!(offer.matches("BY-SA").count(), 2, "{offer}");
    let begun = minh.post(&path, &[]);
    assert_eq!(begun.status, 303, "{:.600}", begun.text());
    let draft = minh.get(begun.header("location")).page();
    let number = begun
        .header("location")
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    let license = khue_content::vocabulary::find("license", "CC BY-SA 4.0")
        .unwrap()
        .id
        .clone();
    assert!(
        draft
            .attributes("select[name=license] option[selected]", "value")
            .contains(&license)
    );
    let text = draft.text("textarea[name=text]");
    assert!(
        text.contains("Phỏng theo “Bài để phỏng theo” của Nguyễn Lan, CC-BY-SA-4.0"),
        "{text}"
    );
    assert!(draft.text("main").contains("phieu.txt"));
    assert_eq!(
        lan.get(&format!("/submissions/{number}")).status,
        404,
        "a draft is its author's alone"
    );
    // Once it is published, its page leads to what it was made from.
    let edition = minh.edition(&number);
    assert_eq!(
        minh.post(
            &format!("/submissions/{number}"),
            &[("edition", edition.as_str()), ("do", "send")]
        )
        .status,
        303
    );
    for step in ["accept", "publish"] {
        assert_eq!(mai.decide(&number, step).status, 303, "{step}");
    }
    let page = portal.get(&format!("/resources/{number}")).page();
    assert!(
        page.attributes("a", "href")
            .contains(&format!("/resources/{shared}"))
    );
    let file = page
        .attributes("a[href^='/files/']", "href")
        .into_iter()
        .next()
        .unwrap();
    assert_eq!(portal.get(&file).text(), "Phiếu học tập");
}

#[test]
fn what_the_licence_forbids_is_refused_with_the_reason() {
    let portal = TestPortal::of_people();
    let lan = Person::with_role(&portal, "adapting-forbids", "teacher", Some("hn-01"));
    let mai = Person::with_role(&portal, "adapting-judge", "appraiser", None);
    let closed = published(&lan, &mai, "CC BY-ND 4.0");
    let path = format!("/resources/{closed}/adapt");
    let page = portal.get(&format!("/resources/{closed}")).page();
    assert!(
        !page.attributes("a", "href").contains(&path)
            && page.text("#licence").contains("bản đã sửa đổi")
    );
    let refused = lan.post(&path, &[]);
    assert_eq!(refused.status, 403);
    assert!(refused.page().text("main").contains("bản đã sửa đổi"));
    let draft = lan.draft("Chưa công khai để phỏng theo");
    for person in [&lan, &mai] {
        assert_eq!(
            person
                .post(&format!("/resources/{draft}/adapt"), &[])
                .status,
            404
        );
    }
}
