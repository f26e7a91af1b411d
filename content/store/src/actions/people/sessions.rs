//! Sessions and the second factor. A session's token is never stored, only its hash; it changes at sign-in and
//! when the second factor has been shown.

use crate::actions::audit::append_own;
use crate::clock::now;
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};

/// Most sessions of a person; the oldest give way.
const MOST: i64 = 20;

/// A session that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// Whose it is.
    pub account: i64,
    /// SHA-256 of its token in hexadecimal.
    pub token_hash: String,
    /// The session that it takes the place of: that one ends.
    pub replaces: Option<String>,
    /// Whether the second factor was shown.
    pub second_factor: bool,
    /// What the person knows the browser by.
    pub agent: String,
    /// When it ends, in milliseconds since 1970 UTC.
    pub expires_at: i64,
}

/// Begins a session.
pub async fn start_session(store: &Store, new: &NewSession) -> Result<()> {
    let tx = store.begin().await?;
    insert(&tx, new).await?;
    Ok(tx.commit().await?)
}

async fn insert(tx: &DatabaseTransaction, new: &NewSession) -> Result<()> {
    if let Some(former) = &new.replaces {
        let end = "DELETE FROM session WHERE token_hash = $1";
        sql::run(tx, end, vec![former.as_str().into()]).await?;
    }
    let oldest = "DELETE FROM session WHERE account = $1 AND id NOT IN \
        (SELECT id FROM session WHERE account = $1 ORDER BY id DESC LIMIT $2)";
    sql::run(tx, oldest, vec![new.account.into(), (MOST - 1).into()]).await?;
    let start = "INSERT INTO session (token_hash, account, second_factor, agent, created_at, seen_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $5, $6)";
    let values = vec![
        new.token_hash.as_str().into(),
        new.account.into(),
        i64::from(new.second_factor).into(),
        new.agent.as_str().into(),
        now().into(),
        new.expires_at.into(),
    ];
    sql::run(tx, start, values).await?;
    Ok(())
}

/// Notes that a session is in use.
pub async fn touch_session(store: &Store, id: i64) -> Result<()> {
    let tx = store.begin().await?;
    let update = "UPDATE session SET seen_at = $2 WHERE id = $1";
    sql::run(&tx, update, vec![id.into(), now().into()]).await?;
    Ok(tx.commit().await?)
}

/// Ends one session of an account; one of others is not touched.
pub async fn end_session(store: &Store, account: i64, id: i64) -> Result<()> {
    let tx = store.begin().await?;
    let delete = "DELETE FROM session WHERE account = $1 AND id = $2";
    sql::run(&tx, delete, vec![account.into(), id.into()]).await?;
    Ok(tx.commit().await?)
}

/// Ends all sessions of an account but one.
pub async fn end_other_sessions(store: &Store, account: i64, keep: i64) -> Result<u64> {
    let tx = store.begin().await?;
    let delete = "DELETE FROM session WHERE account = $1 AND id <> $2";
    let ended = sql::run(&tx, delete, vec![account.into(), keep.into()]).await?;
    tx.commit().await?;
    Ok(ended)
}

pub(crate) async fn end_all(tx: &impl ConnectionTrait, account: i64) -> Result<()> {
    sql::run(
        tx,
        "DELETE FROM session WHERE account = $1",
        vec![account.into()],
    )
    .await?;
    Ok(())
}

