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
    /// Property of the filter that these words were understood as. Such words speak for the order
    /// of results but need not be found.
    pub understood: Option<&'static str>,
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

/// How much an understood filter decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Force {
    /// What passes comes a little earlier.
    Preferred,
    /// What passes comes first, then what holds the words.
    #[default]
    First,
    /// Nothing else is shown: it was written as a filter, `lớp:8`.
    Only,
}

/// A filter read out of the words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Understood {
    /// Property name.
    pub property: &'static str,
    /// Any of these values passes.
    pub values: Vec<String>,
    /// The words that it was read from, as typed.
    pub words: String,
    /// How much it decides.
    pub force: Force,
}

/// A search as meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SearchRequest {
    /// What must be found.
    pub clauses: Vec<Clause>,
    /// What must not be found.
    pub excluded: Vec<Clause>,
    /// Filters that the reader chose, order and page.
    pub params: SearchParams,
    /// Filters read out of the words.
    pub understood: Vec<Understood>,
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

    /// Without the filters for which `keep` is false; their words are plain words again.
    pub fn keeping(mut self, keep: impl Fn(&Understood) -> bool) -> Self {
        self.understood.retain(keep);
        for clause in &mut self.clauses {
            let read = |property| self.understood.iter().any(|u| u.property == property);
            let chosen = |property| !self.params.filter(property).is_empty();
            clause.understood = clause.understood.filter(|p| read(*p) || chosen(p));
        }
        self
    }
}
