//! Writes a round of prepared records, no two of one key, with a few statements.

use super::change::Changes;
use super::import_batch::{Outcome, OutcomeKind};
use super::withdraw::{IMPORT_UNDONE, WITHDRAWN};
use crate::error::Result;
use crate::identity;
use crate::prepared::{Prepared, Relation};
use crate::rows::{execute_in, query_in, write_rows};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult, Statement, Value};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What the store knows of a key.
#[derive(FromQueryResult)]
struct Known {
    key: i64,
    id: String,
    identifier: String,
    hash: Vec<u8>,
    version: i64,
    change: i64,
    /// 1 where the import that brought it in was taken back.
    taken_back: i64,
}

impl Known {
    /// What becomes of a record of this key.
    fn becomes(&self, record: &Prepared) -> OutcomeKind {
        match (self.taken_back != 0, self.hash == record.hash) {
            (true, _) => OutcomeKind::New,
            (false, true) => OutcomeKind::Unchanged,
            (false, false) => OutcomeKind::Changed,
        }
    }
}

/// A record that differs from the stored one.
pub(super) struct Changed {
    pub key: i64,
    /// The version and the change number that it replaces.
    pub version: i64,
    pub change: i64,
    pub record: Prepared,
}

/// A record that was written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub key: i64,
    /// The version before, 0 where the record was not there, and its change number.
    pub before: i64,
    pub before_change: i64,
    pub version: i64,
    pub change: i64,
}

/// Writes what differs from what is stored; gives what it has written.
pub(super) async fn round(
    tx: &DatabaseTransaction,
    changes: &mut Changes,
    records: Vec<Prepared>,
    outcomes: &mut [Outcome],
) -> Result<Vec<Written>> {
    let mut known = known(tx, &records).await?;
    let (mut new, mut changed, mut back) = (Vec::new(), Vec::new(), Vec::new());
    for record in records {
        let key = (record.source.clone(), record.identifier.clone());
        let Some(row) = known.remove(&key) else {
            new.push(record);
            continue;
        };
        let kind = row.becomes(&record);
        outcomes[record.place] = Outcome { id: row.id, kind };
        let changed_one = Changed {
            key: row.key,
            version: row.version,
            change: row.change,
            record,
        };
        match kind {
            OutcomeKind::New => back.push(changed_one),
            OutcomeKind::Changed => changed.push(changed_one),
            _ => {}
        }
    }
    let mut written = replace(tx, changes, changed).await?;
    written.extend(bring_back(tx, changes, back).await?);
    written.extend(insert(tx, changes, new, outcomes).await?);
    Ok(written)
}

/// What [`round`] would make of each; of two equal keys the later one meets what the earlier one is.
pub(super) async fn foresee(
    db: &impl ConnectionTrait,
    records: &[Prepared],
    kinds: &mut [OutcomeKind],
) -> Result<()> {
    let known = known(db, records).await?;
    let mut earlier: HashMap<(&str, &str), &[u8]> = HashMap::with_capacity(records.len());
    for record in records {
        let key = (record.source.clone(), record.identifier.clone());
        let before = earlier.insert((&record.source, &record.identifier), &record.hash);
        kinds[record.place] = match (before, known.get(&key)) {
            (Some(hash), _) if hash == record.hash => OutcomeKind::Unchanged,
            (Some(_), _) => OutcomeKind::Changed,
            (None, Some(row)) => row.becomes(record),
            (None, None) => OutcomeKind::New,
        };
    }
    Ok(())
}

