//! What is remembered of a learner. Whole numbers only, so that little code reads and writes it.

use khue_content::exercise::review::{Grade, Memory};

/// An exercise that is known for this long, in days, is done with.
const DONE_WITH: f64 = 60.0;

/// An exercise that is known for less than this, in days, is not steady yet.
const STEADY: f64 = 7.0;

/// Most entries of a list; the oldest give way.
const MOST: usize = 2000;

/// Everything that is remembered. Days are counted from 1970-01-01 in local time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Resources that are done, and on which day.
    pub done: Vec<(String, u32)>,
    /// Paths and the resource that was last open in each.
    pub open: Vec<(String, String)>,
    /// Exercises to look at again.
    pub review: Vec<Review>,
}

/// An exercise that was missed: address, stability and difficulty in thousandths, day of the last answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review(pub String, pub u32, pub u32, pub u32);

impl Review {
    fn memory(&self) -> Memory {
        Memory {
            stability: f64::from(self.1.max(1)) / 1000.0,
            difficulty: f64::from(self.2).clamp(1000.0, 10_000.0) / 1000.0,
            day: self.3,
        }
    }

    fn of(exercise: &str, memory: Memory) -> Self {
        let thousandths = |value: f64| (value.min(100_000.0) * 1000.0 + 0.5) as u32;
        Self(
            exercise.to_owned(),
            thousandths(memory.stability),
            thousandths(memory.difficulty),
            memory.day,
        )
    }
}

impl Record {
    /// Whether a resource is done.
    pub fn is_done(&self, resource: &str) -> bool {
        self.done.iter().any(|(own, _)| own == resource)
    }

    /// Marks a resource as done, or takes the mark away.
    pub fn set_done(&mut self, resource: &str, done: bool, day: u32) {
        self.done.retain(|(own, _)| own != resource);
        if done {
            self.done.push((resource.to_owned(), day));
            keep_last(&mut self.done);
        }
    }

    /// Remembers which resource of a path is open.
    pub fn set_open(&mut self, path: &str, resource: &str) {
        self.open.retain(|(own, _)| own != path);
        self.open.push((path.to_owned(), resource.to_owned()));
        keep_last(&mut self.open);
    }

    /// Takes an answer in. Only what was missed is remembered, until it is known for long; returns whether anything
    /// has changed.
    pub fn answered(&mut self, exercise: &str, verdict: &str, day: u32) -> bool {
        let grade = match verdict {
            "right" => Grade::Good,
            "partly" => Grade::Hard,
            "wrong" => Grade::Again,
            _ => return false,
        };
        let place = self.review.iter().position(|review| review.0 == exercise);
        let memory = match place {
            Some(place) => self.review.remove(place).memory().next(grade, day),
            None if grade == Grade::Good => return false,
            None => Memory::first(grade, day),
        };
        if memory.stability < DONE_WITH {
            self.review.push(Review::of(exercise, memory));
            keep_last(&mut self.review);
        }
        true
    }

    /// Exercises that are due on a day, those due longest first.
    pub fn due(&self, day: u32) -> Vec<&str> {
        let mut due: Vec<(u32, &str)> = self
            .review
            .iter()
            .map(|review| (review.memory().due(), review.0.as_str()))
            .filter(|(due, _)| *due <= day)
            .collect();
        due.sort_unstable();
        due.into_iter().map(|(_, exercise)| exercise).collect()
    }

    /// Exercises that are not steady yet: resources with the numbers of theirs, those with the most first.
    pub fn unsteady(&self) -> Vec<(&str, Vec<&str>)> {
        let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
        let shaky = self
            .review
            .iter()
            .filter(|review| review.memory().stability < STEADY);
        for (resource, number) in shaky.filter_map(|review| review.0.rsplit_once('/')) {
            match found.iter_mut().find(|(own, _)| *own == resource) {
                Some((_, numbers)) => numbers.push(number),
                None => found.push((resource, vec![number])),
            }
        }
        found.sort_by_key(|(_, numbers)| usize::MAX - numbers.len());
        found
    }

    /// Takes in what another browser has kept; what is newer wins.
    pub fn merge(&mut self, other: Record) {
        for (resource, day) in other.done {
            let own = self.done.iter().find(|(own, _)| *own == resource);
            let day = own.map_or(day, |(_, own)| day.max(*own));
            self.set_done(&resource, true, day);
        }
        for (path, resource) in other.open {
            if !self.open.iter().any(|(own, _)| *own == path) {
                self.set_open(&path, &resource);
            }
        }
        for review in other.review {
            match self.review.iter_mut().find(|own| own.0 == review.0) {
                Some(own) if own.3 >= review.3 => {}
                Some(own) => *own = review,
                None => self.review.push(review),
            }
        }
        keep_last(&mut self.review);
    }
}

fn keep_last<T>(list: &mut Vec<T>) {
    let over = list.len().saturating_sub(MOST);
    list.drain(..over);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_missed_exercises_come_again_and_they_come_later_each_time() {
        let mut record = Record::default();
        assert!(!record.answered("a/1", "right", 100));
        assert!(!record.answered("a/1", "unanswered", 100));
        assert!(record.answered("a/1", "wrong", 100));
        assert!(record.due(100).is_empty());
        assert_eq!(record.due(101), ["a/1"]);
        assert!(record.answered("a/1", "right", 101));
        let again = (102..200)
            .find(|day| !record.due(*day).is_empty())
            .expect("a day");
        assert!(record.answered("a/1", "right", again));
        let later = (again..400)
            .find(|day| !record.due(*day).is_empty())
            .expect("a day");
        assert!(later - again > again - 101);
    }

    #[test]
    fn what_is_known_for_long_is_done_with() {
        let mut record = Record::default();
        record.answered("a/1", "partly", 0);
        for turn in 1..12 {
            record.answered("a/1", "right", turn * 30);
        }
        assert!(record.review.is_empty());
    }

    #[test]
    fn what_was_missed_is_unsteady_until_it_was_known_for_a_week() {
        let mut record = Record::default();
        for (exercise, verdict) in [
            ("a/1", "wrong"),
            ("b/1", "partly"),
            ("b/2", "wrong"),
            ("c/1", "right"),
        ] {
            record.answered(exercise, verdict, 10);
        }
        assert_eq!(record.unsteady(), [("b", vec!["1", "2"]), ("a", vec!["1"])]);
        for day in [11, 20, 40] {
            record.answered("a/1", "right", day);
        }
        assert_eq!(record.unsteady(), [("b", vec!["1", "2"])]);
    }

    #[test]
    fn what_another_browser_kept_is_taken_in() {
        let mut record = Record::default();
        record.set_done("a", true, 5);
        record.set_open("p", "a");
        record.answered("a/1", "wrong", 5);
        let mut other = Record::default();
        other.set_done("b", true, 6);
        other.set_open("p", "b");
        other.answered("a/1", "wrong", 9);
        record.merge(other);
        assert!(record.is_done("a") && record.is_done("b"));
        assert_eq!(record.open, [("p".to_owned(), "a".to_owned())]);
        assert_eq!((record.review.len(), record.review[0].3), (1, 9));
    }
}
