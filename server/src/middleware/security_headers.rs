//! Headers that tell browsers what the portal never does.

use crate::state::State as Shared;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Extensions, HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use khue_app::{Frames, StyleHash};

/// No page has script in its text, and the one style that stands in some is allowed by its hash, so there is nothing that a nonce
/// would have to allow.
const PAGES: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
    media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 4] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Adds what an answer does not say itself.
pub async fn add(State(state): State<Shared>, request: Request, next: Next) -> Response {
    // Data are open to every site; pages are not to be read or framed by others.
    let open = request.uri().path().starts_with("/api/");
    let secure = state
        .settings
        .base_url
        .as_deref()
        .is_some_and(|address| address.starts_with("https://"));
    let mut response = next.run(request).await;
    let own = policy(response.extensions());
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        set(headers, name, value);
    }
    if let Some(policy) = own {
        headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    set(headers, CONTENT_SECURITY_POLICY, PAGES);
    set(
        headers,
        RESOURCE_POLICY,
        if open { "cross-origin" } else { "same-origin" },
    );
    if open {
        set(headers, ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    if secure {
        set(headers, STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// The policy of a page that shows frames or holds its style; `None` for the one of all others.
fn policy(page: &Extensions) -> Option<HeaderValue> {
    let style = page.get::<StyleHash>();
    let frames = match page.get::<Frames>() {
        None | Some(Frames::None) => String::new(),
        Some(Frames::Own) => "; frame-src 'self'".to_owned(),
        Some(Frames::Of(origin)) => format!("; frame-src {origin}"),
    };
    if style.is_none() && frames.is_empty() {
        return None;
    }
    let pages = match style {
        Some(StyleHash(hash)) => {
            let allowed = format!("style-src 'self' 'sha256-{hash}'");
            PAGES.replace("style-src 'self'", &allowed)
        }
        None => PAGES.to_owned(),
    };
    HeaderValue::from_str(&(pages + &frames)).ok()
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}
