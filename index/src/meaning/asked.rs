//! One search by meaning on one state of the index.

use super::joined::Joined;
use super::languages::Shares;
use crate::matching::Address;
use crate::vectors::{Entry, Near, Turned};

/// Resources that meaning may add to a search.
pub(crate) const NEAREST: usize = 100;

/// A query's vector beside the state that it is asked of.
pub(crate) struct Asked<'a> {
    joined: &'a Joined,
    query: Turned,
    shares: Shares<'a>,
    spread: Spread,
}

/// How the cosines of all passages with a query are spread, without what their languages add: what is high
/// for one query is usual for another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Spread {
    mean: f32,
    deviation: f32,
}

impl<'a> Asked<'a> {
    /// `None` where the vector does not fit.
    pub fn new(joined: &'a Joined, vector: &[f32]) -> Option<Self> {
        let query = joined.set.turned(vector)?;
        let shares = joined.languages.shares(query.vector());
        let centred =
            |(entry, cosine): (Entry, f32)| Some(cosine - shares.of(joined.document(entry)?));
        let sample = joined.set.sample(&query).into_iter();
        let spread = Spread::of(&sample.filter_map(centred).collect::<Vec<f32>>());
        Some(Self {
            joined,
            query,
            shares,
            spread,
        })
    }

    /// The nearest documents that `allowed` lets through, each measured against its language; best first.
    pub fn nearest(&self, allowed: impl Fn(Address) -> bool) -> Vec<(Address, Near)> {
        let share = |entry| {
            let document = self
                .joined
                .document(entry)
                .filter(|found| allowed(*found))?;
            Some(self.shares.of(document))
        };
        let least = self.shares.least();
        let near = self
            .joined
            .set
            .nearest_turned(&self.query, NEAREST, least, share);
        near.into_iter()
            .filter_map(|near| Some((self.joined.document(near.entry)?, near)))
            .collect()
    }

    /// How near one document is; `None` where it has no vector.
    pub fn near(&self, document: Address) -> Option<Near> {
        self.joined
            .set
            .near(self.joined.entry(document)?, &self.query)
    }

    /// Share of a document's text that its vectors were made from.
    pub fn read(&self, document: Address, near: &Near) -> f32 {
        self.joined.read(document, near.entry)
    }

    /// How many standard deviations a document's cosine lies above what is usual for this query and its language.
    pub fn standing(&self, document: Address, cosine: f32) -> f32 {
        let above = cosine - self.shares.of(document) - self.spread.mean;
        above / self.spread.deviation.max(1e-4)
    }
}

impl Spread {
    fn of(cosines: &[f32]) -> Self {
        let share = 1.0 / cosines.len().max(1) as f32;
        let mean = cosines.iter().sum::<f32>() * share;
        let squares = cosines.iter().map(|cosine| (cosine - mean).powi(2));
        Self {
            mean,
            deviation: (squares.sum::<f32>() * share).sqrt(),
        }
    }
}
