//! What somebody writes is kept without a button.

use crate::browser::curation::become_person;
use crate::browser::{Scripts, Visitor};
use crate::harness::{Person, TestPortal};
use serde_json::json;

const NAME: &str = "#name";
const KEPT: &str = "[data-kept]";

async fn until_told(visitor: &Visitor, words: &str) {
    visitor
        .until(words, async || visitor.text(KEPT).await.contains(words))
        .await;
}

/// The name that the portal keeps.
fn kept(lan: &Person, number: &str) -> String {
    let page = lan.get(&format!("/submissions/{number}")).page();
    page.attributes(NAME, "value")
        .into_iter()
        .next()
        .unwrap_or_default()
}

/// Somebody of this name at a draft of their own, with its number; `None` where there is no browser.
async fn at_a_draft(name: &'static str) -> Option<(Visitor, Person, String)> {
    let visitor = Visitor::come_to(Scripts::On, TestPortal::of_people).await?;
    let portal = visitor.portal.clone();
    let prepared = move || {
        let lan = Person::registered(&portal, name);
        let number = lan.draft("Bài giảng");
        (lan, number)
    };
    let (lan, number) = tokio::task::spawn_blocking(prepared).await.unwrap();
    visitor.go("/about").await;
    become_person(&visitor, &lan).await;
    visitor.go(&format!("/submissions/{number}")).await;
    Some((visitor, lan, number))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_is_kept_without_a_button_and_buttons_still_work() {
    let Some((visitor, lan, number)) = at_a_draft("autosaving-lan").await else {
        return;
    };

    visitor.fill(NAME, "Bài giảng về góc").await;
    until_told(&visitor, "Đã tự lưu").await;
    let told = tokio::task::block_in_place(|| kept(&lan, &number));
    assert_eq!(told, "Bài giảng về góc");

    // The edition that saving made is the one that the button sends.
    visitor.fill(NAME, "Bài giảng về góc nhọn").await;
    visitor.click("button[name=do][value=save]").await;
    visitor
        .until("it is saved", async || {
            tokio::task::block_in_place(|| kept(&lan, &number)) == "Bài giảng về góc nhọn"
        })
        .await;
    visitor.settle().await;
    assert_eq!(visitor.count(".notice--danger").await, 0);

    // Signed out meanwhile: the page does not say that it was kept.
    let cookies = visitor.client.get_all_cookies().await.unwrap();
    visitor.client.delete_all_cookies().await.unwrap();
    visitor.fill(NAME, "Bài giảng về góc tù").await;
    until_told(&visitor, "Chưa tự lưu được").await;
    let told = tokio::task::block_in_place(|| kept(&lan, &number));
    assert_eq!(told, "Bài giảng về góc nhọn");
    for cookie in cookies {
        visitor.client.add_cookie(cookie).await.unwrap();
    }
    visitor.fill(NAME, "Bài giảng về góc vuông").await;
    until_told(&visitor, "Đã tự lưu").await;

    // Written elsewhere meanwhile: nothing is overwritten, and the page says so.
    let saved = tokio::task::block_in_place(|| lan.fill_in(&number, "Tên khác", "save").status);
    assert_eq!(saved, 303);
    visitor.fill(NAME, "Tên cũ").await;
    visitor
        .until("the page says so", async || {
            let told = visitor.text(KEPT).await;
            !told.is_empty() && !told.contains("Đã tự lưu")
        })
        .await;
    let told = tokio::task::block_in_place(|| kept(&lan, &number));
    assert_eq!(told, "Tên khác");
    visitor.leave_whatever_was_said().await;
}

/// What was typed while an earlier state was on its way was once lost with the page.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_keys_are_kept_when_the_page_is_left_while_it_saves() {
    let Some((visitor, lan, number)) = at_a_draft("autosaving-leaves").await else {
        return;
    };
    let watch = "window.begun = 0; const own = window.fetch; \
        window.fetch = (...asked) => { window.begun += 1; return own(...asked); };";
    visitor.script(watch).await;
    let slow = json!({"offline": false, "latency": 5000, "downloadThroughput": -1, "uploadThroughput": -1});
    visitor.devtools("Network.enable", json!({}));
    visitor.devtools("Network.emulateNetworkConditions", slow);
    visitor.fill(NAME, "Đang gõ").await;
    visitor
        .until("it is on its way", async || {
            visitor.script("return window.begun").await == 1
        })
        .await;
    visitor.fill(NAME, "Đang gõ và gõ xong").await;
    visitor.go("/about").await;
    visitor
        .until("the last keys are kept", async || {
            tokio::task::block_in_place(|| kept(&lan, &number)) == "Đang gõ và gõ xong"
        })
        .await;
}
