//! From an account to a tombstone, in a browser.

use crate::browser::{Scripts, Visitor};
use crate::harness::{Person, TestPortal};
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::json;
use std::time::Duration;

const STATE: &str = ".submission__status .badge";

async fn choose(visitor: &Visitor, css: &str, value: &str) {
    visitor
        .element(css)
        .await
        .select_by_value(value)
        .await
        .unwrap();
}

/// Presses a button whose answer stands at the same address, and waits for the state that it leads to.
async fn press(visitor: &Visitor, step: &str, state: &str) {
    visitor
        .click(&format!("button[name=do][value={step}]"))
        .await;
    visitor
        .until(state, async || {
            let found = visitor.client.find(Locator::Css(STATE)).await;
            match found {
                Ok(badge) => badge.text().await.is_ok_and(|text| text == state),
                Err(_) => false,
            }
        })
        .await;
    visitor.settle().await;
}

/// Goes on as somebody who has signed in elsewhere.
async fn become_person(visitor: &Visitor, person: &Person) {
    let (name, value) = person.cookie.split_once('=').unwrap();
    visitor.client.delete_all_cookies().await.unwrap();
    add_cookie(visitor, name, value).await;
}

async fn add_cookie(visitor: &Visitor, name: &str, value: &str) {
    // The driver's own command takes no cookies for an address of numbers.
    let cookie =
        json!({"name": name, "value": value, "url": visitor.portal.origin, "httpOnly": true});
    visitor.devtools("Network.setCookie", cookie);
}

async fn register(visitor: &Visitor, email: &str) {
    visitor.go("/account").await;
    visitor.follow(".entrance__other a").await;
    visitor.fill("#name", "Nguyễn Thị Lan").await;
    visitor.fill("#email", email).await;
    visitor
        .fill("#passphrase", "sáng nay mưa bay trên phố")
        .await;
    visitor.follow(".entrance button[type=submit]").await;
    visitor.fill("#email", email).await;
    visitor
        .fill("#passphrase", "sáng nay mưa bay trên phố")
        .await;
    visitor.follow(".entrance button[type=submit]").await;
    assert_eq!(visitor.text("main h1").await, "Nguyễn Thị Lan");
}

/// Fills in what publishing waits for.
async fn fill_in(visitor: &Visitor, name: &str) {
    let uri = |scheme: &str, name: &str| {
        khue_content::vocabulary::find(scheme, name)
            .unwrap()
            .id
            .clone()
    };
    visitor.fill("#name", name).await;
    visitor
        .fill("#description", "Trồng và chăm sóc cây vải ở vườn trường.")
        .await;
    choose(visitor, "#about", &uri("about", "toan")).await;
    choose(
        visitor,
        "#educationalLevel",
        &uri("educationalLevel", "grade-6"),
    )
    .await;
    choose(
        visitor,
        "#learningResourceType",
        &uri("learningResourceType", "lesson"),
    )
    .await;
    choose(visitor, "#license", &uri("license", "CC BY 4.0")).await;
    visitor
        .fill(
            "#text",
            "## Chuẩn bị\n\nMỗi nhóm trồng một cây vải và đo chiều cao mỗi tuần.",
        )
        .await;
}

