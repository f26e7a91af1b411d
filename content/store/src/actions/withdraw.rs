//! Takes a resource out of sight, and back.

use super::change::{Changes, commit};
use super::write::add_to_source;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::tables::resource::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter,
};

pub(crate) const PUBLISHED: &str = "published";
pub(crate) const WITHDRAWN: &str = "withdrawn";
/// Why something is withdrawn that an import had brought in which was taken back: the next import that has it brings it
/// in once more.
pub(crate) const IMPORT_UNDONE: &str = "import-undone";

/// Withdraws a resource: readers no longer find it, its record and versions stay.
/// A later import updates the record and leaves it withdrawn. Withdrawing
/// twice changes nothing.
pub async fn withdraw(store: &Store, id: &str, reason: &str) -> Result<()> {
    change_status(store, id, WITHDRAWN, Some(reason.to_owned())).await
}

/// Publishes a withdrawn resource again.
pub async fn restore(store: &Store, id: &str) -> Result<()> {
    change_status(store, id, PUBLISHED, None).await
}

async fn change_status(
    store: &Store,
    id: &str,
    status: &str,
    reason: Option<String>,
) -> Result<()> {
    let tx = store.begin().await?;
    let mut changes = Changes::lock(&tx).await?;
    set_status(&tx, &mut changes, id, status, reason).await?;
    changes.save(&tx).await?;
    commit(store, tx).await
}

/// Changes the status within the transaction of what leads to it.
pub(super) async fn set_status(
    tx: &DatabaseTransaction,
    changes: &mut Changes,
    id: &str,
    status: &str,
    reason: Option<String>,
) -> Result<()> {
    let row = find(tx, id).await?;
    if row.status == status {
        return Ok(());
    }
    let number = if status == PUBLISHED { 1 } else { -1 };
    add_to_source(tx, &row.source, number).await?;
    let mut row: ActiveModel = row.into_active_model();
    row.status = Set(status.to_owned());
    row.withdrawn_reason = Set(reason);
    row.change = Set(changes.next());
    row.changed_at = Set(changes.at);
    row.update(tx).await?;
    Ok(())
}

async fn find(tx: &DatabaseTransaction, id: &str) -> Result<Model> {
    let row = Entity::find().filter(Column::Id.eq(id)).one(tx).await?;
    row.ok_or_else(|| Error::NotFound(format!("the resource {id:?}")))
}
