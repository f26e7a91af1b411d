//! What something that is said is about: a resource, whose it is, and where it belongs.

use crate::error::{Error, Result};
use crate::sql;
use khue_content::account::{Action, Actor, Held, Reach, Role, Scope, may, reach};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};

/// A resource as far as what is said of it needs it.
#[derive(FromQueryResult)]
pub(crate) struct Subject {
    /// Its name.
    pub name: String,
    /// The account of the one who sent it in; 0 where it came otherwise.
    pub author: i64,
    /// Code of the institution that it belongs to; empty for none.
    pub institution: String,
}

/// Columns that say whose a resource `r` is, and the code of the institution that it belongs to, empty for none: for a
/// query with [`JOIN`].
pub(crate) const COLUMNS: &str =
    "COALESCE(s.account, 0) AS author, COALESCE(s.institution, '') AS institution";
/// The same columns, for [`super::scope`].
pub(crate) const OWNER: (&str, &str) = ("COALESCE(s.account, 0)", "COALESCE(s.institution, '')");
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

#[derive(FromQueryResult)]
struct Grant {
    account: i64,
    role: String,
    institution: String,
}

/// Most people who are told of one thing.
const TOLD: usize = 200;

/// Everybody who may do this to something of others that belongs to an institution, but for its author.
pub(super) async fn those_who_may(
    tx: &DatabaseTransaction,
    action: Action,
    subject: &Subject,
) -> Result<Vec<Option<i64>>> {
    let able = |role: &&Role| matches!(reach(**role, action), Reach::Others | Reach::All);
    let names = Role::ALL
        .iter()
        .filter(able)
        .map(|role| format!("'{}'", role.name()));
    let names = names.collect::<Vec<_>>().join(", ");
    let query = format!(
        "SELECT account, role, institution FROM role_grant WHERE role IN ({names}) ORDER BY account"
    );
    let grants = sql::all::<Grant>(tx, &query, vec![]).await?;
    let allowed = |grant: &Grant| {
        let role = Role::parse(&grant.role)?;
        let held = Held {
            role,
            institution: grant.institution.clone(),
        };
        let scope = Scope {
            own: grant.account == subject.author,
            within: held.covers(&subject.institution),
        };
        (may(role, action, scope) && !scope.own).then_some(grant.account)
    };
    let mut told: Vec<i64> = grants.iter().filter_map(allowed).collect();
    told.dedup();
    Ok(told.into_iter().take(TOLD).map(Some).collect())
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
