//! Mail to people. The server implements [`Mailing`].

use khue_content::mail::MailPreference;

use crate::people::{Outcome, Viewer, Visitor};
use crate::services::Answer;

/// How sending fares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MailFigures {
    /// Messages that wait.
    pub waiting: i64,
    /// Messages of the last seven days that a server has taken.
    pub sent: i64,
    /// Messages of the last seven days that were given up.
    pub failed: i64,
}

/// Mail to people.
pub trait Mailing: Send + Sync {
    /// Whether the portal sends any.
    fn is_on(&self) -> bool;
    /// What the viewer has chosen, and whether their address is known to be theirs.
    fn chosen<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, (MailPreference, bool)>;
    /// Keeps what the viewer chooses.
    fn choose<'a>(&'a self, viewer: &'a Viewer, chosen: &'a MailPreference) -> Answer<'a, ()>;
    /// Whether the token is one by which somebody says that no more is wanted.
    fn knows<'a>(&'a self, token: &'a str) -> Answer<'a, bool>;
    /// Sends no more notifications to whoever holds the token; `false` where nobody does.
    fn unsubscribe<'a>(&'a self, token: &'a str) -> Answer<'a, bool>;
    /// Sends a link by which the viewer shows that an address is theirs: their own, or another in its place.
    fn offer_address<'a>(
        &'a self,
        from: &'a Visitor,
        viewer: &'a Viewer,
        email: &'a str,
        passphrase: &'a str,
    ) -> Answer<'a, Outcome<()>>;
    /// The viewer has opened that link.
    fn confirm<'a>(&'a self, viewer: &'a Viewer, token: &'a str) -> Answer<'a, Outcome<()>>;
    /// Sends a link by which a new passphrase is chosen to an address, if an account has it. The answer is the same, and
    /// as quick, whether one has or not.
    fn forgot<'a>(&'a self, from: &'a Visitor, email: &'a str) -> Answer<'a, Outcome<()>>;
    /// Whether such a link works.
    fn resets<'a>(&'a self, token: &'a str) -> Answer<'a, bool>;
    /// Chooses the new passphrase.
    fn reset<'a>(
        &'a self,
        from: &'a Visitor,
        token: &'a str,
        passphrase: &'a str,
    ) -> Answer<'a, Outcome<()>>;
    /// How sending fares, for those who may see figures.
    fn figures<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Option<MailFigures>>;
}
