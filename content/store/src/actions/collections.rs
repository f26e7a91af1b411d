//! Collections that people make: begun, described, filled, shared, deleted and brought back.

mod items;
mod row;

pub use items::put_into_collection;
pub use khue_content::collection::{CollectionText, ItemChange, Put};

use super::audit::{Entry, append};
use super::notices::{Notice, notify};
use crate::clock::{DAY, now};
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::collection::{
    COLLECTIONS, DAYS_TO_UNDO, DESCRIPTION_LENGTH, NAME_LENGTH, NOTE_LENGTH, Visibility,
};
use khue_content::community::plain_words;
use row::Row;
use sea_orm::DatabaseTransaction;

/// What notifications and the log call a collection.
fn object(id: i64) -> String {
    format!("collection:{id}")
}

/// Begins a collection and returns its number. Nobody else sees it yet.
///
/// # Errors
/// The one who acts may not, the name is missing or too long, or there are too many.
pub async fn create_collection(store: &Store, actor: &Actor, name: &str) -> Result<i64> {
    let institution = actor.institution();
    if !actor.may(Action::Collect, actor.account, institution) {
        return Err(Error::Forbidden);
    }
    let name = named(name)?;
    let tx = store.begin().await?;
    let insert = "INSERT INTO collection (account, institution, name, visibility, created_at, changed_at) \
        SELECT $1, $2, $3, 'private', $4, $4 \
        WHERE (SELECT COUNT(*) FROM collection WHERE account = $1 AND deleted_at IS NULL) < $5 RETURNING id";
    let values = vec![
        actor.account.into(),
        institution.into(),
        name.into(),
        now().into(),
        COLLECTIONS.into(),
    ];
    let id = sql::id(&tx, insert, values).await?;
    let id =
        id.ok_or_else(|| Error::TooMany(format!("you have {COLLECTIONS} collections already")))?;
    tx.commit().await?;
    Ok(id)
}

fn named(typed: &str) -> Result<String> {
    let name = plain_words(typed, NAME_LENGTH).map(|name| name.replace('\n', " "));
    let name = name.filter(|name| !name.is_empty());
    name.ok_or_else(|| {
        Error::NotAllowed(format!(
            "a collection's name has 1 to {NAME_LENGTH} characters"
        ))
    })
}

fn kept(typed: &str, most: usize) -> Result<String> {
    plain_words(typed, most)
        .ok_or_else(|| Error::NotAllowed(format!("there is room for {most} characters")))
}

/// Saves what is said of a collection, then changes what is in it.
///
/// # Errors
/// There is no such collection for the one who acts, it was changed meanwhile, words are missing or too long, or the
/// one who acts may not share it so.
pub async fn change_collection(
    store: &Store,
    actor: &Actor,
    id: i64,
    edition: i64,
    said: &CollectionText,
    change: Option<&ItemChange>,
) -> Result<()> {
    let (name, description) = (
        named(&said.name)?,
        kept(&said.description, DESCRIPTION_LENGTH)?,
    );
    let tx = store.begin().await?;
    let row = Row::own(&tx, actor, id).await?;
    row.as_seen(edition)?;
    let institution = share(&tx, actor, &row, said.visibility).await?;
    let update = "UPDATE collection SET name = $2, description = $3, visibility = $4, institution = $5, changed_at = $6, \
        edition = edition + 1 WHERE id = $1";
    let values = vec![
        id.into(),
        name.into(),
        description.into(),
        said.visibility.name().into(),
        institution.into(),
        now().into(),
    ];
    sql::run(&tx, update, values).await?;
    for (resource, note) in &said.notes {
        let note = kept(note, NOTE_LENGTH)?;
        let update = "UPDATE collection_item SET note = $3 WHERE collection = $1 AND resource = $2 AND state = 'in'";
        sql::run(
            &tx,
            update,
            vec![id.into(), resource.as_str().into(), note.into()],
        )
        .await?;
    }
    if let Some(change) = change {
        items::apply(&tx, actor, &row, change).await?;
    }
    Ok(tx.commit().await?)
}

