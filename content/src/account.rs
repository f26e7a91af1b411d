//! Who may do what: the only table of permissions.
//!
//! A person holds roles, each within one institution or for all of them. Something that is acted upon has an
//! owner and perhaps an institution; [`Scope`] says how the two stand to each other, and [`may`] answers.

use serde::{Deserialize, Serialize};

/// What a person is to the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Has an account.
    Learner,
    /// Teaches at an institution.
    Teacher,
    /// Brings material into order and publishes what was accepted.
    Curator,
    /// Judges material.
    Appraiser,
    /// Looks after the portal.
    Administrator,
}

impl Role {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Learner,
        Self::Teacher,
        Self::Curator,
        Self::Appraiser,
        Self::Administrator,
    ];

    /// Its name, as stored and as typed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Learner => "learner",
            Self::Teacher => "teacher",
            Self::Curator => "curator",
            Self::Appraiser => "appraiser",
            Self::Administrator => "administrator",
        }
    }

    /// The role of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether a session holds the role only after a second factor.
    pub const fn needs_second_factor(self) -> bool {
        matches!(self, Self::Appraiser | Self::Administrator)
    }
}

/// What can be done with submissions, with what is said of resources, and with the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// See a submission that is not published, with its thread.
    ReadSubmission,
    /// Write, send, revise and take back a submission.
    Submit,
    /// Write into the thread.
    SendMessage,
    /// Take a submission on, ask for changes, accept or decline it.
    Appraise,
    /// Publish what was accepted.
    Publish,
    /// Take what was published out of sight.
    Withdraw,
    /// Sign guidance on using AI that a teacher has sent.
    SignGuidance,
    /// Rate a resource, comment on it under one's own name, and take that back.
    Respond,
    /// Show a comment to everybody, or hide it.
    ModerateComments,
    /// Read, answer and close reports of errors, rights and safety.
    HandleReports,
    /// Make collections of resources, change and delete them, and propose resources for those of others.
    Collect,
    /// Share a collection with an institution, or with everybody.
    ShareCollection,
    /// See a collection that is shared with an institution.
    ReadCollection,
    /// Take a shared collection out of sight.
    HideCollection,
    /// Begin, write and delete learning paths.
    MakePath,
    /// Show a learning path to everybody, and take it out of sight.
    PublishPath,
    /// Take sheets of records in at the desk, see them, and take them back.
    ImportSheets,
    /// See how the desk and its suggestions fare.
    ReadFigures,
}

impl Action {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 18] = [
        Self::ReadSubmission,
        Self::Submit,
        Self::SendMessage,
        Self::Appraise,
        Self::Publish,
        Self::Withdraw,
        Self::SignGuidance,
        Self::Respond,
        Self::ModerateComments,
        Self::HandleReports,
        Self::Collect,
        Self::ShareCollection,
        Self::ReadCollection,
        Self::HideCollection,
        Self::MakePath,
        Self::PublishPath,
        Self::ImportSheets,
        Self::ReadFigures,
    ];

    /// Its name, as in the table that `khue roles` prints.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReadSubmission => "read-submission",
            Self::Submit => "submit",
            Self::SendMessage => "send-message",
            Self::Appraise => "appraise",
            Self::Publish => "publish",
            Self::Withdraw => "withdraw",
            Self::SignGuidance => "sign-guidance",
            Self::Respond => "respond",
            Self::ModerateComments => "moderate-comments",
            Self::HandleReports => "handle-reports",
            Self::Collect => "collect",
            Self::ShareCollection => "share-collection",
            Self::ReadCollection => "read-collection",
            Self::HideCollection => "hide-collection",
            Self::MakePath => "make-path",
            Self::PublishPath => "publish-path",
            Self::ImportSheets => "import-sheets",
            Self::ReadFigures => "read-figures",
        }
    }
}

/// How far a role reaches with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Not at all.
    Nothing,
    /// Only what is one's own.
    Own,
    /// What others made, where the role holds; never one's own.
    Others,
    /// One's own, and what others made where the role holds.
    All,
}

