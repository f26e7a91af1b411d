//! A provider of OpenID Connect in the settings.

use super::error::ConfigError;
use super::settings::wrong;
use serde::Deserialize;
use std::path::PathBuf;

/// A provider that people may sign in with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// Its word in addresses and in the database: letters, digits and hyphens. It never changes.
    pub key: String,
    /// What people know it by.
    pub name: Names,
    /// Its address, exactly as it calls itself.
    pub issuer: String,
    /// What it calls this portal.
    pub client_id: String,
    /// Variable of the environment that holds the client's secret.
    pub secret_env: Option<String>,
    /// File that holds the client's secret.
    pub secret_file: Option<PathBuf>,
    /// What is asked for besides `openid`.
    #[serde(default = "usual_scopes")]
    pub scopes: Vec<String>,
}

/// A name: the same in every language, or one for each.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "the name of a provider is a text, or { vi = \"…\", en = \"…\", fr = \"…\" }"
)]
pub enum Names {
    /// The same everywhere.
    One(String),
    /// One for each language.
    Each {
        /// Vietnamese.
        vi: String,
        /// English.
        en: String,
        /// French.
        fr: String,
    },
}

impl Names {
    /// In the languages of [`khue_app::Language::ALL`], in their order.
    pub fn all(&self) -> [String; 3] {
        match self {
            Self::One(name) => [name.clone(), name.clone(), name.clone()],
            Self::Each { vi, en, fr } => [vi.clone(), en.clone(), fr.clone()],
        }
    }
}

fn usual_scopes() -> Vec<String> {
    vec!["profile".to_owned(), "email".to_owned()]
}

impl ProviderSettings {
    /// The client's secret; `None` for a public client.
    ///
    /// # Errors
    /// The variable is empty or the file cannot be read.
    pub fn secret(&self) -> Result<Option<String>, ConfigError> {
        let text = match (&self.secret_env, &self.secret_file) {
            (Some(name), _) => std::env::var(name).map_err(|error| self.no_secret(name, &error))?,
            (None, Some(file)) => std::fs::read_to_string(file)
                .map_err(|error| self.no_secret(&file.display().to_string(), &error))?,
            (None, None) => return Ok(None),
        };
        match text.trim() {
            "" => Err(self.no_secret("it", &"it is empty")),
            text => Ok(Some(text.to_owned())),
        }
    }

    fn no_secret(&self, place: &str, error: &dyn std::fmt::Display) -> ConfigError {
        ConfigError::Value {
            reason: format!(
                "the secret of the provider `{}` cannot be read from {place}: {error}; set the variable named by `secret_env`, or the file named by `secret_file`",
                self.key
            ),
        }
    }
}

/// Whether the providers can be used as they are written.
pub(super) fn check(providers: &[ProviderSettings]) -> Result<(), ConfigError> {
    let mut known: Vec<&str> = Vec::new();
    for one in providers {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if one.key.is_empty() || one.key.len() > 40 || !one.key.bytes().all(plain) {
            let expected = "1 to 40 small letters, digits and hyphens";
            return Err(wrong("people.providers.key", &one.key, expected));
        }
        if known.contains(&one.key.as_str()) {
            let expected = "another one for every provider";
            return Err(wrong("people.providers.key", &one.key, expected));
        }
        known.push(&one.key);
        if !is_safe_address(&one.issuer) {
            let expected = "an address that begins with https:// (http:// only on this machine)";
            return Err(wrong("people.providers.issuer", &one.issuer, expected));
        }
        if one.client_id.trim().is_empty() {
            let expected = "what the provider calls this portal";
            return Err(wrong("people.providers.client_id", "", expected));
        }
        if one.name.all().iter().any(|name| name.trim().is_empty()) {
            let expected = "a name, or { vi = \"…\", en = \"…\", fr = \"…\" }";
            return Err(wrong("people.providers.name", "", expected));
        }
        if one.secret_env.is_some() && one.secret_file.is_some() {
            let expected = "left out where `secret_env` is set";
            return Err(wrong("people.providers.secret_file", "…", expected));
        }
    }
    Ok(())
}

/// Whether nobody between can read or change what is sent to an address: TLS, or this very machine.
pub(crate) fn is_safe_address(address: &str) -> bool {
    if address.starts_with("https://") {
        return true;
    }
    let host = address
        .strip_prefix("http://")
        .and_then(|rest| rest.split(['/', '?', '#']).next())
        .unwrap_or_default();
    if host.contains('@') {
        return false;
    }
    let bare = host.rsplit_once(':').map_or(host, |(bare, port)| {
        match port.bytes().all(|byte| byte.is_ascii_digit()) {
            true => bare,
            false => host,
        }
    });
    matches!(bare, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::is_safe_address;

    #[test]
    fn secrets_go_only_where_nobody_reads_along() {
        for safe in [
            "https://id.example.vn",
            "http://127.0.0.1:4000/realm",
            "http://localhost",
            "http://[::1]:9",
        ] {
            assert!(is_safe_address(safe), "{safe}");
        }
        for odd in [
            "http://id.example.vn",
            "http://127.0.0.1@evil.example",
            "http://127.0.0.1:80@evil.example/",
            "http://localhost.evil.example",
            "ftp://127.0.0.1",
            "",
        ] {
            assert!(!is_safe_address(odd), "{odd}");
        }
    }
}
