//! What a language adds to every vector.
//!
//! An encoder puts a query nearest to passages in its own language, whatever they are about. So a passage is measured
//! against the others in its language: the mean of a language's vectors tells for any query how near that language is
//! as a whole.

use crate::facets::Tuples;
use crate::matching::Address;
use crate::vectors::{Entry, VectorSet};
use khue_content::search::FACETS;
use std::sync::Arc;

/// Vectors that the mean of a language is taken of, about.
const SAMPLE: usize = 512;
/// The mean of so many vectors is half that of a language and half that of the topics they happen to be about: of fewer,
/// all languages together say more.
const FEW: f32 = 4.0;

/// The languages of the documents, and what they add.
pub(crate) struct Languages {
    tuples: Vec<Arc<Tuples>>,
    /// Language of each tuple, for each segment of the text index.
    of_tuple: Vec<Vec<u8>>,
    /// Mean vector of each language, turned as the set's vectors are.
    means: Vec<Vec<f32>>,
}

impl Languages {
    /// Takes the means; `entry` gives the vectors of a document.
    pub fn new(tuples: &[Arc<Tuples>], set: &VectorSet, documents: &[(Address, Entry)]) -> Self {
        let mut names: Vec<String> = Vec::new();
        let of_tuple = tuples
            .iter()
            .map(|segment| {
                let values = segment.values.iter();
                values.map(|tuple| number(&mut names, tuple)).collect()
            })
            .collect();
        let mut languages = Self {
            tuples: tuples.to_vec(),
            of_tuple,
            means: Vec::new(),
        };
        languages.means = languages.measured(names.len(), set, documents);
        languages
    }

    fn measured(
        &self,
        languages: usize,
        set: &VectorSet,
        documents: &[(Address, Entry)],
    ) -> Vec<Vec<f32>> {
        let mut counts = vec![0usize; languages];
        for (address, _) in documents {
            counts[self.of(*address)] += 1;
        }
        let mut seen = vec![0usize; languages];
        let mut sums = vec![Sum::new(set.dimensions()); languages];
        for (address, entry) in documents {
            let language = self.of(*address);
            if seen[language].is_multiple_of(counts[language].div_ceil(SAMPLE)) {
                sums[language].add(&set.rotated(*entry), 1.0);
            }
            seen[language] += 1;
        }
        let mut all = Sum::new(set.dimensions());
        for (sum, count) in sums.iter().zip(&counts).filter(|(sum, _)| sum.weight > 0.0) {
            all.add(&sum.mean(), *count as f32);
        }
        let all = all.mean();
        for sum in &mut sums {
            let weight = FEW * FEW / sum.weight.max(1.0);
            sum.add(&all, weight);
        }
        sums.iter().map(Sum::mean).collect()
    }

    /// Number of a document's language.
    #[inline]
    fn of(&self, document: Address) -> usize {
        let segment = document.0 as usize;
        let tuple = self.tuples[segment].numbers.get_val(document.1) as usize;
        self.of_tuple[segment]
            .get(tuple)
            .map_or(0, |n| usize::from(*n))
    }

    /// What each language adds to the cosines with a query that is turned as the set's vectors are.
    pub fn shares(&self, query: &[f32]) -> Shares<'_> {
        let share = |mean: &Vec<f32>| mean.iter().zip(query).map(|(m, q)| m * q).sum();
        Shares {
            languages: self,
            shares: self.means.iter().map(share).collect(),
        }
    }
}

/// What languages add to the cosines with one query.
pub(crate) struct Shares<'a> {
    languages: &'a Languages,
    shares: Vec<f32>,
}

impl Shares<'_> {
    /// What its language adds to a document.
    #[inline]
    pub fn of(&self, document: Address) -> f32 {
        let language = self.languages.of(document);
        self.shares.get(language).copied().unwrap_or(0.0)
    }

    /// The least that any language adds.
    pub fn least(&self) -> f32 {
        self.shares.iter().copied().fold(f32::INFINITY, f32::min)
    }
}

/// The number of a tuple's language, a new one where it is new; dialects count as their language.
fn number(names: &mut Vec<String>, tuple: &[Vec<String>]) -> u8 {
    let place = FACETS.iter().position(|name| *name == "inLanguage");
    let code = place.and_then(|place| tuple.get(place)?.first());
    let code = code.and_then(|code| code.split('-').next()).unwrap_or("");
    let known = names.iter().position(|name| name == code);
    let number = known.unwrap_or_else(|| {
        names.push(code.to_owned());
        names.len() - 1
    });
    // Nobody's library has more; the last ones would share a mean.
    u8::try_from(number).unwrap_or(u8::MAX)
}

#[derive(Clone)]
struct Sum {
    sum: Vec<f32>,
    weight: f32,
}

impl Sum {
    fn new(dimensions: usize) -> Self {
        Self {
            sum: vec![0.0; dimensions],
            weight: 0.0,
        }
    }

    fn add(&mut self, vector: &[f32], weight: f32) {
        let values = self.sum.iter_mut().zip(vector);
        values.for_each(|(sum, value)| *sum += weight * value);
        self.weight += weight;
    }

    fn mean(&self) -> Vec<f32> {
        let share = 1.0 / self.weight.max(f32::MIN_POSITIVE);
        self.sum.iter().map(|value| value * share).collect()
    }
}
