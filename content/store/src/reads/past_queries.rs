//! Searches that many people made.

use crate::error::Result;
use crate::store::Store;
use crate::tables::past_query::{Column, Entity};
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};

impl Store {
    /// The most frequent past searches with their counts, at most `limit` of them.
    pub async fn past_queries(&self, limit: u64) -> Result<Vec<(String, u64)>> {
        let rows = Entity::find()
            .order_by_desc(Column::Count)
            .order_by_asc(Column::Text)
            .limit(limit)
            .all(self.read())
            .await?;
        let count = |count: i64| u64::try_from(count).unwrap_or_default();
        Ok(rows
            .into_iter()
            .map(|row| (row.text, count(row.count)))
            .collect())
    }
}
