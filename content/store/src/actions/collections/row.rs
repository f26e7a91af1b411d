//! One collection as it is stored, locked for a change.

use crate::error::{Error, Result};
use crate::sql;
use khue_content::account::{Action, Actor};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult};

#[derive(FromQueryResult)]
pub(super) struct Row {
    pub id: i64,
    pub account: i64,
    pub institution: String,
    pub name: String,
    pub visibility: String,
    pub edition: i64,
}

impl Row {
    /// The row, locked until the commit; nothing where it was deleted.
    pub async fn lock(tx: &DatabaseTransaction, id: i64) -> Result<Option<Row>> {
        let lock = match tx.get_database_backend() {
            DbBackend::Postgres => " FOR UPDATE",
            _ => "",
        };
        let query = format!(
            "SELECT id, account, institution, name, visibility, edition FROM collection \
             WHERE id = $1 AND deleted_at IS NULL{lock}"
        );
        sql::one::<Row>(tx, &query, vec![id.into()]).await
    }

    /// The same for the one who made it; for everybody else it is not there.
    pub async fn own(tx: &DatabaseTransaction, actor: &Actor, id: i64) -> Result<Row> {
        let row = Self::lock(tx, id).await?;
        let own = |row: &Row| actor.may(Action::Collect, row.account, &row.institution);
        row.filter(own)
            .ok_or_else(|| Error::NotFound(format!("the collection {id}")))
    }

    /// Nobody changes what they have not seen.
    pub fn as_seen(&self, edition: i64) -> Result<()> {
        (self.edition == edition).then_some(()).ok_or(Error::Stale)
    }
}
