//! What people say, gather, adapt and report, and what becomes of it: in a browser, with and without scripts.

use crate::browser::curation::{become_person, published, sent};
use crate::browser::{Scripts, Visitor};
use crate::harness::{Person, TestPortal};

/// Who takes part, and what there is.
struct Cast {
    minh: Person,
    mai: Person,
    nobody: Person,
    /// Id of a published resource.
    resource: String,
    /// Files that wait at the desk.
    waiting: Vec<String>,
}

async fn cast(visitor: &Visitor, word: &'static str) -> Cast {
    let portal = visitor.portal.clone();
    let prepared = move || {
        let lan = Person::with_role(&portal, &format!("{word}-lan"), "teacher", Some("hn-01"));
        let mai = Person::with_role(&portal, &format!("{word}-mai"), "appraiser", None);
        let minh = Person::registered(&portal, &format!("{word}-minh"));
        let resource = published(&lan, &mai, &format!("Bài {word}"));
        let waiting = (1..=3).map(|turn| sent(&lan, &format!("Bài {word} {turn}")));
        let waiting = waiting.collect();
        let nobody = Person::stranger(&portal);
        Cast {
            minh,
            mai,
            nobody,
            resource,
            waiting,
        }
    };
    tokio::task::spawn_blocking(prepared).await.unwrap()
}

/// Presses a button, and waits until the page says something.
async fn press(visitor: &Visitor, button: &str, css: &str, words: &str) {
    visitor.click(button).await;
    visitor
        .until(words, async || {
            visitor.count(css).await > 0 && visitor.text(css).await.contains(words)
        })
        .await;
    visitor.settle().await;
}

async fn a_comment_is_moderated(visitor: &Visitor, cast: &Cast, word: &str) {
    let (page, words) = (
        format!("/resources/{}", cast.resource),
        format!("Lời của {word}"),
    );
    become_person(visitor, &cast.minh).await;
    visitor.go(&format!("{page}/comments")).await;
    visitor.fill("#words", &words).await;
    press(visitor, "button[value=comment]", "main", &words).await;
    become_person(visitor, &cast.nobody).await;
    visitor.go(&page).await;
    assert!(
        !visitor.text("main").await.contains(&words),
        "not before it is shown"
    );
    become_person(visitor, &cast.mai).await;
    visitor
        .go(&format!("/desk/comments?resource={}", cast.resource))
        .await;
    assert!(visitor.text(".moderation").await.contains(&words));
    press(visitor, ".moderation button[value=show]", "main", "").await;
    become_person(visitor, &cast.nobody).await;
    visitor
        .until("the comment is public", async || {
            visitor.go(&page).await;
            visitor.text("main").await.contains(&words)
        })
        .await;
}

async fn a_report_is_answered(visitor: &Visitor, cast: &Cast) {
    visitor
        .go(&format!("/resources/{}/report", cast.resource))
        .await;
    visitor.click("input[name=kind][value=error]").await;
    visitor.fill("#words", "Ví dụ 2 sai.").await;
    visitor.follow("form[action$='/report'] button").await;
    let state = visitor.address().await;
    let number = visitor.text(".submission__status code").await;
    become_person(visitor, &cast.mai).await;
    visitor.go(&format!("/desk/reports/{number}")).await;
    visitor
        .element("#outcome")
        .await
        .select_by_value("mended")
        .await
        .unwrap();
    visitor.fill("#words", "Đã sửa ví dụ 2, cảm ơn em.").await;
    visitor.click("button[value=close]").await;
    become_person(visitor, &cast.nobody).await;
    visitor
        .until("the reporter sees the answer", async || {
            visitor.go(&state).await;
            visitor.text("main").await.contains("Đã sửa ví dụ 2")
        })
        .await;
}

