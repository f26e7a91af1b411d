//! A copy of the database while it is in use.

use crate::connect::sqlite_copy;
use crate::error::{Error, Result};
use crate::store::Store;
use std::fs;
use std::path::Path;

impl Store {
    /// Writes a compact copy of an SQLite database as it is at this moment. Readers
    /// and writers go on. The copy is there whole or not at all; an older one at
    /// the same path is replaced. PostgreSQL has its own tools for this.
    pub async fn backup_to(&self, path: &Path) -> Result<()> {
        let Some(database) = self.sqlite_path() else {
            return Err(Error::NotSqlite);
        };
        let unfinished = path.with_added_extension("unfinished");
        if unfinished.exists() {
            fs::remove_file(&unfinished).map_err(|e| Error::io("remove", &unfinished, e))?;
        }
        sqlite_copy(database, &unfinished).await?;
        let synced = fs::File::open(&unfinished).and_then(|file| file.sync_all());
        synced.map_err(|e| Error::io("sync", &unfinished, e))?;
        fs::rename(&unfinished, path).map_err(|e| Error::io("move", path, e))
    }
}
