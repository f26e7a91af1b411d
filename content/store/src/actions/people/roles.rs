//! Roles: given and taken, and invitations for those who have to show first that an address is theirs.

use super::sessions::end_all;
use crate::actions::audit::{Entry, append};
use crate::clock::now;
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::Held;
use sea_orm::{DatabaseTransaction, FromQueryResult};

/// A link that is waiting to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// SHA-256 of its token in hexadecimal.
    pub token_hash: String,
    /// When it stops working, in milliseconds since 1970 UTC.
    pub expires_at: i64,
}

/// What became of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Granted {
    /// The role is in force; all sessions of the person ended.
    InForce,
    /// The role waits for the invitation to be accepted.
    Invited,
}

#[derive(FromQueryResult)]
struct Known {
    id: i64,
    verified: i64,
}

/// Gives a role to the person at an address. Where nobody has shown yet that the address is theirs, or where
/// `renew` asks for it, the invitation waits instead: whoever registered with somebody else's address would get
/// their role otherwise.
pub async fn grant(
    store: &Store,
    by: i64,
    email: &str,
    held: &Held,
    invitation: &Invitation,
    renew: bool,
) -> Result<Granted> {
    let tx = store.begin().await?;
    let known = known(&tx, email).await?;
    if let Some(Known { id, verified: 1 }) = known
        && !renew
    {
        insert_role(&tx, id, held, by).await?;
        end_all(&tx, id).await?;
        tx.commit().await?;
        return Ok(Granted::InForce);
    }
    let account = match known {
        Some(known) => known.id,
        None => empty_account(&tx, email).await?,
    };
    invite(&tx, account, held, invitation, by).await?;
    tx.commit().await?;
    Ok(Granted::Invited)
}

async fn known(tx: &DatabaseTransaction, email: &str) -> Result<Option<Known>> {
    let query = "SELECT id, verified FROM account WHERE email = $1";
    sql::one(tx, query, vec![email.into()]).await
}

async fn empty_account(tx: &DatabaseTransaction, email: &str) -> Result<i64> {
    let insert = "INSERT INTO account (email, name, created_at) VALUES ($1, '', $2) RETURNING id";
    let id = sql::id(tx, insert, vec![email.into(), now().into()]).await?;
    id.ok_or_else(|| Error::Internal("an account without a number".to_owned()))
}

/// An account has one open invitation per role at most.
async fn invite(
    tx: &DatabaseTransaction,
    account: i64,
    held: &Held,
    invitation: &Invitation,
    by: i64,
) -> Result<()> {
    let former = "DELETE FROM invitation WHERE account = $1 AND role = $2 AND institution = $3";
    let place = vec![
        account.into(),
        held.role.name().into(),
        held.institution.as_str().into(),
    ];
    sql::run(tx, former, place).await?;
    let insert = "INSERT INTO invitation (token_hash, account, role, institution, expires_at) VALUES ($1, $2, $3, $4, $5)";
    let values = vec![
        invitation.token_hash.as_str().into(),
        account.into(),
        held.role.name().into(),
        held.institution.as_str().into(),
        invitation.expires_at.into(),
    ];
    sql::run(tx, insert, values).await?;
    tell(tx, by, "invitation.made", account, held).await
}

/// Gives a role within the transaction of what leads to it; nothing is told where it was held already.
pub(super) async fn insert_role(
    tx: &DatabaseTransaction,
    account: i64,
    held: &Held,
    by: i64,
) -> Result<()> {
    let insert = "INSERT INTO role_grant (account, role, institution, granted_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (account, role, institution) DO NOTHING";
    let values = vec![
        account.into(),
        held.role.name().into(),
        held.institution.as_str().into(),
        now().into(),
    ];
    if sql::run(tx, insert, values).await? == 0 {
        return Ok(());
    }
    tell(tx, by, "role.granted", account, held).await
}

/// Takes a role, and every invitation to it; all sessions of the person end.
///
/// # Errors
/// The person does not hold it and is not invited to it.
pub async fn revoke(store: &Store, by: i64, email: &str, held: &Held) -> Result<()> {
    let tx = store.begin().await?;
    let missing = || Error::NotFound(format!("the role {} of {email}", held.role.name()));
    let account = known(&tx, email).await?.ok_or_else(missing)?.id;
    let mut taken = 0;
    for table in ["role_grant", "invitation"] {
        let delete =
            format!("DELETE FROM {table} WHERE account = $1 AND role = $2 AND institution = $3");
        let values = vec![
            account.into(),
            held.role.name().into(),
            held.institution.as_str().into(),
        ];
        taken += sql::run(&tx, &delete, values).await?;
    }
    if taken == 0 {
        return Err(missing());
    }
    end_all(&tx, account).await?;
    tell(&tx, by, "role.revoked", account, held).await?;
    Ok(tx.commit().await?)
}

async fn tell(
    tx: &DatabaseTransaction,
    by: i64,
    action: &str,
    account: i64,
    held: &Held,
) -> Result<()> {
    let place = match held.institution.as_str() {
        "" => "for all",
        code => code,
    };
    let entry = Entry {
        actor: by,
        action,
        object: &format!("account:{account}"),
        detail: &format!("{} {place}", held.role.name()),
    };
    append(tx, &entry).await
}