/// Waits until a search has so many results for the words.
async fn until_found(visitor: &Visitor, words: &str, wanted: usize) {
    for _ in 0..100 {
        visitor.go(&format!("/search?q={words}")).await;
        if visitor.count(".result-list .result-card").await == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{words} never has {wanted} results");
}

async fn from_account_to_tombstone(visitor: &Visitor, word: &str) {
    register(visitor, &format!("journey-{word}@truong.edu.vn")).await;
    visitor.go("/submissions").await;
    visitor.follow(".submissions__ways button").await;
    let number = visitor
        .address()
        .await
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    fill_in(visitor, &format!("Vườn vải {word}")).await;
    press(visitor, "send", "Đã gửi").await;
    let author = visitor
        .client
        .get_named_cookie("khue-session")
        .await
        .unwrap();

    let portal = visitor.portal.clone();
    let name = format!("journey-judge-{word}");
    let judge =
        tokio::task::spawn_blocking(move || Person::with_role(&portal, &name, "appraiser", None));
    become_person(visitor, &judge.await.unwrap()).await;
    let desk = format!("/desk/{number}");
    visitor.go(&desk).await;
    assert!(
        visitor
            .text(".submission__preview")
            .await
            .contains("chiều cao mỗi tuần")
    );
    choose(visitor, "#reason", "incomplete").await;
    visitor.fill("#words", "Thêm cách đo giúp em nhé.").await;
    visitor.click("button[value=request-changes]").await;
    visitor.go(&desk).await;
    assert_eq!(visitor.text(STATE).await, "Cần sửa");

    let judge = visitor
        .client
        .get_named_cookie("khue-session")
        .await
        .unwrap();
    visitor.client.delete_all_cookies().await.unwrap();
    add_cookie(visitor, author.name(), author.value()).await;
    visitor.go(&format!("/submissions/{number}")).await;
    assert!(
        visitor
            .text(".thread")
            .await
            .contains("Thêm cách đo giúp em nhé.")
    );
    visitor
        .fill(
            "#text",
            "## Chuẩn bị\n\nĐo bằng thước dây, ghi vào bảng mỗi tuần.",
        )
        .await;
    press(visitor, "send-again", "Đã gửi lại").await;

    visitor.client.delete_all_cookies().await.unwrap();
    add_cookie(visitor, judge.name(), judge.value()).await;
    visitor.go(&desk).await;
    assert!(visitor.text(".changes__body").await.contains("thước dây"));
    press(visitor, "accept", "Đã chấp nhận").await;
    press(visitor, "publish", "Đã xuất bản").await;
    until_found(visitor, word, 1).await;

    visitor.client.delete_all_cookies().await.unwrap();
    add_cookie(visitor, author.name(), author.value()).await;
    visitor.go(&format!("/submissions/{number}")).await;
    visitor.click("details:has(#withdraw-reason) summary").await;
    choose(visitor, "#withdraw-reason", "wish").await;
    visitor.fill("#withdraw-words", "Em muốn soạn lại.").await;
    press(visitor, "withdraw", "Đã gỡ").await;
    until_found(visitor, word, 0).await;
    visitor.go(&format!("/resources/{number}")).await;
    assert!(
        visitor
            .text("main")
            .await
            .contains("Theo yêu cầu của tác giả")
    );
    // The tombstone's status is an error to the browser's console; that is as it should be.
    visitor.complaints();
}

#[tokio::test]
async fn a_submission_with_scripts() {
    if let Some(visitor) = Visitor::come_to(Scripts::On, TestPortal::of_people).await {
        from_account_to_tombstone(&visitor, "zuvatuq").await;
        visitor.leave().await;
    }
}

#[tokio::test]
async fn a_submission_without_scripts() {
    if let Some(visitor) = Visitor::come_to(Scripts::Off, TestPortal::of_people).await {
        from_account_to_tombstone(&visitor, "zukivoq").await;
        visitor.leave().await;
    }
}

#[tokio::test]
async fn a_decision_takes_a_few_keys() {
    let Some(visitor) = Visitor::come_to(Scripts::On, TestPortal::of_people).await else {
        return;
    };
    let portal = visitor.portal.clone();
    let prepared = tokio::task::spawn_blocking(move || {
        let lan = Person::registered(&portal, "keys-lan");
        let number = lan.draft("Bài cho phím tắt");
        assert_eq!(lan.fill_in(&number, "Bài cho phím tắt", "send").status, 303);
        (
            Person::with_role(&portal, "keys-mai", "appraiser", None),
            number,
        )
    });
    let (mai, number) = prepared.await.unwrap();
    visitor.go("/about").await;
    become_person(&visitor, &mai).await;
    visitor.go(&format!("/desk/{number}")).await;
    visitor
        .client
        .active_element()
        .await
        .unwrap()
        .send_keys("a")
        .await
        .unwrap();
    visitor
        .until("the button has the focus", async || {
            visitor.script("return document.activeElement.value").await == "accept"
        })
        .await;
    visitor.press(Key::Enter).await;
    visitor
        .until("it is accepted", async || {
            visitor
                .client
                .find(Locator::Css("button[value=publish]"))
                .await
                .is_ok()
        })
        .await;
    visitor.leave().await;
}
