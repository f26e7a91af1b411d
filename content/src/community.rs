//! What people say of resources: the lists that they choose from, which are data in `content/community`, and what
//! holds for their words.

use crate::vocabulary::Labels;
use serde::Deserialize;
use std::sync::LazyLock;

const SHIPPED: &str = include_str!("../community/lists.json");

/// Longest comment, in characters.
pub const COMMENT_LENGTH: usize = 2_000;
/// Most comments of one person in 24 hours.
pub const COMMENTS_A_DAY: i64 = 20;

/// Longest report and longest answer to one, in characters.
pub const REPORT_LENGTH: usize = 5_000;
/// Most reports of a resource that are open at a time.
pub const OPEN_REPORTS: i64 = 50;

/// Something that people choose from a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Choice {
    /// What is stored.
    pub key: String,
    /// What is shown, by language: `vi`, `en` and `fr`.
    pub label: Labels,
}

impl Choice {
    /// The label in a language, else in Vietnamese, else the key.
    pub fn label(&self, language: &str) -> &str {
        label(&self.label, language).unwrap_or(&self.key)
    }
}

/// What a report can be about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReportKind {
    /// What is stored.
    pub key: String,
    /// How many days a report may stay open.
    pub days: i64,
    /// What is shown, by language: `vi`, `en` and `fr`.
    pub label: Labels,
}

impl ReportKind {
    /// The label in a language, else in Vietnamese, else the key.
    pub fn label(&self, language: &str) -> &str {
        label(&self.label, language).unwrap_or(&self.key)
    }
}

fn label<'a>(labels: &'a Labels, language: &str) -> Option<&'a str> {
    let found = labels.get(language).or_else(|| labels.get("vi"));
    found.map(String::as_str)
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Lists {
    ratings: Vec<Choice>,
    hiding_reasons: Vec<Choice>,
    report_kinds: Vec<ReportKind>,
    report_outcomes: Vec<Choice>,
}

/// The lists. A file that cannot be read gives empty ones; a test reads it.
fn lists() -> &'static Lists {
    static LISTS: LazyLock<Lists> =
        LazyLock::new(|| serde_json::from_str(SHIPPED).unwrap_or_default());
    &LISTS
}

/// What a resource can be good for.
pub fn ratings() -> &'static [Choice] {
    &lists().ratings
}

/// Why a comment may not be shown.
pub fn hiding_reasons() -> &'static [Choice] {
    &lists().hiding_reasons
}

/// What a report can be about, what is due first first.
pub fn report_kinds() -> &'static [ReportKind] {
    &lists().report_kinds
}

/// The kind of report with this key.
pub fn report_kind(key: &str) -> Option<&'static ReportKind> {
    report_kinds().iter().find(|kind| kind.key == key)
}

/// What can come of a report.
pub fn report_outcomes() -> &'static [Choice] {
    &lists().report_outcomes
}

/// The number of a report: `PA-2026-000123`.
///
/// ```
/// assert_eq!(khue_content::community::report_number(2026, 123), "PA-2026-000123");
/// ```
pub fn report_number(year: i16, count: i64) -> String {
    format!("PA-{year:04}-{count:06}")
}

/// The row of a list with this key.
pub fn choice<'a>(list: &'a [Choice], key: &str) -> Option<&'a Choice> {
    list.iter().find(|choice| choice.key == key)
}

/// What somebody says under a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommentKind {
    /// A remark.
    Comment,
    /// A question, which others can answer.
    Question,
    /// The answer to a question.
    Answer,
}

impl CommentKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Comment, Self::Question, Self::Answer];

    /// Its name, as stored and as forms send it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Question => "question",
            Self::Answer => "answer",
        }
    }

    /// The one of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Where a comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommentState {
    /// Nobody has looked at it; only its author and the moderators see it.
    Waiting,
    /// Everybody sees it.
    Visible,
    /// A moderator has taken it out of sight.
    Hidden,
    /// Its author has taken it back; its words are gone.
    Withdrawn,
}

impl CommentState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Visible, Self::Hidden, Self::Withdrawn];

    /// Its name, as stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Visible => "visible",
            Self::Hidden => "hidden",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Where a report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportState {
    /// Nobody looks after it.
    Open,
    /// Somebody looks after it.
    InHand,
    /// It was answered.
    Closed,
}

impl ReportState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::InHand, Self::Closed];

    /// Its name, as stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InHand => "in-hand",
            Self::Closed => "closed",
        }
    }

    /// The state of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// When comments are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Moderation {
    /// Before anybody else sees them.
    #[default]
    Before,
    /// Everybody sees them at once; they are looked at afterwards.
    After,
}

/// Words as they are kept: plain text on as many lines as were typed, without characters that steer a screen or turn
/// the direction of what stands around them. `None` where they are longer than `most` characters.
///
/// ```
/// use khue_content::community::plain_words;
/// assert_eq!(plain_words(" Hay\r\nquá \u{202e}! ", 20), Some("Hay\nquá !".to_owned()));
/// assert_eq!(plain_words("Dài", 2), None);
/// ```
pub fn plain_words(typed: &str, most: usize) -> Option<String> {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    let kept = |c: &char| (!c.is_control() || matches!(c, '\n' | '\t')) && !turns(*c);
    let lines = typed.replace("\r\n", "\n").replace('\r', "\n");
    let words: String = lines.chars().filter(kept).collect();
    let words = words.trim();
    (words.chars().count() <= most).then(|| words.to_owned())
}
