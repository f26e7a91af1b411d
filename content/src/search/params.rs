//! What stands in the address of a search page.

use serde::{Deserialize, Serialize};

/// Largest number of results on one page.
pub const MAX_SIZE: usize = 100;
/// Last page that can be asked for; beyond it people should narrow their search.
pub const MAX_PAGE: usize = 500;

/// Facets in the order in which pages show them: property names.
pub const FACETS: &[&str] = &[
    "about",
    "educationalLevel",
    "learningResourceType",
    "textbook",
    "inLanguage",
    "license",
    "source",
    "guidance",
];

/// Order of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Best match first; without a text the newest first.
    #[default]
    Relevance,
    /// Newest first.
    Newest,
    /// By name, A to Z.
    Name,
}

impl Sort {
    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::Name => "name",
        }
    }

    fn parse(word: &str) -> Self {
        match word {
            "newest" => Self::Newest,
            "name" => Self::Name,
            _ => Self::Relevance,
        }
    }
}

/// A search as typed. The same struct is the page's address and the API's parameters.
///
/// ```
/// use khue_content::search::SearchParams;
/// let typed = SearchParams::parse("q=l%E1%BB%B1c&inLanguage=vi&page=2");
/// assert_eq!(typed.q, "lực");
/// assert_eq!(typed.filter("inLanguage"), ["vi"]);
/// assert_eq!(SearchParams::parse(&typed.to_query()), typed);
///
/// let filtered = SearchParams::parse("about=toan");
/// assert_eq!(filtered.filter("about"), ["https://w3id.org/khue/about/toan"]);
/// assert_eq!(filtered.to_query(), "about=toan");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SearchParams {
    /// The words.
    pub q: String,
    /// Property name → chosen values; any of the values of one property, all properties.
    pub filters: Vec<(String, Vec<String>)>,
    /// Only what may be changed and passed on under its licence.
    pub adaptable: bool,
    /// First day of publication, ISO 8601.
    pub from: Option<String>,
    /// Last day of publication, ISO 8601.
    pub to: Option<String>,
    /// Order.
    pub sort: Sort,
    /// Page, counted from 1.
    pub page: usize,
    /// Results on a page.
    pub size: usize,
    /// Take the words as they are: don't read filters out of them, look no synonyms up.
    pub verbatim: bool,
    /// Properties whose filters are not to be read out of the words.
    pub plain: Vec<String>,
    /// The part of the results to look at; never in an address.
    #[serde(skip)]
    pub side: Side,
}

/// A part of the results, parted by filters that were read out of the words: property name, any
/// of the values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Side {
    /// They pass every one of these.
    pub inside: Vec<(String, Vec<String>)>,
    /// They do not pass all of these, where there are any.
    pub outside: Vec<(String, Vec<String>)>,
}

impl Default for SearchParams {
    fn default() -> Self {
        Self {
            q: String::new(),
            filters: Vec::new(),
            adaptable: false,
            from: None,
            to: None,
            sort: Sort::Relevance,
            page: 1,
            size: 20,
            verbatim: false,
            plain: Vec::new(),
            side: Side::default(),
        }
    }
}

