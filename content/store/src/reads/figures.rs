//! Numbers and overviews.

use super::relations::Summary;
use crate::error::Result;
use crate::store::Store;
use crate::tables::source;
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, QueryOrder};
use std::collections::BTreeMap;

/// A resource that has parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// The whole.
    pub resource: Summary,
    /// How many parts are known.
    pub parts: u64,
}

/// Links to wholes that come from parts: by source and reference.
const BY_PARTS: &str = "SELECT l.source, l.to_ref, COUNT(*) AS parts \
    FROM resource_relation l JOIN resource r ON r.key = l.from_key \
    WHERE l.kind = 'isPartOf' AND r.status = 'published' \
    GROUP BY l.source, l.to_ref ORDER BY COUNT(*) DESC, l.source, l.to_ref LIMIT $1";

/// Wholes that name their parts; parts that are not here do not count.
const BY_WHOLES: &str = "SELECT r.source, r.identifier AS to_ref, COUNT(*) AS parts \
    FROM resource_relation l JOIN resource r ON r.key = l.from_key \
    WHERE l.kind = 'hasPart' AND r.status = 'published' AND ( \
        EXISTS (SELECT 1 FROM resource p WHERE p.source = l.source \
            AND p.identifier = l.to_ref AND p.status = 'published') \
        OR EXISTS (SELECT 1 FROM resource p WHERE p.id = l.to_ref AND p.status = 'published')) \
    GROUP BY r.source, r.identifier ORDER BY COUNT(*) DESC, r.source, r.identifier LIMIT $1";

#[derive(FromQueryResult)]
struct Counted {
    source: String,
    to_ref: String,
    parts: i64,
}

impl Store {
    /// Number of published resources.
    pub async fn count(&self) -> Result<u64> {
        let sources = self.counts_by_source().await?;
        Ok(sources.iter().map(|(_, number)| number).sum())
    }

    /// Number of published resources of each source, in the order of names.
    pub async fn counts_by_source(&self) -> Result<Vec<(String, u64)>> {
        let query = source::Entity::find().order_by_asc(source::Column::Name);
        let rows = query.all(self.read()).await?;
        let number = |row: &source::Model| u64::try_from(row.resources).unwrap_or_default();
        Ok(rows
            .into_iter()
            .map(|row| (row.name.clone(), number(&row)))
            .collect())
    }

    /// Published resources that have parts, those with most parts first.
    pub async fn collections(&self, limit: u64) -> Result<Vec<Collection>> {
        let mut counts: BTreeMap<String, Collection> = BTreeMap::new();
        for (source, wholes) in self.counted_wholes(limit).await? {
            let refs: Vec<String> = wholes.iter().map(|(name, _)| name.clone()).collect();
            let found = self.resolve(&source, &refs).await?;
            for (name, parts) in wholes {
                let Some(resource) = found.get(&name).cloned() else {
                    continue;
                };
                let start = Collection {
                    resource: resource.clone(),
                    parts: 0,
                };
                let whole = counts.entry(resource.id).or_insert(start);
                whole.parts = whole.parts.max(parts);
            }
        }
        let mut all: Vec<Collection> = counts.into_values().collect();
        all.sort_by_key(|whole| std::cmp::Reverse(whole.parts));
        all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(all)
    }

    /// References to wholes and their numbers of parts, by source.
    async fn counted_wholes(&self, limit: u64) -> Result<BTreeMap<String, Vec<(String, u64)>>> {
        // Some references lead nowhere: ask for more than are wanted.
        let limit = i64::try_from(limit.saturating_mul(2)).unwrap_or(i64::MAX);
        let mut by_source: BTreeMap<String, Vec<(String, u64)>> = BTreeMap::new();
        for sql in [BY_PARTS, BY_WHOLES] {
            for row in self
                .read()
                .query_all_raw(self.sql(sql, [limit.into()]))
                .await?
            {
                let row = Counted::from_query_result(&row, "")?;
                let parts = u64::try_from(row.parts).unwrap_or_default();
                by_source
                    .entry(row.source)
                    .or_default()
                    .push((row.to_ref, parts));
            }
        }
        Ok(by_source)
    }
}
