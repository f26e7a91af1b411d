//! New accounts and new passphrases.

use super::roles::insert_role;
use super::sessions::end_all;
use crate::actions::audit::{Entry, append};
use crate::clock::now;
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Held, Role};
use sea_orm::FromQueryResult;

/// An account that somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// In the form of [`khue_content::account::email`].
    pub email: String,
    /// How the person wants to be called.
    pub name: String,
    /// The passphrase as a PHC string.
    pub passphrase: String,
}

/// Makes an account with the role of a learner. `false` where the address has one already; then nothing changes.
pub async fn register(store: &Store, new: &NewAccount) -> Result<bool> {
    let tx = store.begin().await?;
    let insert = "INSERT INTO account (email, name, passphrase, created_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (email) DO NOTHING RETURNING id";
    let values = vec![
        new.email.as_str().into(),
        new.name.as_str().into(),
        new.passphrase.as_str().into(),
        now().into(),
    ];
    let Some(account) = sql::id(&tx, insert, values).await? else {
        return Ok(false);
    };
    let learner = Held {
        role: Role::Learner,
        institution: String::new(),
    };
    insert_role(&tx, account, &learner, account).await?;
    tx.commit().await?;
    Ok(true)
}

/// Gives an account another passphrase; every session but one ends.
pub async fn set_passphrase(
    store: &Store,
    account: i64,
    passphrase: &str,
    keep: i64,
) -> Result<()> {
    let tx = store.begin().await?;
    let update = "UPDATE account SET passphrase = $2 WHERE id = $1";
    sql::run(&tx, update, vec![account.into(), passphrase.into()]).await?;
    let others = "DELETE FROM session WHERE account = $1 AND id <> $2";
    sql::run(&tx, others, vec![account.into(), keep.into()]).await?;
    Ok(tx.commit().await?)
}

#[derive(FromQueryResult)]
struct Open {
    account: i64,
    role: String,
    institution: String,
}

/// Accepts an invitation: the address is theirs from now on, with this name and passphrase. What was there before
/// under the address, sessions, second factor and identities with providers, ends. Returns the account.
///
/// # Errors
/// The link is unknown, used or too old.
pub async fn accept_invitation(
    store: &Store,
    token_hash: &str,
    name: &str,
    passphrase: &str,
) -> Result<i64> {
    let tx = store.begin().await?;
    let take = "DELETE FROM invitation WHERE token_hash = $1 AND expires_at > $2 RETURNING account, role, institution";
    let open = sql::one::<Open>(&tx, take, vec![token_hash.into(), now().into()]).await?;
    let open = open.ok_or_else(|| Error::NotFound("the invitation".to_owned()))?;
    let account = open.account;
    let update = "UPDATE account SET name = $2, passphrase = $3, verified = 1, totp = NULL, totp_step = 0 WHERE id = $1";
    sql::run(
        &tx,
        update,
        vec![account.into(), name.into(), passphrase.into()],
    )
    .await?;
    end_all(&tx, account).await?;
    sql::run(
        &tx,
        "DELETE FROM recovery_code WHERE account = $1",
        vec![account.into()],
    )
    .await?;
    for table in ["invitation", "identity"] {
        let delete = format!("DELETE FROM {table} WHERE account = $1");
        sql::run(&tx, &delete, vec![account.into()]).await?;
    }
    let accepted = Entry {
        actor: account,
        action: "invitation.accepted",
        object: &format!("account:{account}"),
        detail: "",
    };
    append(&tx, &accepted).await?;
    if let Some(role) = Role::parse(&open.role) {
        let held = Held {
            role,
            institution: open.institution,
        };
        insert_role(&tx, account, &held, account).await?;
    }
    tx.commit().await?;
    Ok(account)
}
