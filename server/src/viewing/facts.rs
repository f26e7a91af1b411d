//! What is to be known of a file before it is shown: how large a picture is, where a package begins.

use crate::packages::{Start, start};
use khue_extract::Kind;
use khue_store::Files;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Files that are remembered; when there are more, all are forgotten.
const MOST: usize = 4_000;

/// What is known of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// Width and height of a picture.
    pub pixels: Option<(u32, u32)>,
    /// Where a package begins; `None` where it is none.
    pub package: Option<Start>,
}

/// Whether a file has to be opened for it.
pub(super) fn is_worth_it(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Png
            | Kind::Jpeg
            | Kind::Gif
            | Kind::Webp
            | Kind::H5p
            | Kind::Zip
            | Kind::CommonCartridge
    )
}

/// Facts by the hash of a file's content, which never changes.
#[derive(Default)]
pub(super) struct Known(Mutex<HashMap<String, Facts>>);

impl Known {
    /// The facts of a file, read where nobody has read them.
    pub async fn of(&self, sha256: &str, files: &Files, kind: Kind) -> anyhow::Result<Facts> {
        if let Some(facts) = self.lock().get(sha256) {
            return Ok(facts.clone());
        }
        let (files, name) = (files.clone(), sha256.to_owned());
        let read = move || Ok(read(&files.near(&name)?, kind));
        let facts: Result<_, khue_store::Error> = tokio::task::spawn_blocking(read).await?;
        let facts = facts?;
        let mut known = self.lock();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(sha256.to_owned(), facts.clone());
        Ok(facts)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Facts>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(path: &Path, kind: Kind) -> Facts {
    if kind.is_picture() {
        let size = imagesize::size(path).ok();
        let side = |side: usize| u32::try_from(side).ok().filter(|side| *side > 0);
        let pixels = size.and_then(|size| Some((side(size.width)?, side(size.height)?)));
        return Facts {
            pixels,
            package: None,
        };
    }
    Facts {
        pixels: None,
        package: start(path, kind),
    }
}
