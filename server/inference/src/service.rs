//! The encoder as a server uses it: read in the background, asked by many, never a reason to wait long.

mod cache;
mod gate;

use crate::encoder::{Encoder, Section, Vector, on_all_cores};
use crate::error::{Error, Result};
use crate::models::ModelFolder;
use cache::Cache;
use gate::Gate;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

/// Queries that are remembered, about 2 KiB each.
const REMEMBERED: usize = 4096;
/// Queries that may wait for each core.
const WAITING_FOR_A_CORE: usize = 8;
/// How long a query may wait before search goes on by words alone.
const PATIENCE: Duration = Duration::from_millis(60);

/// Answers from one encoder. Cheap to clone; all clones are one service.
///
/// All methods compute on the calling thread, or wait: never call them on an async thread.
#[derive(Clone)]
pub struct Service(Arc<Shared>);

struct Shared {
    state: RwLock<State>,
    gate: Gate,
    cache: Mutex<Cache>,
}

enum State {
    Loading,
    Ready(Encoder),
    Off(String),
}

/// What a page or a log says of the encoder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is being read.
    Loading,
    /// It answers.
    Ready {
        /// Its name.
        name: String,
        /// Its revision.
        revision: String,
    },
    /// It doesn't answer, and why.
    Off(String),
}

impl Service {
    /// Reads the encoder that is in use in this folder, in a thread of its own; `told` hears how that ended.
    pub fn start(folder: ModelFolder, told: impl FnOnce(&Status) + Send + 'static) -> Self {
        let service = Self::new(State::Loading);
        let loading = service.clone();
        let read = move || {
            loading.become_what(Encoder::open(&folder));
            told(&loading.status());
        };
        if let Err(error) = std::thread::Builder::new()
            .name("read-encoder".to_owned())
            .spawn(read)
        {
            service.set(State::Off(format!("no thread could be started: {error}")));
        }
        service
    }

    /// A service with an encoder that is already there.
    pub fn with(encoder: Encoder) -> Self {
        Self::new(State::Ready(encoder))
    }

    /// A service without an encoder, and why.
    pub fn off(reason: &str) -> Self {
        Self::new(State::Off(reason.to_owned()))
    }

    fn new(state: State) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self(Arc::new(Shared {
            state: RwLock::new(state),
            gate: Gate::new(cores, cores * WAITING_FOR_A_CORE),
            cache: Mutex::new(Cache::new(REMEMBERED)),
        }))
    }

    fn become_what(&self, opened: Result<Encoder>) {
        self.set(match opened {
            Ok(encoder) => State::Ready(encoder),
            Err(error) => State::Off(error.to_string()),
        });
    }

    fn set(&self, state: State) {
        *self.0.state.write().unwrap_or_else(PoisonError::into_inner) = state;
    }

    /// How it is.
    pub fn status(&self) -> Status {
        match &*self.0.state.read().unwrap_or_else(PoisonError::into_inner) {
            State::Loading => Status::Loading,
            State::Off(reason) => Status::Off(reason.clone()),
            State::Ready(encoder) => Status::Ready {
                name: encoder.name().to_owned(),
                revision: encoder.revision().to_owned(),
            },
        }
    }

    /// The encoder itself.
    ///
    /// # Errors
    /// [`Error::Loading`] and [`Error::Off`].
    pub fn encoder(&self) -> Result<Encoder> {
        match &*self.0.state.read().unwrap_or_else(PoisonError::into_inner) {
            State::Loading => Err(Error::Loading),
            State::Off(reason) => Err(Error::Off {
                reason: reason.clone(),
            }),
            State::Ready(encoder) => Ok(encoder.clone()),
        }
    }

    /// The vector of what somebody searches, at once or not at all: within about 70 ms there is a vector or an error, with
    /// which search goes on by words alone. Queries that come again are remembered, in memory only.
    ///
    /// # Errors
    /// [`Error::Busy`] when as many as there are cores compute and others wait already; [`Error::Loading`] and
    /// [`Error::Off`].
    pub fn query(&self, text: &str) -> Result<Vector> {
        let encoder = self.encoder()?;
        let text = text.trim();
        if let Some(vector) = self.cache().get(text) {
            return Ok(vector);
        }
        let place = self.0.gate.enter(PATIENCE).ok_or(Error::Busy)?;
        let vector = encoder.query(text)?;
        drop(place);
        self.cache().put(text, vector);
        Ok(vector)
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, Cache> {
        self.0.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Vectors of many passages on all cores, in the order of the texts. Work for the background: it steps back while
    /// somebody's query computes or waits.
    ///
    /// # Errors
    /// [`Error::Loading`] and [`Error::Off`].
    pub fn passages<S: AsRef<str> + Sync>(&self, texts: &[S]) -> Result<Vec<Vector>> {
        let encoder = self.encoder()?;
        on_all_cores(texts, |text| {
            self.0.gate.let_others_go_first();
            encoder.passage(text.as_ref())
        })
    }

    /// Vectors of the stretches of one text, see [`Encoder::sections`]; work for the background like
    /// [`Service::passages`].
    ///
    /// # Errors
    /// As there.
    pub fn sections(&self, title: &str, text: &str) -> Result<Vec<Section>> {
        let encoder = self.encoder()?;
        let (ranges, texts) = encoder.titled_stretches(title, text);
        let vectors = self.passages(&texts)?;
        let sections = ranges.into_iter().zip(vectors);
        Ok(sections
            .map(|(range, vector)| Section { range, vector })
            .collect())
    }
}
