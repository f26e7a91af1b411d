//! From an account to a tombstone, in a browser.

use crate::browser::{Scripts, Visitor};
use crate::harness::{Person, TestPortal};
use fantoccini::Locator;
use fantoccini::cookies::Cookie;
use fantoccini::key::Key;
use serde_json::json;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const STATE: &str = ".submission__status .badge";

/// A document of Word from outside where there is one, else one of the portal's own.
fn document(portal: &TestPortal, folder: &std::path::Path) -> PathBuf {
    let shared = std::env::var_os("KHUE_SHARED_DATA").map(PathBuf::from);
    let outside = shared
        .map(|data| data.join("real_files/docx_vi_exams/V_CivicEducation_MET_Civ_IE_2019.docx"));
    if let Some(file) = outside.filter(|file| file.is_file()) {
        return file;
    }
    println!(
        "KHUE_SHARED_DATA has no real documents; one that this portal writes takes their place"
    );
    let id = portal
        .resource("toan-4-tinh-chat-co-ban-cua-phan-so")
        .replace("/resources/", "/api/v1/resources/");
    let own = portal.get(&format!("{id}/guidance?format=docx"));
    assert_eq!(own.status, 200);
    let path = folder.join("huong-dan.docx");
    std::fs::write(&path, own.body).unwrap();
    path
}

async fn choose(visitor: &Visitor, css: &str, value: &str) {
    let field = visitor.element(css).await;
    field.select_by_value(value).await.unwrap();
}

/// Waits until the file stands there.
async fn until_state(visitor: &Visitor, state: &str) {
    visitor
        .until(state, async || {
            match visitor.client.find(Locator::Css(STATE)).await {
                Ok(badge) => badge.text().await.is_ok_and(|text| text == state),
                Err(_) => false,
            }
        })
        .await;
    visitor.settle().await;
}

/// Presses a button whose answer stands at the same address, and waits for the state that it leads to.
async fn press(visitor: &Visitor, step: &str, state: &str) {
    let button = format!("button[name=do][value={step}]");
    visitor.click(&button).await;
    until_state(visitor, state).await;
}

/// Goes on as the person with this cookie.
async fn become_holder(visitor: &Visitor, name: &str, value: &str) {
    visitor.client.delete_all_cookies().await.unwrap();
    // The driver's own command takes no cookies for an address of numbers.
    let cookie =
        json!({"name": name, "value": value, "url": visitor.portal.origin, "httpOnly": true});
    visitor.devtools("Network.setCookie", cookie);
}

async fn become_person(visitor: &Visitor, person: &Person) {
    let (name, value) = person.cookie.split_once('=').unwrap();
    become_holder(visitor, name, value).await;
}

async fn own_cookie(visitor: &Visitor) -> Cookie<'static> {
    visitor
        .client
        .get_named_cookie("khue-session")
        .await
        .unwrap()
}

async fn register(visitor: &Visitor, email: &str) {
    visitor.go("/account").await;
    visitor.follow(".entrance__other a").await;
    for page in ["register", "sign-in"] {
        if page == "register" {
            visitor.fill("#name", "Nguyễn Thị Lan").await;
        }
        visitor.fill("#email", email).await;
        visitor
            .fill("#passphrase", "sáng nay mưa bay trên phố")
            .await;
        visitor.follow(".entrance button[type=submit]").await;
    }
    assert_eq!(visitor.text("main h1").await, "Nguyễn Thị Lan");
}

/// Fills in what publishing waits for, but no text: that comes with the document.
async fn fill_in(visitor: &Visitor, name: &str) {
    let uri = |scheme: &str, name: &str| {
        let found = khue_content::vocabulary::find(scheme, name);
        found.unwrap().id.clone()
    };
    visitor.fill("#name", name).await;
    let summary = "Đề luyện tập, có thể in ra cho từng nhóm.";
    visitor.fill("#description", summary).await;
    for (field, scheme, value) in [
        ("#about", "about", "toan"),
        ("#educationalLevel", "educationalLevel", "grade-12"),
        ("#learningResourceType", "learningResourceType", "lesson"),
        ("#license", "license", "CC BY 4.0"),
    ] {
        choose(visitor, field, &uri(scheme, value)).await;
    }
}

