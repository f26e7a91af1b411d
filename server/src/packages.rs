//! Packages that somebody else programmed (H5P, SCORM, packed web pages), run apart from the portal.
//!
//! They are answered by a listener of their own, which readers reach as another origin: no cookie is read or set there,
//! nothing is written, and every answer carries `sandbox`, so that even a package opened by itself has an origin that
//! nobody else has. Entries are read out of the archive within limits and are never unpacked to a disk.

mod archive;
mod entry;
mod manifest;
mod opened;
mod origin;
mod shared_file;
mod start;
mod types;

use crate::address::path_segment;
use crate::middleware::{access_log, rate_limit};
use crate::state::{Holdings, State as Shared};
use archive::{Package, Refused};
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE,
    HeaderName, REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use opened::Opened;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tower_http::services::ServeDir;

pub use origin::{Place, place};
pub use start::{Part, Start, start};

/// Entries that are unpacked at a time.
const AT_ONCE: usize = 4;
/// What stands in for what a frame without an origin does not have.
const SHIM: &str = include_str!("packages/shim.js");
/// Starts the player for H5P.
const H5P_START: &str = include_str!("packages/h5p_start.js");
/// The page around the player for H5P.
const H5P_PAGE: &str = include_str!("packages/h5p.html");

/// What packages are answered from.
struct Packages {
    holdings: Arc<dyn Holdings>,
    opened: Opened,
    policy: HeaderValue,
    turns: Semaphore,
    h5p: bool,
}

type Kept = Arc<Packages>;

/// Everything that is answered there. `origin` is where readers reach it.
pub fn router(state: &Shared, origin: &str) -> Router {
    let h5p = state.settings.packages.h5p.as_ref().map(PathBuf::from);
    let packages = Arc::new(Packages {
        holdings: state.holdings.clone(),
        opened: Opened::default(),
        policy: policy(origin),
        turns: Semaphore::new(AT_ONCE),
        h5p: h5p.is_some(),
    });
    let script = |text: &'static str| async move {
        ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], text)
    };
    let mut router = Router::new()
        .route(
            "/robots.txt",
            get(|| async { "User-agent: *\nDisallow: /\n" }),
        )
        .route("/shim.js", get(move || script(SHIM)))
        .route("/h5p-start.js", get(move || script(H5P_START)))
        .route("/{sha256}/", get(begin))
        .route("/{sha256}/{*name}", get(file))
        .with_state(packages.clone());
    if let Some(folder) = h5p {
        router = router.nest_service("/h5p", ServeDir::new(folder));
    }
    let rates = rate_limit::Rates::new(&state.settings.limits);
    router
        .layer(from_fn_with_state(
            (state.clone(), rates),
            rate_limit::limit,
        ))
        .layer(from_fn_with_state(packages, apart))
        .layer(from_fn(access_log::log))
}

/// Scripts of the package may do what they like with what is theirs: nothing else is named.
fn policy(origin: &str) -> HeaderValue {
    let text = format!(
        "sandbox allow-scripts; default-src {origin} data: blob: 'unsafe-inline' 'unsafe-eval'; object-src 'none'; \
         base-uri {origin}; form-action 'none'"
    );
    // An address that is no header was refused with the settings; then nothing at all may run.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("sandbox; default-src 'none'"))
}

/// No cookie comes in or goes out; every answer says what it may do.
async fn apart(State(packages): State<Kept>, mut request: Request, next: Next) -> Response {
    request.headers_mut().remove(COOKIE);
    if !matches!(request.method().as_str(), "GET" | "HEAD") {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.remove(SET_COOKIE);
    headers.insert(CONTENT_SECURITY_POLICY, packages.policy.clone());
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A frame without an origin asks for its own files as a stranger: they are public and are given to everybody.
const ALWAYS: [(HeaderName, &str); 6] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "cross-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=(), display-capture=()",
    ),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
];

impl Packages {
    /// Runs work on a published archive, a few at a time.
    async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        sha256: &str,
        work: impl FnOnce(&mut Package) -> Result<T, Refused> + Send + 'static,
    ) -> Result<T, Refused> {
        let file = self
            .holdings
            .file(sha256)
            .await
            .map_err(|_| Refused::Broken)?;
        let file = file.ok_or(Refused::Missing)?;
        let _turn = self.turns.acquire().await.map_err(|_| Refused::Broken)?;
        let (packages, sha256) = (self.clone(), sha256.to_owned());
        let done = tokio::task::spawn_blocking(move || {
            let find = || file.near().map_err(|_| Refused::Broken);
            work(&mut packages.opened.get(&sha256, find)?)
        });
        done.await.map_err(|_| Refused::Broken)?
    }
}

/// Where a package begins.
async fn begin(State(packages): State<Kept>, Path(sha256): Path<String>) -> Response {
    let h5p = packages.h5p;
    let start = packages
        .ask(&sha256, |package| Ok(start::of(package)))
        .await;
    match start {
        Ok(Start::H5p) if h5p => {
            ([(CONTENT_TYPE, "text/html; charset=utf-8")], H5P_PAGE).into_response()
        }
        Ok(Start::Pages(parts)) => match parts.first() {
            Some(part) => {
                Redirect::temporary(&part.address(&format!("/{}", path_segment(&sha256))))
                    .into_response()
            }
            None => StatusCode::NOT_FOUND.into_response(),
        },
        Ok(_) => StatusCode::NOT_FOUND.into_response(),
        Err(refused) => StatusCode::from(refused).into_response(),
    }
}

/// A file of a package.
async fn file(
    State(packages): State<Kept>,
    Path((sha256, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let wanted = name.clone();
    match packages
        .ask(&sha256, move |package| package.read(&wanted))
        .await
    {
        Ok(bytes) => {
            let mut response = entry::answer(&name, bytes, &headers);
            let kept = HeaderValue::from_static("public, max-age=86400");
            response.headers_mut().insert(CACHE_CONTROL, kept);
            response
        }
        Err(refused) => StatusCode::from(refused).into_response(),
    }
}

impl From<Refused> for StatusCode {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Missing => Self::NOT_FOUND,
            Refused::Unsafe => Self::FORBIDDEN,
            Refused::TooLarge => Self::PAYLOAD_TOO_LARGE,
            Refused::Broken => Self::UNPROCESSABLE_ENTITY,
        }
    }
}
