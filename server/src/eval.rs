//! Judging: how well the search does on somebody's own documents, queries and judgements.

mod collection;
mod measure;
mod relevance;
mod shelf;
mod variant;

pub use collection::{Document, Query, documents, judgements, queries};
pub use measure::{Grades, ndcg, recall, reciprocal_rank};
pub use relevance::{Judged, Kind, Relevance, as_resource, judge};
pub use variant::Variant;
