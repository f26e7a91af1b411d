//! A search: as typed ([`SearchParams`]), as meant ([`SearchRequest`]), as answered ([`SearchPage`]).

mod page;
mod params;
mod request;
mod understand;

pub use page::{Correction, Facet, FacetValue, Highlight, Hit, Reason, SearchPage, Suggestion};
pub use params::{FACETS, MAX_PAGE, MAX_SIZE, SearchParams, Sort};
pub use request::{Clause, SearchRequest};
pub use understand::understand;
