//! Times of many requests.

use std::time::Duration;

/// Times in the order in which they were taken.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Adds one.
    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// Adds all of another.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that `share` of all do not exceed, in milliseconds; 0 where there are none.
    pub fn percentile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = (sorted.len().saturating_sub(1) as f64 * share).round() as usize;
        sorted
            .get(place)
            .map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_of_a_hundred() {
        let mut times = Times::default();
        assert_eq!(times.percentile(0.5), 0.0);
        (1..=101)
            .rev()
            .for_each(|n| times.push(Duration::from_millis(n)));
        assert_eq!(
            (times.percentile(0.5), times.percentile(0.95), times.count()),
            (51.0, 96.0, 101)
        );
    }
}
