//! What came back over HTTP.

use super::document::Document;
use serde_json::Value;
use std::time::Duration;
use ureq::Agent;
use ureq::http::{HeaderMap, Request};

/// An answer with its whole body.
pub struct Answer {
    /// Such as 200; 0 where the connection broke.
    pub status: u16,
    /// All headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value; empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// All values of a header that may be sent in several lines, in small letters.
    pub fn all(&self, name: &str) -> String {
        let lines = self.headers.get_all(name).iter();
        let lines: Vec<&str> = lines.filter_map(|value| value.to_str().ok()).collect();
        lines.join(", ").to_lowercase()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON, if it is that.
    pub fn try_json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        self.try_json()
            .unwrap_or_else(|| panic!("no JSON ({}): {:.300}", self.status, self.text()))
    }

    /// The body as a page.
    pub fn page(&self) -> Document {
        Document::parse(&self.text())
    }
}

/// Sends a request and reads the answer; redirects are not followed.
pub(super) fn ask(
    method: &str,
    address: &str,
    headers: &[(&str, &str)],
    body: impl AsRef<[u8]>,
) -> Answer {
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request
        .body(body.as_ref().to_vec())
        .unwrap_or_else(|e| panic!("{method} {address:.200}: {e}"));
    let Ok(mut response) = agent().run(request) else {
        return Answer {
            status: 0,
            headers: HeaderMap::new(),
            body: Vec::new(),
        };
    };
    let body = response
        .body_mut()
        .with_config()
        .limit(64 << 20)
        .read_to_vec()
        .unwrap_or_default();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body,
    }
}

/// Sends a request without a body to any address on this machine.
pub fn ask_anywhere(method: &str, address: &str, headers: &[(&str, &str)]) -> Answer {
    ask(method, address, headers, "")
}

fn agent() -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0);
    let config = config
        .max_redirects_will_error(false)
        .allow_non_standard_methods(true);
    config
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .into()
}

/// Text as a part of an address.
pub fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