/// How the one who acts stands to what is acted upon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// It is theirs.
    pub own: bool,
    /// The role holds there: it was given for all, or for the institution of what is acted upon.
    pub within: bool,
}

/// How far a role reaches. This is the table.
pub const fn reach(role: Role, action: Action) -> Reach {
    use Reach::{All, Nothing, Others, Own};
    // The columns: learner, teacher, curator, appraiser, administrator.
    let row = match action {
        Action::ReadSubmission => [Own, Own, All, All, All],
        Action::Submit => [Own, Own, Own, Own, Own],
        Action::SendMessage => [Own, Own, All, All, All],
        Action::Appraise => [Nothing, Nothing, Nothing, Others, Nothing],
        Action::Publish => [Nothing, Nothing, Others, Others, Nothing],
        Action::Withdraw => [Own, Own, All, Nothing, All],
        Action::SignGuidance => [Nothing, Nothing, Nothing, Others, Nothing],
        Action::Respond => [Own, Own, Own, Own, Own],
        Action::ModerateComments => [Nothing, Nothing, Others, Others, Nothing],
        Action::HandleReports => [Nothing, Nothing, Others, Others, Others],
        Action::Collect => [Own, Own, Own, Own, Own],
        Action::ShareCollection => [Nothing, Own, Own, Own, Own],
        Action::ReadCollection => [All; 5],
        Action::HideCollection => [Nothing, Nothing, Others, Others, Others],
        Action::MakePath => [Nothing, Own, All, Own, All],
        Action::PublishPath => [Nothing, Nothing, All, Nothing, All],
        Action::ImportSheets => [Nothing, Nothing, All, Nothing, All],
        Action::ReadFigures => [Nothing, Nothing, Nothing, Nothing, All],
    };
    row[role as usize]
}

/// Whether a role allows an action in a scope.
///
/// ```
/// use khue_content::account::{Action, Role, Scope, may};
/// let (others, own) = (Scope { own: false, within: true }, Scope { own: true, within: true });
/// assert!(may(Role::Appraiser, Action::Appraise, others));
/// assert!(!may(Role::Appraiser, Action::Appraise, own));
/// ```
pub const fn may(role: Role, action: Action, scope: Scope) -> bool {
    match reach(role, action) {
        Reach::Nothing => false,
        Reach::Own => scope.own,
        Reach::Others => !scope.own && scope.within,
        Reach::All => scope.own || scope.within,
    }
}

/// A role with the place where it holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Held {
    /// The role.
    pub role: Role,
    /// Code of the institution; empty for all.
    pub institution: String,
}

impl Held {
    /// Whether it holds for what belongs to an institution, or to a part of it: `hn-01.toan` is a part of `hn-01`.
    /// `institution` is empty where it belongs to none.
    pub fn covers(&self, institution: &str) -> bool {
        if self.institution.is_empty() {
            return self.is_for_all();
        }
        let part = institution.strip_prefix(self.institution.as_str());
        part.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// Whether it holds for all institutions. The role of a learner never does: without an institution it is everybody's
    /// who has an account, and opens nothing that is an institution's.
    pub fn is_for_all(&self) -> bool {
        self.institution.is_empty() && self.role != Role::Learner
    }
}

/// Who acts: an account with the roles that are in force in this session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// Number of the account.
    pub account: i64,
    /// Roles in force.
    pub roles: Vec<Held>,
}

impl Actor {
    /// Whether any role allows an action on what this account owns, within this institution.
    pub fn may(&self, action: Action, owner: i64, institution: &str) -> bool {
        let own = owner == self.account;
        let allowed = |held: &Held| {
            let within = held.covers(institution);
            may(held.role, action, Scope { own, within })
        };
        self.roles.iter().any(allowed)
    }

    /// Whether any role allows an action on something of others, somewhere.
    pub fn may_somewhere(&self, action: Action) -> bool {
        let others = Scope {
            own: false,
            within: true,
        };
        self.roles.iter().any(|held| may(held.role, action, others))
    }

