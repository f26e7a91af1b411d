//! Status codes, language, theme, failures.

use crate::visit::{all_pages, ask, get, get_with};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use khue_app::services::{CurrentFiles, PackReader, SiteFiles};
use khue_app::testing::SmallLibrary;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[tokio::test]
async fn what_is_not_there_is_not_found_in_the_right_language() {
    for (address, words) in [
        ("/resources/none", "Không tìm thấy trang"),
        ("/browse/none", "Không tìm thấy trang"),
        ("/nowhere", "Không tìm thấy trang"),
        ("/en/nowhere", "Page not found"),
        ("/fr/browse/level/none", "Page introuvable"),
        ("/fr/a/b/c", "Page introuvable"),
    ] {
        let page = get(address).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}");
        assert!(page.text.contains(words), "{address}");
        assert!(page.text.contains("noindex"), "{address}");
    }
}

#[tokio::test]
async fn a_closing_slash_and_the_first_language_are_taken_away() {
    for (address, target) in [
        ("/en/", "/en"),
        ("/search/?q=a", "/search?q=a"),
        ("//evil.example/", "/evil.example"),
        ("/fr/browse/toan/", "/fr/browse/toan"),
        ("/vi", "/"),
        ("/vi/search?q=a", "/search?q=a"),
        ("/vi//evil.example", "/evil.example"),
    ] {
        let page = get(address).await;
        assert!(page.status.is_redirection(), "{address}: {}", page.status);
        assert_eq!(page.headers[header::LOCATION], target, "{address}");
    }
}

#[tokio::test]
async fn a_failing_library_gives_a_page_with_ways_out() {
    for (address, _) in all_pages().filter(|(address, _)| !is_prose(address)) {
        let request = Request::get(&address).body(Body::empty()).unwrap();
        let page = ask(SmallLibrary::broken().services(), request).await;
        let unknown = page.status == StatusCode::NOT_FOUND;
        assert!(
            unknown || page.status == StatusCode::INTERNAL_SERVER_ERROR,
            "{address}: {}",
            page.status
        );
        assert!(page.text.contains("error-page"), "{address}");
        assert!(
            !page.text.contains("meant to fail"),
            "{address}: the reason is for the log"
        );
    }
}

fn is_prose(address: &str) -> bool {
    let path = address.split('?').next().unwrap_or_default();
    [
        "/about",
        "/accessibility",
        "/privacy",
        "/offline",
        "/help",
        "/guidance",
        "/paths",
        "/paths/tu-cap-so-den-chuyen-dong",
        "/plan",
        "/verify",
    ]
    .iter()
    .any(|page| path.ends_with(page))
}

#[tokio::test]
async fn the_failure_page_speaks_the_language_of_the_address() {
    let response = khue_app::failure(SmallLibrary::new().services(), "/fr/search");
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(response.headers()[header::CONTENT_LANGUAGE], "fr");
}

#[tokio::test]
async fn the_theme_is_right_from_the_first_byte() {
    let dark = get_with("/", &[(header::COOKIE, "a=b; theme=dark")])
        .await
        .text;
    assert!(
        dark.starts_with(r#"<!DOCTYPE html><html lang="vi" dir="ltr" data-theme="dark">"#),
        "{dark:.80}"
    );
    for cookie in ["theme=auto", "theme=\"><script>", "nothing"] {
        let page = get_with("/", &[(header::COOKIE, cookie)]).await.text;
        assert!(
            page.starts_with(r#"<!DOCTYPE html><html lang="vi" dir="ltr"><head>"#),
            "{cookie}"
        );
    }
}

#[tokio::test]
async fn the_theme_can_be_chosen_without_scripts() {
    for (referer, back) in [
        ("https://khue.example/en/search?q=a", "/en/search?q=a"),
        ("https://evil.example//evil.example/", "/"),
        ("nonsense", "/"),
    ] {
        let request = Request::post("/theme")
            .header(header::REFERER, referer)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("theme=dark"))
            .unwrap();
        let answer = ask(SmallLibrary::new().services(), request).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.headers[header::LOCATION], back);
        assert!(
            answer.headers[header::SET_COOKIE]
                .to_str()
                .unwrap()
                .starts_with("theme=dark;")
        );
    }
}

#[tokio::test]
async fn another_language_is_offered_quietly() {
    let french = [(header::ACCEPT_LANGUAGE, "de-DE,fr;q=0.8,en;q=0.5")];
    let page = get_with("/", &french).await;
    assert_eq!(page.status, StatusCode::OK, "no redirect");
    assert!(page.text.contains("Cette page existe aussi en français."));
    assert!(!get_with("/fr", &french).await.text.contains("existe aussi"));
    assert!(
        !get_with("/search", &french)
            .await
            .text
            .contains("existe aussi")
    );
    let vietnamese = [(header::ACCEPT_LANGUAGE, "vi-VN,vi;q=0.9,en;q=0.5")];
    assert!(
        !get_with("/", &vietnamese)
            .await
            .text
            .contains("also available")
    );
    let came_from_here = [
        french[0].clone(),
        (header::REFERER, "https://khue.example/fr"),
    ];
    assert!(
        !get_with("/", &came_from_here)
            .await
            .text
            .contains("existe aussi")
    );
}

