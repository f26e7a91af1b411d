//! Notifications: written in the transaction of what they tell of.

use crate::clock::now;
use crate::error::Result;
use crate::job::Job;
use crate::queue::enqueue;
use crate::sql;
use crate::store::Store;
use sea_orm::DatabaseTransaction;

/// Notifications that a person keeps; older ones are forgotten.
const KEPT: i64 = 500;

/// What is told.
pub(crate) struct Notice<'a> {
    /// A step of a submission, `message`, what became of guidance (`guidance-signed`, `guidance-returned`) or of a
    /// comment (`comment-shown`, `comment-hidden`, `comment-answered`, `comment-received`).
    pub kind: &'a str,
    /// The number of a file, `guidance:3`, or `comments:` with the id of a resource.
    pub object: &'a str,
    /// What it is called.
    pub name: &'a str,
}

/// Tells people, but not the one who did it.
pub(crate) async fn notify(
    tx: &DatabaseTransaction,
    actor: i64,
    to: &[Option<i64>],
    notice: &Notice<'_>,
) -> Result<()> {
    let mut told: Vec<i64> = Vec::new();
    for account in to.iter().flatten().copied() {
        if account == actor || told.contains(&account) {
            continue;
        }
        told.push(account);
        let insert =
            "INSERT INTO notice (account, at, kind, object, name) VALUES ($1, $2, $3, $4, $5)";
        let values = vec![
            account.into(),
            now().into(),
            notice.kind.into(),
            notice.object.into(),
            notice.name.into(),
        ];
        sql::run(tx, insert, values).await?;
        let forget = "DELETE FROM notice WHERE account = $1 AND id <= \
            (SELECT id FROM notice WHERE account = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)";
        sql::run(tx, forget, vec![account.into(), KEPT.into()]).await?;
        enqueue(tx, &Job::MailNotices { account }).await?;
    }
    Ok(())
}

/// Notes that a person has seen notifications up to a number.
pub async fn see_notices(store: &Store, account: i64, last: i64) -> Result<()> {
    let tx = store.begin().await?;
    let update = "UPDATE account SET noticed = $2 WHERE id = $1 AND noticed < $2";
    sql::run(&tx, update, vec![account.into(), last.into()]).await?;
    Ok(tx.commit().await?)
}
