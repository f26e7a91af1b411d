//! Identities with providers of OpenID Connect.

use crate::clock::now;
use crate::error::Result;
use crate::sql;
use crate::store::Store;
use sea_orm::FromQueryResult;

/// A link between an account and an identity.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct LinkedIdentity {
    /// Its number.
    pub id: i64,
    /// The provider's key in the settings.
    pub provider: String,
    /// When it was linked, in milliseconds since 1970 UTC.
    pub linked_at: i64,
}

/// An identity that waits for the passphrase of the account that has its address.
#[derive(Clone, PartialEq, Eq, FromQueryResult)]
pub struct WaitingIdentity {
    /// The provider's key in the settings.
    pub provider: String,
    /// The address.
    pub email: String,
    /// The page of the portal to go on to.
    pub next: String,
}

impl Store {
    /// Identities of an account, the one linked first first.
    pub async fn identities(&self, account: i64) -> Result<Vec<LinkedIdentity>> {
        let query = "SELECT id, provider, linked_at FROM identity WHERE account = $1 ORDER BY id";
        sql::all(self.read(), query, vec![account.into()]).await
    }

    /// The identity that waits for a browser.
    pub async fn waiting_identity(&self, token_hash: &str) -> Result<Option<WaitingIdentity>> {
        let query = "SELECT provider, email, next FROM sign_in_attempt \
            WHERE token_hash = $1 AND subject <> '' AND email IS NOT NULL AND expires_at > $2";
        sql::one(self.read(), query, vec![token_hash.into(), now().into()]).await
    }
}
