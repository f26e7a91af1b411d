//! What pages need to know of submissions. The server implements [`Submissions`] on the store; what somebody may not
//! see is not there for them.

use axum::body::Bytes;
use khue_content::check::Finding;
use khue_content::render::Rendered;
use khue_content::review::{State, Transition};
use khue_content::{LearningResource, Suggestion};
use std::pin::Pin;

use crate::people::Viewer;
use crate::services::Answer;

/// A submission in a list.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The number of the file.
    pub number: String,
    /// Its title; may be empty.
    pub name: String,
    /// Where it stands.
    pub state: State,
    /// When it came there, ISO 8601.
    pub entered_at: String,
    /// Days since then.
    pub age: i64,
    /// When it should go on, ISO 8601.
    pub due_at: Option<String>,
    /// Whether that is over.
    pub overdue: bool,
}

/// Files on a page of a list.
pub const PAGE: i64 = 50;

/// What of a list of submissions is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Only what stands there.
    pub state: Option<State>,
    /// Only what should have gone on by now.
    pub overdue: bool,
    /// Which page, from 1; the last where there are fewer.
    pub page: i64,
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            state: None,
            overdue: false,
            page: 1,
        }
    }
}

/// A page of a list.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Its submissions.
    pub files: Vec<Summary>,
    /// How many there are on all pages.
    pub total: i64,
    /// Which page it is, from 1.
    pub page: i64,
    /// How many there are.
    pub pages: i64,
    /// Number of the file before the first of this page.
    pub before: Option<String>,
    /// Number of the file behind the last.
    pub after: Option<String>,
}

/// A submission as its pages show it.
#[derive(Clone, Debug)]
pub struct SubmissionView {
    /// As in a list.
    pub summary: Summary,
    /// Whether the one who looks wrote it.
    pub own: bool,
    /// Whether it can be deleted: a draft that was never sent.
    pub deletable: bool,
    /// Code of the institution; empty for none.
    pub institution: String,
    /// The record.
    pub record: LearningResource,
    /// Its text, made safe, pictures at addresses that only those can open who may see the submission.
    pub reading: Option<Rendered>,
    /// The record before: as it was sent the time before, else as it is published.
    pub before: Option<LearningResource>,
    /// Id of what was published of it.
    pub resource: Option<String>,
    /// Rises with every change; forms send it back.
    pub edition: i64,
    /// What the checks have found.
    pub findings: Vec<Finding>,
    /// What was decided and said, the oldest first.
    pub events: Vec<EventView>,
    /// The steps that the one who looks may take now.
    pub steps: Vec<&'static Transition>,
    /// Whether the one who looks may write into the thread.
    pub may_write: bool,
    /// What a model suggests, for those who appraise it.
    pub suggested: Option<Suggested>,
    /// How large its files may be.
    pub limits: FileLimits,
}

/// What a model suggests for a submission.
#[derive(Clone, Debug, Default)]
pub struct Suggested {
    /// Whether it was read since it was sent last.
    pub read: bool,
    /// The model that read it; empty for words and rules alone.
    pub model: String,
    /// Suggestions, the surest first; decided ones too.
    pub all: Vec<SuggestionView>,
}

/// A suggestion, and what became of it.
#[derive(Clone, Debug)]
pub struct SuggestionView {
    /// Its number.
    pub id: i64,
    /// What is suggested.
    pub suggestion: Suggestion,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nobody has decided.
    Offered,
    /// It was right.
    Accepted,
    /// This took its place.
    Edited(String),
    /// It was wrong.
    Declined,
}

/// What somebody decides of a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is right.
    Accept,
    /// This is right instead.
    Edit(String),
    /// It is wrong.
    Decline,
}

/// Something that happened to what is a person's own.
#[derive(Clone, Debug)]
pub struct NoticeView {
    /// Its number.
    pub id: i64,
    /// When, ISO 8601.
    pub at: String,
    /// A step of a submission, `message`, or what became of guidance.
    pub kind: String,
    /// The number of a file, or `guidance:3`.
    pub object: String,
    /// What that is called; may be empty.
    pub name: String,
    /// Whether the person has not seen it before.
    pub new: bool,
}

/// How suggestions of a property by a model fare.
#[derive(Clone, Debug)]
pub struct Rate {
    /// Name of the property.
    pub property: String,
    /// The model with its revision.
    pub model: String,
    /// How many were right.
    pub accepted: i64,
    /// How many were replaced.
    pub edited: i64,
    /// How many were wrong.
    pub declined: i64,
    /// How many nobody has decided on.
    pub offered: i64,
}

/// Something that was decided or said.
#[derive(Clone, Debug)]
pub struct EventView {
    /// When, ISO 8601.
    pub at: String,
    /// Who.
    pub name: String,
    /// Name of the step, or `message`.
    pub kind: String,
    /// Where it led.
    pub state: Option<State>,
    /// Key of the reason.
    pub reason: String,
    /// Words of their own.
    pub words: String,
    /// Keys of what was found to be good.
    pub rubric: Vec<String>,
}

/// A decision as a form sends it.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// Name of the step.
    pub step: String,
    /// The edition that it was made on.
    pub edition: i64,
    /// Key of a reason.
    pub reason: String,
    /// Words of one's own.
    pub words: String,
    /// Keys of what was found to be good.
    pub rubric: Vec<String>,
}

/// What is done to several files at once.
#[derive(Clone, Debug, PartialEq)]
pub enum BulkAction {
    /// A step, with what it needs.
    Step {
        /// Its name.
        step: String,
        /// Key of a reason.
        reason: String,
        /// Words of one's own.
        words: String,
    },
    /// They are given to an appraiser, by the number of the account.
    Assign(i64),
    /// Suggestions that are at least so sure are accepted, in percent.
    AcceptSuggestions(u8),
}

