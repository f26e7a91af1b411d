//! What is in a collection: put in, proposed, moved, taken out.

use super::row::Row;
use super::{ItemChange, Put, kept, tell};
use crate::actions::subject::published;
use crate::clock::{DAY, now};
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::collection::{ITEMS, NOTE_LENGTH, PROPOSALS_A_DAY, Visibility};
use sea_orm::{DatabaseTransaction, FromQueryResult};

#[derive(FromQueryResult)]
struct Item {
    state: String,
    account: i64,
    position: i64,
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

#[derive(FromQueryResult)]
struct Place {
    resource: String,
    position: i64,
}

/// Puts a published resource at the end of one's own collection, or proposes it for one of somebody else that one
/// sees. Doing it again changes only the note of one's own.
///
/// # Errors
/// The one who acts may not, there is no such collection or resource for them, it was declined before, or there is
/// too much already.
pub async fn put_into_collection(
    store: &Store,
    actor: &Actor,
    id: i64,
    resource: &str,
    note: &str,
) -> Result<Put> {
    if !actor.may(Action::Collect, actor.account, actor.institution()) {
        return Err(Error::Forbidden);
    }
    let note = kept(note, NOTE_LENGTH)?;
    let tx = store.begin().await?;
    published(&tx, resource).await?;
    let row = Row::lock(&tx, id).await?.filter(|row| may_see(actor, row));
    let row = row.ok_or_else(|| Error::NotFound(format!("the collection {id}")))?;
    let own = row.account == actor.account;
    let known = item(&tx, id, resource).await?;
    let put = match known {
        Some(known) if known.state == "in" => {
            if own && !note.is_empty() {
                let update =
                    "UPDATE collection_item SET note = $3 WHERE collection = $1 AND resource = $2";
                sql::run(&tx, update, vec![id.into(), resource.into(), note.into()]).await?;
            }
            Put::In
        }
        Some(known) if !own && known.state == "declined" => {
            return Err(Error::NotAllowed(
                "it was proposed before, and was not taken in".to_owned(),
            ));
        }
        Some(_) if !own => Put::Proposed,
        _ => insert(&tx, actor, &row, resource, &note, own).await?,
    };
    Ok(tx.commit().await.map(|()| put)?)
}

/// Whether somebody sees a collection: their own, a public one, or one that is shared where they have a role.
fn may_see(actor: &Actor, row: &Row) -> bool {
    row.account == actor.account
        || row.visibility == Visibility::Public.name()
        || row.visibility == Visibility::Institution.name()
            && actor.may(Action::ReadCollection, row.account, &row.institution)
}

async fn item(tx: &DatabaseTransaction, id: i64, resource: &str) -> Result<Option<Item>> {
    let query = "SELECT state, account, position FROM collection_item WHERE collection = $1 AND resource = $2";
    sql::one::<Item>(tx, query, vec![id.into(), resource.into()]).await
}

async fn insert(
    tx: &DatabaseTransaction,
    actor: &Actor,
    row: &Row,
    resource: &str,
    note: &str,
    own: bool,
) -> Result<Put> {
    let count = "SELECT COUNT(*) AS count FROM collection_item WHERE collection = $1";
    if counted(tx, count, vec![row.id.into()]).await? >= ITEMS {
        return Err(Error::TooMany(format!(
            "a collection holds {ITEMS} resources at most"
        )));
    }
    let count = "SELECT COUNT(*) AS count FROM collection_item i JOIN collection c ON c.id = i.collection \
        WHERE i.account = $1 AND i.put_at > $2 AND c.account <> $1";
    if !own
        && counted(tx, count, vec![actor.account.into(), (now() - DAY).into()]).await?
            >= PROPOSALS_A_DAY
    {
        return Err(Error::TooMany(format!(
            "you have proposed {PROPOSALS_A_DAY} resources within a day"
        )));
    }
    let insert = "INSERT INTO collection_item (collection, resource, position, note, state, account, put_at) \
        VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM collection_item WHERE collection = $1), $3, $4, $5, $6) \
        ON CONFLICT (collection, resource) DO UPDATE SET state = excluded.state, position = excluded.position, note = excluded.note";
    let state = if own { "in" } else { "proposed" };
    let values = vec![
        row.id.into(),
        resource.into(),
        note.into(),
        state.into(),
        actor.account.into(),
        now().into(),
    ];
    sql::run(tx, insert, values).await?;
    if own {
        touch(tx, row.id).await?;
        return Ok(Put::In);
    }
    tell(tx, actor, row.account, "collection-proposed", row).await?;
    Ok(Put::Proposed)
}

async fn counted(
    tx: &DatabaseTransaction,
    query: &str,
    values: Vec<sea_orm::Value>,
) -> Result<i64> {
    let found = sql::one::<Count>(tx, query, values).await?;
    Ok(found.map_or(0, |found| found.count))
}

async fn touch(tx: &DatabaseTransaction, id: i64) -> Result<()> {
    let update = "UPDATE collection SET changed_at = $2, edition = edition + 1 WHERE id = $1";
    sql::run(tx, update, vec![id.into(), now().into()]).await?;
    Ok(())
}

/// Changes what is in a collection whose row is locked.
pub(super) async fn apply(
    tx: &DatabaseTransaction,
    actor: &Actor,
    row: &Row,
    change: &ItemChange,
) -> Result<()> {
    let (resource, wanted) = match change {
        ItemChange::Up(resource) | ItemChange::Down(resource) | ItemChange::Remove(resource) => {
            (resource, "in")
        }
        ItemChange::Accept(resource) | ItemChange::Decline(resource) => (resource, "proposed"),
    };
    let found = item(tx, row.id, resource)
        .await?
        .filter(|item| item.state == wanted);
    let found = found
        .ok_or_else(|| Error::NotFound(format!("the resource {resource:?} in this collection")))?;
    match change {
        ItemChange::Up(_) => {
            swap(
                tx,
                row.id,
                resource,
                found.position,
                "position < $2",
                "DESC",
            )
            .await
        }
        ItemChange::Down(_) => {
            swap(tx, row.id, resource, found.position, "position > $2", "ASC").await
        }
        ItemChange::Remove(_) => {
            let delete = "DELETE FROM collection_item WHERE collection = $1 AND resource = $2";
            sql::run(tx, delete, vec![row.id.into(), resource.as_str().into()]).await?;
            Ok(())
        }
        ItemChange::Accept(_) => {
            published(tx, resource).await?;
            let update = "UPDATE collection_item SET state = 'in', position = \
                (SELECT COALESCE(MAX(position), 0) + 1 FROM collection_item WHERE collection = $1) WHERE collection = $1 AND resource = $2";
            sql::run(tx, update, vec![row.id.into(), resource.as_str().into()]).await?;
            tell(tx, actor, found.account, "collection-accepted", row).await
        }
        ItemChange::Decline(_) => {
            let update = "UPDATE collection_item SET state = 'declined' WHERE collection = $1 AND resource = $2";
            sql::run(tx, update, vec![row.id.into(), resource.as_str().into()]).await?;
            tell(tx, actor, found.account, "collection-declined", row).await
        }
    }
}

/// Changes places with the next one in a direction; the first and the last stay where they are. What is not published
/// any more is nobody's neighbour.
async fn swap(
    tx: &DatabaseTransaction,
    id: i64,
    resource: &str,
    position: i64,
    beyond: &str,
    order: &str,
) -> Result<()> {
    let query = format!(
        "SELECT i.resource, i.position FROM collection_item i JOIN resource r ON r.id = i.resource \
         WHERE i.collection = $1 AND i.state = 'in' AND r.status = 'published' AND i.{beyond} ORDER BY i.position {order} LIMIT 1"
    );
    let other = sql::one::<Place>(tx, &query, vec![id.into(), position.into()]).await?;
    let Some(other) = other else {
        return Ok(());
    };
    let update = "UPDATE collection_item SET position = $3 WHERE collection = $1 AND resource = $2";
    sql::run(
        tx,
        update,
        vec![id.into(), resource.into(), other.position.into()],
    )
    .await?;
    sql::run(
        tx,
        update,
        vec![id.into(), other.resource.into(), position.into()],
    )
    .await?;
    Ok(())
}
