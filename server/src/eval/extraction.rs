//! How much of a known text is found in files.

use serde::Serialize;
use std::collections::HashMap;

/// Recall and precision of words for one file.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Recall {
    /// Words of the reference.
    pub wanted: usize,
    /// Words that were found in the file.
    pub read: usize,
    /// Words of the reference that were found, each as often as it stands there.
    pub found: usize,
    /// Wanted words that are missing most often.
    pub missing: Vec<String>,
}

impl Recall {
    /// Compares two texts as multisets of words: what stands where does not count.
    pub fn of(reference: &str, text: &str) -> Self {
        let mut wanted = HashMap::new();
        for word in words(reference) {
            *wanted.entry(word).or_insert(0usize) += 1;
        }
        let total = wanted.values().sum();
        let (mut read, mut found) = (0, 0);
        for word in words(text) {
            read += 1;
            if let Some(left) = wanted.get_mut(&word).filter(|left| **left > 0) {
                *left -= 1;
                found += 1;
            }
        }
        let mut missing: Vec<(String, usize)> =
            wanted.into_iter().filter(|(_, left)| *left > 0).collect();
        missing.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
        let missing = missing.into_iter().take(10).map(|(word, _)| word).collect();
        Self {
            wanted: total,
            read,
            found,
            missing,
        }
    }

    /// Share of the reference's words that were found.
    pub fn recall(&self) -> f64 {
        self.found as f64 / self.wanted.max(1) as f64
    }

    /// Share of the words read that the reference has.
    pub fn precision(&self) -> f64 {
        self.found as f64 / self.read.max(1) as f64
    }
}

/// Words in lower case: runs of letters and digits, marks included.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let parts = text.split(|letter: char| {
        !(letter.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&letter))
    });
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::Recall;

    #[test]
    fn words_count_as_often_as_they_stand_there() {
        let compared = Recall::of("lực là lực, Đường tròn", "Lực là gì? đường tr òn");
        assert_eq!((compared.wanted, compared.read, compared.found), (5, 6, 3));
        assert_eq!(compared.missing, ["lực", "tròn"]);
        assert_eq!(Recall::of("a b", "b a").recall(), 1.0);
        assert_eq!(Recall::of("", "").recall(), 0.0);
    }
}
