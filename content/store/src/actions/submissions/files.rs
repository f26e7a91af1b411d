//! Files of a submission. Their content is kept by its hash like every other; the public learns of it when the
//! submission is published.

use super::row::{Row, written};
use super::writing::open;
use crate::clock::now;
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::MediaObject;
use khue_content::account::{Action, Actor};

/// Most files of a submission.
pub const MOST_FILES: usize = 50;

/// A file whose content was saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubmittedFile {
    /// SHA-256 of its content in hexadecimal.
    pub sha256: String,
    /// Its name, as people should see it.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
}

/// Adds a file to a submission; one of the same name is replaced.
///
/// # Errors
/// It is not theirs, is not open for writing, or has too many files.
pub async fn attach_file(
    store: &Store,
    actor: &Actor,
    number: &str,
    file: &SubmittedFile,
) -> Result<()> {
    let tx = store.begin().await?;
    let row = Row::lock(&tx, actor, number).await?;
    row.allow(actor, Action::Submit)?;
    open(&row)?;
    let mut record = row.record()?;
    record.encoding.retain(|known| known.name != file.name);
    if record.encoding.len() >= MOST_FILES {
        return Err(Error::NotAllowed(format!(
            "a file has {MOST_FILES} attachments at most"
        )));
    }
    record.encoding.push(MediaObject {
        name: file.name.clone(),
        encoding_format: Some(file.media_type.clone()),
        content_size: Some(file.size),
        sha256: Some(file.sha256.clone()),
        ..MediaObject::default()
    });
    let insert = "INSERT INTO submission_file (submission, sha256, name, media_type, size) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (submission, sha256) DO UPDATE SET name = excluded.name, media_type = excluded.media_type";
    let values = vec![
        row.id.into(),
        file.sha256.as_str().into(),
        file.name.as_str().into(),
        file.media_type.as_str().into(),
        i64::try_from(file.size).unwrap_or(i64::MAX).into(),
    ];
    sql::run(&tx, insert, values).await?;
    save(&tx, &row, &record).await?;
    Ok(tx.commit().await?)
}

/// Takes a file away from a submission.
///
/// # Errors
/// It is not theirs, or is not open for writing.
pub async fn detach_file(store: &Store, actor: &Actor, number: &str, sha256: &str) -> Result<()> {
    let tx = store.begin().await?;
    let row = Row::lock(&tx, actor, number).await?;
    row.allow(actor, Action::Submit)?;
    open(&row)?;
    let mut record = row.record()?;
    record
        .encoding
        .retain(|known| known.sha256.as_deref() != Some(sha256));
    let delete = "DELETE FROM submission_file WHERE submission = $1 AND sha256 = $2";
    sql::run(&tx, delete, vec![row.id.into(), sha256.into()]).await?;
    save(&tx, &row, &record).await?;
    Ok(tx.commit().await?)
}

async fn save(
    tx: &sea_orm::DatabaseTransaction,
    row: &Row,
    record: &khue_content::LearningResource,
) -> Result<()> {
    let (json, _) = written(record)?;
    let update =
        "UPDATE submission SET record = $2, changed_at = $3, edition = edition + 1 WHERE id = $1";
    sql::run(tx, update, vec![row.id.into(), json.into(), now().into()]).await?;
    Ok(())
}
