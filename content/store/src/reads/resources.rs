//! Single resources and lists of them.

use crate::actions::{PUBLISHED, WITHDRAWN};
use crate::error::{Error, Result};
use crate::rows::query_in;
use crate::store::Store;
use crate::tables::{resource, resource_version};
use khue_content::LearningResource;
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Value,
};
use std::collections::HashMap;

/// Whether readers may see a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// They may.
    Published,
    /// They may not, for this reason.
    Withdrawn(String),
}

/// A resource with what the store knows of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The record, its id filled in.
    pub record: LearningResource,
    /// Counted from 1.
    pub version: i64,
    /// Whether it may be seen.
    pub status: Status,
    /// Number of its last change.
    pub change: i64,
    /// When it was first stored, in milliseconds since 1970.
    pub created_at: i64,
    /// When it last changed.
    pub changed_at: i64,
}

/// A former state of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Counted from 1.
    pub version: i64,
    /// The record as it was.
    pub record: LearningResource,
    /// When the next version took its place.
    pub replaced_at: i64,
}

impl Store {
    /// The resource with this id, withdrawn or not.
    pub async fn resource(&self, id: &str) -> Result<Option<Stored>> {
        let query = resource::Entity::find().filter(resource::Column::Id.eq(id));
        query
            .one(self.read())
            .await?
            .map(Stored::try_from)
            .transpose()
    }

    /// The resource that a source calls so, withdrawn or not.
    pub async fn by_source(&self, source: &str, identifier: &str) -> Result<Option<Stored>> {
        let query = resource::Entity::find()
            .filter(resource::Column::Source.eq(source))
            .filter(resource::Column::Identifier.eq(identifier));
        query
            .one(self.read())
            .await?
            .map(Stored::try_from)
            .transpose()
    }

    /// The published resources with these ids, in the order asked for; unknown ones are left out.
    pub async fn resources(&self, ids: &[String]) -> Result<Vec<Stored>> {
        let wanted: Vec<Value> = ids.iter().map(|id| id.as_str().into()).collect();
        let sql = "SELECT * FROM resource WHERE status = 'published' AND id IN ";
        let rows = query_in(self.read(), (sql, ""), &[], &wanted).await?;
        let mut found = HashMap::with_capacity(rows.len());
        for row in rows {
            let row = Stored::try_from(resource::Model::from_query_result(&row, "")?)?;
            found.insert(row.record.id.clone(), row);
        }
        Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
    }

    /// The published resources that came last, the newest first.
    pub async fn newest(&self, limit: u64) -> Result<Vec<Stored>> {
        let query = resource::Entity::find()
            .filter(resource::Column::Status.eq(PUBLISHED))
            .order_by_desc(resource::Column::Key)
            .limit(limit);
        let rows = query.all(self.read()).await?;
        rows.into_iter().map(Stored::try_from).collect()
    }

    /// Former versions of a record, the oldest first.
    pub async fn versions(&self, id: &str) -> Result<Vec<Version>> {
        let row = resource::Entity::find().filter(resource::Column::Id.eq(id));
        let Some(row) = row.one(self.read()).await? else {
            return Ok(Vec::new());
        };
        let query = resource_version::Entity::find()
            .filter(resource_version::Column::Key.eq(row.key))
            .order_by_asc(resource_version::Column::Version);
        let rows = query.all(self.read()).await?;
        let version = |former: resource_version::Model| {
            let record = parse(id, &former.record)?;
            let (version, replaced_at) = (former.version, former.replaced_at);
            Ok(Version {
                version,
                record,
                replaced_at,
            })
        };
        rows.into_iter().map(version).collect()
    }
}

/// A record out of its JSON, with its id.
pub(crate) fn parse(id: &str, json: &str) -> Result<LearningResource> {
    let mut record: LearningResource =
        serde_json::from_str(json).map_err(|source| Error::Unreadable {
            what: format!("the record {id}"),
            source,
        })?;
    record.id = id.to_owned();
    Ok(record)
}

impl TryFrom<resource::Model> for Stored {
    type Error = Error;

    fn try_from(row: resource::Model) -> Result<Stored> {
        let reason = row.withdrawn_reason.unwrap_or_default();
        Ok(Stored {
            record: parse(&row.id, &row.record)?,
            version: row.version,
            status: match row.status == WITHDRAWN {
                true => Status::Withdrawn(reason),
                false => Status::Published,
            },
            change: row.change,
            created_at: row.created_at,
            changed_at: row.changed_at,
        })
    }
}
