//! What is built on a resource: nobody is led to a tombstone by a learning path, a whole or a public collection.

use crate::error::{Error, Result};
use crate::reads::paths::published_paths;
use crate::rows::query_in;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Value};
use std::collections::{HashMap, HashSet};

/// Wholes that name a resource as their part. What an import brought in itself and nobody has touched goes with it and
/// does not count.
const WHOLES: &str = "SELECT DISTINCT x.to_ref AS id, r.name FROM resource r \
    JOIN resource_relation x ON x.from_key = r.key \
    WHERE x.kind = 'hasPart' AND r.status = 'published' AND r.id <> x.to_ref \
    AND NOT EXISTS (SELECT 1 FROM import_change c \
        WHERE c.run = $1 AND c.key = r.key AND c.before = 0 AND c.change = r.change) \
    AND x.to_ref IN ";

/// Public collections that hold a resource.
const COLLECTIONS: &str = "SELECT DISTINCT i.resource AS id, c.name FROM collection c \
    JOIN collection_item i ON i.collection = c.id \
    WHERE i.state = 'in' AND c.visibility = 'public' AND c.deleted_at IS NULL AND i.resource IN ";

/// Refuses to take something out of sight that others lead to.
pub(super) async fn refuse(tx: &DatabaseTransaction, id: &str) -> Result<()> {
    let mut users = users(tx, &[id.to_owned()], 0).await?;
    match users.remove(id) {
        None => Ok(()),
        Some(names) => Err(Error::InUse(names.join(", "))),
    }
}

/// Names of what leads to each of these resources; those that nothing leads to are left out. `run` is the import that is
/// taken back, 0 for none.
pub(super) async fn users(
    db: &impl ConnectionTrait,
    ids: &[String],
    run: i64,
) -> Result<HashMap<String, Vec<String>>> {
    let mut users: HashMap<String, Vec<String>> = HashMap::new();
    let paths = khue_content::path::shipped().with(published_paths(db).await?);
    let asked: HashSet<&str> = ids.iter().map(String::as_str).collect();
    for path in paths.iter() {
        let steps: HashSet<&str> = path.steps.iter().map(|step| &*step.resource).collect();
        for id in steps.intersection(&asked) {
            let names = users.entry((*id).to_owned()).or_default();
            names.push(path.name.clone());
        }
    }
    let wanted: Vec<Value> = ids.iter().map(|id| id.as_str().into()).collect();
    let mut rows = query_in(db, (WHOLES, ""), &[run.into()], &wanted).await?;
    rows.extend(query_in(db, (COLLECTIONS, ""), &[], &wanted).await?);
    for row in rows {
        let (id, name): (String, String) = (row.try_get("", "id")?, row.try_get("", "name")?);
        users.entry(id).or_default().push(name);
    }
    Ok(users)
}
