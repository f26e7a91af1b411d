//! Signing in with providers of OpenID Connect. The server implements [`Providers`].

use crate::Language;
use crate::people::{Outcome, Viewer, Visitor};
use crate::services::Answer;

/// A provider as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderView {
    /// Its key in the settings and in addresses.
    pub key: String,
    /// Its name in the languages of [`Language::ALL`], in their order.
    pub names: [String; 3],
}

impl ProviderView {
    /// Its name in a language.
    pub fn name(&self, language: Language) -> &str {
        &self.names[language as usize]
    }
}

/// A browser that is to be sent to a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The provider's address.
    pub address: String,
    /// The token that the browser keeps until it is back.
    pub token: String,
}

/// Why nobody was signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The provider does not answer, or not in time.
    Unreachable,
    /// The proof has run out or is of the future: one of the clocks is wrong.
    Clock,
    /// The person or the provider did not want it.
    Refused,
    /// It was not begun in this browser, took too long, or was used before.
    Lost,
    /// What the provider sent does not prove anything.
    Invalid,
    /// The identity belongs to another account.
    Taken,
    /// Too many tries from this place.
    TooMany,
}

impl Problem {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Unreachable,
        Self::Clock,
        Self::Refused,
        Self::Lost,
        Self::Invalid,
        Self::Taken,
        Self::TooMany,
    ];

    /// Its word in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Clock => "clock",
            Self::Refused => "refused",
            Self::Lost => "lost",
            Self::Invalid => "invalid",
            Self::Taken => "taken",
            Self::TooMany => "too-many",
        }
    }

    /// The problem of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// What somebody's way back from a provider led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finished {
    /// A session has begun.
    SignedIn {
        /// Its token.
        session: String,
        /// The page to go on to.
        next: String,
    },
    /// The identity is linked with the account that asked for it.
    Linked,
    /// An account has the address: the browser keeps this token, and its passphrase is asked for.
    Awaits {
        /// The token.
        token: String,
    },
}

/// An identity that waits for a passphrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// The provider's key.
    pub provider: String,
    /// The address that an account has already.
    pub email: String,
    /// Whether that account has a passphrase that can be asked for.
    pub has_passphrase: bool,
}

/// An identity that is linked with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedView {
    /// Its number.
    pub id: i64,
    /// The provider's key, which the settings may no longer have.
    pub provider: String,
    /// When it was linked, ISO 8601.
    pub linked_at: String,
}

/// Signing in with providers.
pub trait Providers: Send + Sync {
    /// The providers, in the order of the settings.
    fn list(&self) -> &[ProviderView];
    /// Begins a sign-in with the provider of a key; `None` where there is none.
    fn begin<'a>(
        &'a self,
        from: &'a Visitor,
        key: &'a str,
        next: &'a str,
        language: Language,
    ) -> Answer<'a, Option<Result<Begun, Problem>>>;
    /// Begins to link an identity with the viewer's account, once the passphrase was given.
    fn begin_link<'a>(
        &'a self,
        from: &'a Visitor,
        viewer: &'a Viewer,
        key: &'a str,
        passphrase: &'a str,
        language: Language,
    ) -> Answer<'a, Option<Outcome<Result<Begun, Problem>>>>;
    /// What a browser brings back from a provider. `token` is what it kept, `session` that of a session before, and
    /// `viewer` who is signed in.
    fn finish<'a>(
        &'a self,
        from: &'a Visitor,
        key: &'a str,
        query: &'a [(String, String)],
        kept: (Option<&'a str>, Option<&'a str>, Option<&'a Viewer>),
    ) -> Answer<'a, Result<Finished, Problem>>;
    /// What waits for a passphrase in this browser.
    fn awaited<'a>(&'a self, token: &'a str) -> Answer<'a, Option<Awaited>>;
    /// Gives that passphrase: the identity is linked and a session begins. Gives its token and the page to go on to.
    fn confirm<'a>(
        &'a self,
        from: &'a Visitor,
        token: &'a str,
        passphrase: &'a str,
        session: Option<&'a str>,
    ) -> Answer<'a, Outcome<(String, String)>>;
    /// Identities of the viewer.
    fn linked<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<LinkedView>>;
    /// Takes one of them away; never the last way in.
    fn unlink<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Outcome<()>>;
}
