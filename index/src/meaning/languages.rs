//! What a language adds to every vector.
//!
//! An encoder puts a query nearest to passages in its own language, whatever they are about. So a passage is measured
//! against the others in its language: the mean of a language's vectors tells for any query how near that language is
//! as a whole.

use super::owners::Owners;
use crate::facets::Tuples;
use crate::matching::Address;
use crate::vectors::VectorSet;
use khue_content::search::FACETS;
use std::sync::Arc;

/// Vectors that the mean of a language is taken of, about.
const SAMPLE: usize = 512;
/// The mean of so many vectors is half that of a language and half that of the topics they happen to be about: of fewer,
/// all languages together say more.
const FEW: f32 = 4.0;

/// The means are taken anew once there are more or fewer entries than before by one in so many.
const DRIFT: usize = 8;

/// The languages of the documents, and what they add.
pub(crate) struct Languages {
    tuples: Vec<Arc<Tuples>>,
    /// Codes of the languages.
    names: Vec<String>,
    /// Number of each tuple's language, for each segment of the text index.
    of_tuple: Vec<Arc<Vec<u8>>>,
    /// Mean vector of each language, turned as the set's vectors are.
    means: Arc<Vec<Vec<f32>>>,
    /// Entries that there were when the means were taken.
    measured: usize,
}

impl Languages {
    /// Takes the means of the documents' vectors; those of the state before while they still fit.
    pub(super) fn new(
        tuples: &[Arc<Tuples>],
        set: &VectorSet,
        owners: &Owners,
        before: Option<&Self>,
    ) -> Self {
        let mut names = before.map_or_else(Vec::new, |before| before.names.clone());
        let mut of_tuple = Vec::with_capacity(tuples.len());
        for segment in tuples {
            let known = before.and_then(|before| before.numbers_of(segment));
            of_tuple.push(known.unwrap_or_else(|| {
                let values = segment.values.iter();
                Arc::new(values.map(|tuple| number(&mut names, tuple)).collect())
            }));
        }
        let mut languages = Self {
            tuples: tuples.to_vec(),
            names,
            of_tuple,
            means: Arc::default(),
            measured: set.entries(),
        };
        match before.filter(|before| owners.carried && before.still_fits(&languages)) {
            Some(before) => {
                languages.means = before.means.clone();
                languages.measured = before.measured;
            }
            None => languages.means = Arc::new(languages.means_of(set, owners)),
        }
        languages
    }

    /// Whether its means hold for a later state.
    fn still_fits(&self, later: &Self) -> bool {
        let drift = self.measured.abs_diff(later.measured);
        self.names.len() == later.names.len() && drift * DRIFT <= self.measured
    }

    /// Numbers of the languages of a segment's tuples, if it was there.
    fn numbers_of(&self, segment: &Arc<Tuples>) -> Option<Arc<Vec<u8>>> {
        let mut own = self.tuples.iter();
        let place = own.position(|own| Arc::ptr_eq(own, segment))?;
        Some(self.of_tuple[place].clone())
    }

    fn means_of(&self, set: &VectorSet, owners: &Owners) -> Vec<Vec<f32>> {
        let languages = self.names.len();
        let mut counts = vec![0usize; languages];
        for (address, _) in owners.documents() {
            counts[self.of(address)] += 1;
        }
        let mut seen = vec![0usize; languages];
        let mut sums = vec![Sum::new(set.dimensions()); languages];
        for (address, entry) in owners.documents() {
            let language = self.of(address);
            if seen[language].is_multiple_of(counts[language].div_ceil(SAMPLE)) {
                sums[language].add(&set.rotated(entry), 1.0);
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

    /// How many languages there are.
    pub fn count(&self) -> usize {
        self.names.len()
    }

    /// Number of the language with a code, where documents are in it.
    pub fn with_code(&self, code: &str) -> Option<usize> {
        self.names.iter().position(|name| name == code)
    }

    /// Number of a document's language.
    #[inline]
    pub fn of(&self, document: Address) -> usize {
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
        self.of_language(self.languages.of(document))
    }

    /// What a language adds, by its number.
    pub fn of_language(&self, language: usize) -> f32 {
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
