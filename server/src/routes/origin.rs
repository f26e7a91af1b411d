//! Where the portal is reached, for addresses that must be absolute.

use crate::config::Settings;
use axum::http::HeaderMap;
use axum::http::header::HOST;

/// The address that is set, else the one that was asked.
pub(super) fn origin(settings: &Settings, headers: &HeaderMap) -> String {
    let asked = || {
        let host = headers.get(HOST)?.to_str().ok()?;
        let plain = host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
        (plain && !host.is_empty()).then(|| format!("http://{host}"))
    };
    settings
        .base_url
        .clone()
        .or_else(asked)
        .unwrap_or_else(|| "http://localhost".to_owned())
}
