//! Remembers searches that many people made.

use crate::error::Result;
use crate::store::Store;
use crate::tables::past_query::{ActiveModel, Column, Entity};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, EntityTrait};

/// Adds to the counts of searches; which of them may be remembered is decided by who counts.
pub async fn remember_queries(store: &Store, queries: &[(String, u64)]) -> Result<()> {
    if queries.is_empty() {
        return Ok(());
    }
    let tx = store.begin().await?;
    for (text, count) in queries {
        let count = i64::try_from(*count).unwrap_or(i64::MAX);
        let row = ActiveModel {
            text: Set(text.clone()),
            count: Set(count),
        };
        let known = Expr::col((Entity, Column::Count));
        let add = OnConflict::column(Column::Text)
            .value(Column::Count, known.add(count))
            .to_owned();
        Entity::insert(row)
            .on_conflict(add)
            .exec_without_returning(&tx)
            .await?;
    }
    Ok(tx.commit().await?)
}
