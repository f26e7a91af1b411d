//! What happens when handlers panic, hang, or are asked too much.

use crate::fixture::{FewHoldings, app_with, ask, request, settings};
use axum::Router;
use axum::http::StatusCode;
use khue_app::Language;
use khue_app::services::{Answer, Collection, Counts, Library, ResourceView};
use khue_app::testing::SmallLibrary;
use khue_content::search::{Hit, SearchPage, SearchParams, Suggestion};
use khue_server::accept::Peer;
use khue_server::config::Settings;
use std::time::Duration;

/// A library that panics, or never answers.
#[derive(Clone, Copy)]
enum Bad {
    Panics,
    Hangs,
}

impl Bad {
    fn behave<'a, T: Send + 'a>(self) -> Answer<'a, T> {
        Box::pin(async move {
            match self {
                Self::Panics => panic!("meant to panic"),
                Self::Hangs => std::future::pending().await,
            }
        })
    }
}

impl Library for Bad {
    fn search<'a>(&'a self, _: &'a SearchParams) -> Answer<'a, SearchPage> {
        self.behave()
    }
    fn suggest<'a>(&'a self, _: &'a str, _: Language) -> Answer<'a, Vec<Suggestion>> {
        self.behave()
    }
    fn resource<'a>(&'a self, _: &'a str) -> Answer<'a, Option<ResourceView>> {
        self.behave()
    }
    fn newest(&self, _: usize) -> Answer<'_, Vec<Hit>> {
        self.behave()
    }
    fn collections(&self, _: usize) -> Answer<'_, Vec<Collection>> {
        self.behave()
    }
    fn counts(&self) -> Answer<'_, Counts> {
        self.behave()
    }
    fn similar<'a>(&'a self, _: &'a str, _: usize) -> Answer<'a, Vec<Hit>> {
        self.behave()
    }
}

fn app(library: Bad) -> Router {
    let mut settings = settings();
    settings.limits.request = Duration::from_millis(100);
    app_with(library, FewHoldings::default(), settings)
}

#[tokio::test]
async fn a_panic_is_a_page_or_a_problem() {
    let page = ask(app(Bad::Panics), request("GET", "/fr/search", &[])).await;
    assert_eq!(
        (page.status, page.header("content-language")),
        (StatusCode::INTERNAL_SERVER_ERROR, "fr")
    );
    assert!(!page.text().contains("meant to panic"));
    let problem = ask(app(Bad::Panics), request("GET", "/api/v1/resources", &[])).await;
    assert_eq!(
        (problem.status.as_u16(), problem.header("content-type")),
        (500, "application/problem+json")
    );
}

#[tokio::test]
async fn what_hangs_is_given_up() {
    let page = ask(app(Bad::Hangs), request("GET", "/search", &[])).await;
    assert_eq!(
        (page.status, page.header("retry-after")),
        (StatusCode::SERVICE_UNAVAILABLE, "5")
    );
    assert!(page.text().contains("Cổng đang quá tải"));
    let problem = ask(app(Bad::Hangs), request("GET", "/api/v1/suggest?q=x", &[])).await;
    assert_eq!(
        (problem.status.as_u16(), problem.header("content-type")),
        (503, "application/problem+json")
    );
}

#[tokio::test]
async fn a_library_that_fails_is_told_without_reasons() {
    let app = || app_with(SmallLibrary::broken(), FewHoldings::default(), settings());
    for address in ["/search", "/api/v1/resources", "/api/v1/resources/x"] {
        let said = ask(app(), request("GET", address, &[])).await;
        assert_eq!(said.status, StatusCode::INTERNAL_SERVER_ERROR, "{address}");
        assert!(!said.text().contains("meant to fail"), "{address}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let mut settings = settings();
    settings.limits.body_bytes = 100;
    let app = app_with(SmallLibrary::new(), FewHoldings::default(), settings);
    let mut request = request(
        "POST",
        "/theme",
        &[("content-type", "application/x-www-form-urlencoded")],
    );
    let body = format!("theme={}", "x".repeat(200));
    request
        .headers_mut()
        .insert("content-length", body.len().into());
    *request.body_mut() = body.into();
    let said = ask(app, request).await;
    assert_eq!(
        (said.status, said.header("content-language")),
        (StatusCode::PAYLOAD_TOO_LARGE, "vi")
    );
}

#[tokio::test]
async fn who_asks_too_much_waits() {
    let mut limited: Settings = settings();
    (limited.limits.requests_per_second, limited.limits.burst) = (1, 3);
    let app = app_with(SmallLibrary::new(), FewHoldings::default(), limited);
    let from = |address: &'static str, forwarded: &'static str| {
        let mut request = request("GET", "/healthz", &[("x-forwarded-for", forwarded)]);
        request
            .extensions_mut()
            .insert(Peer(format!("{address}:9").parse().unwrap()));
        let app = app.clone();
        async move { ask(app, request).await }
    };
    for _ in 0..3 {
        assert_eq!(from("192.0.2.1", "").await.status, StatusCode::OK);
    }
    // A name that is made up by the visitor helps nothing.
    let refused = from("192.0.2.1", "198.51.100.7").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(
        from("192.0.2.2", "").await.status,
        StatusCode::OK,
        "somebody else is not held up"
    );
    for _ in 0..3 {
        assert_eq!(
            from("127.0.0.1", "203.0.113.5").await.status,
            StatusCode::OK
        );
    }
    assert_eq!(
        from("127.0.0.1", "203.0.113.5").await.status,
        StatusCode::TOO_MANY_REQUESTS,
        "behind a proxy too"
    );
    assert_eq!(
        from("127.0.0.1", "").await.status,
        StatusCode::OK,
        "the machine itself is not limited"
    );
}
