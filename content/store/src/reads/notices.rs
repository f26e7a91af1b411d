//! Notifications of a person.

use crate::error::Result;
use crate::sql;
use crate::store::Store;
use sea_orm::FromQueryResult;

/// Most notifications that are shown.
const MOST: i64 = 100;

/// A notification.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Notice {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: i64,
    /// A step of a submission, `message`, or what became of guidance.
    pub kind: String,
    /// The number of a file, `guidance:3`, or `comments:` with the id of a resource.
    pub object: String,
    /// What it is called.
    pub name: String,
    /// Whether the person has not seen it before.
    pub new: bool,
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

impl Store {
    /// A person's notifications, the newest first.
    pub async fn notices(&self, account: i64) -> Result<Vec<Notice>> {
        let query = "SELECT n.id, n.at, n.kind, n.object, n.name, n.id > a.noticed AS new \
            FROM notice n JOIN account a ON a.id = n.account WHERE n.account = $1 ORDER BY n.id DESC LIMIT $2";
        sql::all(self.read(), query, vec![account.into(), MOST.into()]).await
    }

    /// How many notifications a person has not seen.
    pub async fn new_notices(&self, account: i64) -> Result<i64> {
        let query = "SELECT COUNT(*) AS count FROM notice n JOIN account a ON a.id = n.account \
            WHERE n.account = $1 AND n.id > a.noticed";
        let count = sql::one::<Count>(self.read(), query, vec![account.into()]).await?;
        Ok(count.map_or(0, |count| count.count))
    }
}