impl SearchParams {
    /// Reads the part of an address after `?`. Unknown names and bad numbers are passed over.
    pub fn parse(query: &str) -> Self {
        let mut params = Self::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            params.set(&decode(name), decode(value));
        }
        params
    }

    fn set(&mut self, name: &str, value: String) {
        match name {
            "q" => self.q = value,
            "sort" => self.sort = Sort::parse(&value),
            "page" => self.page = value.parse().unwrap_or(1).clamp(1, MAX_PAGE),
            "size" => self.size = value.parse().unwrap_or(20).clamp(1, MAX_SIZE),
            "from" => self.from = Some(value).filter(|v| !v.is_empty()),
            "to" => self.to = Some(value).filter(|v| !v.is_empty()),
            "adaptable" => self.adaptable = matches!(value.as_str(), "1" | "true" | "on"),
            "verbatim" => self.verbatim = matches!(value.as_str(), "1" | "true" | "on"),
            "plain" if FACETS.contains(&value.as_str()) && !self.plain.contains(&value) => {
                self.plain.push(value);
            }
            _ if FACETS.contains(&name) || name == "isPartOf" => {
                self.add(name, &whole(name, value))
            }
            _ => {}
        }
    }

    /// Chosen values of one property.
    pub fn filter(&self, name: &str) -> &[String] {
        self.filters
            .iter()
            .find(|(key, _)| key == name)
            .map_or(&[], |(_, values)| values)
    }

    /// Adds a value to a filter; nothing happens where it is chosen already.
    pub fn add(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        match self.filters.iter_mut().find(|(key, _)| key == name) {
            Some((_, values)) if values.iter().any(|v| v == value) => {}
            Some((_, values)) => values.push(value.to_owned()),
            None => self.filters.push((name.to_owned(), vec![value.to_owned()])),
        }
    }

    /// The same search with a value switched on or off, on its first page.
    pub fn toggled(&self, name: &str, value: &str) -> Self {
        let mut next = Self {
            page: 1,
            ..self.clone()
        };
        if !self.filter(name).iter().any(|v| v == value) {
            next.add(name, value);
            return next;
        }
        for (_, values) in next.filters.iter_mut().filter(|(key, _)| key == name) {
            values.retain(|v| v != value);
        }
        next.filters.retain(|(_, values)| !values.is_empty());
        next
    }

    /// The same search on another page.
    pub fn on_page(&self, page: usize) -> Self {
        Self {
            page: page.clamp(1, MAX_PAGE),
            ..self.clone()
        }
    }

    /// The part of an address after `?`: what differs from the default, in a fixed order.
    pub fn to_query(&self) -> String {
        let default = Self::default();
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q", self.q.clone()));
        }
        for (name, values) in &self.filters {
            pairs.extend(
                values
                    .iter()
                    .map(|value| (name.as_str(), short(name, value))),
            );
        }
        pairs.extend(self.from.iter().map(|day| ("from", day.clone())));
        pairs.extend(self.to.iter().map(|day| ("to", day.clone())));
        if self.adaptable {
            pairs.push(("adaptable", "1".into()));
        }
        if self.verbatim {
            pairs.push(("verbatim", "1".into()));
        }
        pairs.extend(
            self.plain
                .iter()
                .map(|property| ("plain", property.clone())),
        );
        if self.sort != default.sort {
            pairs.push(("sort", self.sort.as_str().into()));
        }
        if self.page != default.page {
            pairs.push(("page", self.page.to_string()));
        }
        if self.size != default.size {
            pairs.push(("size", self.size.to_string()));
        }
        let written: Vec<String> = pairs
            .iter()
            .map(|(n, v)| format!("{n}={}", encode(v)))
            .collect();
        written.join("&")
    }
}

/// Addresses of our own concepts begin like this, then vocabulary and notation.
const CONCEPTS: &str = "https://w3id.org/khue/";

/// The address of a concept of our own vocabularies.
pub(crate) fn uri(vocabulary: &str, notation: &str) -> String {
    format!("{CONCEPTS}{vocabulary}/{notation}")
}

/// The concept that a bare notation in an address stands for: `toan` for `about`.
fn whole(name: &str, value: String) -> String {
    let words = matches!(name, "inLanguage" | "source" | "isPartOf" | "guidance");
    let concept = !words && !value.is_empty();
    if concept && !value.contains(':') {
        uri(name, &value)
    } else {
        value
    }
}

/// A concept as it stands in an address.
fn short(name: &str, value: &str) -> String {
    let notation = value
        .strip_prefix(CONCEPTS)
        .and_then(|rest| rest.strip_prefix(name)?.strip_prefix('/'));
    notation
        .filter(|_| name != "source")
        .unwrap_or(value)
        .to_owned()
}

pub(crate) fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(&text.replace('+', " "))
        .decode_utf8_lossy()
        .into_owned()
}

/// Everything but letters, digits and `-._~` is percent-encoded.
pub(crate) fn encode(text: &str) -> String {
    const KEEP: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    percent_encoding::utf8_percent_encode(text, KEEP).to_string()
}
