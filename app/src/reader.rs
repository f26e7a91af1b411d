//! Who reads: the language, address and theme of one request, and what the page is made with.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::HeaderName;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, HeaderMap, REFERER};
use axum::http::request::Parts;
use khue_content::path::Paths;
use khue_content::search::{Hit, SearchParams};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::convert::Infallible;

use crate::Language;
use crate::services::Services;
use crate::texts::{Texts, texts};

/// By which browsers ask for as little as possible.
const SAVE_DATA: HeaderName = HeaderName::from_static("save-data");

/// From where a browser asks: this site, another one, or the person themselves.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// One request, as pages see it.
#[derive(Clone)]
pub struct Reader {
    /// Language of the page.
    pub language: Language,
    /// Its path without the language's prefix.
    pub path: String,
    /// The part of the address after `?`.
    pub query: String,
    /// `light` or `dark`, where the reader has chosen.
    pub theme: Option<&'static str>,
    /// Whether as little as possible is to be sent: the reader has chosen so, or the browser asks for it.
    pub saves_data: bool,
    /// Whether terms are explained in texts; they are unless the reader has switched it off.
    pub explains_terms: bool,
    /// A language that the browser asks for and the page is not in; only on the home page, and
    /// only for those who come from outside.
    pub offer: Option<Language>,
    /// Whether they come from outside the portal, so that nothing of it may be in their browser yet.
    pub from_outside: bool,
    /// What the server gives.
    pub services: Services,
}

impl Reader {
    /// The reader behind a request.
    pub fn new(path: &str, query: &str, headers: &HeaderMap, services: Services) -> Self {
        let (language, path) = Language::of_path(path);
        Self {
            language,
            path: path.to_owned(),
            query: query.to_owned(),
            theme: theme(headers),
            saves_data: saves_data(headers),
            explains_terms: cookie(headers, "terms") != Some("off"),
            offer: offer(headers).filter(|wanted| *wanted != language && path == "/"),
            from_outside: from_outside(headers),
            services,
        }
    }

    /// The texts in the reader's language.
    pub fn texts(&self) -> &'static Texts {
        texts(self.language)
    }

    /// The portal's learning paths.
    pub fn paths(&self) -> Paths {
        self.services.paths.now()
    }

    /// Code of the reader's language.
    pub fn code(&self) -> &'static str {
        self.language.code()
    }

    /// Whether pictures are shown at once: data are not saved, or the reader has asked for the pictures of this page.
    pub fn shows_pictures(&self) -> bool {
        !self.saves_data || self.query.split('&').any(|pair| pair == "pictures=all")
    }

    /// The address of a page in the reader's language.
    pub fn link(&self, path: &str) -> String {
        self.language.link(path)
    }

    /// The code of a text's language where it is not the reader's, for the `lang` attribute.
    pub fn foreign(&self, code: &str) -> Option<String> {
        let same = Language::from_code(code) == Some(self.language);
        (!code.is_empty() && !same).then(|| code.replace('_', "-"))
    }

    /// The address of a search.
    pub fn search_link(&self, params: &SearchParams) -> String {
        self.link(&search_path(params))
    }

    /// The address of a resource.
    pub fn resource_link(&self, id: &str) -> String {
        self.link(&resource_path(id))
    }

    /// The address of a result: the page opens at the passage that matched, where one did. A browser that
    /// does not know text fragments opens it at its beginning.
    pub fn hit_link(&self, hit: &Hit) -> String {
        let page = self.resource_link(&hit.id);
        match hit
            .passage
            .as_deref()
            .map(str::trim)
            .filter(|words| !words.is_empty())
        {
            Some(words) => format!(
                "{page}#:~:text={}",
                utf8_percent_encode(words, NON_ALPHANUMERIC)
            ),
            None => page,
        }
    }

    /// The same with the portal's own name in front, where it is known.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.services.origin)
    }
}

/// The path of a search, without the language's prefix.
pub fn search_path(params: &SearchParams) -> String {
    match params.to_query() {
        query if query.is_empty() => "/search".to_owned(),
        query => format!("/search?{query}"),
    }
}

/// The path of a resource, without the language's prefix.
pub fn resource_path(id: &str) -> String {
    format!("/resources/{}", encode_segment(id))
}

/// Whether an address may be followed: records come from outside, and so may `javascript:`.
pub fn is_web(address: &str) -> bool {
    let lower = address.trim_start().to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

/// Text as one step of a path.
pub fn encode_segment(text: &str) -> String {
    const KEEP: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~')
        .remove(b':');
    utf8_percent_encode(text, KEEP).to_string()
}

impl FromRequestParts<Services> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        services: &Services,
    ) -> Result<Self, Infallible> {
        let original = parts
            .extensions
            .get::<OriginalUri>()
            .map(|uri| uri.0.clone());
        let uri = original.unwrap_or_else(|| parts.uri.clone());
        Ok(Self::new(
            uri.path(),
            uri.query().unwrap_or(""),
            &parts.headers,
            services.clone(),
        ))
    }
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get(COOKIE)?.to_str().ok()?;
    let mut pairs = cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(own, value)| (own == name).then_some(value))
}

fn theme(headers: &HeaderMap) -> Option<&'static str> {
    let chosen = cookie(headers, "theme")?;
    ["light", "dark"].into_iter().find(|known| *known == chosen)
}

/// What the reader has chosen, else what the browser says (`Save-Data`).
fn saves_data(headers: &HeaderMap) -> bool {
    let asked = headers.get(SAVE_DATA).and_then(|value| value.to_str().ok());
    match cookie(headers, "data") {
        Some("less") => true,
        Some("all") => false,
        _ => asked.is_some_and(|value| value.trim().eq_ignore_ascii_case("on")),
    }
}

/// By what browsers say of where a page was asked for, else by the page before.
fn from_outside(headers: &HeaderMap) -> bool {
    match headers.get(FETCH_SITE) {
        Some(site) => !["same-origin", "same-site"].iter().any(|own| site == own),
        None => !headers.contains_key(REFERER),
    }
}

fn offer(headers: &HeaderMap) -> Option<Language> {
    if headers.contains_key(REFERER) {
        return None;
    }
    Language::preferred(headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?)
}
