//! What pages need to know of guidance that is sent, signed and rated. The server implements [`Signing`] on the store;
//! what somebody may not see is not there for them.

use khue_content::guidance::GuidanceDraft;

use crate::people::{Viewer, Visitor};
use crate::services::Answer;
use crate::submissions::Done;

/// Guidance that somebody has sent, for its author and for those who may sign it.
#[derive(Clone, Debug)]
pub struct SentGuidance {
    /// Its number.
    pub id: i64,
    /// Where it stands.
    pub standing: Standing,
    /// The draft, signed where it is.
    pub draft: GuidanceDraft,
    /// Why it was sent back, or taken away.
    pub note: String,
    /// Rises with every change; forms send it back.
    pub edition: i64,
    /// When it was sent, ISO 8601.
    pub sent_at: String,
    /// The day by which somebody looks again, ISO 8601.
    pub review_by: Option<String>,
    /// Whether the resource has changed since.
    pub outdated: bool,
    /// Whether the one who looks may sign it.
    pub may_sign: bool,
}

/// Where guidance stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It waits for an appraiser.
    Sent,
    /// It was sent back.
    Returned,
    /// Readers see it.
    Signed,
    /// Other guidance took its place, or it was taken away.
    Past,
}

impl Standing {
    /// Its name in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Returned => "returned",
            Self::Signed => "signed",
            Self::Past => "past",
        }
    }
}

/// Signed guidance, for everybody.
#[derive(Clone, Debug)]
pub struct SignedGuidance {
    /// Its number.
    pub id: i64,
    /// The guidance; its label says who signed, when, and until when.
    pub draft: GuidanceDraft,
    /// Whether somebody has to look at it again: the resource has changed since, or its term is over.
    pub to_review: bool,
}

/// What a reader says of guidance with one tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tap {
    /// It helped.
    Helped,
    /// Something in it is wrong.
    Wrong,
    /// Something in it is unsafe.
    Unsafe,
}

/// What an appraiser decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// It is good until this day, ISO 8601.
    Sign(String),
    /// Its author should change it, for this reason.
    Return(String),
    /// Readers should not see it any more, for this reason.
    End(String),
}

/// What readers said of guidance, in numbers.
#[derive(Clone, Debug)]
pub struct TapCounts {
    /// Number of the guidance.
    pub id: i64,
    /// Id of its resource.
    pub resource: String,
    /// How many said so: helped, wrong, unsafe.
    pub counts: [i64; 3],
}

/// Guidance between teachers, appraisers and readers.
pub trait Signing: Send + Sync {
    /// Sends an edited draft to the appraisers; gives its number.
    fn send<'a>(&'a self, viewer: &'a Viewer, draft: &'a GuidanceDraft) -> Answer<'a, Done<i64>>;
    /// What waits for this person's signature.
    fn queue<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<SentGuidance>>;
    /// What this person has sent.
    fn own<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<SentGuidance>>;
    /// One of them.
    fn one<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Option<SentGuidance>>;
    /// Signs it, sends it back or takes it away.
    fn rule<'a>(
        &'a self,
        viewer: &'a Viewer,
        id: i64,
        edition: i64,
        ruling: &'a Ruling,
    ) -> Answer<'a, Done<()>>;
    /// What is signed for a resource, in every language that there is.
    fn signed<'a>(&'a self, resource: &'a str) -> Answer<'a, Vec<SignedGuidance>>;
    /// Counts what a reader says. Nothing about the reader is kept.
    fn tap<'a>(&'a self, from: &'a Visitor, id: i64, tap: Tap) -> Answer<'a, Done<()>>;
    /// What readers said, for administrators.
    fn taps<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Done<Vec<TapCounts>>>;
}
