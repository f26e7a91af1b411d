//! Learning paths that people make: begun, written, published, withdrawn. What everybody sees is what was published last; each
//! version that was published is kept.

use super::audit::{Entry, append};
use super::subject::published;
use crate::clock::now;
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::path::{Path, shipped};
use khue_content::vocabulary::plain;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult};

/// Most paths that one person has begun.
const MOST: i64 = 200;
/// Longest identifier made of a name, and most paths of one name.
const LONGEST: usize = 60;
const SAME: usize = 99;
/// Identifiers that are addresses of something else.
const RESERVED: &[&str] = &["own"];

/// What the log calls a path.
fn object(id: &str) -> String {
    format!("path:{id}")
}

/// A path as it is stored, locked for a change.
#[derive(FromQueryResult)]
struct Row {
    account: i64,
    institution: String,
    published: Option<String>,
    edition: i64,
}

impl Row {
    async fn lock(tx: &DatabaseTransaction, id: &str) -> Result<Option<Self>> {
        let lock = match tx.get_database_backend() {
            DbBackend::Postgres => " FOR UPDATE",
            _ => "",
        };
        let query = format!(
            "SELECT account, institution, published, edition FROM learning_path WHERE id = $1{lock}"
        );
        sql::one::<Self>(tx, &query, vec![id.into()]).await
    }

    /// The row, for somebody who may do this; for everybody else it is not there.
    async fn allowed(
        tx: &DatabaseTransaction,
        actor: &Actor,
        action: Action,
        id: &str,
    ) -> Result<Self> {
        let row = Self::lock(tx, id).await?;
        let row = row.filter(|row| actor.may(action, row.account, &row.institution));
        row.ok_or_else(|| Error::NotFound(format!("the path {id:?}")))
    }
}

/// Begins a path with what is known of it, and returns its identifier, made of its name. Nobody else sees it yet.
///
/// # Errors
/// The one who acts may not, there is no name, or there are too many.
pub async fn create_path(store: &Store, actor: &Actor, path: &Path) -> Result<String> {
    if !actor.may(Action::MakePath, actor.account, actor.institution()) {
        return Err(Error::Forbidden);
    }
    let tx = store.begin().await?;
    let id = free(&tx, &path.name).await?;
    let path = Path {
        id: id.clone(),
        ..path.clone()
    };
    insert(&tx, actor, &path).await?;
    tx.commit().await?;
    Ok(id)
}

async fn insert(tx: &DatabaseTransaction, actor: &Actor, path: &Path) -> Result<()> {
    let query = "INSERT INTO learning_path (id, account, institution, draft, created_at, changed_at) \
        SELECT $1, $2, $3, $4, $5, $5 WHERE (SELECT COUNT(*) FROM learning_path WHERE account = $2) < $6";
    let values = vec![
        path.id.as_str().into(),
        actor.account.into(),
        actor.institution().into(),
        written(path)?.into(),
        now().into(),
        MOST.into(),
    ];
    match sql::run(tx, query, values).await? {
        0 => Err(Error::TooMany(format!(
            "you have begun {MOST} paths already"
        ))),
        _ => Ok(()),
    }
}

