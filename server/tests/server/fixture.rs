//! A portal that keeps nothing, and somebody who asks it.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use khue_app::services::{Answer, Library};
use khue_app::testing::SmallLibrary;
use khue_server::config::Settings;
use khue_server::router::router;
use khue_server::state::{Address, Holdings, Readiness, Site, State, StoredFile};
use std::path::PathBuf;
use std::sync::Arc;
use tower::ServiceExt;

/// Files in a folder, and as many resources as are wanted.
#[derive(Default)]
pub struct FewHoldings {
    pub files: Vec<(String, PathBuf, String)>,
    pub resources: i64,
    pub broken: bool,
}

impl Holdings for FewHoldings {
    fn file<'a>(&'a self, sha256: &'a str) -> Answer<'a, Option<StoredFile>> {
        let found = self.files.iter().find(|(known, ..)| known == sha256);
        let found = found.map(|(_, path, kind)| StoredFile::at(path.clone(), kind.clone()));
        Box::pin(async move { Ok(found) })
    }

    fn addresses(&self, after: i64, limit: u64) -> Answer<'_, Vec<Address>> {
        let last = self.resources.min(after + limit as i64);
        // Every seventh was withdrawn.
        let address = |change: i64| Address {
            change,
            id: (change % 7 != 0).then(|| format!("r&{change}")),
        };
        Box::pin(async move { Ok((after + 1..=last).map(address).collect()) })
    }

    fn last_change(&self) -> Answer<'_, i64> {
        Box::pin(async { Ok(self.resources) })
    }

    fn readiness(&self) -> Answer<'_, Readiness> {
        let store = if self.broken {
            Err("geheim /srv/secret".to_owned())
        } else {
            Ok(1)
        };
        Box::pin(async move {
            Ok(Readiness {
                store: Some(store),
                index: Some(Ok(3)),
                last_change: 3,
                resources: 3,
                meaning: None,
            })
        })
    }
}

pub fn settings() -> Settings {
    Settings {
        base_url: Some("https://khue.example".to_owned()),
        ..Settings::defaults().unwrap()
    }
}

pub fn app_with(
    library: impl Library + 'static,
    holdings: FewHoldings,
    settings: Settings,
) -> Router {
    router(State::new(
        Arc::new(library),
        Arc::new(holdings),
        Site::default(),
        settings,
    ))
}

pub fn app() -> Router {
    app_with(SmallLibrary::new(), FewHoldings::default(), settings())
}

pub struct Said {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Said {
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

pub async fn ask(app: Router, request: Request<Body>) -> Said {
    let response = app.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes().to_vec();
    Said {
        status: parts.status,
        headers: parts.headers,
        bytes,
    }
}

pub async fn get(address: &str) -> Said {
    get_with(address, &[]).await
}

pub async fn get_with(address: &str, headers: &[(&str, &str)]) -> Said {
    ask(app(), request("GET", address, headers)).await
}

pub fn request(method: &str, address: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}
