#![doc = include_str!("../README.md")]

mod address;

use address::Wanted;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, Request};
use axum::{Router, response::Response};
use khue_app::Language;
use khue_app::services::{Library, Services, SiteFiles};
use khue_content::pack::Manifest;
use khue_content::plan::Date;
use khue_pack::{OpenedPack, PackLibrary};
use std::collections::BTreeMap;
use std::sync::Arc;
use tower::ServiceExt;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// Largest answer, in bytes: a page has far less.
const LARGEST: usize = 64 * 1024 * 1024;

/// The portal on a pack.
#[wasm_bindgen]
pub struct OfflinePortal {
    router: Router,
    library: Arc<PackLibrary>,
    pack: Arc<OpenedPack>,
}

/// What is answered to a request.
#[wasm_bindgen]
pub struct Answer {
    status: u16,
    kind: String,
    location: String,
    body: Bytes,
}

#[wasm_bindgen]
impl OfflinePortal {
    /// Opens a pack. `manifest` is its description as JSON, `content` what its parts hold, unpacked and joined; `site` says as JSON
    /// under which address each built file lies, `origin` where the portal is.
    ///
    /// # Errors
    /// The pack is damaged or of another version.
    #[wasm_bindgen(constructor)]
    pub fn new(
        manifest: &str,
        content: Vec<u8>,
        site: &str,
        origin: &str,
    ) -> Result<OfflinePortal, JsError> {
        let manifest = Manifest::from_json(manifest.as_bytes())?;
        let files: BTreeMap<String, String> = serde_json::from_str(site)?;
        let pack = Arc::new(OpenedPack::new(manifest, content)?);
        let library = Arc::new(PackLibrary::new(pack.clone()));
        let services = Services {
            files: SiteFiles::from_manifest(|name| files.get(name).cloned()).into(),
            origin: Arc::from(origin),
            today,
            ..Services::from(library.clone() as Arc<dyn Library>)
        };
        let lost = Router::new()
            .fallback(khue_app::not_found)
            .with_state(services.clone());
        Ok(Self {
            router: khue_app::router(services).fallback_service(lost),
            library,
            pack,
        })
    }

    /// Answers a request. `address` is path and query, `headers` names and values by turns.
    ///
    /// # Errors
    /// The request is not well formed, or the library below failed.
    pub async fn answer(
        &self,
        method: String,
        address: String,
        headers: Vec<String>,
        body: Vec<u8>,
    ) -> Result<Answer, JsError> {
        match address::wanted(&address) {
            Wanted::File(sha256) => Ok(self.file(&sha256)),
            Wanted::Suggestions { words, language } => self.suggest(&words, language).await,
            Wanted::Page => {
                let mut request = Request::builder().method(method.as_str()).uri(address);
                for header in headers.chunks_exact(2) {
                    if let [name, value] = header {
                        request = request.header(name, value);
                    }
                }
                let request = request.body(Body::from(body))?;
                // Its error type has no values.
                let Ok(response) = self.router.clone().oneshot(request).await;
                Answer::of(response).await
            }
        }
    }

    fn file(&self, sha256: &str) -> Answer {
        let found = self.pack.file(sha256);
        Answer {
            status: if found.is_some() { 200 } else { 404 },
            kind: String::new(),
            location: String::new(),
            body: found.map(Bytes::copy_from_slice).unwrap_or_default(),
        }
    }

    async fn suggest(&self, words: &str, language: Language) -> Result<Answer, JsError> {
        let found = self.library.suggest(words, language).await?;
        Ok(Answer {
            status: 200,
            kind: "application/json".to_owned(),
            location: String::new(),
            body: serde_json::to_vec(&found)?.into(),
        })
    }
}

#[wasm_bindgen]
impl Answer {
    async fn of(response: Response) -> Result<Self, JsError> {
        let (parts, body) = response.into_parts();
        Ok(Self {
            status: parts.status.as_u16(),
            kind: text(&parts.headers, CONTENT_TYPE),
            location: text(&parts.headers, LOCATION),
            body: to_bytes(body, LARGEST).await?,
        })
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The media type; empty where it is not known.
    pub fn kind(&self) -> String {
        self.kind.clone()
    }

    /// Where the browser is sent on to; empty where it is not.
    pub fn location(&self) -> String {
        self.location.clone()
    }

    /// The body.
    pub fn body(&self) -> Vec<u8> {
        self.body.to_vec()
    }
}

fn text(headers: &HeaderMap, name: axum::http::HeaderName) -> String {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

/// What day it is by the browser's clock.
fn today() -> Date {
    let now = js_sys::Date::new_0();
    // Months of JavaScript begin at 0. All of these fit.
    let day = Date::new(
        now.get_full_year() as i16,
        now.get_month() as i8 + 1,
        now.get_date() as i8,
    );
    day.unwrap_or(Date::constant(1970, 1, 1))
}
