//! Languages, colours and browsing, with and without scripts.

use super::FIRST;
use crate::browser::Visitor;

journey!(
    language,
    changing_the_language,
    changing_the_language_without_scripts
);
journey!(
    theme,
    changing_the_colours,
    changing_the_colours_without_scripts
);
journey!(browse, browsing, browsing_without_scripts);

async fn language(visitor: &Visitor) {
    visitor.go("/search?q=newton").await;
    visitor.follow(".language-switch a[hreflang=en]").await;
    assert_eq!(visitor.address().await, "/en/search?q=newton");
    assert_eq!(
        visitor
            .element("html")
            .await
            .attr("lang")
            .await
            .unwrap()
            .as_deref(),
        Some("en")
    );
    visitor.follow(".language-switch a[hreflang=fr]").await;
    assert_eq!(
        visitor
            .element("html")
            .await
            .attr("lang")
            .await
            .unwrap()
            .as_deref(),
        Some("fr")
    );
    visitor.follow(FIRST).await;
    assert!(visitor.address().await.starts_with("/fr/resources/"));
    visitor.follow(".language-switch a[hreflang=vi]").await;
    assert!(visitor.address().await.starts_with("/resources/"));
}

async fn theme(visitor: &Visitor) {
    visitor.go("/search?q=newton").await;
    let background = async || {
        visitor
            .element("body")
            .await
            .css_value("background-color")
            .await
            .unwrap()
    };
    visitor.click(".theme-switch [value=light]").await;
    visitor
        .until("it is light", async || {
            scheme(visitor).await.as_deref() == Some("light")
        })
        .await;
    let light = background().await;
    visitor.click(".theme-switch [value=dark]").await;
    visitor
        .until("it is dark", async || {
            scheme(visitor).await.as_deref() == Some("dark")
        })
        .await;
    assert_ne!(background().await, light);
    assert_eq!(visitor.address().await, "/search?q=newton");
    visitor.go("/about").await;
    assert_eq!(
        scheme(visitor).await.as_deref(),
        Some("dark"),
        "the choice is kept"
    );
    visitor.click(".theme-switch [value=auto]").await;
    visitor
        .until("it is as the system says", async || {
            scheme(visitor).await.is_none()
        })
        .await;
}

async fn scheme(visitor: &Visitor) -> Option<String> {
    visitor
        .element("html")
        .await
        .attr("data-theme")
        .await
        .unwrap()
}

async fn browse(visitor: &Visitor) {
    visitor.go("/").await;
    visitor.follow(".site-header__nav a[href='/browse']").await;
    visitor.follow("main a[href='/browse/toan']").await;
    assert_eq!(visitor.text("h1").await, "Toán");
    visitor.follow(".result-card__title a").await;
    assert!(visitor.address().await.starts_with("/resources/"));
}
