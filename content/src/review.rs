//! The way of a submission, as data: states, who may move it from one to the next, how many days each may take, and
//! the reasons from which decisions choose.

use crate::account::{Action, Role};
use State::{
    Accepted, ChangesRequested, Declined, Draft, InAppraisal, Published, Resubmitted, Submitted,
    UnderRevision, Withdrawn,
};

/// Where a submission stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// It is being written.
    Draft,
    /// It was sent and waits for an appraiser.
    Submitted,
    /// An appraiser has taken it on.
    InAppraisal,
    /// Its author has been asked for changes.
    ChangesRequested,
    /// It was sent again.
    Resubmitted,
    /// It is good and waits to be published.
    Accepted,
    /// Everybody can find it.
    Published,
    /// Everybody can find it as it was; its author writes a new version.
    UnderRevision,
    /// It was published and taken out of sight; its address says why.
    Withdrawn,
    /// It will not be published.
    Declined,
}

impl State {
    /// All of them, in the order of the way.
    pub const ALL: [Self; 10] = [
        Draft,
        Submitted,
        InAppraisal,
        ChangesRequested,
        Resubmitted,
        Accepted,
        Published,
        UnderRevision,
        Withdrawn,
        Declined,
    ];

    /// Its name, as stored.
    pub const fn name(self) -> &'static str {
        match self {
            Draft => "draft",
            Submitted => "submitted",
            InAppraisal => "in-appraisal",
            ChangesRequested => "changes-requested",
            Resubmitted => "resubmitted",
            Accepted => "accepted",
            Published => "published",
            UnderRevision => "under-revision",
            Withdrawn => "withdrawn",
            Declined => "declined",
        }
    }

    /// The state of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether its author may write.
    pub const fn is_open(self) -> bool {
        matches!(self, Draft | ChangesRequested | UnderRevision)
    }

    /// Whether it waits for somebody at the desk.
    pub const fn is_waiting(self) -> bool {
        matches!(self, Submitted | InAppraisal | Resubmitted | Accepted)
    }

    /// Who has to act next: its author is told by the role of a teacher.
    pub const fn waits_for(self) -> Option<Role> {
        match self {
            Draft | ChangesRequested | UnderRevision => Some(Role::Teacher),
            Submitted | InAppraisal | Resubmitted => Some(Role::Appraiser),
            Accepted => Some(Role::Curator),
            Published | Withdrawn | Declined => None,
        }
    }

    /// How many days it may stay there.
    pub const fn days(self) -> Option<i64> {
        match self {
            Submitted | Resubmitted | Accepted => Some(3),
            InAppraisal => Some(10),
            ChangesRequested | UnderRevision => Some(30),
            Draft | Published | Withdrawn | Declined => None,
        }
    }
}

/// Which reasons a decision chooses from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reasons {
    /// None is needed.
    None,
    /// What is wrong with the material.
    Material,
    /// Why it is taken out of sight.
    Withdrawal,
}

/// A step of the way.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// Its name, as forms send it.
    pub name: &'static str,
    /// Where it begins.
    pub from: &'static [State],
    /// Where it leads.
    pub to: State,
    /// What somebody has to be allowed to.
    pub action: Action,
    /// Reasons, one of which has to be given, with words of one's own.
    pub reasons: Reasons,
    /// Whether the checks must have found no error.
    pub checked: bool,
    /// Whether it is only for what is published, in this version or a former one.
    pub published: bool,
}

const fn step(name: &'static str, from: &'static [State], to: State, action: Action) -> Transition {
    Transition {
        name,
        from,
        to,
        action,
        reasons: Reasons::None,
        checked: false,
        published: false,
    }
}

/// What an appraiser can decide on.
const DECIDABLE: &[State] = &[Submitted, Resubmitted, InAppraisal];

/// Every step.
pub const TRANSITIONS: &[Transition] = &[
    step("send", &[Draft], Submitted, Action::Submit),
    step(
        "send-again",
        &[ChangesRequested, UnderRevision],
        Resubmitted,
        Action::Submit,
    ),
    step("take-back", &[Submitted], Draft, Action::Submit),
    step(
        "take-on",
        &[Submitted, Resubmitted],
        InAppraisal,
        Action::Appraise,
    ),
    step("accept", DECIDABLE, Accepted, Action::Appraise),
    Transition {
        reasons: Reasons::Material,
        ..step(
            "request-changes",
            DECIDABLE,
            ChangesRequested,
            Action::Appraise,
        )
    },
    Transition {
        reasons: Reasons::Material,
        ..step("decline", DECIDABLE, Declined, Action::Appraise)
    },
    Transition {
        checked: true,
        ..step("publish", &[Accepted], Published, Action::Publish)
    },
    step("revise", &[Published], UnderRevision, Action::Submit),
    Transition {
        published: true,
        ..step("keep", &[UnderRevision], Published, Action::Submit)
    },
    Transition {
        reasons: Reasons::Withdrawal,
        published: true,
        ..step(
            "withdraw",
            &[
                Published,
                UnderRevision,
                ChangesRequested,
                Resubmitted,
                InAppraisal,
                Accepted,
            ],
            Withdrawn,
            Action::Withdraw,
        )
    },
];

/// The step of this name.
pub fn transition(name: &str) -> Option<&'static Transition> {
    TRANSITIONS.iter().find(|step| step.name == name)
}

/// What can be wrong with material: keys of the texts that name it.
pub const MATERIAL_REASONS: &[&str] = &[
    "content",
    "outcomes",
    "pedagogy",
    "language",
    "licence",
    "accessibility",
    "safety",
    "incomplete",
    "duplicate",
    "other",
];

/// Why something is taken out of sight: keys of the texts that name it.
pub const WITHDRAWAL_REASONS: &[&str] = &[
    "rights",
    "error",
    "outdated",
    "safety",
    "wish",
    "duplicate",
    "other",
];

/// What an appraiser looks at: keys of the texts that name it.
pub const RUBRIC: &[&str] = &[
    "content",
    "outcomes",
    "pedagogy",
    "language",
    "licence",
    "accessibility",
    "safety",
];

impl Reasons {
    /// The list.
    pub const fn list(self) -> &'static [&'static str] {
        match self {
            Self::None => &[],
            Self::Material => MATERIAL_REASONS,
            Self::Withdrawal => WITHDRAWAL_REASONS,
        }
    }
}

impl Transition {
    /// Where it leads from a state: what is declined or kept while a former version is published stays published.
    pub fn leads_to(&self, published: bool) -> State {
        match (self.to, published) {
            (Declined, true) => Published,
            (to, _) => to,
        }
    }

    /// Whether it begins in a state, for something that is published or not.
    pub fn begins_in(&self, state: State, published: bool) -> bool {
        self.from.contains(&state) && (published || !self.published)
    }
}

/// The number of a file: `HL-2026-000123`.
///
/// ```
/// assert_eq!(khue_content::review::file_number(2026, 123), "HL-2026-000123");
/// ```
pub fn file_number(year: i16, count: i64) -> String {
    format!("HL-{year:04}-{count:06}")
}
