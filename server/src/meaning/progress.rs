//! How far the background work is.

use serde::Serialize;
use std::time::{Duration, Instant};

/// Between two lines of the log.
const TOLD: Duration = Duration::from_secs(30);

/// Resources with and without vectors.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Resources that are found by meaning.
    pub done: u64,
    /// Resources that are found by their words alone so far.
    pub waiting: u64,
    /// Seconds until all are done, by the speed so far; `None` before anything is known of it.
    pub seconds_left: Option<u64>,
}

/// Measures the speed of a stretch of work, and tells the log now and then.
pub(super) struct Pace {
    started: Instant,
    told: Instant,
    made: u64,
}

impl Pace {
    pub fn new() -> Self {
        Self {
            started: Instant::now(),
            told: Instant::now(),
            made: 0,
        }
    }

    /// Takes note of resources that are done.
    pub fn add(&mut self, made: u64, done: u64, waiting: u64) -> Progress {
        self.made += made;
        let rate = self.made as f64 / self.started.elapsed().as_secs_f64().max(0.001);
        let seconds_left =
            (self.made > 0).then(|| (waiting as f64 / rate.max(0.001)).ceil() as u64);
        if self.told.elapsed() >= TOLD {
            self.told = Instant::now();
            let left = shown(seconds_left.unwrap_or_default());
            tracing::info!(done, waiting, rate = %format!("{rate:.1}/s"), left, "reading resources for their meaning");
        }
        Progress {
            done,
            waiting,
            seconds_left,
        }
    }
}

fn shown(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..7_200 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3_600)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Pace, shown};

    #[test]
    fn time_left_is_told_in_words_that_fit() {
        assert_eq!(shown(12), "12 s");
        assert_eq!(shown(61), "2 min");
        assert_eq!(shown(10_000), "3 h");
        let mut pace = Pace::new();
        assert_eq!(pace.add(0, 0, 9).seconds_left, None);
        assert!(pace.add(3, 3, 6).seconds_left.is_some());
    }
}
