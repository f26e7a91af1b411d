//! What screen readers and keyboards need, on every page in every language.

use crate::markup::{Token, assert_balanced, tokens};
use crate::visit::{all_pages, get};
use std::collections::HashSet;

fn names<'a>(tokens: &[Token<'a>]) -> Vec<&'a str> {
    tokens.iter().filter_map(Token::name).collect()
}

fn count(names: &[&str], wanted: &str) -> usize {
    names.iter().filter(|name| **name == wanted).count()
}

#[tokio::test]
async fn every_page_has_its_landmarks_and_one_heading_of_level_1() {
    for (address, code) in all_pages() {
        let page = get(&address).await;
        assert!(page.status.is_success(), "{address}: {}", page.status);
        assert_balanced(&address, &page.text);
        let tokens = tokens(&page.text);
        let names = names(&tokens);
        for landmark in ["html", "main", "h1", "title"] {
            assert_eq!(count(&names, landmark), 1, "{address}: {landmark}");
        }
        let html = tokens
            .iter()
            .find(|token| token.name() == Some("html"))
            .unwrap();
        assert_eq!(html.attribute("lang"), Some(code), "{address}");
        assert_eq!(page.headers["content-language"], code, "{address}");
        let roles: Vec<_> = tokens
            .iter()
            .filter_map(|token| token.attribute("role"))
            .collect();
        assert_eq!(
            roles.iter().filter(|role| **role == "search").count(),
            1,
            "{address}: one search form"
        );
    }
}

#[tokio::test]
async fn headings_skip_no_level() {
    for (address, _) in all_pages() {
        let page = get(&address).await;
        let mut last = 0;
        for token in tokens(&page.text) {
            let level = token
                .name()
                .and_then(|name| name.strip_prefix('h'))
                .and_then(|level| level.parse::<u8>().ok());
            let Some(level) = level else { continue };
            assert!(level <= last + 1, "{address}: h{level} after h{last}");
            last = level;
        }
    }
}

#[tokio::test]
async fn ids_are_unique_and_references_lead_somewhere() {
    for (address, _) in all_pages() {
        let page = get(&address).await;
        let tokens = tokens(&page.text);
        let mut ids = HashSet::new();
        for id in tokens.iter().filter_map(|token| token.attribute("id")) {
            assert!(ids.insert(id), "{address}: #{id} twice");
        }
        for name in [
            "for",
            "aria-labelledby",
            "aria-describedby",
            "aria-controls",
        ] {
            for id in tokens.iter().filter_map(|token| token.attribute(name)) {
                assert!(ids.contains(id), "{address}: {name}={id}");
            }
        }
        for href in tokens.iter().filter_map(|token| token.attribute("href")) {
            if let Some(id) = href
                .strip_prefix('#')
                .filter(|id| !tokens.is_empty() && !is_icon(id))
            {
                assert!(ids.contains(id), "{address}: href=#{id}");
            }
        }
    }
}

/// Without a sprite an icon's address is only its name.
fn is_icon(id: &str) -> bool {
    [
        "khue",
        "star",
        "sun",
        "moon",
        "contrast",
        "saver",
        "type-audio",
        "search",
        "filter",
        "close",
        "external",
        "download",
        "check",
        "info",
        "warning",
    ]
    .contains(&id)
        || id.starts_with("type-")
        || id.starts_with("chevron-")
}

#[tokio::test]
async fn fields_have_labels_and_navigations_have_names() {
    for (address, _) in all_pages() {
        let page = get(&address).await;
        let tokens = tokens(&page.text);
        let labelled: HashSet<_> = tokens
            .iter()
            .filter_map(|token| token.attribute("for"))
            .collect();
        for token in &tokens {
            let hidden = token.attribute("type") == Some("hidden");
            match token.name() {
                Some("input" | "select") if !hidden => {
                    let id = token.attribute("id").unwrap_or_default();
                    assert!(
                        labelled.contains(id),
                        "{address}: field #{id} without a label"
                    );
                }
                Some("nav") => assert!(
                    token.attribute("aria-label").is_some(),
                    "{address}: nav without a name"
                ),
                Some("img") => assert!(
                    token.attribute("alt").is_some(),
                    "{address}: picture without alt"
                ),
                _ => {}
            }
        }
    }
}

#[tokio::test]
async fn texts_in_other_languages_are_marked() {
    let page = get("/en/resources/so-sanh-phan-so").await.text;
    assert!(
        page.contains(r#"<h1 lang="vi" class="resource-header__title">So sánh hai phân số</h1>"#)
    );
    let page = get("/resources/so-sanh-phan-so").await.text;
    assert!(page.contains(r#"<h1 class="resource-header__title">So sánh hai phân số</h1>"#));
}

#[tokio::test]
async fn no_page_needs_a_script_or_a_style_of_its_own() {
    for (address, _) in all_pages() {
        let page = get(&address).await.text;
        assert!(!page.contains(" style=\""), "{address}");
        assert!(!page.contains("<style"), "{address}");
        for token in tokens(&page) {
            let data = token.attribute("type") == Some("application/ld+json");
            assert!(
                token.name() != Some("script") || data,
                "{address}: script without files"
            );
            if let Token::Open { attributes, .. } = &token {
                assert!(
                    !attributes.iter().any(|(name, _)| name.starts_with("on")),
                    "{address}: {token:?}"
                );
            }
        }
    }
}
