//! Identities with providers of OpenID Connect: somebody is known by issuer and subject, and by nothing else.

use super::roles::insert_role;
use crate::actions::audit::append_own;
use crate::clock::now;
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Held, Role, placeholder_email};
use sea_orm::{DatabaseTransaction, FromQueryResult};

/// Most characters of a subject or an issuer: the standard allows 255 for the former.
const LONGEST: usize = 255;

/// A browser's way to a provider and back.
#[derive(Clone, PartialEq, Eq, FromQueryResult)]
pub struct Attempt {
    /// SHA-256 of the token in the browser's cookie, in hexadecimal.
    pub token_hash: String,
    /// The provider's key in the settings.
    pub provider: String,
    /// SHA-256 of the state that has to come back.
    pub state_hash: String,
    /// The nonce that the ID token has to hold.
    pub nonce: String,
    /// The verifier of PKCE (RFC 7636).
    pub verifier: String,
    /// The page of the portal to go on to.
    pub next: String,
    /// The account that the identity is to be linked with; `None` where somebody signs in.
    pub account: Option<i64>,
    /// When it ends, in milliseconds since 1970 UTC.
    pub expires_at: i64,
}

/// Who somebody is, as a provider has proved.
#[derive(Clone, PartialEq, Eq)]
pub struct Proved {
    /// The provider's key in the settings.
    pub provider: String,
    /// The provider.
    pub issuer: String,
    /// The person, there.
    pub subject: String,
    /// Their address, in the form of [`khue_content::account::email`], only where the provider says that it is verified.
    pub email: Option<String>,
    /// How they want to be called.
    pub name: String,
}

/// What a proved identity led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identified {
    /// It belongs to this account, which may be new.
    Known(i64),
    /// It was linked with the account that asked for it.
    Linked,
    /// It belongs to another account than the one that it should be linked with.
    Taken,
    /// An account has its address: it is linked once that account's passphrase was given.
    Awaits,
}

/// Notes that a browser is on its way to a provider.
pub async fn begin_attempt(store: &Store, attempt: &Attempt) -> Result<()> {
    let tx = store.begin().await?;
    insert_attempt(&tx, attempt, ("", "", None)).await?;
    Ok(tx.commit().await?)
}

async fn insert_attempt(
    tx: &DatabaseTransaction,
    attempt: &Attempt,
    (issuer, subject, email): (&str, &str, Option<&str>),
) -> Result<()> {
    let insert = "INSERT INTO sign_in_attempt \
        (token_hash, provider, state_hash, nonce, verifier, next, account, issuer, subject, email, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let values = vec![
        attempt.token_hash.as_str().into(),
        attempt.provider.as_str().into(),
        attempt.state_hash.as_str().into(),
        attempt.nonce.as_str().into(),
        attempt.verifier.as_str().into(),
        attempt.next.as_str().into(),
        attempt.account.into(),
        issuer.into(),
        subject.into(),
        email.map(str::to_owned).into(),
        attempt.expires_at.into(),
    ];
    sql::run(tx, insert, values).await?;
    Ok(())
}

/// Takes the attempt of a browser with a provider: it works once.
pub async fn take_attempt(
    store: &Store,
    token_hash: &str,
    provider: &str,
) -> Result<Option<Attempt>> {
    let tx = store.begin().await?;
    let take = "DELETE FROM sign_in_attempt WHERE token_hash = $1 AND provider = $2 AND subject = '' AND expires_at > $3 \
        RETURNING token_hash, provider, state_hash, nonce, verifier, next, account, expires_at";
    let values = vec![token_hash.into(), provider.into(), now().into()];
    let attempt = sql::one(&tx, take, values).await?;
    tx.commit().await?;
    Ok(attempt)
}

#[derive(FromQueryResult)]
struct Owner {
    account: i64,
}

/// What a proved identity leads to: the account that it belongs to, a link with the account that asked for it, or a
/// new account with the role of a learner.
///
/// # Errors
/// Issuer or subject are empty or too long, or the store cannot be written.
pub async fn identify(store: &Store, proved: &Proved, link: Option<i64>) -> Result<Identified> {
    let fits = |text: &str| !text.is_empty() && text.chars().count() <= LONGEST;
    if !fits(&proved.issuer) || !fits(&proved.subject) {
        return Err(Error::NotAllowed(
            "an identity has an issuer and a subject of at most 255 characters".to_owned(),
        ));
    }
    let tx = store.begin().await?;
    let identified = match (owner(&tx, proved).await?, link) {
        (Some(owner), Some(asked)) if owner != asked => Identified::Taken,
        (Some(_), Some(_)) => Identified::Linked,
        (Some(owner), None) => Identified::Known(owner),
        (None, Some(asked)) => match insert(&tx, asked, proved).await? {
            true => Identified::Linked,
            false => Identified::Taken,
        },
        (None, None) => match new_account(&tx, proved).await? {
            Some(account) => {
                insert(&tx, account, proved).await?;
                Identified::Known(account)
            }
            None => Identified::Awaits,
        },
    };
    tx.commit().await?;
    Ok(identified)
}

