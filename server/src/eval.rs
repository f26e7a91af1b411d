//! Judging: how well the search does on somebody's own documents, queries and judgements, and the
//! suggestions on their labelled texts.

mod collection;
mod extraction;
mod guidance;
mod meaning;
mod measure;
mod relevance;
mod run_file;
mod shelf;
pub mod tagging;
mod variant;
mod vector_cache;

pub use collection::{Document, Query, documents, judgements, queries};
pub use extraction::Recall;
pub use guidance::{
    Drafted, GuidanceJudged, Refused, Tally, WithoutModel, judge_guidance, judge_writing,
};
pub use meaning::ByMeaning;
pub use measure::{Grades, ndcg, recall, reciprocal_rank};
pub use relevance::{Judged, Kind, Relevance, Wanted, as_resource, judge};
pub use run_file::Run;
pub use variant::Variant;
