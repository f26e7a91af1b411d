//! One request at a time goes on with a file.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::futures::Notified;
use tokio::sync::{Mutex as AsyncMutex, Notify, OwnedMutexGuard};

/// How long one waits before asking again.
const PATIENCE: Duration = Duration::from_millis(250);

/// Who goes on with which file.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<HashMap<String, Weak<Place>>>);

#[derive(Debug, Default)]
struct Place {
    lock: Arc<AsyncMutex<()>>,
    asked: Notify,
}

/// The turn to go on with a file; it ends with the value.
#[derive(Debug)]
pub struct Turn {
    place: Arc<Place>,
    _lock: OwnedMutexGuard<()>,
}

impl Turn {
    /// Ends when somebody else asks for the turn from now on.
    pub(super) fn asked_for(&self) -> Notified<'_> {
        self.place.asked.notified()
    }
}

impl Turns {
    pub async fn take(&self, id: &str) -> Turn {
        let place = self.place(id);
        loop {
            // Whoever takes a turn listens a moment later: so it is said again.
            place.asked.notify_waiters();
            let lock = tokio::time::timeout(PATIENCE, place.lock.clone().lock_owned()).await;
            if let Ok(lock) = lock {
                let _lock = lock;
                return Turn { place, _lock };
            }
        }
    }

    fn place(&self, id: &str) -> Arc<Place> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        places.retain(|_, place| place.strong_count() > 0);
        let known = places.get(id).and_then(Weak::upgrade);
        known.unwrap_or_else(|| {
            let place = Arc::<Place>::default();
            places.insert(id.to_owned(), Arc::downgrade(&place));
            place
        })
    }
}
