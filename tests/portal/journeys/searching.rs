//! Searching, with and without scripts.

use super::FIRST;
use crate::browser::Visitor;

journey!(
    search_filter_open_back,
    finding_a_lesson,
    finding_a_lesson_without_scripts
);
journey!(pages_and_back, turning_pages, turning_pages_without_scripts);
journey!(
    filter_off,
    removing_a_filter,
    removing_a_filter_without_scripts
);
journey!(order, choosing_an_order, choosing_an_order_without_scripts);
journey!(
    nothing_found,
    finding_nothing,
    finding_nothing_without_scripts
);

const FILTER: &str = "#f-educationalLevel-lower-secondary";

async fn search(visitor: &Visitor, words: &str) {
    visitor.go("/").await;
    visitor.fill("#q", words).await;
    visitor.follow(".search-box__submit").await;
}

/// Number of results: `N` of "N kết quả".
async fn results(visitor: &Visitor) -> usize {
    let heading = visitor.text("#results-heading").await;
    let digits: String = heading
        .chars()
        .take_while(|c| !c.is_alphabetic())
        .filter(char::is_ascii_digit)
        .collect();
    digits
        .parse()
        .unwrap_or_else(|_| panic!("no number in {heading:?}"))
}

async fn search_filter_open_back(visitor: &Visitor) {
    search(visitor, "định luật").await;
    let (all, found) = (results(visitor).await, visitor.address().await);
    assert!(found.starts_with("/search?q=") && all >= 3, "{found} {all}");
    visitor.follow(FILTER).await;
    let (fewer, filtered) = (results(visitor).await, visitor.address().await);
    assert!(fewer > 0 && fewer < all, "{fewer} of {all}");
    assert_eq!(
        visitor
            .element(FILTER)
            .await
            .attr("aria-current")
            .await
            .unwrap()
            .as_deref(),
        Some("true")
    );
    let name = visitor.text(FIRST).await;
    visitor.follow(FIRST).await;
    assert!(visitor.address().await.starts_with("/resources/"));
    assert_eq!(visitor.text("h1").await, name);
    visitor.back().await;
    assert_eq!(visitor.address().await, filtered);
    visitor
        .until("the filtered results are back", async || {
            results(visitor).await == fewer
        })
        .await;
    visitor.back().await;
    visitor
        .until("all results are back", async || {
            results(visitor).await == all
        })
        .await;
    assert_eq!(visitor.address().await, found);
}

async fn pages_and_back(visitor: &Visitor) {
    visitor.go("/search?size=10").await;
    let first = visitor.text(FIRST).await;
    visitor.follow(".pager a[rel=next]").await;
    assert!(visitor.address().await.contains("page=2"));
    visitor
        .until("other results are there", async || {
            visitor.text(FIRST).await != first
        })
        .await;
    let page = visitor.text(".pager [aria-current=page]").await;
    assert!(page.ends_with('2'), "{page:?}");
    visitor.back().await;
    visitor
        .until("the first results are back", async || {
            visitor.text(FIRST).await == first
        })
        .await;
}

async fn filter_off(visitor: &Visitor) {
    visitor
        .go("/search?q=ph%C3%A2n&about=https%3A%2F%2Fw3id.org%2Fkhue%2Fabout%2Ftoan&adaptable=1")
        .await;
    assert_eq!(visitor.count(".chip-list .chip").await, 3);
    visitor.follow(".chip-list .chip").await;
    assert_eq!(visitor.count(".chip-list .chip").await, 2);
    assert!(!visitor.address().await.contains("about="));
    visitor.follow(".chip--clear").await;
    assert_eq!(visitor.count(".chip-list .chip").await, 0);
    assert_eq!(visitor.address().await, "/search?q=ph%C3%A2n");
}

async fn order(visitor: &Visitor) {
    visitor.go("/search?size=100").await;
    visitor
        .element("#sort")
        .await
        .select_by_value("name")
        .await
        .unwrap();
    visitor.follow(".toolbar__sort button").await;
    assert!(visitor.address().await.contains("sort=name"));
    assert_eq!(
        visitor
            .element("#sort")
            .await
            .prop("value")
            .await
            .unwrap()
            .as_deref(),
        Some("name")
    );
    assert!(
        visitor.text(FIRST).await.starts_with(['A', 'Â', 'Ă', '"']),
        "{}",
        visitor.text(FIRST).await
    );
}

async fn nothing_found(visitor: &Visitor) {
    search(visitor, "zzzzqqqq").await;
    assert_eq!(results(visitor).await, 0);
    visitor.follow(".empty-state .chip-list a").await;
    assert!(visitor.address().await.starts_with("/browse/"));
}
