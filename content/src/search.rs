//! A search: as typed ([`SearchParams`]), as meant ([`SearchRequest`]), as answered ([`SearchPage`]).

mod page;
mod params;
mod query_language;
mod request;
pub mod synonyms;
pub mod terms;
mod typed;
mod understand;

pub use page::{Correction, Facet, FacetValue, Highlight, Hit, Reason, SearchPage, Suggestion};
pub use params::{FACETS, MAX_PAGE, MAX_SIZE, SearchParams, Side, Sort};
pub(crate) use params::{decode, encode};
pub use query_language::detect as detect_language;
pub use request::{Clause, Force, SearchRequest, Understood};
pub use synonyms::Synonyms;
pub use understand::{MAX_QUERY, understand, understand_with};