/// What becomes, or became, of one of several files.
#[derive(Clone, Debug)]
pub struct BulkRow {
    /// The number of the file.
    pub number: String,
    /// Its name; empty where the one who asks does not see it.
    pub name: String,
    /// The edition that it is, or was, done to.
    pub edition: i64,
    /// Where it leads and what goes into the record, as property and value; or why it is not done.
    pub result: Done<(State, Vec<(String, String)>)>,
}

/// A file that comes with a form.
pub struct Upload<'a> {
    /// Its name.
    pub name: String,
    /// Its media type, as the browser says.
    pub media_type: String,
    /// Its content.
    pub content: &'a mut dyn Content,
}

/// A content that comes piece by piece: no more of it is in memory than one of them.
pub trait Content: Send {
    /// The next piece; `None` at the end.
    fn piece(&mut self)
    -> Pin<Box<dyn Future<Output = Result<Option<Bytes>, CutOff>> + Send + '_>>;
}

/// A content broke off before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutOff;

/// How large files of submissions may be, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileLimits {
    /// All files of a form together.
    pub form: u64,
    /// One that is sent in pieces.
    pub pieces: u64,
}

/// Why something was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// There is no such file for the one who asks.
    Missing,
    /// No role allows it.
    Forbidden,
    /// Somebody changed it meanwhile.
    Stale,
    /// A learning path or a collection is built on it.
    InUse,
    /// Too many of these came from there.
    TooMany,
    /// It cannot be done as things stand: a reason is missing, the checks find errors, or it stands elsewhere.
    NotNow,
}

/// What came of a request.
pub type Done<T> = Result<T, Undone>;

/// What became of each file when several were taken back: its number, its name, and why not.
pub type TakenBack = Vec<(String, String, Done<()>)>;

/// Submissions.
pub trait Submissions: Send + Sync {
    /// A person's own, the one changed last first.
    fn own<'a>(&'a self, viewer: &'a Viewer, wanted: &'a Wanted) -> Answer<'a, Listed>;
    /// What waits for this person, what is due first.
    fn queue<'a>(&'a self, viewer: &'a Viewer, wanted: &'a Wanted) -> Answer<'a, Listed>;
    /// The same, the page on which this file stands; where it is on none, the page that is wanted.
    fn queue_around<'a>(
        &'a self,
        viewer: &'a Viewer,
        wanted: &'a Wanted,
        number: &'a str,
    ) -> Answer<'a, Listed>;
    /// One of them.
    fn one<'a>(&'a self, viewer: &'a Viewer, number: &'a str)
    -> Answer<'a, Option<SubmissionView>>;
    /// Begins a draft; gives its number.
    fn create<'a>(
        &'a self,
        viewer: &'a Viewer,
        record: &'a LearningResource,
    ) -> Answer<'a, Done<String>>;
    /// Begins a draft that is made from a published resource; gives its number.
    fn adapt<'a>(
        &'a self,
        viewer: &'a Viewer,
        resource: &'a str,
        record: &'a LearningResource,
    ) -> Answer<'a, Done<String>>;
    /// Saves what the author has written; gives the new edition.
    fn save<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
        edition: i64,
        record: &'a LearningResource,
    ) -> Answer<'a, Done<i64>>;
    /// Takes a step.
    fn decide<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
        decision: &'a Decision,
    ) -> Answer<'a, Done<State>>;
    /// Decides on a suggestion.
    fn decide_on_suggestion<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
        edition: i64,
        suggestion: i64,
        verdict: &'a Verdict,
    ) -> Answer<'a, Done<()>>;
    /// How suggestions fare, for administrators.
    fn rates<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Done<Vec<Rate>>>;
    /// What happened to a person's own, the newest first.
    fn notices<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<NoticeView>>;
    /// How much of it they have not seen.
    fn new_notices<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, i64>;
    /// Notes that they have seen it up to a number.
    fn see_notices<'a>(&'a self, viewer: &'a Viewer, last: i64) -> Answer<'a, ()>;
    /// Who appraises: number of the account and name. Only for those who do so themselves.
    fn appraisers<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<(i64, String)>>;
    /// What would become of each file.
    fn bulk_preview<'a>(
        &'a self,
        viewer: &'a Viewer,
        action: &'a BulkAction,
        numbers: &'a [String],
    ) -> Answer<'a, Vec<BulkRow>>;
    /// Does it to each file, as it was seen; gives the number that takes it back.
    fn bulk_apply<'a>(
        &'a self,
        viewer: &'a Viewer,
        action: &'a BulkAction,
        files: &'a [(String, i64)],
    ) -> Answer<'a, (i64, Vec<BulkRow>)>;
    /// Takes back what was done at once: number, name, and why not, of each file.
    fn bulk_undo<'a>(&'a self, viewer: &'a Viewer, batch: i64) -> Answer<'a, Done<TakenBack>>;
    /// Writes into the thread.
    fn write<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
        words: &'a str,
    ) -> Answer<'a, Done<()>>;
    /// Deletes a draft.
    fn delete<'a>(&'a self, viewer: &'a Viewer, number: &'a str) -> Answer<'a, Done<()>>;
    /// Adds a file.
    fn attach<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
        file: Upload<'a>,
    ) -> Answer<'a, Done<()>>;

    /// Takes a file away.
    fn detach<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
        sha256: &'a str,
    ) -> Answer<'a, Done<()>>;
}