async fn attach(visitor: &Visitor) {
    let folder = tempfile::tempdir().unwrap();
    let (portal, place) = (visitor.portal.clone(), folder.path().to_owned());
    let file = tokio::task::spawn_blocking(move || document(&portal, &place))
        .await
        .unwrap();
    let field = visitor.element("#attachment").await;
    field.send_keys(&file.display().to_string()).await.unwrap();
    visitor
        .click(".submission__files form[enctype] button")
        .await;
    visitor
        .until("the file is there and its text was read", async || {
            visitor.count(".file-list__name").await == 1
                && visitor.count(".submission__preview .resource-body p").await > 0
        })
        .await;
    visitor.settle().await;
}

/// Waits until a search finds it, or finds it no more, and tells how long that took. Others may be found for their meaning.
async fn until_found(visitor: &Visitor, words: &str, number: &str, wanted: bool) -> Duration {
    let started = Instant::now();
    let (portal, id) = (visitor.portal.clone(), number.to_owned());
    let address = format!("/api/v1/resources?q={words}");
    let find = move || {
        (0..400).any(|_| {
            std::thread::sleep(Duration::from_millis(25));
            let page = portal.get(&address).json();
            let items = page["items"].as_array().unwrap();
            items.iter().any(|item| item["id"] == id) == wanted
        })
    };
    let done = tokio::task::spawn_blocking(find).await.unwrap();
    assert!(done, "{words}: never {wanted}");
    let took = started.elapsed();
    visitor.go(&format!("/search?q={words}")).await;
    let link = format!(".result-list a[href$='/resources/{number}']");
    assert_eq!(visitor.count(&link).await > 0, wanted);
    took
}

async fn send_in(visitor: &Visitor, word: &str) -> String {
    visitor.go("/submissions").await;
    visitor.follow(".submissions__ways button").await;
    let address = visitor.address().await;
    let number = address.rsplit('/').next().unwrap().to_owned();
    attach(visitor).await;
    fill_in(visitor, &format!("Đề luyện {word}")).await;
    press(visitor, "send", "Đã gửi").await;
    number
}

async fn ask_for_changes(visitor: &Visitor, number: &str) {
    visitor.go(&format!("/desk/{number}")).await;
    assert!(
        visitor.text(".submission__preview").await.chars().count() > 500,
        "the text is there to judge"
    );
    choose(visitor, "#reason", "incomplete").await;
    visitor.fill("#words", "Thêm cách đo giúp em nhé.").await;
    visitor.click("button[value=request-changes]").await;
    visitor
        .until("it was sent", async || {
            let address = visitor.address().await;
            !address.ends_with(number) || visitor.text(STATE).await == "Cần sửa"
        })
        .await;
    visitor.go(&format!("/desk/{number}")).await;
    assert_eq!(visitor.text(STATE).await, "Cần sửa");
}

async fn write_again(visitor: &Visitor, number: &str, step: &str, text: &str) {
    visitor.go(&format!("/submissions/{number}")).await;
    if step == "revise" {
        press(visitor, "revise", "Đang soạn bản mới").await;
    }
    visitor.fill("#text", text).await;
    press(visitor, "send-again", "Đã gửi lại").await;
}

async fn publish(visitor: &Visitor, number: &str, changed: &str) {
    visitor.go(&format!("/desk/{number}")).await;
    assert!(visitor.text(".changes__body").await.contains(changed));
    press(visitor, "accept", "Đã chấp nhận").await;
    visitor.click("button[value=publish]").await;
    until_published(visitor, number).await;
    visitor.go(&format!("/desk/{number}")).await;
    assert_eq!(visitor.text(STATE).await, "Đã xuất bản");
}

/// Waits until it is published; where others wait, the next one is shown then.
async fn until_published(visitor: &Visitor, number: &str) {
    visitor
        .until("it is published", async || {
            !visitor.address().await.ends_with(number) || visitor.text(STATE).await == "Đã xuất bản"
        })
        .await;
}

