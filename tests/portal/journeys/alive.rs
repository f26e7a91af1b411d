//! What only scripts can do.

use crate::browser::{Scripts, Visitor};
use serde_json::json;

#[tokio::test]
async fn results_change_in_place() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    visitor
        .go("/search?q=%C4%91%E1%BB%8Bnh%20lu%E1%BA%ADt")
        .await;
    visitor.script("window.same = true").await;
    visitor.follow("#f-educationalLevel-lower-secondary").await;
    visitor
        .until("the filter is on", async || {
            visitor
                .count("#f-educationalLevel-lower-secondary[aria-current]")
                .await
                == 1
        })
        .await;
    assert_eq!(
        visitor.script("return window.same ?? false").await,
        true,
        "the page was loaded anew"
    );
    assert_eq!(
        visitor.script("return document.activeElement.id").await,
        "f-educationalLevel-lower-secondary"
    );
    let said = visitor.script("return document.querySelector('leptos-island [role=status].visually-hidden, [role=status]').textContent").await;
    assert!(!said.is_null());
    visitor.leave().await;
}

#[tokio::test]
async fn the_citation_is_copied() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    let origin = visitor.portal.origin.clone();
    let permissions = json!(["clipboardReadWrite", "clipboardSanitizedWrite"]);
    visitor.devtools(
        "Browser.grantPermissions",
        json!({"origin": origin, "permissions": permissions}),
    );
    let lesson = visitor.portal.resource("vat-li-10-dinh-luat-ii-newton");
    visitor.go(&lesson).await;
    let citation = visitor.text("#citation").await;
    visitor.click("#citation + .cite-box__actions button").await;
    visitor
        .until("it says so", async || {
            !visitor
                .text("#citation + .cite-box__actions .copy-button__done")
                .await
                .is_empty()
        })
        .await;
    let read = "const done = arguments[arguments.length - 1]; navigator.clipboard.readText().then(done, e => done(String(e)))";
    let copied = visitor
        .client
        .execute_async(read, Vec::new())
        .await
        .unwrap();
    assert_eq!(copied.as_str().unwrap().trim(), citation);
    assert!(citation.contains("/resources/"), "{citation}");
    visitor.leave().await;
}

#[tokio::test]
async fn pages_say_nothing_in_the_console() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    let lesson = visitor.portal.resource("toan-12-toi-uu-bang-dao-ham");
    for path in [
        "/",
        "/search?q=a",
        "/search?q=zzzzqqqq",
        "/browse",
        "/collections",
        "/help",
        "/en",
        "/fr/about",
        lesson.as_str(),
    ] {
        visitor.go(path).await;
        let complaints = visitor.complaints();
        assert!(complaints.is_empty(), "{path}: {complaints:#?}");
    }
    visitor.leave().await;
}

#[tokio::test]
async fn without_scripts_nothing_waits_for_them() {
    let Some(visitor) = Visitor::come(Scripts::Off).await else {
        return;
    };
    let lesson = visitor.portal.resource("vat-li-10-dinh-luat-ii-newton");
    visitor.go(&lesson).await;
    assert_eq!(
        visitor.count("html[data-hydrated]").await,
        0,
        "scripts are not off"
    );
    assert!(
        !visitor
            .element(".copy-button button")
            .await
            .is_displayed()
            .await
            .unwrap(),
        "a button that does nothing"
    );
    visitor.leave().await;
}
