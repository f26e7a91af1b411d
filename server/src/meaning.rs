//! The encoder beside the portal: what a search means, and vectors of resources, made in the background.
//!
//! Everything works without it: a search that gets no vector in time, or finds no vectors of resources
//! yet, is one by words.

mod progress;
mod start;
mod worker;

pub use progress::Progress;
pub use start::run;

use crate::config::MeaningSettings;
use anyhow::Result;
use khue_index::meaning::usual_queries;
use khue_index::vectors::{VectorSet, VectorStore};
use khue_inference::{DIMENSIONS, Encoder, Service, Usual};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

/// An encoder with the vectors that it has made so far.
pub struct Meaning {
    service: Service,
    usual: Usual,
    store: Mutex<VectorStore>,
    progress: RwLock<Progress>,
    settings: MeaningSettings,
}

impl Meaning {
    /// Opens the vectors in `folder` that this encoder has made; those of another model or revision are
    /// dropped, and made anew in the background.
    ///
    /// # Errors
    /// Another process keeps them, or the folder cannot be used.
    pub fn open(encoder: Encoder, folder: &Path, settings: MeaningSettings) -> Result<Self> {
        let model = format!("{}@{}", encoder.name(), encoder.revision());
        let store = VectorStore::open(folder, &model, DIMENSIONS)?;
        Ok(Self {
            usual: Usual::of(&encoder, &usual_queries())?,
            service: Service::with(encoder),
            store: Mutex::new(store),
            progress: RwLock::default(),
            settings,
        })
    }

    /// The vector of a query, without what is usual of queries; `None` where it is not there in time, or too many are waiting: then
    /// words must do. Computes or waits: not for async threads.
    pub fn query(&self, text: &str) -> Option<Vec<f32>> {
        let vector = self.service.query(text);
        vector
            .inspect_err(|error| tracing::debug!(%error, "searched by words alone"))
            .ok()
            .map(|vector| self.usual.without(&vector))
    }

    /// The vectors as they are now.
    pub fn vectors(&self) -> VectorSet {
        self.store().set()
    }

    /// How far the background work is.
    pub fn progress(&self) -> Progress {
        self.progress
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn store(&self) -> MutexGuard<'_, VectorStore> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, progress: Progress) {
        *self
            .progress
            .write()
            .unwrap_or_else(PoisonError::into_inner) = progress;
    }
}
