//! Ratings of resources.

use super::subject::published;
use crate::clock::now;
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::community::{choice, ratings};

/// Says what a resource is good for, in place of what the same person said before; `None` takes it back.
///
/// # Errors
/// The one who acts may not, the resource is not published or their own, or the list has no such row.
pub async fn rate_resource(
    store: &Store,
    actor: &Actor,
    resource: &str,
    value: Option<&str>,
) -> Result<()> {
    if !actor.may(Action::Respond, actor.account, actor.institution()) {
        return Err(Error::Forbidden);
    }
    let tx = store.begin().await?;
    let Some(value) = value else {
        // What was said can be taken back even where the resource is gone.
        let delete = "DELETE FROM rating WHERE account = $1 AND resource = $2";
        sql::run(&tx, delete, vec![actor.account.into(), resource.into()]).await?;
        return Ok(tx.commit().await?);
    };
    let subject = published(&tx, resource).await?;
    if subject.author == actor.account {
        return Err(Error::NotAllowed("nobody rates their own work".to_owned()));
    }
    let known =
        choice(ratings(), value).ok_or_else(|| Error::NotFound(format!("the rating {value:?}")))?;
    let insert = "INSERT INTO rating (account, resource, value, rated_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (account, resource) DO UPDATE SET value = excluded.value, rated_at = excluded.rated_at";
    let values = vec![
        actor.account.into(),
        resource.into(),
        known.key.as_str().into(),
        now().into(),
    ];
    sql::run(&tx, insert, values).await?;
    Ok(tx.commit().await?)
}
