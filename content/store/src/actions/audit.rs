//! The log of decisions: appended in the transaction of what it tells of, each row sealed with the one before.

use crate::clock::now;
use crate::error::Result;
use crate::identity::hex;
use crate::sql;
use sea_orm::{DatabaseTransaction, FromQueryResult};
use sha2::{Digest, Sha256};

/// The number under which the operator acts, who has no account.
pub const OPERATOR: i64 = 0;
/// The number of somebody of whom nothing is kept.
pub const NOBODY: i64 = -1;

/// What is told: who did what to what.
pub(crate) struct Entry<'a> {
    /// Number of an account, [`OPERATOR`] or [`NOBODY`].
    pub actor: i64,
    /// Such as `role.granted` or `submission.published`.
    pub action: &'a str,
    /// What it was done to: `account:3`, or the number of a file.
    pub object: &'a str,
    /// The rest, for people.
    pub detail: &'a str,
}

#[derive(FromQueryResult)]
struct Head {
    seq: i64,
    hash: String,
}

/// Tells what somebody did to their own account.
pub(crate) async fn append_own(
    tx: &DatabaseTransaction,
    account: i64,
    action: &str,
    detail: &str,
) -> Result<()> {
    let entry = Entry {
        actor: account,
        action,
        object: &format!("account:{account}"),
        detail,
    };
    append(tx, &entry).await
}

/// Appends one row. The head's row is locked until the commit, so the rows have one order.
pub(crate) async fn append(tx: &DatabaseTransaction, entry: &Entry<'_>) -> Result<()> {
    let lock = "UPDATE audit_head SET seq = seq WHERE one = 1 RETURNING seq, hash";
    let head = sql::one::<Head>(tx, lock, vec![]).await?;
    let (seq, before) = head.map_or((1, String::new()), |head| (head.seq + 1, head.hash));
    let at = now();
    let hash = seal(&before, seq, at, entry);
    let insert = "INSERT INTO audit (seq, at, actor, action, object, detail, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = vec![
        seq.into(),
        at.into(),
        entry.actor.into(),
        entry.action.into(),
        entry.object.into(),
        entry.detail.into(),
        hash.clone().into(),
    ];
    sql::run(tx, insert, values).await?;
    let advance = "UPDATE audit_head SET seq = $1, hash = $2 WHERE one = 1";
    sql::run(tx, advance, vec![seq.into(), hash.into()]).await?;
    Ok(())
}

/// SHA-256 over the seal before and the row. JSON keeps the parts apart, whatever they hold.
pub(crate) fn seal(before: &str, seq: i64, at: i64, entry: &Entry<'_>) -> String {
    let row = serde_json::json!([
        before,
        seq,
        at,
        entry.actor,
        entry.action,
        entry.object,
        entry.detail
    ]);
    hex(&Sha256::digest(row.to_string()))
}
