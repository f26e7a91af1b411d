//! Accounts and sessions.

use crate::clock::now;
use crate::error::Result;
use crate::sql;
use crate::store::Store;
use khue_content::account::{Held, Role};
use sea_orm::FromQueryResult;

/// An account. Its `Debug` form shows no secret.
#[derive(Clone, PartialEq, Eq, FromQueryResult)]
pub struct Account {
    /// Its number.
    pub id: i64,
    /// Address in the form in which accounts are told apart.
    pub email: String,
    /// How the person wants to be called.
    pub name: String,
    /// The passphrase as a PHC string; missing until an invitation was accepted.
    pub passphrase: Option<String>,
    /// 1 where the person has shown that the address is theirs.
    pub verified: i64,
    /// Secret of the second factor.
    pub totp: Option<Vec<u8>>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A session that is in force.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Session {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub account: i64,
    /// 1 where the second factor was shown.
    pub second_factor: i64,
    /// What the person knows the browser by.
    pub agent: String,
    /// When it began.
    pub created_at: i64,
    /// When it was last in use.
    pub seen_at: i64,
    /// When it ends at the latest.
    pub expires_at: i64,
}

#[derive(FromQueryResult)]
struct Grant {
    role: String,
    institution: String,
}

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

impl Store {
    /// The account of an address.
    pub async fn account_of(&self, email: &str) -> Result<Option<Account>> {
        let query =
            "SELECT id, email, name, passphrase, verified, totp FROM account WHERE email = $1";
        sql::one(self.read(), query, vec![email.into()]).await
    }

    /// The account with a number.
    pub async fn account(&self, id: i64) -> Result<Option<Account>> {
        let query = "SELECT id, email, name, passphrase, verified, totp FROM account WHERE id = $1";
        sql::one(self.read(), query, vec![id.into()]).await
    }

    /// Roles that an account holds, whether in force in a session or not.
    pub async fn roles_of(&self, account: i64) -> Result<Vec<Held>> {
        let query = "SELECT role, institution FROM role_grant WHERE account = $1 ORDER BY role, institution";
        let rows = sql::all::<Grant>(self.read(), query, vec![account.into()]).await?;
        let held = |row: Grant| {
            let role = Role::parse(&row.role)?;
            Some(Held {
                role,
                institution: row.institution,
            })
        };
        Ok(rows.into_iter().filter_map(held).collect())
    }

    /// The session with this token, where it has not ended and was in use since then.
    pub async fn session(&self, token_hash: &str, idle_since: i64) -> Result<Option<Session>> {
        let query = "SELECT id, account, second_factor, agent, created_at, seen_at, expires_at FROM session \
            WHERE token_hash = $1 AND expires_at > $2 AND seen_at > $3";
        let values = vec![token_hash.into(), now().into(), idle_since.into()];
        sql::one(self.read(), query, values).await
    }

    /// The sessions of an account, the one used last first.
    pub async fn sessions_of(&self, account: i64, idle_since: i64) -> Result<Vec<Session>> {
        let query = "SELECT id, account, second_factor, agent, created_at, seen_at, expires_at FROM session \
            WHERE account = $1 AND expires_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, id DESC";
        let values = vec![account.into(), now().into(), idle_since.into()];
        sql::all(self.read(), query, values).await
    }

    /// The account that an invitation waits for, where it can still be accepted.
    pub async fn invited(&self, token_hash: &str) -> Result<Option<Account>> {
        let query = "SELECT a.id, a.email, a.name, a.passphrase, a.verified, a.totp FROM account a \
            JOIN invitation i ON i.account = a.id WHERE i.token_hash = $1 AND i.expires_at > $2";
        sql::one(self.read(), query, vec![token_hash.into(), now().into()]).await
    }

    /// How many recovery codes an account has left.
    pub async fn recovery_codes_left(&self, account: i64) -> Result<i64> {
        let query = "SELECT COUNT(*) AS number FROM recovery_code WHERE account = $1";
        let row = sql::one::<Number>(self.read(), query, vec![account.into()]).await?;
        Ok(row.map_or(0, |row| row.number))
    }
}
