//! Wholes and their parts. A link names a portal id or an identifier of the same
//! source; which one it is, is looked up when it is followed, so that works may
//! come in any order. An identifier of the same source comes first.

use crate::error::Result;
use crate::rows::query_in;
use crate::store::Store;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use std::collections::HashMap;

/// Enough of a resource for a link to it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Summary {
    /// Portal id.
    pub id: String,
    /// Title.
    pub name: String,
    /// Main language, where one is stated.
    pub language: Option<String>,
}

/// A part within a whole, or a whole with the place that a part has in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The part, or the whole.
    pub resource: Summary,
    /// Place of the part in the whole, counted from 1.
    pub position: Option<i64>,
    /// Section titles between the whole and the part, outermost first.
    pub path: Vec<String>,
}

/// What is needed to follow links from and to a resource.
#[derive(FromQueryResult)]
pub(super) struct Node {
    pub key: i64,
    pub id: String,
    pub source: String,
    pub identifier: String,
}

/// A link from or to a resource.
#[derive(FromQueryResult)]
struct LinkRow {
    to_ref: String,
    place: i32,
    position: Option<i64>,
    path: Option<String>,
}

/// Resources that point at `$1` (id) or `$2` (identifier) of source `$3` with a link of kind `$4`.
const POINTING: &str = "SELECT r.id, r.name, r.language, l.to_ref, l.place, l.position, l.path \
    FROM resource_relation l JOIN resource r ON r.key = l.from_key \
    WHERE l.kind = $4 AND l.to_ref IN ($1, $2) AND r.status = 'published' AND ( \
        (l.to_ref = $2 AND l.source = $3) OR (l.to_ref = $1 AND NOT EXISTS ( \
            SELECT 1 FROM resource o WHERE o.source = l.source AND o.identifier = $1))) \
    ORDER BY l.position IS NULL, l.position, l.from_key, l.place";

impl Store {
    /// The published parts of a whole in order: those that it names, then those that name it.
    pub async fn parts_of(&self, id: &str) -> Result<Vec<Part>> {
        let Some(whole) = self.node(id).await? else {
            return Ok(Vec::new());
        };
        let mut parts = self.named_by(&whole, "hasPart").await?;
        for part in self.pointing_at(&whole, "isPartOf").await? {
            add(&mut parts, part);
        }
        parts.sort_by_key(|part| part.position.unwrap_or(i64::MAX));
        Ok(parts)
    }

    /// The published wholes that a resource is a part of: those that it names, then those that name it.
    pub async fn wholes_of(&self, id: &str) -> Result<Vec<Part>> {
        let Some(part) = self.node(id).await? else {
            return Ok(Vec::new());
        };
        let mut wholes = self.named_by(&part, "isPartOf").await?;
        for whole in self.pointing_at(&part, "hasPart").await? {
            add(&mut wholes, whole);
        }
        Ok(wholes)
    }

    /// Looks references of a source up: portal id or identifier of that source → resource.
    pub async fn resolve(&self, source: &str, refs: &[String]) -> Result<HashMap<String, Summary>> {
        let wanted: Vec<Value> = refs.iter().map(|text| text.as_str().into()).collect();
        let by_identifier = "SELECT identifier AS wanted, id, name, language FROM resource \
            WHERE status = 'published' AND source = $1 AND identifier IN ";
        let by_id = "SELECT id AS wanted, id, name, language FROM resource \
            WHERE status = 'published' AND id IN ";
        let mut found = HashMap::new();
        let mut rows = query_in(self.read(), (by_id, ""), &[], &wanted).await?;
        rows.extend(query_in(self.read(), (by_identifier, ""), &[source.into()], &wanted).await?);
        for row in rows {
            let wanted: String = row.try_get("", "wanted")?;
            found.insert(wanted, Summary::from_query_result(&row, "")?);
        }
        Ok(found)
    }

    pub(super) async fn node(&self, id: &str) -> Result<Option<Node>> {
        let sql = "SELECT key, id, source, identifier FROM resource WHERE id = $1";
        let row = self
            .read()
            .query_one_raw(self.sql(sql, [id.into()]))
            .await?;
        Ok(row
            .map(|row| Node::from_query_result(&row, ""))
            .transpose()?)
    }

    /// What a resource names, resolved.
    pub(super) async fn named_by(&self, node: &Node, kind: &str) -> Result<Vec<Part>> {
        let sql = "SELECT to_ref, place, position, path FROM resource_relation \
            WHERE from_key = $1 AND kind = $2 ORDER BY place";
        let statement = self.sql(sql, [node.key.into(), kind.into()]);
        let rows = LinkRow::find_by_statement(statement)
            .all(self.read())
            .await?;
        let refs: Vec<String> = rows.iter().map(|row| row.to_ref.clone()).collect();
        let found = self.resolve(&node.source, &refs).await?;
        let mut parts = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(resource) = found.get(&row.to_ref) else {
                continue;
            };
            let by_order = (kind == "hasPart").then_some(i64::from(row.place) + 1);
            add(&mut parts, part(resource.clone(), &row, by_order));
        }
        Ok(parts)
    }

    /// What names a resource.
    pub(super) async fn pointing_at(&self, node: &Node, kind: &str) -> Result<Vec<Part>> {
        let (id, identifier) = (node.id.as_str(), node.identifier.as_str());
        let source = node.source.as_str();
        let values = [id.into(), identifier.into(), source.into(), kind.into()];
        let rows = self
            .read()
            .query_all_raw(self.sql(POINTING, values))
            .await?;
        let mut parts = Vec::with_capacity(rows.len());
        for row in rows {
            let link = LinkRow::from_query_result(&row, "")?;
            let by_order = (kind == "hasPart").then_some(i64::from(link.place) + 1);
            add(
                &mut parts,
                part(Summary::from_query_result(&row, "")?, &link, by_order),
            );
        }
        Ok(parts)
    }

    pub(super) fn sql<const N: usize>(&self, sql: &str, values: [Value; N]) -> Statement {
        Statement::from_sql_and_values(self.read().get_database_backend(), sql, values)
    }
}

fn part(resource: Summary, link: &LinkRow, by_order: Option<i64>) -> Part {
    let path = link.path.as_deref().map(serde_json::from_str);
    Part {
        resource,
        position: link.position.or(by_order),
        path: path.and_then(|path| path.ok()).unwrap_or_default(),
    }
}

/// Adds a part unless it is there.
fn add(parts: &mut Vec<Part>, part: Part) {
    if !parts
        .iter()
        .any(|known| known.resource.id == part.resource.id)
    {
        parts.push(part);
    }
}
