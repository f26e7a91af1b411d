//! A look at the pages without a store: the small library on `http://127.0.0.1:3100`.
//!
//! `cargo run -p khue-app --example look --features ssr,testing -- SITE`, where SITE is the
//! folder that `cargo site` has written; without it pages have neither style nor scripts.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use khue_app::services::{Services, SiteFiles};
use khue_app::testing::SmallLibrary;
use khue_app::{Language, not_found};
use std::collections::HashMap;
use std::path::PathBuf;

const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let site: PathBuf = std::env::args().nth(1).unwrap_or_default().into();
    let mut services = SmallLibrary::new().services();
    services.origin = "http://127.0.0.1:3100".into();
    services.files = files(&site).into();
    let lost = Router::new()
        .fallback(not_found)
        .with_state(services.clone());
    let router = khue_app::router(services.clone())
        .route("/api/v1/suggest", get(suggest).with_state(services.clone()))
        .route("/pkg/{*path}", get(file).with_state(site))
        .fallback_service(lost)
        .layer(axum::middleware::map_response(with_policy));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3100").await?;
    axum::serve(listener, router).await
}

async fn with_policy(mut response: axum::response::Response) -> axum::response::Response {
    let policy = header::HeaderValue::from_static(POLICY);
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn files(site: &std::path::Path) -> SiteFiles {
    let text = std::fs::read_to_string(site.join("manifest.json")).unwrap_or_default();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let address = |name: &str| Some(format!("/{}", manifest["assets"][name]["path"].as_str()?));
    SiteFiles::from_manifest(address)
}

async fn suggest(
    State(services): State<Services>,
    Query(asked): Query<HashMap<String, String>>,
) -> impl IntoResponse {
    let prefix = asked.get("q").cloned().unwrap_or_default();
    let found = services.library.suggest(&prefix, Language::Vi).await;
    axum::Json(found.unwrap_or_default())
}

async fn file(State(site): State<PathBuf>, Path(path): Path<String>) -> impl IntoResponse {
    let kind = match path.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    match std::fs::read(site.join("pkg").join(path)) {
        Ok(bytes) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
