//! What is known of stored files.

use crate::error::Result;
use crate::sql;
use crate::store::Store;
use crate::tables::file;
use sea_orm::{EntityTrait, FromQueryResult};
use std::collections::HashSet;

/// A stored file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// SHA-256 of its content.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// Media type.
    pub media_type: String,
    /// Name under which it is offered.
    pub name: String,
}

#[derive(FromQueryResult)]
struct Named {
    sha256: String,
}

impl Store {
    /// The content hashes of all files that a resource, one of its versions or a submission refers to.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn named_files(&self) -> Result<HashSet<String>> {
        let query = "SELECT sha256 FROM file UNION SELECT sha256 FROM submission_file";
        let rows = sql::all::<Named>(self.read(), query, Vec::new()).await?;
        Ok(rows.into_iter().map(|row| row.sha256).collect())
    }

    /// The file with this content hash.
    pub async fn file(&self, sha256: &str) -> Result<Option<FileRow>> {
        let row = file::Entity::find_by_id(sha256).one(self.read()).await?;
        Ok(row.map(|row| FileRow {
            sha256: row.sha256,
            size: u64::try_from(row.size).unwrap_or_default(),
            media_type: row.media_type,
            name: row.name,
        }))
    }
}
