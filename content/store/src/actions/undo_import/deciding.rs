//! What becomes of each record when its import is taken back. The dry run and the deed ask the same.

use crate::actions::in_use::users;
use crate::actions::withdraw::WITHDRAWN;
use crate::error::Result;
use crate::rows::query_in;
use crate::sql;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use std::collections::HashMap;

/// Most records of a part, and most characters of their former versions.
const PART: i64 = 1_000;
const PART_SIZE: i64 = 8_000_000;

/// What becomes of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// The import had brought it in: it is out of sight and out of the search.
    Removed,
    /// The import had changed it: the version from before is there again.
    Restored,
    /// Left as it is: it was changed since; the detail names the import that did, where one did.
    Changed,
    /// Left as it is: somebody has withdrawn it since.
    Withdrawn,
    /// Left as it is: somebody has decided on it since, such as signed guidance for it.
    Decided,
    /// Left as it is: the detail names the learning paths, wholes and collections that lead to it.
    InUse,
}

impl Fate {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] = [
        Self::Removed,
        Self::Restored,
        Self::Changed,
        Self::Withdrawn,
        Self::Decided,
        Self::InUse,
    ];

    /// Its name, as stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Restored => "restored",
            Self::Changed => "changed",
            Self::Withdrawn => "withdrawn",
            Self::Decided => "decided",
            Self::InUse => "in-use",
        }
    }

    /// The fate of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fate| fate.name() == name)
    }

    /// Whether the record is left as it is.
    pub const fn is_kept(self) -> bool {
        !matches!(self, Self::Removed | Self::Restored)
    }
}

/// A record and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoRow {
    /// For asking on behind it.
    pub key: i64,
    /// The portal's id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What becomes of it.
    pub fate: Fate,
    /// Number of an import, or names of what leads to it; else empty.
    pub detail: String,
}

/// A record that an import wrote, as it is now.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Pending {
    pub key: i64,
    pub id: String,
    pub name: String,
    pub source: String,
    pub status: String,
    pub before: i64,
    pub before_change: i64,
    pub version: i64,
    pub change: i64,
    pub now_version: i64,
    pub now_change: i64,
    pub size: i64,
}

/// The next records that an import wrote, after the one with this key.
pub(crate) async fn pending(
    db: &impl ConnectionTrait,
    run: i64,
    after: i64,
) -> Result<Vec<Pending>> {
    let query = "SELECT c.key, r.id, r.name, r.source, r.status, c.before, c.before_change, c.version, c.change, \
        r.version AS now_version, r.change AS now_change, CAST(COALESCE(LENGTH(v.record), 0) AS BIGINT) AS size \
        FROM import_change c JOIN resource r ON r.key = c.key \
        LEFT JOIN resource_version v ON v.key = c.key AND v.version = c.before \
        WHERE c.run = $1 AND c.key > $2 ORDER BY c.key LIMIT $3";
    let values = vec![run.into(), after.into(), PART.into()];
    let mut rows: Vec<Pending> = sql::all(db, query, values).await?;
    let mut size = 0;
    let fits = rows.iter().take_while(|row| {
        let first = size == 0;
        size += row.size;
        first || size <= PART_SIZE
    });
    let fits = fits.count().max(1);
    rows.truncate(fits);
    Ok(rows)
}

/// What becomes of each.
pub(crate) async fn decide(
    db: &impl ConnectionTrait,
    run: i64,
    rows: Vec<Pending>,
) -> Result<Vec<(Pending, UndoRow)>> {
    let untouched = rows.iter().filter(|row| row.now_change == row.change);
    let brought = untouched.filter(|row| row.before == 0);
    let brought: Vec<String> = brought.map(|row| row.id.clone()).collect();
    let users = users(db, &brought, run).await?;
    let later = later(db, run, &rows).await?;
    let told = |row: &Pending| match (fate(row), users.get(&row.id)) {
        (Fate::Removed, Some(names)) => (Fate::InUse, names.join(", ")),
        (Fate::Changed, _) => {
            let by = later.get(&row.key).map(i64::to_string);
            (Fate::Changed, by.unwrap_or_default())
        }
        (fate, _) => (fate, String::new()),
    };
    let with_fate = |row: Pending| {
        let (fate, detail) = told(&row);
        let row_told = UndoRow {
            key: row.key,
            id: row.id.clone(),
            name: row.name.clone(),
            fate,
            detail,
        };
        (row, row_told)
    };
    Ok(rows.into_iter().map(with_fate).collect())
}

/// What becomes of a record that nothing leads to.
fn fate(row: &Pending) -> Fate {
    if row.now_version != row.version {
        Fate::Changed
    } else if row.now_change == row.change && row.before == 0 {
        Fate::Removed
    } else if row.now_change == row.change {
        Fate::Restored
    } else if row.status == WITHDRAWN {
        Fate::Withdrawn
    } else {
        Fate::Decided
    }
}

/// The newest later import that changed each record and still stands.
async fn later(db: &impl ConnectionTrait, run: i64, rows: &[Pending]) -> Result<HashMap<i64, i64>> {
    let changed = rows.iter().filter(|row| row.now_version != row.version);
    let keys: Vec<Value> = changed.map(|row| row.key.into()).collect();
    let query = "SELECT key, MAX(run) AS run FROM import_change \
        WHERE run > $1 AND (fate IS NULL OR fate NOT IN ('removed', 'restored')) AND key IN ";
    let found = query_in(db, (query, " GROUP BY key"), &[run.into()], &keys).await?;
    let pair = |row: &sea_orm::QueryResult| Ok((row.try_get("", "key")?, row.try_get("", "run")?));
    found.iter().map(pair).collect()
}
