//! What only scripts can do.

use crate::browser::{Scheme, Scripts, Visitor};
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
    let said = visitor.script("return document.querySelector('[data-island=live_results], main [role=status]').textContent").await;
    assert!(!said.is_null());
    visitor.leave().await;
}

/// New words go along with the filters that were switched on in place, not with those of the page as it came.
#[tokio::test]
async fn the_search_box_follows_results_that_change_in_place() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    visitor.go("/search?q=quang%20hopj").await;
    visitor.script("window.same = true").await;
    visitor.follow(".notice a").await;
    visitor
        .until("the box has the words of the results", async || {
            let words = visitor.script("return document.querySelector('#q').value");
            words.await.as_str() != Some("quang hopj")
        })
        .await;
    visitor.follow("#f-learningResourceType-experiment").await;
    let kept = "return [...document.querySelectorAll('main form[role=search] input[type=hidden]')]
        .map(field => field.name + '=' + field.value).join('&')";
    visitor
        .until("the filter is kept", async || {
            visitor.script(kept).await == "learningResourceType=experiment"
        })
        .await;
    assert_eq!(
        visitor.script("return window.same ?? false").await,
        true,
        "the page was loaded anew"
    );
    visitor.leave().await;
}

/// On the home page the box stands on a dark ground and suggestions hang over what is below it.
#[tokio::test]
async fn what_is_typed_and_suggested_on_the_home_page_can_be_seen() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    for scheme in [Scheme::Light, Scheme::Dark] {
        visitor.prefer(scheme);
        visitor.go("/").await;
        visitor.fill("#q", "phân").await;
        visitor
            .until("suggestions are there", async || {
                visitor.count("#suggestions [role=option]").await > 0
            })
            .await;
        let contrast = visitor.script(CONTRAST).await.as_f64().unwrap();
        assert!(contrast >= 4.5, "{scheme:?}: {contrast}");
        let hidden = visitor.script(HIDDEN).await;
        assert_eq!(hidden, serde_json::json!([]), "{scheme:?}");
    }
    visitor.leave().await;
}

/// The contrast of the words in the search field with their ground, as WCAG 2.2 counts it.
const CONTRAST: &str = "
    const light = text => {
        const [r, g, b] = text.match(/[\\d.]+/g).map(Number)
            .map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const style = getComputedStyle(document.querySelector('#q'));
    const [a, b] = [light(style.color), light(style.backgroundColor)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)";

/// Suggestions within the window that something else covers or cuts off.
const HIDDEN: &str = "
    return [...document.querySelectorAll('#suggestions [role=option]')].filter(option => {
        const box = option.getBoundingClientRect();
        const y = box.top + box.height / 2;
        if (y > innerHeight) return false;
        return !option.contains(document.elementFromPoint(box.left + 20, y));
    }).map(option => option.textContent)";

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