/// Removes what has run out: sessions, invitations, sign-ins under way.
pub async fn clean_sessions(store: &Store, idle_since: i64) -> Result<u64> {
    let tx = store.begin().await?;
    let sessions = "DELETE FROM session WHERE expires_at <= $1 OR seen_at <= $2";
    let ended = sql::run(&tx, sessions, vec![now().into(), idle_since.into()]).await?;
    sql::run(
        &tx,
        "DELETE FROM invitation WHERE expires_at <= $1",
        vec![now().into()],
    )
    .await?;
    let attempts = "DELETE FROM sign_in_attempt WHERE expires_at <= $1";
    sql::run(&tx, attempts, vec![now().into()]).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Puts the second factor in force: its secret, the step of the code that proved it, hashes of recovery codes, and
/// a new session in place of the old. Every other session ends.
///
/// # Errors
/// There is one already.
pub async fn begin_second_factor(
    store: &Store,
    secret: &[u8],
    step: i64,
    recovery: &[String],
    session: &NewSession,
) -> Result<()> {
    let tx = store.begin().await?;
    let account = session.account;
    let update = "UPDATE account SET totp = $2, totp_step = $3 WHERE id = $1 AND totp IS NULL";
    let values = vec![account.into(), secret.to_vec().into(), step.into()];
    if sql::run(&tx, update, values).await? == 0 {
        return Err(Error::NotAllowed(
            "there is a second factor already; take it away first".to_owned(),
        ));
    }
    sql::run(
        &tx,
        "DELETE FROM recovery_code WHERE account = $1",
        vec![account.into()],
    )
    .await?;
    for hash in recovery {
        let insert = "INSERT INTO recovery_code (account, code_hash) VALUES ($1, $2)";
        sql::run(&tx, insert, vec![account.into(), hash.as_str().into()]).await?;
    }
    end_all(&tx, account).await?;
    insert(&tx, session).await?;
    append_own(&tx, account, "second-factor.begun", "").await?;
    Ok(tx.commit().await?)
}

/// Takes the second factor away; every session but one ends.
pub async fn drop_second_factor(store: &Store, account: i64, keep: i64) -> Result<()> {
    let tx = store.begin().await?;
    let update = "UPDATE account SET totp = NULL, totp_step = 0 WHERE id = $1";
    sql::run(&tx, update, vec![account.into()]).await?;
    sql::run(
        &tx,
        "DELETE FROM recovery_code WHERE account = $1",
        vec![account.into()],
    )
    .await?;
    let others = "DELETE FROM session WHERE account = $1 AND id <> $2";
    sql::run(&tx, others, vec![account.into(), keep.into()]).await?;
    // What was in force because of the second factor no longer is.
    sql::run(
        &tx,
        "UPDATE session SET second_factor = 0 WHERE id = $1",
        vec![keep.into()],
    )
    .await?;
    append_own(&tx, account, "second-factor.dropped", "").await?;
    Ok(tx.commit().await?)
}

#[derive(FromQueryResult)]
struct Secret {
    id: i64,
    totp: Vec<u8>,
}

/// Stores secrets of second factors in another form: `other` gives it for an account and what is stored, or nothing
/// where it stays. Returns how many were replaced.
pub async fn replace_totp_secrets(
    store: &Store,
    other: impl Fn(i64, &[u8]) -> Option<Vec<u8>>,
) -> Result<usize> {
    let tx = store.begin().await?;
    let query = "SELECT id, totp FROM account WHERE totp IS NOT NULL";
    let all = sql::all::<Secret>(&tx, query, vec![]).await?;
    let mut replaced = 0;
    for one in all {
        if let Some(secret) = other(one.id, &one.totp) {
            let update = "UPDATE account SET totp = $2 WHERE id = $1";
            sql::run(&tx, update, vec![one.id.into(), secret.into()]).await?;
            replaced += 1;
        }
    }
    tx.commit().await?;
    Ok(replaced)
}

/// Uses the code of a time step: `false` where this one or a later one was used before.
pub async fn use_totp_step(store: &Store, account: i64, step: i64) -> Result<bool> {
    let tx = store.begin().await?;
    let update = "UPDATE account SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
    let used = sql::run(&tx, update, vec![account.into(), step.into()]).await?;
    tx.commit().await?;
    Ok(used == 1)
}

/// Uses a recovery code: `false` where there is no such code, or no longer.
pub async fn use_recovery_code(store: &Store, account: i64, hash: &str) -> Result<bool> {
    let tx = store.begin().await?;
    let delete = "DELETE FROM recovery_code WHERE account = $1 AND code_hash = $2";
    let used = sql::run(&tx, delete, vec![account.into(), hash.into()]).await?;
    if used == 1 {
        append_own(&tx, account, "recovery-code.used", "").await?;
    }
    tx.commit().await?;
    Ok(used == 1)
}