async fn owner(tx: &DatabaseTransaction, proved: &Proved) -> Result<Option<i64>> {
    let query = "SELECT account FROM identity WHERE issuer = $1 AND subject = $2";
    let values = vec![
        proved.issuer.as_str().into(),
        proved.subject.as_str().into(),
    ];
    Ok(sql::one::<Owner>(tx, query, values)
        .await?
        .map(|row| row.account))
}

/// Links; `false` where the identity was linked at the same moment.
async fn insert(tx: &DatabaseTransaction, account: i64, proved: &Proved) -> Result<bool> {
    let insert = "INSERT INTO identity (account, provider, issuer, subject, linked_at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (issuer, subject) DO NOTHING";
    let values = vec![
        account.into(),
        proved.provider.as_str().into(),
        proved.issuer.as_str().into(),
        proved.subject.as_str().into(),
        now().into(),
    ];
    if sql::run(tx, insert, values).await? == 0 {
        return Ok(false);
    }
    append_own(tx, account, "identity.linked", &proved.provider).await?;
    Ok(true)
}

/// An account for somebody new; `None` where another has the address.
async fn new_account(tx: &DatabaseTransaction, proved: &Proved) -> Result<Option<i64>> {
    let email = match &proved.email {
        Some(email) => email.clone(),
        None => placeholder_email(&crate::identity::digest(&[
            proved.issuer.as_str(),
            proved.subject.as_str(),
        ])),
    };
    let insert = "INSERT INTO account (email, name, verified, created_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (email) DO NOTHING RETURNING id";
    let values = vec![
        email.into(),
        proved.name.as_str().into(),
        i64::from(proved.email.is_some()).into(),
        now().into(),
    ];
    let Some(account) = sql::id(tx, insert, values).await? else {
        return Ok(None);
    };
    let learner = Held {
        role: Role::Learner,
        institution: String::new(),
    };
    insert_role(tx, account, &learner, account).await?;
    Ok(Some(account))
}

/// Keeps a proved identity, which is not linked yet, for the browser of an attempt.
pub async fn keep_waiting(store: &Store, attempt: &Attempt, proved: &Proved) -> Result<()> {
    let tx = store.begin().await?;
    let found = (
        proved.issuer.as_str(),
        proved.subject.as_str(),
        proved.email.as_deref(),
    );
    insert_attempt(&tx, attempt, found).await?;
    Ok(tx.commit().await?)
}

#[derive(FromQueryResult)]
struct Waiting {
    provider: String,
    issuer: String,
    subject: String,
    email: Option<String>,
}

/// Links the identity that waits for a browser with the account that has its address: whoever calls this has seen the
/// account's passphrase. `false` where nothing waits any more, or another has the identity by now.
pub async fn link_waiting(store: &Store, token_hash: &str, account: i64) -> Result<bool> {
    let tx = store.begin().await?;
    let take = "DELETE FROM sign_in_attempt WHERE token_hash = $1 AND subject <> '' AND expires_at > $2 \
        AND email = (SELECT email FROM account WHERE id = $3) RETURNING provider, issuer, subject, email";
    let values = vec![token_hash.into(), now().into(), account.into()];
    let Some(waiting) = sql::one::<Waiting>(&tx, take, values).await? else {
        return Ok(false);
    };
    let proved = Proved {
        provider: waiting.provider,
        issuer: waiting.issuer,
        subject: waiting.subject,
        email: waiting.email,
        name: String::new(),
    };
    let linked = insert(&tx, account, &proved).await?;
    // The provider has verified the address, and the passphrase shows whose account it is.
    let verified = "UPDATE account SET verified = 1 WHERE id = $1";
    sql::run(&tx, verified, vec![account.into()]).await?;
    tx.commit().await?;
    Ok(linked)
}

#[derive(FromQueryResult)]
struct Ways {
    others: i64,
    passphrase: i64,
}

/// Takes a link away.
///
/// # Errors
/// It is the last way into the account, or there is no such link.
pub async fn unlink(store: &Store, account: i64, id: i64) -> Result<()> {
    let tx = store.begin().await?;
    // The row of the account is locked: two links taken away at once would leave none.
    let lock = "UPDATE account SET verified = verified WHERE id = $1";
    sql::run(&tx, lock, vec![account.into()]).await?;
    let query = "SELECT (SELECT COUNT(*) FROM identity WHERE account = $1 AND id <> $2) AS others, \
        (SELECT COUNT(*) FROM account WHERE id = $1 AND passphrase IS NOT NULL) AS passphrase";
    let ways = sql::one::<Ways>(&tx, query, vec![account.into(), id.into()]).await?;
    if ways.is_none_or(|ways| ways.others + ways.passphrase <= 0) {
        return Err(Error::NotAllowed(
            "this is the last way into the account; set a passphrase first".to_owned(),
        ));
    }
    let delete = "DELETE FROM identity WHERE account = $1 AND id = $2";
    if sql::run(&tx, delete, vec![account.into(), id.into()]).await? == 0 {
        return Err(Error::NotFound("the linked identity".to_owned()));
    }
    append_own(&tx, account, "identity.unlinked", "").await?;
    Ok(tx.commit().await?)
}
