//! Who may compute: as many as there are cores; some wait, the others are told at once that it is busy.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long work for the background steps back at most, so that it goes on under steady load too.
const STEP_BACK: Duration = Duration::from_millis(200);

pub(super) struct Gate {
    cores: usize,
    most_waiting: usize,
    count: Mutex<Count>,
    changed: Condvar,
}

#[derive(Default)]
struct Count {
    computing: usize,
    waiting: usize,
}

/// The right to compute; ends when dropped.
pub(super) struct Place<'a>(&'a Gate);

impl Gate {
    pub(super) fn new(cores: usize, most_waiting: usize) -> Self {
        Self {
            cores,
            most_waiting,
            count: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// A place, now or within this time.
    pub(super) fn enter(&self, patience: Duration) -> Option<Place<'_>> {
        let mut count = self.count();
        if count.computing >= self.cores {
            if count.waiting >= self.most_waiting {
                return None;
            }
            count.waiting += 1;
            let full = |count: &mut Count| count.computing >= self.cores;
            count = self
                .changed
                .wait_timeout_while(count, patience, full)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
            count.waiting -= 1;
            if count.computing >= self.cores {
                return None;
            }
        }
        count.computing += 1;
        Some(Place(self))
    }

    /// Waits while somebody computes or waits, but not for ever.
    pub(super) fn let_others_go_first(&self) {
        let taken = |count: &mut Count| count.computing + count.waiting > 0;
        // What comes of waiting does not matter: the work is done either way.
        let _ = self
            .changed
            .wait_timeout_while(self.count(), STEP_BACK, taken);
    }

    fn count(&self) -> MutexGuard<'_, Count> {
        self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.count().computing -= 1;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::Gate;
    use std::time::Duration;

    #[test]
    fn places_are_counted_and_given_back() {
        let gate = Gate::new(2, 1);
        let first = gate.enter(Duration::ZERO);
        let second = gate.enter(Duration::ZERO);
        assert!(first.is_some() && second.is_some());
        assert!(
            gate.enter(Duration::ZERO).is_none(),
            "patience is over at once"
        );
        drop(first);
        assert!(gate.enter(Duration::ZERO).is_some());
    }

    #[test]
    fn who_waits_comes_in_when_a_place_is_free_and_no_more_wait_than_may() {
        let gate = Gate::new(1, 1);
        let long = Duration::from_secs(60);
        let first = gate.enter(long);
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| gate.enter(long).is_some());
            while gate.count().waiting == 0 {
                std::thread::yield_now();
            }
            assert!(
                gate.enter(long).is_none(),
                "one waits already, so this is told at once"
            );
            drop(first);
            assert!(waiting.join().unwrap());
        });
        gate.let_others_go_first();
    }
}