    /// The institution that what this person makes belongs to: the first that a role was given for.
    pub fn institution(&self) -> &str {
        let named = self.roles.iter().map(|held| held.institution.as_str());
        named
            .into_iter()
            .find(|code| !code.is_empty())
            .unwrap_or_default()
    }
}

/// Whether a text may be the code of an institution.
pub fn is_institution(code: &str) -> bool {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    !code.is_empty() && code.len() <= 40 && code.bytes().all(safe)
}

/// Longest e-mail address, in bytes.
const LONGEST_EMAIL: usize = 254;

/// An e-mail address in the form in which accounts are told apart; `None` where it is none.
///
/// ```
/// use khue_content::account::email;
/// assert_eq!(email(" Lan.Nguyen@Truong.edu.vn "), Some("lan.nguyen@truong.edu.vn".to_owned()));
/// assert_eq!(email("lan@"), None);
/// ```
pub fn email(typed: &str) -> Option<String> {
    let text = typed.trim().to_lowercase();
    let (name, host) = text.rsplit_once('@')?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"@".contains(c);
    let well = !name.is_empty()
        && host != NO_HOST
        && host.split('.').count() >= 2
        && host.split('.').all(|part| !part.is_empty())
        && !name.contains(odd)
        && !host.contains(odd)
        && text.len() <= LONGEST_EMAIL;
    well.then_some(text)
}

/// What stands after the `@` where somebody has no address: RFC 2606 keeps `invalid` for nobody.
const NO_HOST: &str = "nobody.invalid";

/// What an account has in place of an address where its owner came by a provider that told none; `seed` is unlike that
/// of any other person. Nothing is ever sent there.
pub fn placeholder_email(seed: &str) -> String {
    let seed: String = seed.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{}@{NO_HOST}", seed.to_lowercase())
}

/// Whether an account's address is one, and not a placeholder.
pub fn has_email(email: &str) -> bool {
    !email.ends_with(&format!("@{NO_HOST}"))
}

/// Fewest and most characters of a passphrase.
pub const PASSPHRASE: (usize, usize) = (12, 200);

/// Passphrases that everybody tries first, folded; longer ones made of them alone are refused too.
const GUESSED: &[&str] = &[
    "password",
    "passphrase",
    "matkhau",
    "mậtkhẩu",
    "motdepasse",
    "123456",
    "abc123",
    "qwerty",
    "azerty",
    "iloveyou",
    "admin",
    "letmein",
    "khue",
    "khuê",
];

/// Why a passphrase is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// It has too few characters.
    Short,
    /// It has too many characters.
    Long,
    /// It is one that everybody tries first.
    Guessed,
}

/// Whether a passphrase will do: long enough, and not made of what everybody tries first, of one character or of
/// the person's own address.
///
/// # Errors
/// Why it will not.
pub fn check_passphrase(passphrase: &str, email: &str) -> Result<(), Weak> {
    let count = passphrase.chars().count();
    if count < PASSPHRASE.0 {
        return Err(Weak::Short);
    }
    if count > PASSPHRASE.1 {
        return Err(Weak::Long);
    }
    let mut rest: String = passphrase.to_lowercase();
    rest.retain(|c| !c.is_whitespace());
    let name = email.split('@').next().unwrap_or_default();
    for known in GUESSED.iter().copied().chain([email, name]) {
        if known.len() > 2 {
            rest = rest.replace(known, "");
        }
    }
    let mut letters: Vec<char> = rest.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    if letters.len() < 5 {
        return Err(Weak::Guessed);
    }
    Ok(())
}

/// The table as `khue roles` prints it.
pub fn table() -> String {
    let word = |reach| match reach {
        Reach::Nothing => "-",
        Reach::Own => "own",
        Reach::Others => "others",
        Reach::All => "all",
    };
    let mut lines = vec![row("", |role| role.name())];
    lines.extend(Action::ALL.map(|action| row(action.name(), |role| word(reach(role, action)))));
    lines.join("\n")
}

fn row(first: &str, cell: impl Fn(Role) -> &'static str) -> String {
    let cells: String = Role::ALL.map(|role| format!("{:<15}", cell(role))).concat();
    format!("{first:<19}{cells}").trim_end().to_owned()
}
