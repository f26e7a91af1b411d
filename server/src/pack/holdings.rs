//! Files and addresses of a pack.

use crate::state::{Address, Holdings, Readiness, StoredFile};
use anyhow::{Context, Result};
use khue_app::services::Answer;
use khue_pack::OpenedPack;
use std::collections::HashMap;
use std::fs;
use std::future::ready;
use tempfile::TempDir;

/// [`Holdings`] on an [`OpenedPack`]. Its files lie unpacked in a folder that goes away with the value.
pub struct PackHoldings {
    files: HashMap<String, StoredFile>,
    /// Resources in the order of their ids.
    ids: Vec<String>,
    _folder: TempDir,
}

impl PackHoldings {
    /// Unpacks the files.
    ///
    /// # Errors
    /// There is no room for them.
    pub fn new(pack: &OpenedPack) -> Result<Self> {
        let folder = tempfile::tempdir().context("no folder for the pack's files: check TMPDIR")?;
        let (mut files, mut ids) = (HashMap::new(), Vec::new());
        for resource in pack.resources() {
            for file in resource.record.encoding {
                let Some((hash, content)) = file
                    .sha256
                    .and_then(|hash| Some((hash.clone(), pack.file(&hash)?)))
                else {
                    continue;
                };
                let path = folder.path().join(&hash);
                fs::write(&path, content).with_context(|| {
                    format!("cannot write {}: check the space in TMPDIR", path.display())
                })?;
                let media_type = file.encoding_format.unwrap_or_default();
                files.insert(hash, StoredFile::at(path, media_type));
            }
            ids.push(resource.record.id);
        }
        ids.sort();
        Ok(Self {
            files,
            ids,
            _folder: folder,
        })
    }

    fn last(&self) -> i64 {
        i64::try_from(self.ids.len()).unwrap_or(i64::MAX)
    }
}

impl Holdings for PackHoldings {
    fn file<'a>(&'a self, sha256: &'a str) -> Answer<'a, Option<StoredFile>> {
        Box::pin(ready(Ok(self.files.get(sha256).cloned())))
    }

    fn addresses(&self, after: i64, limit: u64) -> Answer<'_, Vec<Address>> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let numbered = (1..)
            .zip(&self.ids)
            .skip(usize::try_from(after).unwrap_or(0));
        let addresses = numbered.take(limit).map(|(change, id)| Address {
            change,
            id: Some(id.clone()),
        });
        Box::pin(ready(Ok(addresses.collect())))
    }

    fn last_change(&self) -> Answer<'_, i64> {
        Box::pin(ready(Ok(self.last())))
    }

    fn readiness(&self) -> Answer<'_, Readiness> {
        let resources = u64::try_from(self.ids.len()).unwrap_or(u64::MAX);
        Box::pin(ready(Ok(Readiness {
            store: Some(Ok(0)),
            last_change: self.last(),
            index: Some(Ok(self.last())),
            resources,
            meaning: None,
        })))
    }
}
