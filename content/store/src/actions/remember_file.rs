//! Remembers what a stored file is called and how it should be served.

use crate::clock::now;
use crate::error::Result;
use crate::files::Saved;
use crate::store::Store;
use crate::tables::file::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

/// What is known of a file besides its content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileFacts {
    /// Media type such as `application/pdf`.
    pub media_type: String,
    /// Name under which it is offered.
    pub name: String,
}

/// Remembers a saved file; of a content that is known already the facts are renewed.
pub async fn remember_file(store: &Store, saved: &Saved, facts: FileFacts) -> Result<()> {
    let row = ActiveModel {
        sha256: Set(saved.sha256.clone()),
        size: Set(i64::try_from(saved.size).unwrap_or(i64::MAX)),
        media_type: Set(facts.media_type),
        name: Set(facts.name),
        created_at: Set(now()),
    };
    let renew = OnConflict::column(Column::Sha256)
        .update_columns([Column::MediaType, Column::Name])
        .to_owned();
    let tx = store.begin().await?;
    Entity::insert(row)
        .on_conflict(renew)
        .exec_without_returning(&tx)
        .await?;
    Ok(tx.commit().await?)
}
