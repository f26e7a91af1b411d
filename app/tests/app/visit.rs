//! A visitor: asks the router for a page.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use khue_app::services::Services;
use khue_app::testing::SmallLibrary;
use tower::ServiceExt;

/// Every sort of page, without the language's prefix.
pub const PAGES: &[&str] = &[
    "/",
    "/search",
    "/search?q=ph%C3%A2n%20s%E1%BB%91",
    "/search?q=kh%C3%B4ng-c%C3%B3",
    "/search?size=2&page=2",
    "/search?about=https%3A%2F%2Fw3id.org%2Fkhue%2Fabout%2Ftoan&adaptable=1&from=2020&sort=name",
    "/resources/so-sanh-phan-so",
    "/resources/phan-so-la-gi",
    "/resources/phan-so-la-gi/exercises/1",
    "/resources/phan-so-la-gi/exercises/7",
    "/resources/what-is-a-fraction",
    "/paths",
    "/paths/tu-cap-so-den-chuyen-dong",
    "/paths/tu-cap-so-den-chuyen-dong/record",
    "/verify",
    "/plan",
    "/plan?exam=vao-10",
    "/plan?about=toan&educationalLevel=grade-4&inLanguage=any&examDay=2026-12-20&minutes=30&day=1&day=4&at=18:30",
    "/resources/sach-phan-so",
    "/resources/circuit",
    "/resources/bare:1~x",
    "/resources/so-sanh-phan-so/guidance",
    "/resources/circuit/guidance",
    "/guidance",
    "/guidance?name=S%C3%B3ng&about=vat-li&level=grade-12&devices=teacher",
    "/browse",
    "/browse/toan",
    "/browse/school",
    "/browse/level/primary",
    "/browse/level/grade-4",
    "/collections",
    "/about",
    "/accessibility",
    "/privacy",
    "/offline",
    "/help",
];

/// The prefixes of the languages with their codes.
pub const LANGUAGES: &[(&str, &str)] = &[("", "vi"), ("/en", "en"), ("/fr", "fr")];

/// Every page in every language: (address, code of the language).
pub fn all_pages() -> impl Iterator<Item = (String, &'static str)> {
    let address = |prefix: &str, page: &str| match (prefix, page) {
        ("", page) => page.to_owned(),
        (prefix, "/") => prefix.to_owned(),
        (prefix, page) => format!("{prefix}{page}"),
    };
    LANGUAGES.iter().flat_map(move |(prefix, code)| {
        PAGES.iter().map(move |page| (address(prefix, page), *code))
    })
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub text: String,
}

/// The router as the server puts it together.
pub fn router(services: Services) -> Router {
    let lost = Router::new()
        .fallback(khue_app::not_found)
        .with_state(services.clone());
    khue_app::router(services).fallback_service(lost)
}

/// Asks for a page of the small library.
pub async fn get(address: &str) -> Answer {
    get_with(address, &[]).await
}

/// Asks with headers.
pub async fn get_with(address: &str, headers: &[(header::HeaderName, &str)]) -> Answer {
    let mut request = Request::get(address);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    ask(
        SmallLibrary::new().services(),
        request.body(Body::empty()).unwrap(),
    )
    .await
}

/// Sends a request.
pub async fn ask(services: Services, request: Request<Body>) -> Answer {
    let response = router(services).oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    Answer {
        status,
        headers,
        text: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}
