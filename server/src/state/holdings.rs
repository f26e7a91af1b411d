//! What the server needs beside the pages' library: files, addresses, readiness.

use super::stored_file::StoredFile;
use crate::meaning::Progress;
use crate::portal::Portal;
use khue_app::services::{Answer, ServiceError};
use khue_content::search::Synonyms;
use khue_store::Files;
use std::sync::Arc;

/// Files, addresses and readiness.
pub trait Holdings: Send + Sync {
    /// The file with this content.
    fn file<'a>(&'a self, sha256: &'a str) -> Answer<'a, Option<StoredFile>>;
    /// Resources that changed after a change and up to another, in the order of changes.
    fn addresses(&self, after: i64, limit: u64) -> Answer<'_, Vec<Address>>;
    /// Number of the last change.
    fn last_change(&self) -> Answer<'_, i64>;
    /// Whether store and index answer.
    fn readiness(&self) -> Answer<'_, Readiness>;
    /// The table of synonyms in force.
    fn synonyms(&self) -> Arc<Synonyms> {
        Synonyms::shipped()
    }
}

/// The address of a resource.
#[derive(Clone, Debug)]
pub struct Address {
    /// Number of its last change.
    pub change: i64,
    /// Its id; `None` where it was withdrawn.
    pub id: Option<String>,
}

/// Whether store and index answer.
#[derive(Clone, Debug, Default)]
pub struct Readiness {
    /// Schema of the database, or why it does not answer.
    pub store: Option<Result<i64, String>>,
    /// Number of the store's last change.
    pub last_change: i64,
    /// Number of the last change that can be found, or why nothing can.
    pub index: Option<Result<i64, String>>,
    /// Resources that can be found.
    pub resources: u64,
    /// How many can be found by meaning; `None` without an encoder.
    pub meaning: Option<Progress>,
}

/// [`Holdings`] on a [`Portal`].
pub struct PortalHoldings(pub Arc<Portal>);

fn failed(error: impl std::fmt::Display) -> ServiceError {
    ServiceError::Failed(error.to_string())
}

impl Holdings for PortalHoldings {
    fn file<'a>(&'a self, sha256: &'a str) -> Answer<'a, Option<StoredFile>> {
        Box::pin(async move {
            // A name that is no hash is the name of no file.
            if !Files::is_name(sha256) {
                return Ok(None);
            }
            let row = self.0.store.file(sha256).await.map_err(failed)?;
            Ok(row.map(|row| StoredFile::kept(self.0.files.clone(), sha256, row.media_type)))
        })
    }

    fn addresses(&self, after: i64, limit: u64) -> Answer<'_, Vec<Address>> {
        Box::pin(async move {
            let changes = self
                .0
                .store
                .changes_since(after, limit)
                .await
                .map_err(failed)?;
            let address = |change: khue_store::Change| Address {
                change: change.change,
                id: change.record.map(|_| change.id),
            };
            Ok(changes.into_iter().map(address).collect())
        })
    }

    fn last_change(&self) -> Answer<'_, i64> {
        Box::pin(async move { self.0.store.last_change().await.map_err(failed) })
    }

    fn synonyms(&self) -> Arc<Synonyms> {
        self.0.synonyms.clone()
    }

    fn readiness(&self) -> Answer<'_, Readiness> {
        Box::pin(async move {
            let store = self.0.store.ready().await;
            let index = self.0.index();
            let last_change = store.as_ref().map_or(0, |ready| ready.last_change);
            Ok(Readiness {
                store: Some(
                    store
                        .map(|ready| ready.schema)
                        .map_err(|error| error.to_string()),
                ),
                last_change,
                index: Some(index.last_change().map_err(|error| error.to_string())),
                resources: index.len(),
                meaning: self.0.meaning().map(|meaning| meaning.progress()),
            })
        })
    }
}
