//! Collections that people make, over HTTP.

use crate::harness::{Person, TestPortal};
use std::sync::Arc;

/// A published resource; gives its id.
fn published(author: &Person, judge: &Person, name: &str) -> String {
    let number = author.draft(name);
    assert_eq!(author.fill_in(&number, name, "send").status, 303);
    for step in ["accept", "publish"] {
        assert_eq!(judge.decide(&number, step).status, 303, "{step}");
    }
    number
}

/// Begins a collection; gives its number.
pub fn begun(person: &Person, name: &str) -> String {
    let answer = person.post("/collections/own", &[("name", name)]);
    assert_eq!(answer.status, 303, "{:.600}", answer.text());
    answer
        .header("location")
        .split('/')
        .nth(2)
        .unwrap()
        .to_owned()
}

/// Presses a button of a collection's form, shared so.
pub fn pressed(
    person: &Person,
    id: &str,
    visibility: &str,
    button: &str,
    more: &[(&str, &str)],
) -> u16 {
    let path = format!("/collections/{id}/edit");
    let page = person.get(&path);
    let edition = match page.status {
        200 => page.page().attribute("input[name=edition]", "value"),
        _ => "1".to_owned(),
    };
    let mut fields = vec![
        ("edition", edition.as_str()),
        ("name", "Phân số cho lớp bốn"),
        ("description", "Dạy trong ba tuần."),
        ("visibility", visibility),
        ("do", button),
    ];
    fields.extend(more);
    person.post(&path, &fields).status
}

#[test]
fn a_collection_from_the_first_resource_to_the_undo() {
    let portal = TestPortal::of_people();
    let lan = Person::with_role(&portal, "collections-lan", "teacher", Some("hn-01"));
    let mai = Person::with_role(&portal, "collections-mai", "appraiser", None);
    let minh = Person::registered(&portal, "collections-minh");
    let stranger = Person::stranger(&portal);
    let first = published(&lan, &mai, "Bài gom thứ nhất");
    let second = published(&lan, &mai, "Bài gom thứ hai");
    let to_sign_in = stranger.get(&format!("/resources/{first}/collect"));
    assert!(to_sign_in.header("location").starts_with("/sign-in?next="));
    // Into a new one, straight from the resource.
    let form = [
        ("into", ""),
        ("new", "Phân số cho lớp bốn"),
        ("note", "Bắt đầu ở đây"),
        ("do", "put"),
    ];
    let put = lan.post(&format!("/resources/{first}/collect"), &form);
    assert_eq!(put.status, 303, "{:.600}", put.text());
    let id = put
        .header("location")
        .rsplit('=')
        .next()
        .unwrap()
        .to_owned();
    let path = format!("/collections/{id}");
    private_is_private(&portal, &[&minh, &mai, &stranger], &path, &first);
    assert_eq!(
        pressed(
            &lan,
            &id,
            "public",
            "save",
            &[(&format!("note-{first}"), "Xem trước <b>")]
        ),
        303
    );
    let page = stranger.get(&path);
    assert_eq!(page.status, 200);
    assert!(
        page.page()
            .text(".collection__items")
            .contains("Xem trước <b>")
    );
    assert!(
        portal
            .get("/collections")
            .page()
            .text("main")
            .contains("Phân số cho lớp bốn")
    );
    assert!(
        portal
            .get(&format!("/resources/{first}"))
            .page()
            .text(".resource-aside")
            .contains("Phân số cho lớp bốn")
    );
    others_propose(&minh, &lan, &id, &second);
    files_of_it(&stranger, &path);
    assert_eq!(minh.get(&format!("{path}/edit")).status, 404);
    assert_eq!(pressed(&minh, &id, "public", "delete", &[]), 404);
    assert_eq!(pressed(&lan, &id, "public", "delete", &[]), 303);
    assert_eq!(stranger.get(&path).status, 404);
    assert_eq!(
        lan.post("/collections/own", &[("restore", id.as_str())])
            .status,
        303
    );
    assert_eq!(
        (lan.get(&path).status, stranger.get(&path).status),
        (200, 404),
        "shared again by hand only"
    );
}

