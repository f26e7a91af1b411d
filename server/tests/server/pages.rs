//! Pages and the addresses beside them.

use crate::fixture::{FewHoldings, app, app_with, ask, get, get_with, request, settings};
use axum::http::StatusCode;
use khue_app::testing::SmallLibrary;

#[tokio::test]
async fn every_answer_has_the_headers_that_protect() {
    for address in [
        "/",
        "/search?q=x",
        "/nowhere",
        "/api/v1/resources",
        "/healthz",
        "/favicon.svg",
        "/files/x/y",
    ] {
        let said = get(address).await;
        assert_eq!(
            said.header("x-content-type-options"),
            "nosniff",
            "{address}"
        );
        assert_eq!(said.header("referrer-policy"), "same-origin", "{address}");
        assert!(
            said.header("content-security-policy")
                .contains("script-src 'self'"),
            "{address}"
        );
        assert!(
            !said
                .header("content-security-policy")
                .contains("unsafe-inline"),
            "{address}"
        );
        assert!(
            said.header("strict-transport-security")
                .starts_with("max-age"),
            "{address}"
        );
        assert_eq!(said.header("x-request-id").len(), 16, "{address}");
    }
}

#[tokio::test]
async fn pages_are_kept_by_nobody_else_and_not_sent_twice() {
    let first = get("/about").await;
    assert_eq!(
        (first.status, first.header("cache-control")),
        (StatusCode::OK, "private, no-cache")
    );
    let tag = first.header("etag").to_owned();
    let second = get_with("/about", &[("if-none-match", &tag)]).await;
    assert_eq!(
        (second.status, second.bytes.len()),
        (StatusCode::NOT_MODIFIED, 0)
    );
    assert_eq!(second.header("etag"), tag);
    let dark = get_with(
        "/about",
        &[("if-none-match", &tag), ("cookie", "theme=dark")],
    )
    .await;
    assert_eq!(dark.status, StatusCode::OK, "another theme is another page");
}

