//! Vectors of queries that came lately.

use crate::encoder::Vector;
use std::collections::HashMap;

/// At most so many; when it is full, the half that was asked for longest ago goes.
pub(super) struct Cache {
    most: usize,
    clock: u64,
    known: HashMap<Box<str>, (u64, Box<Vector>)>,
}

impl Cache {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most: most.max(2),
            clock: 0,
            known: HashMap::new(),
        }
    }

    pub(super) fn get(&mut self, text: &str) -> Option<Vector> {
        self.clock += 1;
        let (asked, vector) = self.known.get_mut(text)?;
        *asked = self.clock;
        Some(**vector)
    }

    pub(super) fn put(&mut self, text: &str, vector: Vector) {
        if self.known.len() >= self.most {
            self.forget_half();
        }
        self.clock += 1;
        self.known
            .insert(text.into(), (self.clock, Box::new(vector)));
    }

    fn forget_half(&mut self) {
        let mut times: Vec<u64> = self.known.values().map(|(asked, _)| *asked).collect();
        let middle = times.len() / 2;
        let (_, middle, _) = times.select_nth_unstable(middle);
        self.known.retain(|_, (asked, _)| *asked >= *middle);
    }
}

#[cfg(test)]
mod tests {
    use super::Cache;

    #[test]
    fn what_was_asked_for_lately_stays() {
        let mut cache = Cache::new(8);
        for number in 0..8 {
            cache.put(&number.to_string(), [number as f32; 384]);
        }
        assert_eq!(cache.get("0"), Some([0.0; 384]));
        cache.put("8", [8.0; 384]);
        assert!(cache.known.len() <= 8);
        assert!(cache.get("0").is_some() && cache.get("8").is_some() && cache.get("7").is_some());
        assert!(cache.get("1").is_none());
    }
}
