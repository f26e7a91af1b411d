//! The best few of many.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Keeps the `limit` items with the highest scores.
pub(super) struct Top<T> {
    limit: usize,
    kept: BinaryHeap<Scored<T>>,
}

/// Ordered so that the worst is the heap's greatest; of equal scores the later item is worse.
struct Scored<T>(f32, T);

impl<T: Ord> PartialEq for Scored<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl<T: Ord> Eq for Scored<T> {}
impl<T: Ord> PartialOrd for Scored<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T: Ord> Ord for Scored<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .0
            .total_cmp(&self.0)
            .then_with(|| self.1.cmp(&other.1))
    }
}

impl<T: Ord> Top<T> {
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            kept: BinaryHeap::with_capacity(limit.min(4096) + 1),
        }
    }

    /// What a score must exceed to be kept.
    pub fn threshold(&self) -> f32 {
        match self.kept.peek() {
            Some(worst) if self.kept.len() >= self.limit => worst.0,
            _ => f32::NEG_INFINITY,
        }
    }

    pub fn push(&mut self, score: f32, item: T) {
        if self.limit == 0 || score.is_nan() {
            return;
        }
        let scored = Scored(score, item);
        if self.kept.len() < self.limit {
            self.kept.push(scored);
        } else if let Some(mut worst) = self.kept.peek_mut()
            && scored < *worst
        {
            *worst = scored;
        }
    }

    /// Best first.
    pub fn into_sorted(self) -> Vec<(f32, T)> {
        self.kept
            .into_sorted_vec()
            .into_iter()
            .map(|Scored(score, item)| (score, item))
            .collect()
    }
}
