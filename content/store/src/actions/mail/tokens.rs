//! Links that are sent by mail: to show that an address is one's own, and to choose a new passphrase.

use super::{Outgoing, queue_mail};
use crate::actions::audit::append_own;
use crate::actions::people::end_all;
use crate::clock::now;
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use sea_orm::{DatabaseTransaction, FromQueryResult};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To show that an address is one's own.
    Confirm,
    /// To choose a new passphrase.
    Reset,
}

impl Purpose {
    /// Its name, as stored.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Reset => "reset",
        }
    }
}

/// Queues the mail with a link for an account; a link for the same purpose that was sent before ends.
pub async fn offer_link(
    store: &Store,
    account: i64,
    purpose: Purpose,
    (token_hash, expires_at): (&str, i64),
    mail: &Outgoing,
) -> Result<()> {
    let tx = store.begin().await?;
    let end = "DELETE FROM mail_token WHERE account = $1 AND purpose = $2";
    sql::run(&tx, end, vec![account.into(), purpose.name().into()]).await?;
    let insert = "INSERT INTO mail_token (token_hash, account, purpose, email, expires_at) VALUES ($1, $2, $3, $4, $5)";
    let values = vec![
        token_hash.into(),
        account.into(),
        purpose.name().into(),
        mail.recipient.as_str().into(),
        expires_at.into(),
    ];
    sql::run(&tx, insert, values).await?;
    queue_mail(&tx, mail).await?;
    Ok(tx.commit().await?)
}

#[derive(FromQueryResult)]
struct Link {
    account: i64,
    email: String,
}

async fn take(
    tx: &DatabaseTransaction,
    token_hash: &str,
    purpose: Purpose,
) -> Result<Option<Link>> {
    let take = "DELETE FROM mail_token WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3 RETURNING account, email";
    let values = vec![token_hash.into(), purpose.name().into(), now().into()];
    sql::one(tx, take, values).await
}

/// The address of the link is that of the account from now on, and known to be theirs. Only the account itself can do
/// so: whoever registered with the address of somebody else has no use of their opening the link.
///
/// # Errors
/// The link is unknown, used, too old or another account's, or another account has the address by now.
pub async fn confirm_address(store: &Store, account: i64, token_hash: &str) -> Result<()> {
    let gone = || Error::NotFound("the link".to_owned());
    let tx = store.begin().await?;
    let link = take(&tx, token_hash, Purpose::Confirm).await?;
    let link = link
        .filter(|link| link.account == account)
        .ok_or_else(gone)?;
    let update = "UPDATE account SET email = $2, verified = 1 WHERE id = $1 \
        AND NOT EXISTS (SELECT 1 FROM account WHERE email = $2 AND id <> $1)";
    let values = vec![account.into(), link.email.as_str().into()];
    if sql::run(&tx, update, values).await? == 0 {
        return Err(gone());
    }
    append_own(&tx, account, "address.confirmed", "").await?;
    Ok(tx.commit().await?)
}

#[derive(FromQueryResult)]
struct Known {
    verified: i64,
}

/// Gives the account of a link another passphrase; all its sessions end. Where nobody had shown before that the
/// address is theirs, whoever opens the link has: second factor and identities of the one before end too.
///
/// # Errors
/// The link is unknown, used or too old, or the account has another address by now.
pub async fn reset_passphrase(store: &Store, token_hash: &str, passphrase: &str) -> Result<i64> {
    let gone = || Error::NotFound("the link".to_owned());
    let tx = store.begin().await?;
    let link = take(&tx, token_hash, Purpose::Reset)
        .await?
        .ok_or_else(gone)?;
    let account = link.account;
    let query = "SELECT verified FROM account WHERE id = $1 AND email = $2";
    let values = vec![account.into(), link.email.as_str().into()];
    let known = sql::one::<Known>(&tx, query, values)
        .await?
        .ok_or_else(gone)?;
    if known.verified == 0 {
        let update = "UPDATE account SET totp = NULL, totp_step = 0 WHERE id = $1";
        sql::run(&tx, update, vec![account.into()]).await?;
        for table in ["recovery_code", "identity"] {
            let delete = format!("DELETE FROM {table} WHERE account = $1");
            sql::run(&tx, &delete, vec![account.into()]).await?;
        }
    }
    let update = "UPDATE account SET passphrase = $2, verified = 1 WHERE id = $1";
    sql::run(&tx, update, vec![account.into(), passphrase.into()]).await?;
    end_all(&tx, account).await?;
    append_own(&tx, account, "passphrase.reset", "").await?;
    tx.commit().await?;
    Ok(account)
}