async fn from_account_to_tombstone(visitor: &Visitor, word: &str) {
    register(visitor, &format!("journey-{word}@truong.edu.vn")).await;
    let number = send_in(visitor, word).await;
    let author = own_cookie(visitor).await;
    let (portal, name) = (visitor.portal.clone(), format!("journey-judge-{word}"));
    let judge =
        tokio::task::spawn_blocking(move || Person::with_role(&portal, &name, "appraiser", None));
    let judge = judge.await.unwrap();

    become_person(visitor, &judge).await;
    ask_for_changes(visitor, &number).await;
    become_holder(visitor, author.name(), author.value()).await;
    visitor.go(&format!("/submissions/{number}")).await;
    assert!(
        visitor
            .text(".thread")
            .await
            .contains("Thêm cách đo giúp em nhé.")
    );
    let text = "## Chuẩn bị\n\nĐo bằng thước dây, ghi vào bảng mỗi tuần.";
    write_again(visitor, &number, "send-again", text).await;
    become_person(visitor, &judge).await;
    publish(visitor, &number, "thước dây").await;
    let took = until_found(visitor, word, &number, true).await;
    println!("found after {} ms", took.as_millis());

    become_holder(visitor, author.name(), author.value()).await;
    let text = "## Chuẩn bị\n\nĐo bằng máy quét ba chiều, ghi vào bảng mỗi tuần.";
    write_again(visitor, &number, "revise", text).await;
    visitor.go(&format!("/resources/{number}")).await;
    assert!(
        visitor.text("main").await.contains("thước dây"),
        "readers see the published version until the next one is"
    );
    become_person(visitor, &judge).await;
    publish(visitor, &number, "máy quét").await;
    visitor.go(&format!("/resources/{number}")).await;
    assert!(visitor.text("main").await.contains("máy quét"));

    become_holder(visitor, author.name(), author.value()).await;
    visitor.go(&format!("/submissions/{number}")).await;
    visitor.click("details:has(#withdraw-reason) summary").await;
    choose(visitor, "#withdraw-reason", "wish").await;
    visitor.fill("#withdraw-words", "Em muốn soạn lại.").await;
    press(visitor, "withdraw", "Đã gỡ").await;
    until_found(visitor, word, &number, false).await;
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
    if let Some(visitor) = Visitor::come_to(Scripts::On, TestPortal::of_people_with_models).await {
        from_account_to_tombstone(&visitor, "zuvatuq").await;
        visitor.leave().await;
    }
}

#[tokio::test]
async fn a_submission_without_scripts() {
    if let Some(visitor) = Visitor::come_to(Scripts::Off, TestPortal::of_people_with_models).await {
        from_account_to_tombstone(&visitor, "zukivoq").await;
        visitor.leave().await;
    }
}

/// Files that were sent, and an appraiser in front of the first.
async fn at_the_desk(visitor: &Visitor, name: &'static str, count: usize) -> Vec<String> {
    let portal = visitor.portal.clone();
    let prepared = tokio::task::spawn_blocking(move || {
        let lan = Person::registered(&portal, &format!("{name}-lan"));
        let sent = (0..count).map(|place| {
            let title = format!("Bài {name} {place}");
            let number = lan.draft(&title);
            assert_eq!(lan.fill_in(&number, &title, "send").status, 303);
            number
        });
        let sent: Vec<String> = sent.collect();
        let judge = format!("{name}-mai");
        (Person::with_role(&portal, &judge, "appraiser", None), sent)
    });
    let (mai, sent) = prepared.await.unwrap();
    visitor.go("/about").await;
    become_person(visitor, &mai).await;
    visitor.go(&format!("/desk/{}", sent[0])).await;
    visitor.script("window.same = true").await;
    sent
}

/// Types keys where the focus is; how many that were.
async fn keys(visitor: &Visitor, keys: &str) -> usize {
    let focused = visitor.client.active_element().await.unwrap();
    focused.send_keys(keys).await.unwrap();
    keys.chars().count()
}

async fn focus(visitor: &Visitor) -> String {
    let found = "const e = document.activeElement; return e.value || e.id || e.textContent";
    let found = visitor.script(found).await;
    found.as_str().unwrap_or_default().trim().to_owned()
}

