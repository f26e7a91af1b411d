//! A sheet in the browser: brought, checked, taken in and taken back, with and without scripts.

use crate::browser::curation::become_person;
use crate::browser::{Scripts, Visitor};
use crate::harness::{Person, TestPortal};

/// Looks again, as a reader does, until the sheet is as far as that.
async fn until_state(visitor: &Visitor, state: &str) {
    visitor
        .until(state, async || {
            if visitor.text(".page-head__lead .badge").await == state {
                return true;
            }
            let again = "main a.button[href*='/desk/imports/']";
            if visitor.count(again).await > 0 {
                visitor.click(again).await;
                visitor.settle().await;
            }
            false
        })
        .await;
}

async fn take_and_undo(scripts: Scripts, name: &'static str) {
    let Some(visitor) = Visitor::come_to(scripts, TestPortal::of_people).await else {
        return;
    };
    let portal = visitor.portal.clone();
    let hoa = move || Person::with_role(&portal, name, "curator", Some(name));
    let hoa = tokio::task::spawn_blocking(hoa).await.unwrap();
    visitor.go("/about").await;
    become_person(&visitor, &hoa).await;
    let folder = tempfile::tempdir().unwrap();
    let sheet = folder.path().join("bài giảng.csv");
    let rows = "identifier,name,license,url\n1,Đèn kéo quân,CC-BY-4.0,https://example.org/1\n2,Chong chóng,lạ,x\n";
    std::fs::write(&sheet, rows).unwrap();

    visitor.go("/desk").await;
    visitor.follow("a[href='/desk/imports']").await;
    let proposed = visitor
        .element("#source")
        .await
        .prop("value")
        .await
        .unwrap();
    assert_eq!(
        proposed.as_deref(),
        Some(name),
        "the source of the curator's institution"
    );
    visitor
        .element("#file")
        .await
        .send_keys(sheet.to_str().unwrap())
        .await
        .unwrap();
    visitor
        .follow("main form[enctype] button[type=submit]")
        .await;
    until_state(&visitor, "chờ quyết định").await;
    assert_eq!(visitor.count("#report tbody tr").await, 2);
    visitor.follow("#report a[href*='rows=new']").await;
    assert_eq!(visitor.count("#report tbody tr").await, 2);
    let chosen = visitor.text("#report a[aria-current]").await;
    assert_eq!(chosen, "Mới (2)");
    visitor.follow("button[value=take]").await;
    until_state(&visitor, "đã nhập").await;
    visitor.follow("a[href$='/undo']").await;
    assert_eq!(visitor.count("main tbody tr").await, 2);
    visitor.follow("main form button[type=submit]").await;
    until_state(&visitor, "đã hoàn tác").await;
    assert!(visitor.text("main").await.contains("Đã gỡ bỏ: 2"));
}

#[tokio::test]
async fn a_sheet_is_taken_in_and_back_with_scripts() {
    take_and_undo(Scripts::On, "hn-41").await;
}

#[tokio::test]
async fn a_sheet_is_taken_in_and_back_without_scripts() {
    take_and_undo(Scripts::Off, "hn-42").await;
}