fn private_is_private(portal: &Arc<TestPortal>, others: &[&Person], path: &str, resource: &str) {
    for person in others {
        for end in ["", "/json", "/csv"] {
            assert_eq!(person.get(&format!("{path}{end}")).status, 404);
        }
    }
    assert!(
        !portal
            .get("/collections")
            .text()
            .contains("Phân số cho lớp bốn")
    );
    assert!(
        !portal
            .get(&format!("/resources/{resource}"))
            .text()
            .contains("Phân số cho lớp bốn")
    );
}

fn others_propose(minh: &Person, lan: &Person, id: &str, resource: &str) {
    let form = [("other", id), ("note", "Bài này hợp"), ("do", "propose")];
    let put = minh.post(&format!("/resources/{resource}/collect"), &form);
    assert!(
        put.header("location").contains("put=proposed"),
        "{}",
        put.status
    );
    let path = format!("/collections/{id}");
    assert!(
        !minh.get(&path).text().contains("Bài gom thứ hai"),
        "not before its maker takes it in"
    );
    let edit = lan.get(&format!("{path}/edit")).page();
    assert!(edit.text("main").contains("Bài này hợp"));
    assert_eq!(
        pressed(lan, id, "public", &format!("accept:{resource}"), &[]),
        303
    );
    assert_eq!(
        pressed(lan, id, "public", &format!("up:{resource}"), &[]),
        303
    );
    let shown = minh.get(&path).page().text(".collection__items");
    assert!(shown.find("thứ hai") < shown.find("thứ nhất"), "{shown}");
    assert!(
        minh.get("/notices")
            .page()
            .text("main")
            .contains("được nhận vào bộ sưu tập")
    );
}

fn files_of_it(stranger: &Person, path: &str) {
    let json = stranger.get(&format!("{path}/json"));
    assert_eq!(json.header("content-type"), "application/ld+json");
    assert_eq!(json.json()["numberOfItems"], 2);
    assert!(
        stranger
            .get(&format!("{path}/csv"))
            .text()
            .contains("Bài gom thứ nhất")
    );
    assert!(stranger.get(&format!("{path}/odt")).body.starts_with(b"PK"));
    for none in ["/exe", "/json/x"] {
        assert_eq!(stranger.get(&format!("{path}{none}")).status, 404, "{none}");
    }
}

#[test]
fn what_is_not_published_gets_into_no_collection() {
    let portal = TestPortal::of_people();
    let lan = Person::with_role(&portal, "collections-leaks", "teacher", Some("hn-01"));
    let draft = lan.draft("Bài zkhongaithay chưa gửi");
    let id = begun(&lan, "Bộ có bài chưa gửi");
    let fields = [("into", id.as_str()), ("do", "put")];
    assert_eq!(
        lan.post(&format!("/resources/{draft}/collect"), &fields)
            .status,
        404
    );
    assert_eq!(pressed(&lan, &id, "public", "save", &[]), 303);
    let page = portal.get(&format!("/collections/{id}"));
    assert!(page.status == 200 && !page.text().contains("zkhongaithay"));
    // An empty one is not listed, and a learner's is not shared.
    assert!(
        !portal
            .get("/collections")
            .text()
            .contains(&format!("/collections/{id}\""))
    );
    let minh = Person::registered(&portal, "collections-learner");
    let own = begun(&minh, "Của em");
    assert_eq!(pressed(&minh, &own, "public", "save", &[]), 403);
    let stale = [("edition", "0"), ("name", "x"), ("do", "save")];
    assert_eq!(
        minh.post(&format!("/collections/{own}/edit"), &stale)
            .status,
        409
    );
    for odd in [
        "/collections/0",
        "/collections/x",
        "/collections/99999999999999999999",
    ] {
        assert_eq!(portal.get(odd).status, 404, "{odd}");
    }
}