async fn no_page_was_loaded(visitor: &Visitor) {
    assert_eq!(visitor.script("return window.same ?? false").await, true);
}

/// From the queue to a published resource: four keys.
#[tokio::test]
async fn a_decision_takes_a_few_keys_and_no_page_load() {
    let Some(visitor) = Visitor::come_to(Scripts::On, TestPortal::of_people_with_models).await
    else {
        return;
    };
    let sent = at_the_desk(&visitor, "keys", 1).await;
    let mut pressed = keys(&visitor, "1").await;
    assert_eq!(
        visitor
            .script("return document.querySelector('#rubric-content').checked")
            .await,
        true
    );
    pressed += keys(&visitor, "a").await;
    assert_eq!(focus(&visitor).await, "accept");
    visitor.press(Key::Enter).await;
    until_state(&visitor, "Đã chấp nhận").await;
    pressed += 1 + keys(&visitor, "p").await;
    assert_eq!(focus(&visitor).await, "publish");
    visitor.press(Key::Enter).await;
    until_published(&visitor, &sent[0]).await;
    pressed += 1;
    assert!(pressed <= 12, "{pressed} keys");
    no_page_was_loaded(&visitor).await;
    visitor.leave().await;
}

/// Asking for changes: a reason, words of one's own, and the next file is there.
#[tokio::test]
async fn changes_are_asked_for_with_keys_alone() {
    let Some(visitor) = Visitor::come_to(Scripts::On, TestPortal::of_people_with_models).await
    else {
        return;
    };
    let sent = at_the_desk(&visitor, "asked", 2).await;
    let t = keys(&visitor, "t").await;
    assert_eq!(focus(&visitor).await, "take-on");
    visitor.press(Key::Enter).await;
    until_state(&visitor, "Đang thẩm định").await;
    let e = keys(&visitor, "e").await;
    visitor.press(Key::Down).await;
    assert_eq!(
        focus(&visitor).await,
        "content",
        "the first reason is chosen"
    );
    visitor.press(Key::Tab).await;
    keys(&visitor, "Xem lại hình 2, tarx.").await;
    assert_eq!(
        focus(&visitor).await,
        "Xem lại hình 2, tarx.",
        "letters are letters in a field"
    );
    let both = format!("{}{}", char::from(Key::Control), char::from(Key::Enter));
    let pressed = t + 1 + e + 2 + keys(&visitor, &both).await;
    visitor
        .until("another file is there", async || {
            !visitor.address().await.ends_with(&sent[0])
        })
        .await;
    assert!(pressed <= 12, "{pressed} keys beside the words");
    no_page_was_loaded(&visitor).await;
    // Back and forth through the queue, and back to where it was.
    let here = visitor.address().await;
    keys(&visitor, "k").await;
    keys(&visitor, "j").await;
    visitor
        .until("the file is there", async || {
            visitor.count("#desk h1").await == 1
        })
        .await;
    no_page_was_loaded(&visitor).await;
    visitor.go(&format!("/desk/{}", sent[0])).await;
    assert_eq!(visitor.text(STATE).await, "Cần sửa", "from {here}");
    visitor.leave().await;
}

/// What is refused is said where it was pressed, and what was typed is still there.
#[tokio::test]
async fn a_refusal_is_told_in_place() {
    let Some(visitor) = Visitor::come_to(Scripts::On, TestPortal::of_people_with_models).await
    else {
        return;
    };
    at_the_desk(&visitor, "refused", 1).await;
    visitor.fill("#words", "Lời tôi đã viết.").await;
    keys(&visitor, &char::from(Key::Escape).to_string()).await;
    keys(&visitor, "x").await;
    assert_eq!(focus(&visitor).await, "decline");
    visitor.press(Key::Enter).await;
    visitor
        .until("it is told", async || {
            visitor.count("#desk [role=alert]").await == 1
        })
        .await;
    let words = visitor
        .script("return document.querySelector('#words').value")
        .await;
    assert_eq!(words, "Lời tôi đã viết.");
    no_page_was_loaded(&visitor).await;
    // The refusal's status is an error to the browser's console.
    visitor.leave_whatever_was_said().await;
}