/// Whether somebody may share a collection so; gives the institution that it belongs to then. What becomes visible to
/// others goes into the log.
async fn share(
    tx: &DatabaseTransaction,
    actor: &Actor,
    row: &Row,
    to: Visibility,
) -> Result<String> {
    let institution = match actor.institution() {
        "" => row.institution.clone(),
        own => own.to_owned(),
    };
    if to == Visibility::Private || to.name() == row.visibility {
        return Ok(row.institution.clone());
    }
    if !actor.may(Action::ShareCollection, row.account, &institution) {
        return Err(Error::Forbidden);
    }
    if to == Visibility::Institution && institution.is_empty() {
        return Err(Error::NotAllowed(
            "you have no institution to share it with".to_owned(),
        ));
    }
    let entry = Entry {
        actor: actor.account,
        action: "collection.shared",
        object: &object(row.id),
        detail: to.name(),
    };
    append(tx, &entry).await?;
    Ok(institution)
}

/// Deletes a collection; it can be brought back for [`DAYS_TO_UNDO`] days.
///
/// # Errors
/// There is no such collection for the one who acts.
pub async fn delete_collection(store: &Store, actor: &Actor, id: i64) -> Result<()> {
    let tx = store.begin().await?;
    Row::own(&tx, actor, id).await?;
    let at = now();
    let update = "UPDATE collection SET deleted_at = $2, edition = edition + 1 WHERE id = $1";
    sql::run(&tx, update, vec![id.into(), at.into()]).await?;
    let purge = "DELETE FROM collection WHERE deleted_at < $1";
    sql::run(&tx, purge, vec![(at - DAYS_TO_UNDO * DAY).into()]).await?;
    let entry = Entry {
        actor: actor.account,
        action: "collection.deleted",
        object: &object(id),
        detail: "",
    };
    append(&tx, &entry).await?;
    Ok(tx.commit().await?)
}

/// Brings a deleted collection back; nobody else sees it until it is shared again.
///
/// # Errors
/// There is no such collection for the one who acts, or it is too late.
pub async fn restore_collection(store: &Store, actor: &Actor, id: i64) -> Result<()> {
    let tx = store.begin().await?;
    let update = "UPDATE collection SET deleted_at = NULL, visibility = 'private', edition = edition + 1 \
        WHERE id = $1 AND account = $2 AND deleted_at >= $3";
    let oldest = now() - DAYS_TO_UNDO * DAY;
    let done = sql::run(
        &tx,
        update,
        vec![id.into(), actor.account.into(), oldest.into()],
    )
    .await?;
    if done == 0 || !actor.may(Action::Collect, actor.account, actor.institution()) {
        return Err(Error::NotFound(format!("the deleted collection {id}")));
    }
    Ok(tx.commit().await?)
}

/// Takes a shared collection out of sight: it is its maker's alone again, who is told. The log seals who and why.
///
/// # Errors
/// There is no such shared collection, the one who acts may not, or words are missing.
pub async fn hide_collection(store: &Store, actor: &Actor, id: i64, words: &str) -> Result<()> {
    let words = kept(words, NOTE_LENGTH)?;
    if words.is_empty() {
        return Err(Error::NotAllowed("say why in your own words".to_owned()));
    }
    let tx = store.begin().await?;
    let row = Row::lock(&tx, id).await?;
    let row = row.filter(|row| row.visibility != Visibility::Private.name());
    let row = row.ok_or_else(|| Error::NotFound(format!("the collection {id}")))?;
    if !actor.may(Action::HideCollection, row.account, &row.institution) {
        return Err(Error::Forbidden);
    }
    let update = "UPDATE collection SET visibility = 'private', changed_at = $2, edition = edition + 1 WHERE id = $1";
    sql::run(&tx, update, vec![id.into(), now().into()]).await?;
    tell(&tx, actor, row.account, "collection-hidden", &row).await?;
    let entry = Entry {
        actor: actor.account,
        action: "collection.hidden",
        object: &object(id),
        detail: &words,
    };
    append(&tx, &entry).await?;
    Ok(tx.commit().await?)
}

async fn tell(
    tx: &DatabaseTransaction,
    actor: &Actor,
    to: i64,
    kind: &str,
    row: &Row,
) -> Result<()> {
    let notice = Notice {
        kind,
        object: &object(row.id),
        name: &row.name,
    };
    notify(tx, actor.account, &[Some(to)], &notice).await
}
