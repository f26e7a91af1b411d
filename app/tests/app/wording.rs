//! Numbers, dates and sizes as readers write them, seen on pages.

use crate::visit::{ask, get};
use axum::body::Body;
use axum::http::Request;
use khue_app::services::{Answer, Collection, Counts, Library, ResourceView, Services};
use khue_content::search::{Correction, Hit, SearchPage, SearchParams, Suggestion};
use std::sync::Arc;

/// A library that has one answer to every search.
struct Fixed(SearchPage);

impl Library for Fixed {
    fn search<'a>(&'a self, _: &'a SearchParams) -> Answer<'a, SearchPage> {
        Box::pin(async { Ok(self.0.clone()) })
    }
    fn suggest<'a>(&'a self, _: &'a str, _: khue_app::Language) -> Answer<'a, Vec<Suggestion>> {
        Box::pin(async { Ok(Vec::new()) })
    }
    fn resource<'a>(&'a self, _: &'a str) -> Answer<'a, Option<ResourceView>> {
        Box::pin(async { Ok(None) })
    }
    fn newest(&self, _: usize) -> Answer<'_, Vec<Hit>> {
        Box::pin(async { Ok(Vec::new()) })
    }
    fn collections(&self, _: usize) -> Answer<'_, Vec<Collection>> {
        Box::pin(async { Ok(Vec::new()) })
    }
    fn counts(&self) -> Answer<'_, Counts> {
        Box::pin(async {
            Ok(Counts {
                total: self.0.total,
                ..Counts::default()
            })
        })
    }
    fn similar<'a>(&'a self, _: &'a str, _: usize) -> Answer<'a, Vec<Hit>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

async fn page(found: SearchPage, address: &str) -> String {
    let library: Arc<dyn Library> = Arc::new(Fixed(found));
    let request = Request::get(address).body(Body::empty()).unwrap();
    ask(Services::from(library), request).await.text
}

fn many(total: usize) -> SearchPage {
    SearchPage {
        total,
        page: 1,
        size: 20,
        items: vec![Hit::default()],
        ..SearchPage::default()
    }
}

#[tokio::test]
async fn counts_are_written_the_readers_way() {
    let words = [
        ("/search", "1.083.895 học liệu"),
        ("/en/search", "1,083,895 resources"),
        ("/fr/search", "1\u{202f}083\u{202f}895 ressources"),
    ];
    for (address, expected) in words {
        let text = page(many(1_083_895), address)
            .await
            .replace('\u{a0}', "\u{202f}");
        assert!(
            text.contains(expected),
            "{address}: {}",
            text.split("results-heading").nth(1).unwrap_or("")
        );
    }
}

#[tokio::test]
async fn one_and_none_agree_with_their_noun() {
    for (address, total, expected) in [
        ("/en/search", 1, ">1 resource<"),
        ("/en/search", 0, ">0 resources<"),
        ("/fr/search", 1, ">1 ressource<"),
        ("/fr/search", 0, ">0 ressource<"),
        ("/search", 1, ">1 học liệu<"),
    ] {
        let text = page(
            SearchPage {
                items: Vec::new(),
                ..many(total)
            },
            address,
        )
        .await;
        assert!(text.contains(expected), "{address} {total}");
    }
}

#[tokio::test]
async fn dates_sizes_and_durations_are_written_the_readers_way() {
    for (prefix, words) in [
        ("", ["<dd>5/9/2026", "1,2 MB", "1 giờ 35 phút"]),
        ("/en", ["September 5, 2026", "1.2 MB", "1 h 35 min"]),
        ("/fr", ["5 septembre 2026", "1,2 Mo", "1 h 35 min"]),
    ] {
        let text = get(&format!("{prefix}/resources/so-sanh-phan-so"))
            .await
            .text;
        for word in words {
            assert!(text.contains(word), "{prefix}: {word}");
        }
    }
    assert!(
        get("/en/resources/what-is-a-fraction")
            .await
            .text
            .contains("August 2026")
    );
}

#[tokio::test]
async fn what_the_search_understood_can_be_undone() {
    let level = "https://w3id.org/khue/educationalLevel/grade-6".to_owned();
    let kind = "https://w3id.org/khue/learningResourceType/lesson-plan".to_owned();
    let found = SearchPage {
        understood: vec![
            ("educationalLevel".to_owned(), level, "lớp 6".to_owned()),
            (
                "learningResourceType".to_owned(),
                kind,
                "giáo án".to_owned(),
            ),
        ],
        did_you_mean: Some(Correction {
            text: "ngữ văn".to_owned(),
            total: 3,
            applied: false,
        }),
        relaxed: true,
        total: 9,
        as_understood: 4,
        ..many(1)
    };
    let text = page(found, "/search?q=gi%C3%A1o%20%C3%A1n")
        .await
        .replace("<!>", "");
    assert!(text.contains("Cấp học, lớp: Lớp 6"), "{text}");
    assert!(
        text.contains("plain=educationalLevel") && text.contains("plain=learningResourceType"),
        "each can be undone alone"
    );
    assert!(text.contains("verbatim=1"), "all can be undone together");
    assert!(
        text.contains("educationalLevel=grade-6&amp;learningResourceType=lesson-plan"),
        "what was understood can be made a filter"
    );
    assert!(
        text.contains("q=ng%E1%BB%AF%20v%C4%83n"),
        "the better spelling is a link"
    );
    assert!(text.contains("(3 học liệu)"));
    assert!(text.contains("Không có học liệu nào chứa đủ mọi từ"));
}

#[tokio::test]
async fn the_pager_shows_the_ends_and_the_neighbours() {
    let text = page(
        SearchPage {
            page: 7,
            ..many(400)
        },
        "/en/search?page=7",
    )
    .await;
    let pager = text
        .split_once(r#"class="pager""#)
        .unwrap()
        .1
        .split_once("</nav>")
        .unwrap()
        .0;
    let targets: Vec<&str> = pager
        .split("href=\"/en/search")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let expected = [
        "?page=6", "", "?page=5", "?page=6", "?page=7", "?page=8", "?page=9", "?page=20", "?page=8",
    ];
    assert_eq!(targets, expected);
    assert_eq!(pager.matches(r#"aria-current="page""#).count(), 1);
}