/// The stored rows of all keys of the round.
async fn known(
    db: &impl ConnectionTrait,
    records: &[Prepared],
) -> Result<HashMap<(String, String), Known>> {
    let mut by_source: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for record in records {
        let identifiers = by_source.entry(&record.source).or_default();
        identifiers.push(record.identifier.as_str().into());
    }
    let sql = format!(
        "SELECT key, id, identifier, hash, version, change, \
         CASE WHEN status = '{WITHDRAWN}' AND withdrawn_reason = '{IMPORT_UNDONE}' THEN CAST(1 AS BIGINT) ELSE 0 END AS taken_back \
         FROM resource WHERE source = $1 AND identifier IN "
    );
    let mut known = HashMap::new();
    for (source, identifiers) in by_source {
        for row in query_in(db, (&sql, ""), &[source.into()], &identifiers).await? {
            let row = Known::from_query_result(&row, "")?;
            known.insert((source.to_owned(), row.identifier.clone()), row);
        }
    }
    Ok(known)
}

/// Keeps the former versions and writes the new ones.
pub(super) async fn replace(
    tx: &DatabaseTransaction,
    changes: &mut Changes,
    changed: Vec<Changed>,
) -> Result<Vec<Written>> {
    let keys: Vec<Value> = changed.iter().map(|one| one.key.into()).collect();
    let keep = "INSERT INTO resource_version (key, version, hash, record, replaced_at) \
        SELECT key, version, hash, record, $1 FROM resource WHERE key IN ";
    execute_in(tx, (keep, ""), &[changes.at.into()], &keys).await?;
    execute_in(
        tx,
        ("DELETE FROM resource_relation WHERE from_key IN ", ""),
        &[],
        &keys,
    )
    .await?;
    update(tx, changes, changed).await
}

/// Writes records that an import had brought in which was taken back: they are new once more.
async fn bring_back(
    tx: &DatabaseTransaction,
    changes: &mut Changes,
    back: Vec<Changed>,
) -> Result<Vec<Written>> {
    let keys: Vec<Value> = back.iter().map(|one| one.key.into()).collect();
    count(tx, back.iter().map(|one| &one.record)).await?;
    let written = replace(tx, changes, back).await?;
    let show = "UPDATE resource SET status = 'published', withdrawn_reason = NULL WHERE key IN ";
    execute_in(tx, (show, ""), &[], &keys).await?;
    Ok(written
        .into_iter()
        .map(|one| Written { before: 0, ..one })
        .collect())
}

async fn update(
    tx: &DatabaseTransaction,
    changes: &mut Changes,
    changed: Vec<Changed>,
) -> Result<Vec<Written>> {
    let mut values: Vec<Value> = Vec::with_capacity(changed.len() * 7);
    let mut relations = Vec::new();
    let mut written = Vec::with_capacity(changed.len());
    for Changed {
        key,
        version,
        change: before_change,
        record,
    } in changed
    {
        let change = changes.next();
        written.push(Written {
            key,
            before: version,
            before_change,
            version: version + 1,
            change,
        });
        push_relations(&mut relations, key, &record.source, record.relations);
        values.extend([key.into(), record.name.into(), record.language.into()]);
        values.extend([record.hash.into(), change.into()]);
        values.extend([changes.at.into(), record.record.into()]);
    }
    let head = "UPDATE resource SET name = v.column2, language = v.column3, hash = v.column4, \
        change = v.column5, changed_at = v.column6, record = v.column7, \
        version = resource.version + 1 FROM (";
    write_rows(tx, head, ") AS v WHERE resource.key = v.column1", 7, values).await?;
    write_rows(tx, RELATE, "", RELATION_COLUMNS, relations).await?;
    Ok(written)
}

