//! Guidance on using AI in a lesson: a draft of 17 sections, made from a record.
//!
//! Policy is data (`guidance/*.json`) and code; so are the patterns
//! (`guidance/patterns/*.json`). What depends on the lesson quotes it: a slot
//! of a pattern is filled with an exact span of the record, never with words
//! of our own about its content. The way of a draft:
//!
//! 1. [`Lesson::read`]: record → sentences, terms, quantities, exercises. What
//!    addresses a machine instead of a learner, is hidden, or holds personal
//!    data is left out here, so that nothing later can quote it ([`guard`]);
//! 2. `audience`: record → band, mode and legal levels of AI use;
//! 3. `choose`: patterns whose conditions hold, by subject, by meaning (a
//!    function handed in, or overlap of words), with variety, without loops;
//! 4. [`draft`]: sections in order, or a [`Refusal`] that says why not;
//! 5. [`inspect`]: a separate check that sees only the draft;
//! 6. [`judge`]: ten tests on the finished draft;
//! 7. a language model, where one is handed in, chooses which span stands in a
//!    gap ([`Gap`], [`draft_worded`]); its draft counts only where it is no
//!    worse. Whether a model may do so is measured with [`trials`];
//! 8. [`GuidanceDraft::revise`]: what a teacher changes in it.
//!
//! The same record, request and scores give the same draft.

mod audience;
mod choose;
mod compose;
mod draft;
mod export;
mod fill;
mod gap;
pub mod guard;
mod inspect;
mod judge;
mod lesson;
mod naming;
mod pattern;
mod policy;
mod revise;
mod rubric;
mod sign;
mod trial;
mod wording;

pub use compose::{GuidanceRequest, Refusal, Scorer, Worder, draft, draft_worded};
pub use draft::{
    Chosen, GuidanceDraft, Item, Origin, Part, Quote, Reference, ResourceRef, Section,
};
pub use export::{plain_text, to_html};
pub use gap::{Gap, GapKind, reading};
pub use inspect::{Severity, Warning, inspect};
pub use judge::{Verdict, judge};
pub(crate) use lesson::split as sentences;
pub use lesson::{Claim, ClaimKind, Exercise, Lesson};
pub use pattern::{Pattern, patterns};
pub use policy::{Band, Mode, bands};
pub use revise::{Place, is_editable};
pub use rubric::{Rubric, rubric};
pub use sign::{LONGEST_TERM, Signature};
pub use trial::{Trial, trials};

/// The languages in which drafts are written.
pub const LANGUAGES: [&str; 3] = ["vi", "en", "fr"];
