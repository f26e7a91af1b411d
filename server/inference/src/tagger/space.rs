//! Where texts stand: vectors freed of their language, and words beside them.

use super::words::{Lexicon, Sparse, product};
use super::{Result, Row};
use candle_core::{Device, Tensor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a language adds to every vector, by bare code (`vi`); see [`super::Languages`].
pub(crate) type Offsets = BTreeMap<String, Vec<f32>>;

/// How rows become points.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Space {
    offsets: Offsets,
    /// Mean of the training vectors; empty where rows have no vectors.
    centre: Vec<f32>,
    /// Root of the mean squared distance to the centre.
    scale: f32,
    lexicon: Lexicon,
}

/// Rows as points: one vector each (`[n, d]`, f32) where there are vectors, and words.
#[derive(Clone, Debug)]
pub(crate) struct Points {
    pub(crate) vectors: Option<Tensor>,
    pub(crate) words: Vec<Sparse>,
}

/// Squared distances of vectors, and products of words, of all pairs of two
/// sets of points, row by row.
pub(crate) struct Pairs {
    pub(crate) shape: (usize, usize),
    pub(crate) distances: Option<Vec<f32>>,
    pub(crate) words: Vec<f32>,
}

impl Space {
    /// The space of these training rows. Vectors count only when every row has one.
    pub(crate) fn of(rows: &[Row], offsets: &Offsets) -> Self {
        let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        let mut space = Self {
            offsets: offsets.clone(),
            centre: Vec::new(),
            scale: 1.0,
            lexicon: Lexicon::of(&texts),
        };
        let vectors: Option<Vec<Vec<f32>>> = rows.iter().map(|row| space.freed(row)).collect();
        let Some(vectors) = vectors.filter(|all| !all.is_empty()) else {
            return space;
        };
        let mut centre = vec![0.0; vectors[0].len()];
        for vector in &vectors {
            centre.iter_mut().zip(vector).for_each(|(sum, x)| *sum += x);
        }
        centre
            .iter_mut()
            .for_each(|sum| *sum /= vectors.len() as f32);
        let square =
            |v: &Vec<f32>| -> f32 { v.iter().zip(&centre).map(|(x, c)| (x - c) * (x - c)).sum() };
        let spread = vectors.iter().map(square).sum::<f32>() / vectors.len() as f32;
        space.scale = spread.sqrt().max(1e-6);
        space.centre = centre;
        space
    }

    /// Whether points have vectors.
    pub(crate) fn has_meaning(&self) -> bool {
        !self.centre.is_empty()
    }

    /// The vector without what its language adds.
    fn freed(&self, row: &Row) -> Option<Vec<f32>> {
        let mut vector = row.vector.clone()?;
        if let Some(offset) = self.offsets.get(&row.language) {
            vector.iter_mut().zip(offset).for_each(|(x, o)| *x -= o);
        }
        Some(vector)
    }

    /// The points of rows. A row without a vector where others have one stands at the centre.
    pub(crate) fn points(&self, rows: &[Row]) -> Result<Points> {
        let words = rows.iter().map(|row| self.lexicon.sparse(&row.text));
        let words = words.collect();
        if !self.has_meaning() {
            return Ok(Points {
                vectors: None,
                words,
            });
        }
        let width = self.centre.len();
        let mut flat = Vec::with_capacity(rows.len() * width);
        for row in rows {
            let vector = self.freed(row).filter(|v| v.len() == width);
            let vector = vector.unwrap_or_else(|| self.centre.clone());
            flat.extend(
                vector
                    .iter()
                    .zip(&self.centre)
                    .map(|(x, c)| (x - c) / self.scale),
            );
        }
        let vectors = Tensor::from_vec(flat, (rows.len(), width), &Device::Cpu)?;
        Ok(Points {
            vectors: Some(vectors),
            words,
        })
    }

    /// All pairs of two sets of points of this space.
    pub(crate) fn pairs(&self, left: &Points, right: &Points) -> Result<Pairs> {
        let shape = (left.words.len(), right.words.len());
        let distances = match (&left.vectors, &right.vectors) {
            (Some(a), Some(b)) => Some(distances(a, b)?),
            _ => None,
        };
        let words = self.word_products(left, right);
        Ok(Pairs {
            shape,
            distances,
            words,
        })
    }

    /// Products of words, by way of the list of points that have each feature.
    fn word_products(&self, left: &Points, right: &Points) -> Vec<f32> {
        let width = right.words.len();
        if width < 8 {
            let pairs = |a| right.words.iter().map(move |b| product(a, b));
            return left.words.iter().flat_map(pairs).collect();
        }
        let mut having: Vec<Vec<(u32, f32)>> = vec![Vec::new(); self.lexicon.len()];
        for (place, words) in right.words.iter().enumerate() {
            for (feature, weight) in words {
                having[*feature as usize].push((place as u32, *weight));
            }
        }
        let mut all = vec![0.0; left.words.len() * width];
        for (words, sums) in left.words.iter().zip(all.chunks_mut(width)) {
            for (feature, weight) in words {
                for (place, other) in &having[*feature as usize] {
                    sums[*place as usize] += weight * other;
                }
            }
        }
        all
    }
}

/// |a − b|² = |a|² + |b|² − 2ab.
fn distances(a: &Tensor, b: &Tensor) -> Result<Vec<f32>> {
    let squares = |x: &Tensor| -> Result<Vec<f32>> { Ok(x.sqr()?.sum(1)?.to_vec1()?) };
    let (of_a, of_b) = (squares(a)?, squares(b)?);
    let mut all: Vec<f32> = a.matmul(&b.t()?.contiguous()?)?.flatten_all()?.to_vec1()?;
    for (row, own) in all.chunks_mut(of_b.len().max(1)).zip(&of_a) {
        for (value, other) in row.iter_mut().zip(&of_b) {
            *value = (own + other - 2.0 * *value).max(0.0);
        }
    }
    Ok(all)
}
