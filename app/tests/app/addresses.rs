//! Links: well formed, safe, and leading to pages that are there.

use crate::markup::tokens;
use crate::visit::{all_pages, get};
use std::collections::BTreeSet;

#[tokio::test]
async fn every_link_within_the_portal_leads_to_a_page() {
    let mut targets = BTreeSet::new();
    for (address, _) in all_pages() {
        let page = get(&address).await.text;
        for token in tokens(&page) {
            let Some(href) = token
                .attribute("href")
                .filter(|_| token.name() == Some("a"))
            else {
                continue;
            };
            assert!(
                !href.contains(['"', '<', '>', ' ', '\n']),
                "{address}: {href:?}"
            );
            // Lessons of paths are shipped; the small library has none of them.
            if href.contains("?path=") {
                continue;
            }
            if href.starts_with('/') && !href.starts_with("/files/") {
                targets.insert(href.split('#').next().unwrap().to_owned());
            } else {
                let outside = href.starts_with("https://") || href.starts_with("http://");
                assert!(
                    outside || href.starts_with('#') || href.starts_with("/files/"),
                    "{address}: {href:?}"
                );
            }
        }
    }
    assert!(targets.len() > 100, "{}", targets.len());
    for target in &targets {
        let status = get(target).await.status;
        assert!(status.is_success(), "{target}: {status}");
    }
}

#[tokio::test]
async fn a_page_stays_in_its_language() {
    for prefix in ["/en", "/fr"] {
        let page = get(&format!("{prefix}/browse")).await.text;
        for token in tokens(&page)
            .iter()
            .filter(|token| token.name() == Some("a"))
        {
            let href = token.attribute("href").unwrap();
            let elsewhere = token.attribute("hreflang").is_some() || href.starts_with('#');
            assert!(
                elsewhere || href == prefix || href.starts_with(&format!("{prefix}/")),
                "{href}"
            );
        }
    }
}

#[tokio::test]
async fn the_same_page_in_other_languages_is_named_in_the_head() {
    let page = get("/fr/search?q=a%20b&page=1").await.text;
    for link in [
        r#"<link rel="canonical" href="https://khue.example/fr/search?q=a%20b">"#,
        r#"<link rel="alternate" hreflang="vi" href="https://khue.example/search?q=a%20b">"#,
        r#"<link rel="alternate" hreflang="en" href="https://khue.example/en/search?q=a%20b">"#,
        r#"<link rel="alternate" hreflang="x-default" href="https://khue.example/search?q=a%20b">"#,
    ] {
        assert!(page.contains(link), "{link}");
    }
}

#[tokio::test]
async fn pages_of_results_know_their_neighbours() {
    let page = get("/en/search?size=2&page=2").await.text;
    assert!(page.contains(r#"<link rel="prev" href="https://khue.example/en/search?size=2">"#));
    assert!(
        page.contains(
            r#"<link rel="next" href="https://khue.example/en/search?page=3&amp;size=2">"#
        )
    );
    assert!(page.contains(r#"<ol start="3" class="result-list">"#));
}

#[tokio::test]
async fn hostile_records_do_no_harm() {
    for address in [
        "/resources/bare:1~x",
        "/search",
        "/resources/so-sanh-phan-so",
        "/resources/what-is-a-fraction",
    ] {
        let page = get(address).await.text;
        assert!(!page.contains("javascript:"), "{address}");
        assert!(!page.contains("alert(1)"), "{address}");
        assert!(!page.contains("<i>gì</i>"), "{address}");
    }
    let page =
        get("/search?q=%3C%2Ftitle%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%20onload%3D%22x")
            .await
            .text;
    assert!(!page.contains("<script>alert"), "words come back as text");
    let loads = tokens(&page)
        .iter()
        .any(|token| token.attribute("onload").is_some());
    assert!(!loads, "words stay inside attributes");
}