async fn a_resource_is_gathered_and_adapted(visitor: &Visitor, cast: &Cast) {
    become_person(visitor, &cast.minh).await;
    visitor
        .go(&format!("/resources/{}/collect", cast.resource))
        .await;
    visitor.fill("#new", "Để dạy tuần sau").await;
    visitor.follow("button[value=put]").await;
    visitor.go("/collections/own").await;
    assert!(visitor.text("main").await.contains("Để dạy tuần sau"));
    let adapt = format!("/resources/{}/adapt", cast.resource);
    visitor.go(&adapt).await;
    visitor.follow("form[action$='/adapt'] button").await;
    let address = visitor.address().await;
    assert!(address.starts_with("/submissions/HL-"), "{address}");
}

async fn mail_is_chosen(visitor: &Visitor, cast: &Cast) {
    become_person(visitor, &cast.minh).await;
    visitor.go("/account/mail").await;
    visitor.click("input[name=mode][value=never]").await;
    visitor.click("button[value=choose]").await;
    visitor
        .until("the choice is kept", async || {
            visitor.go("/account/mail").await;
            visitor.count("input[name=mode][value=never]:checked").await == 1
        })
        .await;
}

async fn the_queue_is_narrowed(visitor: &Visitor, cast: &Cast) {
    become_person(visitor, &cast.mai).await;
    visitor.go(&format!("/desk/{}", cast.waiting[0])).await;
    visitor.click(".desk__filter summary").await;
    let state = visitor.element("#filter-state").await;
    state.select_by_value("submitted").await.unwrap();
    visitor.follow(".list-filter button").await;
    let address = visitor.address().await;
    assert!(address.contains("state=submitted"), "{address}");
    let kept = visitor
        .count(".desk__queue li a[href*='state=submitted']")
        .await;
    let all = visitor.count(".desk__queue > ol:first-of-type li a").await;
    assert!(kept >= 3 && kept == all, "{kept} of {all}");
    // The next file is shown beside the same queue.
    visitor.follow(".desk__ways a[data-key=j]").await;
    assert!(visitor.address().await.contains("state=submitted"));
    assert_eq!(
        visitor
            .count("#filter-state option[value=submitted]:checked")
            .await,
        1
    );
}

async fn several_are_taken_on_and_given_back(visitor: &Visitor, cast: &Cast) {
    visitor.go("/desk/bulk?state=submitted").await;
    for number in &cast.waiting[..2] {
        visitor.click(&format!("input[id='file-{number}']")).await;
    }
    visitor.click("#action-take-on").await;
    press(
        visitor,
        "button[value=preview]",
        ".bulk__table",
        &cast.waiting[1],
    )
    .await;
    press(
        visitor,
        "button[value=apply]",
        ".bulk__table",
        "Đang thẩm định",
    )
    .await;
    press(visitor, "button[name=undo]", "h1[role=status]", "").await;
    visitor.go(&format!("/desk/{}", cast.waiting[0])).await;
    assert_eq!(visitor.text(".submission__status .badge").await, "Đã gửi");
}

async fn from_words_to_answers(visitor: &Visitor, word: &'static str) {
    let cast = cast(visitor, word).await;
    visitor.go("/about").await;
    a_comment_is_moderated(visitor, &cast, word).await;
    a_report_is_answered(visitor, &cast).await;
    a_resource_is_gathered_and_adapted(visitor, &cast).await;
    mail_is_chosen(visitor, &cast).await;
    the_queue_is_narrowed(visitor, &cast).await;
    several_are_taken_on_and_given_back(visitor, &cast).await;
}

#[tokio::test]
async fn community_with_scripts() {
    if let Some(visitor) = Visitor::come_to(Scripts::On, TestPortal::of_people).await {
        from_words_to_answers(&visitor, "congdong").await;
        visitor.leave().await;
    }
}

#[tokio::test]
async fn community_without_scripts() {
    if let Some(visitor) = Visitor::come_to(Scripts::Off, TestPortal::of_people).await {
        from_words_to_answers(&visitor, "khongscript").await;
        visitor.leave().await;
    }
}