fn written(path: &Path) -> Result<String> {
    if path.is_large() {
        return Err(Error::NotAllowed(
            "there is more in the path than there is room for".to_owned(),
        ));
    }
    serde_json::to_string(path).map_err(|error| Error::Internal(error.to_string()))
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

/// An identifier that no path has, made of a name.
async fn free(tx: &DatabaseTransaction, name: &str) -> Result<String> {
    let plain = plain(name);
    let words: Vec<&str> = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let stem: String = words.join("-").chars().take(LONGEST).collect();
    let stem = match stem.trim_end_matches('-') {
        "" => {
            return Err(Error::NotAllowed(
                "a path needs a name with letters".to_owned(),
            ));
        }
        stem => stem.to_owned(),
    };
    for number in 1..=SAME {
        let id = if number == 1 {
            stem.clone()
        } else {
            format!("{stem}-{number}")
        };
        let query = "SELECT COUNT(*) AS count FROM learning_path WHERE id = $1";
        let known = sql::one::<Count>(tx, query, vec![id.as_str().into()]).await?;
        let taken = known.is_some_and(|known| known.count > 0);
        if !taken && shipped().get(&id).is_none() && !RESERVED.contains(&id.as_str()) {
            return Ok(id);
        }
    }
    Err(Error::TooMany(format!(
        "{SAME} paths have this name already"
    )))
}

/// Saves a draft. One that comes with the portal is begun by its first change (`edition` 0).
///
/// # Errors
/// There is no such path for the one who acts, it was changed meanwhile, or there is no room for all of it.
pub async fn save_path(store: &Store, actor: &Actor, edition: i64, path: &Path) -> Result<()> {
    let tx = store.begin().await?;
    save(&tx, actor, edition, path).await?;
    Ok(tx.commit().await?)
}

async fn save(tx: &DatabaseTransaction, actor: &Actor, edition: i64, path: &Path) -> Result<()> {
    let own = Row::lock(tx, &path.id).await?;
    if own.is_none() && edition == 0 && shipped().get(&path.id).is_some() {
        // Nobody owns what comes with the portal.
        if !actor.may(Action::MakePath, 0, "") {
            return Err(Error::NotFound(format!("the path {:?}", path.id)));
        }
        return insert(tx, actor, path).await;
    }
    let row = Row::allowed(tx, actor, Action::MakePath, &path.id).await?;
    if row.edition != edition {
        return Err(Error::Stale);
    }
    let update =
        "UPDATE learning_path SET draft = $2, changed_at = $3, edition = edition + 1 WHERE id = $1";
    let values = vec![path.id.as_str().into(), written(path)?.into(), now().into()];
    sql::run(tx, update, values).await?;
    Ok(())
}

/// Saves a path and shows it to everybody. The version is kept, and the log seals who did it.
///
/// # Errors
/// As [`save_path`]; something is missing in it, or one of its resources is not published.
pub async fn publish_path(store: &Store, actor: &Actor, edition: i64, path: &Path) -> Result<()> {
    if let Some(fault) = path.faults().first() {
        return Err(Error::NotAllowed(format!(
            "the path is not whole: {}",
            fault.name()
        )));
    }
    let tx = store.begin().await?;
    save(&tx, actor, edition, path).await?;
    Row::allowed(&tx, actor, Action::PublishPath, &path.id).await?;
    for step in &path.steps {
        published(&tx, &step.resource).await?;
    }
    let update = "UPDATE learning_path SET published = draft WHERE id = $1";
    sql::run(&tx, update, vec![path.id.as_str().into()]).await?;
    let version = "INSERT INTO learning_path_version (path, number, record, account, at) \
        SELECT id, (SELECT COUNT(*) + 1 FROM learning_path_version WHERE path = $1), draft, $2, $3 FROM learning_path WHERE id = $1";
    sql::run(
        &tx,
        version,
        vec![path.id.as_str().into(), actor.account.into(), now().into()],
    )
    .await?;
    tell(&tx, actor, "path.published", path.id.as_str()).await?;
    Ok(tx.commit().await?)
}

/// Takes what was published out of sight; the draft stays.
///
/// # Errors
/// There is no such published path for the one who acts.
pub async fn withdraw_path(store: &Store, actor: &Actor, id: &str) -> Result<()> {
    let tx = store.begin().await?;
    let row = Row::allowed(&tx, actor, Action::PublishPath, id).await?;
    if row.published.is_none() {
        return Err(Error::NotAllowed("it is not published".to_owned()));
    }
    let update = "UPDATE learning_path SET published = NULL, changed_at = $2, edition = edition + 1 WHERE id = $1";
    sql::run(&tx, update, vec![id.into(), now().into()]).await?;
    tell(&tx, actor, "path.withdrawn", id).await?;
    Ok(tx.commit().await?)
}

/// Deletes a draft that is not published.
///
/// # Errors
/// There is no such path for the one who acts, or it is published.
pub async fn delete_path(store: &Store, actor: &Actor, id: &str) -> Result<()> {
    let tx = store.begin().await?;
    let row = Row::allowed(&tx, actor, Action::MakePath, id).await?;
    if row.published.is_some() {
        return Err(Error::NotAllowed(
            "it is published; withdraw it first".to_owned(),
        ));
    }
    sql::run(
        &tx,
        "DELETE FROM learning_path WHERE id = $1",
        vec![id.into()],
    )
    .await?;
    tell(&tx, actor, "path.deleted", id).await?;
    Ok(tx.commit().await?)
}

async fn tell(tx: &DatabaseTransaction, actor: &Actor, action: &str, id: &str) -> Result<()> {
    let entry = Entry {
        actor: actor.account,
        action,
        object: &object(id),
        detail: "",
    };
    append(tx, &entry).await
}