#[tokio::test]
async fn head_is_get_without_the_page() {
    let (get, head) = (
        get("/about").await,
        ask(app(), request("HEAD", "/about", &[])).await,
    );
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
    for name in ["content-type", "etag", "content-length", "cache-control"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
    let packed = ask(
        app(),
        request("HEAD", "/about", &[("accept-encoding", "br")]),
    )
    .await;
    assert_eq!(packed.bytes.len(), 0);
}

#[tokio::test]
async fn pages_are_compressed_on_the_way() {
    let plain = get("/search").await;
    for coding in ["br", "gzip"] {
        let packed = get_with("/search", &[("accept-encoding", coding)]).await;
        assert_eq!(packed.header("content-encoding"), coding);
        assert!(
            packed.bytes.len() * 2 < plain.bytes.len(),
            "{coding}: {} of {}",
            packed.bytes.len(),
            plain.bytes.len()
        );
    }
}

#[tokio::test]
async fn errors_speak_the_readers_language() {
    for (prefix, code, word) in [
        ("", "vi", "chỉ để đọc"),
        ("/en", "en", "only read"),
        ("/fr", "fr", "lecture seule"),
    ] {
        let lost = get(&format!("{prefix}/nowhere")).await;
        assert_eq!(
            (lost.status, lost.header("content-language")),
            (StatusCode::NOT_FOUND, code)
        );
        let posted = ask(app(), request("POST", &format!("{prefix}/search"), &[])).await;
        assert_eq!(
            (posted.status, posted.header("content-language")),
            (StatusCode::METHOD_NOT_ALLOWED, code)
        );
        assert!(posted.text().contains(word), "{}", posted.text());
        assert!(posted.header("allow").contains("GET"));
        assert_eq!(posted.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn forms_are_taken_from_here_only() {
    let from = |headers: &'static [(&'static str, &'static str)]| async move {
        let mut request = request("POST", "/theme", headers);
        request.headers_mut().insert(
            "content-type",
            "application/x-www-form-urlencoded".parse().unwrap(),
        );
        *request.body_mut() = "theme=dark".into();
        ask(app(), request).await.status
    };
    assert_eq!(
        from(&[("sec-fetch-site", "same-origin")]).await,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        from(&[("origin", "https://khue.example")]).await,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        from(&[
            ("origin", "http://localhost:3000"),
            ("host", "localhost:3000")
        ])
        .await,
        StatusCode::SEE_OTHER
    );
    assert_eq!(from(&[]).await, StatusCode::SEE_OTHER);
    assert_eq!(
        from(&[("sec-fetch-site", "cross-site")]).await,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        from(&[("origin", "https://evil.example"), ("host", "khue.example")]).await,
        StatusCode::FORBIDDEN
    );
    assert_eq!(from(&[("origin", "null")]).await, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_sitemap_names_every_resource_once() {
    let holdings = || FewHoldings {
        resources: 12_345,
        ..FewHoldings::default()
    };
    let of = |address: &'static str| {
        ask(
            app_with(SmallLibrary::new(), holdings(), settings()),
            request("GET", address, &[]),
        )
    };
    let index = of("/sitemap.xml").await.text();
    assert_eq!(index.matches("<sitemap>").count(), 3, "{index}");
    assert!(index.contains("<loc>https://khue.example/sitemap/1.xml</loc>"));
    let parts = [
        of("/sitemap/0.xml").await.text(),
        of("/sitemap/1.xml").await.text(),
    ]
    .concat();
    let expected = (1..=12_345).filter(|change| change % 7 != 0).count();
    assert_eq!(parts.matches("<url>").count(), expected * 3);
    for change in [1, 10_000, 10_001, 12_345] {
        let place = format!("<loc>https://khue.example/resources/r%26{change}</loc>");
        assert_eq!(parts.matches(&place).count(), 1, "{place}");
    }
    assert!(parts.matches("</urlset>").count() == 2);
    assert!(
        of("/sitemap/pages.xml")
            .await
            .text()
            .contains("https://khue.example/fr/browse/level/grade-5")
    );
    for wrong in [
        "/sitemap/x.xml",
        "/sitemap/-1.xml",
        "/sitemap/1",
        "/sitemap/99999999999999999999.xml",
    ] {
        assert_eq!(of(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn robots_find_the_sitemap() {
    let said = get("/robots.txt").await;
    assert!(said.header("content-type").starts_with("text/plain"));
    assert!(
        said.text()
            .contains("Sitemap: https://khue.example/sitemap.xml"),
        "{}",
        said.text()
    );
}

#[tokio::test]
async fn a_host_that_is_no_host_gets_into_no_answer() {
    let without = || khue_server::config::Settings {
        base_url: None,
        ..settings()
    };
    let of = |host: &'static str| {
        ask(
            app_with(SmallLibrary::new(), FewHoldings::default(), without()),
            request("GET", "/robots.txt", &[("host", host)]),
        )
    };
    assert!(
        of("localhost:3000")
            .await
            .text()
            .contains("http://localhost:3000/sitemap.xml")
    );
    assert!(!of("evil/<script>").await.text().contains("evil"));
}

#[tokio::test]
async fn readiness_says_what_is_missing_and_no_secrets() {
    assert_eq!(get("/healthz").await.status, StatusCode::OK);
    let well = get("/readyz").await;
    assert_eq!(
        (well.status, well.json()["ready"].as_bool()),
        (StatusCode::OK, Some(true))
    );
    let holdings = FewHoldings {
        broken: true,
        ..FewHoldings::default()
    };
    let ill = ask(
        app_with(SmallLibrary::new(), holdings, settings()),
        request("GET", "/readyz", &[]),
    )
    .await;
    assert_eq!(ill.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ill.json()["missing"], serde_json::json!(["store"]));
    assert!(!ill.text().contains("secret"));
}