/// A large library that is indexed anew once looked empty.
#[tokio::test]
async fn a_search_that_finds_nothing_says_that_the_library_is_being_indexed() {
    for (waiting, language, told) in [
        (12_345, "", "khoảng 12.345 học liệu"),
        (12_345, "/en", "about 12,345 resources"),
        (0, "", ""),
    ] {
        let services = SmallLibrary::new().waiting_for(waiting).services();
        let address = format!("{language}/search?q=zzzz");
        let request = Request::get(address).body(Body::empty()).unwrap();
        let page = ask(services, request).await.text;
        let state = page.contains("<p role=\"status\" class=\"notice notice--info\">");
        assert_eq!(state, waiting > 0, "{page}");
        assert!(page.contains(told), "{page}");
    }
}

#[tokio::test]
async fn scripts_and_style_come_from_the_manifest() {
    let files = |name: &str| match name {
        "khue.css" => Some("/pkg/khue.1.css"),
        "khue.js" => Some("/pkg/khue.2.js"),
        "khue.wasm" => Some("/pkg/khue.3.wasm"),
        "icons/icons.svg" => Some("/pkg/icons/icons.4.svg"),
        _ => None,
    };
    let files = |name: &str| files(name).map(str::to_owned);
    let mut services = SmallLibrary::new().services();
    services.files = SiteFiles::from_manifest(files).into();
    let page = ask(services, Request::get("/").body(Body::empty()).unwrap())
        .await
        .text;
    assert!(page.contains(r#"<link rel="stylesheet" href="/pkg/khue.1.css">"#));
    assert!(page.contains(r#"<script type="module" src="/pkg/khue.2.js"></script>"#));
    assert!(page.contains(r#"href="/pkg/icons/icons.4.svg#search""#));
    let without = SiteFiles::from_manifest(|name| files(name).filter(|_| name != "khue.wasm"));
    assert_eq!(without.script, None, "a module without its wasm would fail");
}

#[tokio::test]
async fn packs_are_offered_where_browsers_can_read_them() {
    let offline = async |names: &'static [&'static str]| {
        let files = |name: &str| names.contains(&name).then(|| format!("/pkg/{name}"));
        let mut services = SmallLibrary::new().services();
        services.files = SiteFiles::from_manifest(files).into();
        let request = Request::get("/fr/offline").body(Body::empty()).unwrap();
        ask(services, request).await.text
    };
    let page = offline(&["khue-packs.js", "khue-offline.wasm"]).await;
    assert!(page.contains("Paquets scolaires") && page.contains(r#"data-download="Télécharger""#));
    assert!(page.contains(r#"<script type="module" src="/pkg/khue-packs.js"></script>"#));
    let page = offline(&["khue-packs.js"]).await;
    assert!(!page.contains("Paquets scolaires") && !page.contains("khue-packs"));
}

#[tokio::test]
async fn packs_that_are_not_ready_are_told_of_without_a_button() {
    let offline = async |packs: PackReader, path: &str| {
        let mut services = SmallLibrary::new().services();
        let files = SiteFiles {
            packs,
            ..SiteFiles::default()
        };
        services.files = files.into();
        let request = Request::get(path).body(Body::empty()).unwrap();
        ask(services, request).await.text
    };
    for (path, coming, failed) in [
        (
            "/offline",
            "đang chuẩn bị phần đọc gói",
            "chưa chuẩn bị được",
        ),
        (
            "/en/offline",
            "is preparing what reads",
            "could not prepare",
        ),
        ("/fr/offline", "prépare ce qui lit", "n’a pas pu préparer"),
    ] {
        let page = offline(PackReader::Coming, path).await;
        assert!(page.contains(coming) && !page.contains(failed), "{page}");
        assert!(!page.contains("data-download"), "{page}");
        let page = offline(PackReader::Failed, path).await;
        assert!(page.contains(failed) && !page.contains(coming), "{page}");
    }
}

#[tokio::test]
async fn pages_name_the_files_that_are_in_force_when_they_are_made() {
    let built = Arc::new(AtomicUsize::new(1));
    let mut services = SmallLibrary::new().services();
    let current = built.clone();
    services.files = CurrentFiles::new(move || {
        let address = format!("/pkg/khue.{}.css", current.load(Ordering::Relaxed));
        let files = SiteFiles::from_manifest(|name| (name == "khue.css").then(|| address.clone()));
        Arc::new(files)
    });
    for edition in [1, 2] {
        built.store(edition, Ordering::Relaxed);
        let request = Request::get("/about").body(Body::empty()).unwrap();
        let page = ask(services.clone(), request).await.text;
        assert!(page.contains(&format!("/pkg/khue.{edition}.css")), "{page}");
    }
}

#[tokio::test]
async fn structured_data_is_json_and_cannot_end_its_script() {
    for id in ["so-sanh-phan-so", "bare:1~x", "what-is-a-fraction"] {
        let page = get(&format!("/resources/{id}")).await.text;
        let start = page
            .split_once(r#"<script type="application/ld+json">"#)
            .unwrap()
            .1;
        let data = start.split_once("</script>").unwrap().0;
        assert!(!data.contains('<'), "{id}");
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["@type"], "LearningResource", "{id}");
        assert!(
            data["@id"]
                .as_str()
                .unwrap()
                .starts_with("https://khue.example/resources/"),
            "{id}"
        );
    }
}
