//! One order from words and meaning.
//!
//! Both sides are put on a scale that does not depend on the query: words as a share of the best score, meaning as
//! standard deviations above the mean cosine of this query with what is in the same language. How much meaning
//! weighs follows from how well the words were found: a query whose words stand in a name stays with them, one whose
//! words are hardly found (another language, other words for the same thing, a question) follows the meaning.
//! What has not been read, a whole text or a part of it, is taken to be as near as its words let expect: else texts
//! that happen to be read already, or short ones, would come before those that hold the words.
//! Rank fusion was tried as well: it puts what is first in meaning beside what is first in words, however sure the
//! words are, and costs keyword searches more than it gives questions.

use super::asked::Asked;
use crate::matching::Address;
use crate::rank::Ranked;
use crate::vectors::Near;
use khue_content::search::Reason;
use rustc_hash::FxHashMap;

/// What one standard deviation of meaning is worth beside the best score by words, where words are found well.
const MEANING: f32 = 0.1;
/// What is added to it where no word is found.
const ALONE: f32 = 0.3;
/// Words are found well by a document that gets this share of what all of them in name and text are worth.
const FOUND_WELL: f32 = 0.6;
/// A best result below this share has hardly any of the words: it is not as good as a best result is elsewhere.
const HARDLY: f32 = 0.1;
/// Share of the weight for a query that may be Vietnamese without marks, which the encoder hardly understands.
const UNMARKED: f32 = 0.2;

/// What a query says about how far its meaning can be trusted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shape {
    /// Whether it may be Vietnamese without marks, which the encoder hardly understands.
    pub unmarked: bool,
}

/// Merges what the words found with what is near in meaning; best first. A document whose name is the
/// query stays before all others.
pub(crate) fn fuse(
    found: Vec<Ranked>,
    near: &FxHashMap<Address, Near>,
    asked: &Asked,
    shape: Shape,
) -> Vec<Ranked> {
    let standing = |(address, near): (&Address, &Near)| asked.standing(*address, near.cosine);
    let nearest = near.iter().map(standing).fold(0.0, f32::max);
    let scale = Scale::of(&found, nearest, shape);
    let mut scored: Vec<Ranked> = found
        .into_iter()
        .map(|ranked| blended(ranked, near, asked, scale))
        .collect();
    scored.sort_by(|a, b| {
        let first = b.titled.cmp(&a.titled);
        first
            .then(a.tier.cmp(&b.tier))
            .then(b.score.total_cmp(&a.score))
            .then(a.address.cmp(&b.address))
    });
    scored
}

/// What scores by words and by meaning are worth.
#[derive(Clone, Copy, Debug)]
struct Scale {
    /// The best score by words; more where it is a poor one.
    best: f32,
    /// The best score by words as it is.
    found: f32,
    /// Worth of a standard deviation of meaning.
    meaning: f32,
    /// The standing of what is nearest.
    nearest: f32,
}

impl Scale {
    fn of(found: &[Ranked], nearest: f32, shape: Shape) -> Self {
        let most = |score: fn(&Ranked) -> f32| found.iter().map(score).fold(0.0, f32::max);
        let share = most(|ranked| ranked.score / ranked.full).max(1e-3);
        let weight = MEANING + ALONE * (1.0 - (share / FOUND_WELL).min(1.0));
        let best = most(|ranked| ranked.score).max(f32::MIN_POSITIVE);
        Self {
            best: best * (HARDLY / share).max(1.0),
            found: best,
            meaning: weight * if shape.unmarked { UNMARKED } else { 1.0 },
            nearest,
        }
    }

    /// How high that stands which has not been read yet: what words find best as high as what is nearest. So
    /// nothing loses its place because it waits to be read, or because only its beginning was.
    fn expected(&self, ranked: &Ranked) -> f32 {
        self.nearest * (ranked.score / self.found).clamp(0.0, 1.0)
    }
}

fn blended(
    mut ranked: Ranked,
    near: &FxHashMap<Address, Near>,
    asked: &Asked,
    scale: Scale,
) -> Ranked {
    let near = near
        .get(&ranked.address)
        .copied()
        .or_else(|| asked.near(ranked.address));
    let (read, standing) = near.map_or((0.0, 0.0), |near| {
        let standing = asked.standing(ranked.address, near.cosine);
        // The root: the beginning of a text says more about all of it than its share of the text.
        (asked.read(ranked.address, &near).sqrt(), standing.max(0.0))
    });
    let unread = (1.0 - read) * scale.expected(&ranked);
    let meaning = scale.meaning * read * standing;
    let words = ranked.score / scale.best;
    ranked.score = words + meaning + scale.meaning * unread;
    if meaning > words {
        ranked.passage = near.map(|near| near.place);
        if !ranked.complete {
            ranked.reasons.insert(0, Reason::Meaning);
        }
    }
    ranked
}
