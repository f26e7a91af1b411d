//! Begins a draft that is made from a published resource.

use super::writing::begin_draft;
use crate::actions::audit::{Entry, append};
use crate::actions::subject::published;
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::LearningResource;
use khue_content::account::Actor;

/// Begins a draft with a record that was made from a resource, and returns its number. Files come along that the
/// public has; others are left out.
///
/// # Errors
/// The one who acts may not submit or has too many drafts, or the resource is not published.
pub async fn adapt_resource(
    store: &Store,
    actor: &Actor,
    year: i16,
    resource: &str,
    record: &LearningResource,
) -> Result<String> {
    let tx = store.begin().await?;
    published(&tx, resource).await?;
    let mut record = record.clone();
    let known = known(&tx, &record).await?;
    record.encoding.retain(|file| {
        file.sha256
            .as_ref()
            .is_some_and(|sha256| known.contains(sha256))
    });
    let (id, number) = begin_draft(&tx, actor, year, &record).await?;
    for file in &record.encoding {
        let insert = "INSERT INTO submission_file (submission, sha256, name, media_type, size) \
            SELECT $1, sha256, $3, media_type, size FROM file WHERE sha256 = $2 ON CONFLICT (submission, sha256) DO NOTHING";
        let values = vec![
            id.into(),
            file.sha256.clone().into(),
            file.name.as_str().into(),
        ];
        sql::run(&tx, insert, values).await?;
    }
    let entry = Entry {
        actor: actor.account,
        action: "submission.adapted",
        object: &number,
        detail: resource,
    };
    append(&tx, &entry).await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(number)
}

#[derive(sea_orm::FromQueryResult)]
struct Known {
    sha256: String,
}

/// Which files of a record the public has.
async fn known(
    tx: &sea_orm::DatabaseTransaction,
    record: &LearningResource,
) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for sha256 in record
        .encoding
        .iter()
        .filter_map(|file| file.sha256.as_deref())
    {
        let query = "SELECT sha256 FROM file WHERE sha256 = $1";
        let known = sql::one::<Known>(tx, query, vec![sha256.into()]).await?;
        found.extend(known.map(|known| known.sha256));
    }
    Ok(found)
}
