//! Exercises: the forms in a lesson, and what is said about answers.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use khue_app::testing::SmallLibrary;

use crate::visit::{Answer, ask, get};

const LESSON: &str = "/resources/phan-so-la-gi";

async fn send(address: &str, fields: &str) -> Answer {
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(fields.to_owned()))
        .unwrap();
    ask(SmallLibrary::new().services(), request).await
}

async fn answered(number: usize, fields: &str) -> String {
    let answer = send(&format!("{LESSON}/exercises/{number}?part=form"), fields).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text.starts_with("<form"), "{}", answer.text);
    answer.text
}

fn verdict(html: &str) -> &str {
    let rest = html.split("data-verdict=\"").nth(1).unwrap_or_default();
    rest.split('"').next().unwrap_or_default()
}

fn explanation_is_open(html: &str) -> bool {
    let tags = html.split("<details").skip(1);
    let mut tags = tags.filter_map(|rest| rest.split('>').next());
    let tag = tags.find(|tag| tag.contains("exercise__explanation"));
    tag.expect("an explanation").contains(" open")
}

#[tokio::test]
async fn every_exercise_of_a_lesson_stands_in_it_as_a_form() {
    let page = get(LESSON).await.text;
    assert_eq!(page.matches(" data-exercise=").count(), 7);
    for sign in [
        "(x)",
        "[[dưới",
        "gợi ý:",
        "lời giải:",
        "Một phần tư nhỏ hơn",
    ] {
        assert!(!page.contains(sign), "{sign}");
    }
    assert!(page.contains("Gợi ý 1"));
}

#[tokio::test]
async fn right_answers_of_every_kind_are_right() {
    for (number, fields) in [
        (1, "a=0"),
        (2, "a=0&a=2"),
        (3, "a=0,5+m"),
        (4, "a=T%E1%BB%AD+s%E1%BB%91"),
        (5, "p0=1&p1=2&p2=3"),
        (6, "m0=0&m1=1"),
        (7, "g0=d%C6%B0%E1%BB%9Bi&g1=2&g2=0"),
    ] {
        let form = answered(number, fields).await;
        assert_eq!(verdict(&form), "right", "{number}: {form}");
        assert!(form.contains("Đúng rồi."), "{number}");
    }
}

#[tokio::test]
async fn a_wrong_answer_is_explained_and_kept_in_the_form() {
    let form = answered(1, "a=1").await;
    assert_eq!(verdict(&form), "wrong");
    assert!(form.contains("Một phần tư nhỏ hơn."));
    assert!(form.contains("value=\"1\" checked"), "{form}");
    assert!(!explanation_is_open(&form));
    assert!(explanation_is_open(&answered(1, "a=0").await));
    let form = answered(4, "a=tu+so").await;
    assert_eq!(verdict(&form), "partly");
    assert!(form.contains("chỉ sai hoặc thiếu dấu: “tử số”") && form.contains("value=\"tu so\""));
    assert_eq!(verdict(&answered(1, "").await), "unanswered");
}

#[tokio::test]
async fn what_somebody_types_is_never_markup() {
    let form = answered(3, "a=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(!form.contains("<script>"), "{form}");
    let form = answered(7, "g0=%3Cb%3E&g1=%3Cb%3E&g2=%3Cb%3E").await;
    assert!(!form.contains("<b>"), "{form}");
}

#[tokio::test]
async fn without_scripts_the_answer_is_a_page_of_its_own() {
    let answer = send(&format!("/en{LESSON}/exercises/3"), "a=50").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text.contains("<!DOCTYPE html>") && answer.text.contains("That is right."));
    assert!(
        answer
            .text
            .contains(&format!("href=\"/en{LESSON}#exercise-3\""))
    );
    assert!(
        answer
            .text
            .contains(&format!("href=\"/en{LESSON}/exercises/4\""))
    );
    assert!(answer.text.contains("noindex"));
}

#[tokio::test]
async fn an_exercise_that_is_not_there_is_not_found() {
    for address in [
        "/resources/phan-so-la-gi/exercises/8",
        "/resources/circuit/exercises/1",
        "/resources/none/exercises/1",
    ] {
        assert_eq!(
            get(address).await.status,
            StatusCode::NOT_FOUND,
            "{address}"
        );
    }
}

#[tokio::test]
async fn keys_are_closed_until_a_teacher_opens_them() {
    let page = get(LESSON).await.text;
    let (_, behind) = page.split_once("Đáp án</h2>").expect("a heading");
    assert!(
        behind.starts_with("<details class=\"answer-key\"><summary"),
        "{behind:.80}"
    );
    assert!(behind.contains("Bài 3: 50 cm."));
}

#[tokio::test]
async fn a_lesson_opened_from_a_path_shows_the_way() {
    // The small library has no lesson of a path: what is not a part of it has no bar.
    let page = get(&format!("{LESSON}?path=tu-cap-so-den-chuyen-dong"))
        .await
        .text;
    assert!(!page.contains("path-bar"));
    assert_eq!(get("/paths/none").await.status, StatusCode::NOT_FOUND);
}
