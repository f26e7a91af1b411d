//! What pages need to know of what people say of resources. The server implements [`Community`] on the store; what
//! somebody may not see is not there for them.

use khue_content::community::{CommentKind, CommentState, Moderation, ReportState};

use crate::people::{Viewer, Visitor};
use crate::services::Answer;
use crate::submissions::Done;

/// What everybody sees under a resource.
#[derive(Clone, Debug, Default)]
pub struct Voices {
    /// Key of a rating → how many chose it, in the order of the list.
    pub ratings: Vec<(&'static str, i64)>,
    /// Comments, the oldest first.
    pub comments: Vec<CommentView>,
}

/// A comment.
#[derive(Clone, Debug)]
pub struct CommentView {
    /// Its number.
    pub id: i64,
    /// What it is.
    pub kind: CommentKind,
    /// The question that it answers.
    pub parent: Option<i64>,
    /// Name of its author; empty where it is not shown.
    pub name: String,
    /// The words: plain text.
    pub words: String,
    /// Where it stands.
    pub state: CommentState,
    /// Key of the reason why it is hidden.
    pub reason: String,
    /// The moderator's words.
    pub note: String,
    /// When it was written, ISO 8601.
    pub at: String,
}

/// What a person has said of a resource.
#[derive(Clone, Debug, Default)]
pub struct OwnVoice {
    /// Key of their rating.
    pub rating: Option<String>,
    /// Their comments, the newest first.
    pub comments: Vec<CommentView>,
    /// When comments are looked at.
    pub moderation: Moderation,
}

/// A comment as a form sends it.
#[derive(Clone, Debug)]
pub struct CommentForm {
    /// What it is.
    pub kind: CommentKind,
    /// The question that it answers.
    pub parent: Option<i64>,
    /// The words.
    pub words: String,
}

/// A comment as moderators see it.
#[derive(Clone, Debug)]
pub struct ModeratedView {
    /// The comment, with the name of its author.
    pub comment: CommentView,
    /// Id of the resource.
    pub resource: String,
    /// Its name.
    pub resource_name: String,
    /// Whether nobody has looked at it.
    pub waits: bool,
    /// Days since it was written.
    pub age: i64,
    /// Rises with every change; forms send it back.
    pub edition: i64,
}

/// What a moderator decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommentRuling {
    /// Everybody may see it.
    Show,
    /// Nobody but its author and moderators may: key of a reason, and words of one's own.
    Hide(String, String),
}

/// A report as a form sends it.
#[derive(Clone, Debug)]
pub struct ReportForm {
    /// Key of its kind.
    pub kind: String,
    /// What is wrong.
    pub words: String,
}

/// A report of an error, of rights or of safety.
#[derive(Clone, Debug)]
pub struct ReportView {
    /// The number of the file.
    pub number: String,
    /// Id of the resource.
    pub resource: String,
    /// Its name.
    pub resource_name: String,
    /// Whether everybody can still see it.
    pub resource_published: bool,
    /// Number of the submission that it came of.
    pub submission: Option<String>,
    /// Key of its kind.
    pub kind: String,
    /// What is wrong: plain text.
    pub words: String,
    /// Where it stands.
    pub state: ReportState,
    /// Key of what came of it.
    pub outcome: String,
    /// What the reporter is told.
    pub answer: String,
    /// Why it was opened again after it had been closed; empty where it was not, and for the reporter.
    pub reopened: String,
    /// Name of the one who looks after it, for those at the desk.
    pub handler: String,
    /// When it was opened, ISO 8601.
    pub opened_at: String,
    /// Days since then.
    pub age: i64,
    /// When it has to be closed, ISO 8601.
    pub due_at: String,
    /// Whether that is over.
    pub overdue: bool,
    /// When it was closed, ISO 8601.
    pub closed_at: Option<String>,
    /// Rises with every change; forms send it back.
    pub edition: i64,
}

/// What is done with a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportRuling {
    /// Somebody looks after it.
    TakeOn,
    /// It is closed: key of an outcome, and what the reporter is told.
    Close(String, String),
    /// What was closed is opened again, for this reason.
    Reopen(String),
}

/// Ratings, comments and reports.
pub trait Community: Send + Sync {
    /// What everybody sees under a published resource.
    fn voices<'a>(&'a self, resource: &'a str) -> Answer<'a, Voices>;
    /// What this person has said of it.
    fn own<'a>(&'a self, viewer: &'a Viewer, resource: &'a str) -> Answer<'a, OwnVoice>;
    /// Says what a resource is good for, by the key of a rating; `None` takes it back.
    fn rate<'a>(
        &'a self,
        viewer: &'a Viewer,
        resource: &'a str,
        rating: Option<&'a str>,
    ) -> Answer<'a, Done<()>>;
    /// Writes a comment.
    fn comment<'a>(
        &'a self,
        viewer: &'a Viewer,
        resource: &'a str,
        form: &'a CommentForm,
    ) -> Answer<'a, Done<()>>;
    /// Takes an own comment back.
    fn take_back<'a>(&'a self, viewer: &'a Viewer, comment: i64) -> Answer<'a, Done<()>>;
    /// What waits for this moderator, or every comment on a resource, the oldest first.
    fn to_moderate<'a>(
        &'a self,
        viewer: &'a Viewer,
        resource: Option<&'a str>,
    ) -> Answer<'a, Vec<ModeratedView>>;
    /// Shows a comment, or hides it.
    fn rule<'a>(
        &'a self,
        viewer: &'a Viewer,
        comment: i64,
        edition: i64,
        ruling: &'a CommentRuling,
    ) -> Answer<'a, Done<()>>;
    /// Opens a report, whoever reports; gives the token with which they see how it stands. Nothing of them is kept.
    fn report<'a>(
        &'a self,
        from: &'a Visitor,
        resource: &'a str,
        form: &'a ReportForm,
    ) -> Answer<'a, Done<String>>;
    /// The report of a token.
    fn reported<'a>(&'a self, token: &'a str) -> Answer<'a, Option<ReportView>>;
    /// Reports that wait for this person, what is due first.
    fn reports<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<ReportView>>;
    /// One that this person may handle.
    fn report_file<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
    ) -> Answer<'a, Option<ReportView>>;
    /// Takes a report on, or answers and closes it.
    fn rule_on_report<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
        edition: i64,
        ruling: &'a ReportRuling,
    ) -> Answer<'a, Done<()>>;
}
