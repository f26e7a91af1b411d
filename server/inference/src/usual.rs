//! What is usual of queries, taken out of each.
//!
//! Vectors of queries in one language lie close together, and some passages lie near all of them, whatever is asked: a
//! menu, a list, a very short text. What the queries of a language have in common is their mean; with most of it taken
//! away, what is near all of them is no longer first (Suzuki et al., *Centering Similarity Measures to Reduce Hubs*, 2013).

use crate::encoder::{Encoder, Vector};
use crate::error::Result;

/// Share of the mean that is taken away. More helps across languages, less helps long questions.
const SHARE: f32 = 0.7;

/// The mean vector of queries in each language.
#[derive(Clone, Debug)]
pub struct Usual(Vec<Vec<f32>>);

impl Usual {
    /// Encodes what stands for queries, by language; some milliseconds for each.
    ///
    /// # Errors
    /// As [`Encoder::query`].
    pub fn of(encoder: &Encoder, languages: &[Vec<&str>]) -> Result<Self> {
        let mean = |queries: &Vec<&str>| Ok(mean(&encoder.queries(queries)?));
        languages.iter().map(mean).collect::<Result<_>>().map(Self)
    }

    /// A query's vector without most of what is usual for queries in its language, of length 1: its language is the
    /// one whose mean is nearest.
    pub fn without(&self, query: &[f32]) -> Vec<f32> {
        let nearest = self
            .0
            .iter()
            .max_by(|a, b| dot(query, a).total_cmp(&dot(query, b)));
        let Some(mean) = nearest else {
            return query.to_vec();
        };
        let rest: Vec<f32> = query.iter().zip(mean).map(|(q, m)| q - SHARE * m).collect();
        let length = dot(&rest, &rest).sqrt().max(f32::MIN_POSITIVE);
        rest.into_iter().map(|value| value / length).collect()
    }
}

fn mean(vectors: &[Vector]) -> Vec<f32> {
    let mut sum = vec![0.0; vectors.first().map_or(0, |vector| vector.len())];
    for vector in vectors {
        sum.iter_mut().zip(vector).for_each(|(sum, x)| *sum += x);
    }
    let share = 1.0 / vectors.len().max(1) as f32;
    sum.into_iter().map(|value| value * share).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::Usual;

    #[test]
    fn what_queries_have_in_common_counts_less() {
        let usual = Usual(vec![vec![0.9, 0.1, 0.0], vec![0.0, 0.1, 0.9]]);
        let rest = usual.without(&[0.8, 0.6, 0.0]);
        assert!(rest[1] > rest[0], "{rest:?}");
        let length: f32 = rest.iter().map(|x| x * x).sum();
        assert!((length - 1.0).abs() < 1e-5, "{rest:?}");
    }

    #[test]
    fn without_a_mean_a_query_stays_as_it_is() {
        assert_eq!(Usual(Vec::new()).without(&[0.6, 0.8]), [0.6, 0.8]);
    }
}
