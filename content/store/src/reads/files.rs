//! What is known of stored files.

use crate::error::Result;
use crate::store::Store;
use crate::tables::file;
use sea_orm::EntityTrait;

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

impl Store {
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
