//! Everything by keyboard.

use crate::browser::{Scripts, Visitor};
use fantoccini::key::Key;

async fn focused(visitor: &Visitor) -> String {
    let script = "const e = document.activeElement; return e.id || e.className || e.tagName";
    visitor
        .script(script)
        .await
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn the_first_key_leads_past_the_header() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    visitor.go("/about").await;
    visitor.press(Key::Tab).await;
    assert_eq!(focused(&visitor).await, "skip-link");
    visitor.press(Key::Enter).await;
    visitor
        .until("the focus is in the text", async || {
            focused(&visitor).await == "main"
        })
        .await;
    visitor.leave().await;
}

async fn type_and_wait(visitor: &Visitor, words: &str) {
    visitor.fill("#q", words).await;
    visitor
        .until("suggestions are there", async || {
            visitor.count("#suggestions [role=option]").await > 0
        })
        .await;
}

#[tokio::test]
async fn suggestions_are_chosen_with_arrows() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    visitor.go("/").await;
    type_and_wait(&visitor, "dinh luat").await;
    assert_eq!(
        visitor
            .element("#q")
            .await
            .attr("aria-expanded")
            .await
            .unwrap()
            .as_deref(),
        Some("true")
    );
    visitor.press(Key::Down).await;
    let active = visitor
        .element("#q")
        .await
        .attr("aria-activedescendant")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        visitor
            .count(&format!("#{active}[aria-selected=true]"))
            .await,
        1
    );
    let text = visitor.text(&format!("#{active} .suggestions__text")).await;
    visitor.press(Key::Enter).await;
    visitor
        .until("it leads somewhere", async || {
            visitor.address().await != "/"
        })
        .await;
    visitor.settle().await;
    let page = visitor.text("main").await;
    assert!(
        page.to_lowercase().contains(&text.to_lowercase()),
        "{text:?} is not on {}",
        visitor.address().await
    );
    visitor.leave().await;
}

#[tokio::test]
async fn suggestions_are_closed_with_escape() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    visitor.go("/").await;
    type_and_wait(&visitor, "phân s").await;
    visitor.press(Key::Escape).await;
    visitor
        .until("they are closed", async || {
            visitor.count("#suggestions [role=option]").await == 0
        })
        .await;
    assert_eq!(
        visitor
            .element("#q")
            .await
            .attr("aria-expanded")
            .await
            .unwrap()
            .as_deref(),
        Some("false")
    );
    assert_eq!(focused(&visitor).await, "q");
    visitor.press(Key::Enter).await;
    visitor
        .until("the words are searched for", async || {
            visitor.address().await.starts_with("/search?q=")
        })
        .await;
    visitor.leave().await;
}

#[tokio::test]
async fn the_focus_can_always_be_seen() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    visitor.go("/search?q=newton").await;
    let outline = "const s = getComputedStyle(document.activeElement);
        return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none'";
    for step in 0..25 {
        visitor.press(Key::Tab).await;
        assert_eq!(
            visitor.script(outline).await,
            true,
            "step {step}: {}",
            focused(&visitor).await
        );
    }
    visitor.leave().await;
}
