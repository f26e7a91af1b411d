//! What pages need to know of records that learners can show. The server implements [`Credentials`] with the portal's key.

use khue_content::credential::Completion;

use crate::services::ServiceError;

/// Signs records and looks at those that somebody brings.
pub trait Credentials: Send + Sync {
    /// The signed record of a path, as the text of a file.
    ///
    /// # Errors
    /// The portal's key cannot be read or made.
    fn issue(&self, completion: &Completion) -> Result<String, ServiceError>;
    /// Looks at the text of a file.
    ///
    /// # Errors
    /// The portal's key cannot be read or made.
    fn check(&self, text: &str) -> Result<Standing, ServiceError>;
}

/// What a record turns out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// This portal has signed exactly this.
    Valid(Shown),
    /// This portal has signed exactly this, but it is no longer in force.
    Expired(Shown),
    /// It names this portal or another key, but that key has not signed this: something in it was changed.
    Altered,
    /// Another than this portal has given it. Whether its own key has signed it, where that can be told here.
    Unknown {
        /// Who, by the record's own words.
        issuer: String,
        /// Whether the signature fits the key that the record names.
        signed: Option<bool>,
    },
    /// It is signed in a way that is not known here.
    OtherProof,
    /// It is no record at all.
    Unreadable,
}

/// What a record says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// What it is about.
    pub name: String,
    /// Whose it is, as they typed it; empty for none.
    pub learner: String,
    /// Exercises that were right and all of them, in digits.
    pub score: Option<(String, String)>,
    /// From when it holds, ISO 8601.
    pub from: String,
    /// Until when, ISO 8601; empty for ever.
    pub until: String,
    /// What it attests, in its own words.
    pub attests: String,
}
