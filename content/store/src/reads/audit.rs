//! The log of decisions, and whether it is whole.

use crate::actions::audit::{Entry, seal};
use crate::error::Result;
use crate::sql;
use crate::store::Store;
use sea_orm::FromQueryResult;

/// Rows that are read at a time.
const PART: i64 = 1000;

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct AuditRow {
    /// Counted from 1 without gaps.
    pub seq: i64,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Number of the account; 0 for the operator, -1 for somebody of whom nothing is kept.
    pub actor: i64,
    /// Such as `role.granted`.
    pub action: String,
    /// What it was done to.
    pub object: String,
    /// The rest.
    pub detail: String,
    /// The seal: a hash of this row and the seal before.
    pub hash: String,
}

/// What [`Store::verify_audit`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditVerdict {
    /// Every row is as it was written.
    Whole {
        /// Number of rows.
        rows: i64,
        /// The last seal; whoever keeps a copy elsewhere can tell a log that was made anew.
        seal: String,
    },
    /// This row is the first that is not as it was written, or is missing.
    Broken {
        /// Its number.
        seq: i64,
        /// What is wrong with it.
        reason: String,
    },
}

#[derive(FromQueryResult)]
struct Head {
    seq: i64,
    hash: String,
}

impl Store {
    /// Rows behind a number, in their order.
    pub async fn audit(&self, after: i64, limit: u64) -> Result<Vec<AuditRow>> {
        let query = "SELECT * FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        sql::all(self.read(), query, vec![after.into(), limit.into()]).await
    }

    /// The last rows, the newest first.
    pub async fn audit_newest(&self, limit: u64) -> Result<Vec<AuditRow>> {
        let query = "SELECT * FROM audit ORDER BY seq DESC LIMIT $1";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        sql::all(self.read(), query, vec![limit.into()]).await
    }

    /// Computes every seal again.
    pub async fn verify_audit(&self) -> Result<AuditVerdict> {
        // The head first: rows that come while this reads are behind it.
        let head = sql::one::<Head>(
            self.read(),
            "SELECT seq, hash FROM audit_head WHERE one = 1",
            vec![],
        )
        .await?;
        let head = head.unwrap_or(Head {
            seq: 0,
            hash: String::new(),
        });
        let (mut seq, mut before) = (0, String::new());
        let broken = |seq, reason: &str| {
            let reason = reason.to_owned();
            Ok(AuditVerdict::Broken { seq, reason })
        };
        while seq < head.seq {
            let rows = sql::all::<AuditRow>(
                self.read(),
                "SELECT * FROM audit WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3",
                vec![seq.into(), head.seq.into(), PART.into()],
            )
            .await?;
            if rows.is_empty() {
                return broken(seq + 1, "it is missing");
            }
            for row in rows {
                if row.seq != seq + 1 {
                    return broken(seq + 1, "it is missing");
                }
                if sealed(&before, &row) != row.hash {
                    return broken(row.seq, "it is not as it was written");
                }
                (seq, before) = (row.seq, row.hash);
            }
        }
        match before == head.hash {
            true => Ok(AuditVerdict::Whole {
                rows: head.seq,
                seal: before,
            }),
            false => broken(head.seq, "its seal is not the one that was noted last"),
        }
    }
}

fn sealed(before: &str, row: &AuditRow) -> String {
    let entry = Entry {
        actor: row.actor,
        action: &row.action,
        object: &row.object,
        detail: &row.detail,
    };
    seal(before, row.seq, row.at, &entry)
}
