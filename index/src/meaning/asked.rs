//! One search by meaning on one state of the index.

use super::joined::Joined;
use super::languages::Shares;
use crate::matching::Address;
use crate::vectors::{Entry, Near, Turned};

/// Resources that meaning may add to a search.
pub(crate) const NEAREST: usize = 100;

/// A query's vectors beside the state that they are asked of.
pub(crate) struct Asked<'a> {
    joined: &'a Joined,
    /// That of the words as typed first, then those of what they are in other languages.
    vectors: Vec<Asking<'a>>,
    /// Which vector each language of the documents is asked with.
    of_language: Vec<usize>,
}

/// One vector, and what is usual for it.
struct Asking<'a> {
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
    /// Asks with the vector of the words as typed, and documents in other languages with those of what the words are
    /// there. `None` where the first does not fit.
    pub fn new(
        joined: &'a Joined,
        vector: &[f32],
        translated: &[(&'static str, Vec<f32>)],
    ) -> Option<Self> {
        let mut vectors = vec![Asking::new(joined, vector)?];
        let mut of_language = vec![0; joined.languages.count()];
        for (code, vector) in translated {
            let Some(asking) = Asking::new(joined, vector) else {
                continue;
            };
            if let Some(language) = joined.languages.with_code(code) {
                of_language[language] = vectors.len();
            }
            vectors.push(asking);
        }
        Some(Self {
            joined,
            vectors,
            of_language,
        })
    }

    /// The number of the vector that a language is asked with.
    fn number(&self, language: usize) -> usize {
        self.of_language.get(language).copied().unwrap_or(0)
    }

    fn asking(&self, document: Address) -> &Asking<'a> {
        &self.vectors[self.number(self.joined.languages.of(document))]
    }

    /// The nearest documents that `allowed` lets through, each measured against its language; best first.
    pub fn nearest(&self, allowed: impl Fn(Address) -> bool) -> Vec<(Address, Near)> {
        let mut all = Vec::new();
        for (number, asking) in self.vectors.iter().enumerate() {
            let share = |entry| {
                let document = self.joined.document(entry)?;
                let language = self.joined.languages.of(document);
                let found = self.number(language) == number && allowed(document);
                found.then(|| asking.shares.of_language(language))
            };
            let (query, least) = (&asking.query, asking.shares.least());
            let set = &self.joined.set;
            let near = set.nearest_turned(query, NEAREST, least, share);
            all.extend(
                near.into_iter()
                    .filter_map(|near| Some((self.joined.document(near.entry)?, near))),
            );
        }
        if self.vectors.len() > 1 {
            let standing = |one: &(Address, Near)| self.standing(one.0, one.1.cosine);
            all.sort_by(|a, b| standing(b).total_cmp(&standing(a)));
            all.truncate(NEAREST);
        }
        all
    }

    /// How near one document is; `None` where it has no vector.
    pub fn near(&self, document: Address) -> Option<Near> {
        self.joined
            .set
            .near(self.joined.entry(document)?, &self.asking(document).query)
    }

    /// Share of a document's text that its vectors were made from.
    pub fn read(&self, document: Address, near: &Near) -> f32 {
        self.joined.read(document, near.entry)
    }

    /// How many standard deviations a document's cosine lies above what is usual for this query and its language.
    pub fn standing(&self, document: Address, cosine: f32) -> f32 {
        let asking = self.asking(document);
        let above = cosine - asking.shares.of(document) - asking.spread.mean;
        above / asking.spread.deviation.max(1e-4)
    }
}

impl<'a> Asking<'a> {
    fn new(joined: &'a Joined, vector: &[f32]) -> Option<Self> {
        let query = joined.set.turned(vector)?;
        let shares = joined.languages.shares(query.vector());
        let centred =
            |(entry, cosine): (Entry, f32)| Some(cosine - shares.of(joined.document(entry)?));
        let sample = joined.set.sample(&query).into_iter();
        let spread = Spread::of(&sample.filter_map(centred).collect::<Vec<f32>>());
        Some(Self {
            query,
            shares,
            spread,
        })
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
