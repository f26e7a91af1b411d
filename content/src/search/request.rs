//! A search as meant: what the index works on.

use super::SearchParams;

/// Words that belong together in a search.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Clause {
    /// The words as typed.
    pub text: String,
    /// Whether they must stand next to each other in this order.
    pub phrase: bool,
    /// Only in this property: `name`, `creator` or `keywords`; everywhere where it is `None`.
    pub property: Option<&'static str>,
    /// Other ways to say the same: "sách giáo khoa" for "SGK".
    pub synonyms: Vec<String>,
}

impl Clause {
    /// Plain words.
    pub fn words(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// A search as meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SearchRequest {
    /// What must be found.
    pub clauses: Vec<Clause>,
    /// What must not be found.
    pub excluded: Vec<Clause>,
    /// Filters, order and page; the filters that were understood from the words among them.
    pub params: SearchParams,
    /// (property, value, the words it was read from).
    pub understood: Vec<(String, String, String)>,
    /// Language of the words where it is sure; else `None`.
    pub language: Option<&'static str>,
}

impl SearchRequest {
    /// Takes the words as they are: no filters are read out of them.
    pub fn verbatim(params: SearchParams) -> Self {
        let clauses = Some(Clause::words(params.q.clone())).filter(|c| !c.text.trim().is_empty());
        Self {
            clauses: clauses.into_iter().collect(),
            params,
            ..Self::default()
        }
    }
}
