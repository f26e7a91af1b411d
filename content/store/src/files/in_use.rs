//! Who uses the folder of files: many at a time, or one alone who takes something away.

use crate::error::{Error, Result};
use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::Arc;

/// Held as long as the folder is used. It ends with the process, however that ends.
#[derive(Clone, Debug)]
pub(super) struct InUse {
    _place: Option<Arc<File>>,
}

impl InUse {
    fn of(place: Option<File>) -> Self {
        let _place = place.map(Arc::new);
        Self { _place }
    }

    /// Uses the folder beside others.
    pub fn shared(folder: &Path) -> Result<Self> {
        let place = open(folder)?;
        match place.try_lock_shared() {
            Ok(()) => Ok(Self::of(Some(place))),
            Err(TryLockError::WouldBlock) => Err(Error::NotAllowed(
                "files that nothing refers to are being removed; wait until that has ended"
                    .to_owned(),
            )),
            // Some disks of other machines know no locks; only whoever wants to be alone needs one.
            Err(TryLockError::Error(_)) => Ok(Self::of(None)),
        }
    }

    /// Uses it alone.
    pub fn alone(folder: &Path) -> Result<Self> {
        let place = open(folder)?;
        match place.try_lock() {
            Ok(()) => Ok(Self::of(Some(place))),
            Err(TryLockError::WouldBlock) => Err(Error::NotAllowed(
                "the files are in use, by a portal or an import that runs; stop it first"
                    .to_owned(),
            )),
            Err(TryLockError::Error(e)) => Err(Error::io("lock", folder, e)),
        }
    }
}

fn open(folder: &Path) -> Result<File> {
    File::open(folder).map_err(|e| Error::io("open", folder, e))
}
