//! Labels as numbers to learn.

use super::Result;
use candle_core::{Device, Tensor};

/// The labels of rows, by number.
#[derive(Clone, Debug)]
pub(crate) struct Targets {
    /// Numbers of the labels of each row, sorted.
    rows: Vec<Vec<usize>>,
    /// How often each label is given: subtracted from targets, added to scores.
    prior: Vec<f64>,
    exclusive: bool,
}

impl Targets {
    /// Labels of rows, `count` different ones.
    pub(crate) fn new(rows: Vec<Vec<usize>>, count: usize) -> Self {
        let mut prior = vec![0.0; count];
        for label in rows.iter().flatten() {
            prior[*label] += 1.0 / rows.len() as f64;
        }
        let exclusive = rows.iter().all(|own| own.len() == 1);
        Self {
            rows,
            prior,
            exclusive,
        }
    }

    /// Some of the rows, with the prior of all.
    pub(crate) fn chosen(&self, rows: &[usize]) -> Self {
        Self {
            rows: rows.iter().map(|row| self.rows[*row].clone()).collect(),
            ..self.clone()
        }
    }

    pub(crate) fn prior(&self) -> &[f64] {
        &self.prior
    }

    pub(crate) fn has(&self, row: usize, label: usize) -> bool {
        self.rows[row].contains(&label)
    }

    /// The label of each row where every row has exactly one.
    pub(crate) fn first_labels(&self) -> Option<Vec<usize>> {
        let only = || self.rows.iter().map(|own| own[0]).collect();
        self.exclusive.then(only)
    }

    /// 1 for a label that a row has, else 0, less the prior (f64, `[rows, labels]`).
    pub(crate) fn matrix(&self) -> Result<Tensor> {
        let value = |own: &Vec<usize>, label: usize| f64::from(u8::from(own.contains(&label)));
        let values: Vec<f64> = self
            .rows
            .iter()
            .flat_map(|own| {
                let labels = self.prior.iter().enumerate();
                labels.map(move |(label, prior)| value(own, label) - prior)
            })
            .collect();
        let shape = (self.rows.len(), self.prior.len());
        Ok(Tensor::from_vec(values, shape, &Device::Cpu)?)
    }

    /// Scores with the prior back in.
    pub(crate) fn with_prior(&self, mut scores: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
        for row in &mut scores {
            row.iter_mut()
                .zip(&self.prior)
                .for_each(|(score, prior)| *score += prior);
        }
        scores
    }
}