/// Gives new records their ids and writes them. A record's key is the number of its first change.
async fn insert(
    tx: &DatabaseTransaction,
    changes: &mut Changes,
    new: Vec<Prepared>,
    outcomes: &mut [Outcome],
) -> Result<Vec<Written>> {
    let ids = assign(tx, &new).await?;
    count(tx, new.iter()).await?;
    let mut written = Vec::with_capacity(new.len());
    let mut values: Vec<Value> = Vec::with_capacity(new.len() * COLUMNS);
    let mut relations = Vec::new();
    for (mut record, id) in new.into_iter().zip(ids) {
        let key = changes.next();
        written.push(Written {
            key,
            before: 0,
            before_change: 0,
            version: 1,
            change: key,
        });
        outcomes[record.place] = Outcome {
            id: id.clone(),
            kind: OutcomeKind::New,
        };
        push_relations(
            &mut relations,
            key,
            &record.source,
            std::mem::take(&mut record.relations),
        );
        push_resource(&mut values, key, id, record, changes.at);
    }
    write_rows(tx, INSERT, "", COLUMNS, values).await?;
    write_rows(tx, RELATE, "", RELATION_COLUMNS, relations).await?;
    Ok(written)
}

const COLUMNS: usize = 11;
const INSERT: &str = "INSERT INTO resource (key, change, id, source, identifier, name, language, \
    hash, created_at, changed_at, record)";
const RELATION_COLUMNS: usize = 7;
const RELATE: &str =
    "INSERT INTO resource_relation (from_key, kind, place, source, to_ref, position, path)";

fn push_resource(values: &mut Vec<Value>, key: i64, id: String, record: Prepared, at: i64) {
    values.extend([key.into(), key.into(), id.into()]);
    values.extend([record.source.into(), record.identifier.into()]);
    values.extend([
        record.name.into(),
        record.language.into(),
        record.hash.into(),
    ]);
    values.extend([at.into(), at.into(), record.record.into()]);
}

fn push_relations(values: &mut Vec<Value>, key: i64, source: &str, relations: Vec<Relation>) {
    for relation in relations {
        values.extend([
            key.into(),
            relation.kind.name().into(),
            relation.place.into(),
        ]);
        values.extend([source.into(), relation.to_ref.into()]);
        values.extend([relation.position.into(), relation.path.into()]);
    }
}

/// Adds the new records to the figures of their sources.
async fn count(tx: &DatabaseTransaction, new: impl Iterator<Item = &Prepared>) -> Result<()> {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for record in new {
        *counts.entry(&record.source).or_default() += 1;
    }
    for (source, number) in counts {
        add_to_source(tx, source, number).await?;
    }
    Ok(())
}

/// Changes the number of published records of a source.
pub(super) async fn add_to_source(
    tx: &DatabaseTransaction,
    source: &str,
    number: i64,
) -> Result<()> {
    let sql = "INSERT INTO source (name, resources) VALUES ($1, $2) \
        ON CONFLICT (name) DO UPDATE SET resources = source.resources + excluded.resources";
    let values = [source.into(), number.into()];
    let backend = tx.get_database_backend();
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(())
}

/// The first free candidate of each record: free in the store and in this round.
async fn assign(tx: &DatabaseTransaction, new: &[Prepared]) -> Result<Vec<String>> {
    let candidates: Vec<Vec<String>> = new
        .iter()
        .map(|one| identity::candidates(&one.wanted_id, &one.source, &one.identifier))
        .collect();
    let firsts = candidates.iter().filter_map(|ids| ids.first());
    let mut taken = taken(tx, firsts).await?;
    if !taken.is_empty() {
        taken.extend(self::taken(tx, candidates.iter().flatten()).await?);
    }
    let mut assigned = Vec::with_capacity(new.len());
    for ids in candidates {
        let free = ids.iter().find(|id| !taken.contains(*id)).or(ids.last());
        let id = free.cloned().unwrap_or_default();
        taken.insert(id.clone());
        assigned.push(id);
    }
    Ok(assigned)
}

async fn taken(
    tx: &DatabaseTransaction,
    ids: impl Iterator<Item = &String>,
) -> Result<HashSet<String>> {
    let wanted: Vec<Value> = ids.map(|id| id.as_str().into()).collect();
    let rows = query_in(
        tx,
        ("SELECT id FROM resource WHERE id IN ", ""),
        &[],
        &wanted,
    )
    .await?;
    rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
}
