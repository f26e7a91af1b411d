//! What something that is said is about: a resource, whose it is, and where it belongs.

use crate::error::{Error, Result};
use crate::sql;
use khue_content::account::{Action, Actor};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// A resource as far as what is said of it needs it.
#[derive(FromQueryResult)]
pub(crate) struct Subject {
    /// Its name.
    pub name: String,
    /// The account of the one who sent it in; 0 where it came otherwise.
    pub author: i64,
}

/// Columns that say whose a resource `r` is, and the code of the institution that it belongs to, empty for none: for a
/// query with [`JOIN`].
pub(crate) const COLUMNS: &str =
    "COALESCE(s.account, 0) AS author, COALESCE(s.institution, '') AS institution";
/// What leads from a resource `r` to the submission that it came of.
pub(crate) const JOIN: &str = "LEFT JOIN submission s ON s.resource = r.id";

/// A resource that is published; for everybody there is no other.
pub(super) async fn published(db: &impl ConnectionTrait, id: &str) -> Result<Subject> {
    let query = format!(
        "SELECT r.name, {COLUMNS} FROM resource r {JOIN} WHERE r.id = $1 AND r.status = 'published'"
    );
    let found = sql::one::<Subject>(db, &query, vec![id.into()]).await?;
    found.ok_or_else(|| Error::NotFound(format!("the resource {id:?}")))
}

/// Whether somebody may rule on what somebody else has said of a resource: neither on their own words nor on what is
/// said of their own work.
pub(crate) fn may_rule(
    actor: &Actor,
    action: Action,
    speaker: i64,
    author: i64,
    institution: &str,
) -> bool {
    actor.may(action, speaker, institution) && actor.may(action, author, institution)
}
