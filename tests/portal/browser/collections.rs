//! Pages of collections in a browser, for strangers and for those who make them.

use super::axe::axe;
use super::{Scheme, Scripts, Visitor};
use crate::harness::{Person, Setup, TestPortal};
use serde_json::json;
use std::sync::Arc;

/// A public collection with two lessons and a proposal; gives its number.
fn made(lan: &Person, minh: &Person) -> String {
    let answer = lan.post(
        "/collections/own",
        &[("name", "Hình học cho người mới bắt đầu")],
    );
    let id = answer
        .header("location")
        .split('/')
        .nth(2)
        .unwrap()
        .to_owned();
    let lessons = [
        "toan-7-tong-cac-goc-trong-mot-tam-giac",
        "physics-10-newtons-second-law",
        "toan-12-toi-uu-bang-dao-ham",
    ];
    let [first, second, third] = lessons.map(|lesson| lan.portal.resource(lesson));
    for (lesson, note) in [
        (first, "Bắt đầu từ đây, đo góc bằng giấy gấp."),
        (second, ""),
    ] {
        let fields = [("into", id.as_str()), ("note", note), ("do", "put")];
        assert_eq!(lan.post(&format!("{lesson}/collect"), &fields).status, 303);
    }
    let edition = lan
        .get(&format!("/collections/{id}/edit"))
        .page()
        .attribute("input[name=edition]", "value");
    let fields = [
        ("edition", edition.as_str()),
        ("name", "Hình học cho người mới bắt đầu"),
        ("description", "Ba tuần đầu của học kì một."),
        ("visibility", "public"),
        ("do", "save"),
    ];
    assert_eq!(
        lan.post(&format!("/collections/{id}/edit"), &fields).status,
        303
    );
    let fields = [
        ("other", id.as_str()),
        ("note", "Có bài tập hay."),
        ("do", "propose"),
    ];
    assert_eq!(minh.post(&format!("{third}/collect"), &fields).status, 303);
    id
}

#[tokio::test]
async fn collections_have_no_barriers() {
    let portal = || Arc::new(TestPortal::start(Setup::default()));
    let Some(visitor) = Visitor::come_to(Scripts::On, portal).await else {
        return;
    };
    let Some(axe) = axe() else { return };
    let lan = Person::with_role(&visitor.portal, "collections-lan", "teacher", Some("hn-01"));
    let minh = Person::registered(&visitor.portal, "collections-minh");
    let id = made(&lan, &minh);
    let lesson = visitor
        .portal
        .resource("toan-7-tong-cac-goc-trong-mot-tam-giac");
    visitor.go("/").await;
    let (name, value) = lan.cookie.split_once('=').unwrap();
    let cookie = json!({ "name": name, "value": value, "url": visitor.portal.origin });
    visitor.devtools("Network.setCookie", cookie);
    let pages = [
        format!("/collections/{id}"),
        format!("/collections/{id}/edit"),
        "/collections/own".to_owned(),
        "/collections".to_owned(),
        format!("{lesson}/collect"),
        lesson,
    ];
    for (width, scheme) in [
        (390, Scheme::Light),
        (390, Scheme::Dark),
        (1280, Scheme::Light),
    ] {
        visitor.set_width(width);
        visitor.prefer(scheme);
        for path in &pages {
            visitor.go(path).await;
            let found = visitor.barriers(&axe).await;
            assert!(
                found.is_empty(),
                "{path} {width} px, {scheme:?}: {found:#?}"
            );
            assert!(
                width > 390 || visitor.overflow().await <= 0,
                "{path}: wider than the screen"
            );
        }
    }
    visitor.leave_whatever_was_said().await;
}
