//! The same network with nothing but candle's own operations in single precision: slow, and what the fast one is
//! measured against.

use super::file::{Damage, File, Sizes};
use super::network::Batch;
use super::tokenizer::Tokenizer;
use super::{DIMENSIONS, Purpose, Vector, batch, unit, windows};
use crate::error::Error;
use crate::kernels::BlockQ4;
use crate::models;
use candle_core::{D, Device, Tensor};
use std::path::Path;

type Result<T, E = candle_core::Error> = std::result::Result<T, E>;

/// The same model computed in single precision with candle's own operations. It shows what rounding costs.
pub struct Reference {
    tokenizer: Tokenizer,
    network: PlainNetwork,
    window: usize,
}

impl Reference {
    /// Opens a file of the encoder.
    ///
    /// # Errors
    /// As [`crate::Encoder::open_file`].
    pub fn open_file(path: &Path) -> Result<Self, Error> {
        let bytes = models::read(path)?;
        let damaged = |reason| Error::Damaged {
            path: path.to_owned(),
            reason,
        };
        let file = File::read(&bytes).map_err(damaged)?;
        let network = PlainNetwork::read(&file).map_err(damaged)?;
        Ok(Self {
            window: file.sizes.positions - 2,
            tokenizer: file.tokenizer,
            network,
        })
    }

    /// As [`crate::Encoder::query`].
    ///
    /// # Errors
    /// As there.
    pub fn query(&self, text: &str) -> Result<Vector, Error> {
        self.vector(text, Purpose::Query)
    }

    /// As [`crate::Encoder::passage`].
    ///
    /// # Errors
    /// As there.
    pub fn passage(&self, text: &str) -> Result<Vector, Error> {
        self.vector(text, Purpose::Passage)
    }

    fn vector(&self, text: &str, purpose: Purpose) -> Result<Vector, Error> {
        let pieces = self
            .tokenizer
            .pieces(&format!("{}{}", purpose.words(), text.trim_start()));
        let windows: Vec<&[u32]> = windows(&pieces, self.window).collect();
        let means = self
            .network
            .mean_vectors(&batch(&self.tokenizer, &windows))?;
        let mut sum = vec![0.0; DIMENSIONS];
        for (mean, window) in means.iter().zip(windows) {
            sum.iter_mut()
                .zip(mean)
                .for_each(|(sum, x)| *sum += window.len().max(1) as f32 * x);
        }
        Ok(unit(&sum))
    }
}

/// Weights in single precision.
pub(super) struct PlainNetwork {
    sizes: Sizes,
    words: Vec<u8>,
    places: Tensor,
    norm: (Tensor, Tensor),
    layers: Vec<PlainLayer>,
}

struct PlainLayer {
    query: (Tensor, Tensor),
    key: (Tensor, Tensor),
    value: (Tensor, Tensor),
    output: (Tensor, Tensor),
    after_attention: (Tensor, Tensor),
    widen: (Tensor, Tensor),
    narrow: (Tensor, Tensor),
    after_all: (Tensor, Tensor),
}

fn compute(error: candle_core::Error) -> Damage {
    error.to_string()
}

fn numbers(file: &File<'_>, name: &str, shape: &[usize]) -> Result<Tensor, Damage> {
    let numbers = file.numbers(name, shape.iter().product())?;
    Tensor::from_vec(numbers, shape, &Device::Cpu).map_err(compute)
}

fn norm(file: &File<'_>, name: &str) -> Result<(Tensor, Tensor), Damage> {
    let width = [file.sizes.width];
    Ok((
        numbers(file, &format!("{name}.w"), &width)?,
        numbers(file, &format!("{name}.b"), &width)?,
    ))
}

/// Weights `[width, rows]`, turned for the product, and bias.
fn linear(
    file: &File<'_>,
    name: &str,
    rows: usize,
    width: usize,
) -> Result<(Tensor, Tensor), Damage> {
    let weights = plain(file.blocks(&format!("{name}.w"), rows * width)?);
    let weights =
        Tensor::from_vec(weights, (rows, width), &Device::Cpu).and_then(|w| w.t()?.contiguous());
    Ok((
        weights.map_err(compute)?,
        numbers(file, &format!("{name}.b"), &[rows])?,
    ))
}

fn plain(blocks: &[u8]) -> Vec<f32> {
    let mut all = Vec::with_capacity(blocks.len() / BlockQ4::BYTES * 32);
    for block in BlockQ4::all(blocks) {
        let mut numbers = [0.0; 32];
        block.add_to(&mut numbers);
        all.extend(numbers);
    }
    all
}

impl PlainLayer {
    fn read(file: &File<'_>, number: usize) -> Result<Self, Damage> {
        let Sizes { width, inner, .. } = file.sizes;
        let square = |part: &str| linear(file, &format!("l{number}.{part}"), width, width);
        Ok(Self {
            query: square("q")?,
            key: square("k")?,
            value: square("v")?,
            output: square("ao")?,
            after_attention: norm(file, &format!("l{number}.aln"))?,
            widen: linear(file, &format!("l{number}.fi"), inner, width)?,
            narrow: linear(file, &format!("l{number}.fo"), width, inner)?,
            after_all: norm(file, &format!("l{number}.oln"))?,
        })
    }

    /// One text: `[pieces, width]`.
    fn forward(&self, x: &Tensor, sizes: &Sizes) -> Result<Tensor> {
        let heads = |part: &(Tensor, Tensor)| {
            let rows = apply(part, x)?.reshape((x.dim(0)?, sizes.heads, ()))?;
            rows.transpose(0, 1)?.contiguous()
        };
        let (query, key, value) = (heads(&self.query)?, heads(&self.key)?, heads(&self.value)?);
        let scores = (query.matmul(&key.t()?.contiguous()?)? / 32f64.sqrt())?;
        let mean = softmax(&scores)?.matmul(&value)?;
        let mean = mean.transpose(0, 1)?.contiguous()?.reshape(x.dims())?;
        let x = normalized(
            &(x + apply(&self.output, &mean)?)?,
            &self.after_attention,
            sizes.epsilon,
        )?;
        let inner = apply(&self.widen, &x)?.gelu_erf()?;
        normalized(
            &(&x + apply(&self.narrow, &inner)?)?,
            &self.after_all,
            sizes.epsilon,
        )
    }
}

impl PlainNetwork {
    pub(super) fn read(file: &File<'_>) -> Result<Self, Damage> {
        let Sizes {
            width,
            vocabulary,
            positions,
            layers,
            ..
        } = file.sizes;
        let places = numbers(file, "emb.pos", &[positions, width])?;
        let kinds = numbers(file, "emb.type", &[2, width])?;
        let places = kinds
            .get(0)
            .and_then(|kind| places.broadcast_add(&kind))
            .map_err(compute)?;
        Ok(Self {
            sizes: file.sizes,
            words: file.blocks("emb.word", vocabulary * width)?.to_vec(),
            places,
            norm: norm(file, "emb.ln")?,
            layers: (0..layers)
                .map(|number| PlainLayer::read(file, number))
                .collect::<Result<_, Damage>>()?,
        })
    }

    /// The mean of each text's vectors, not normalised.
    pub(super) fn mean_vectors(&self, batch: &Batch) -> Result<Vec<Vec<f32>>> {
        let one = |texts: &std::ops::Range<usize>| self.mean_vector(&batch.pieces[texts.clone()]);
        batch.segments.iter().map(one).collect()
    }

    fn mean_vector(&self, pieces: &[u32]) -> Result<Vec<f32>> {
        let row_bytes = self.sizes.width / 32 * BlockQ4::BYTES;
        let words = pieces
            .iter()
            .flat_map(|piece| plain(&self.words[*piece as usize * row_bytes..][..row_bytes]));
        let words = Tensor::from_vec(
            words.collect::<Vec<f32>>(),
            (pieces.len(), self.sizes.width),
            &Device::Cpu,
        )?;
        let x = (words + self.places.narrow(0, 0, pieces.len())?)?;
        let mut x = normalized(&x, &self.norm, self.sizes.epsilon)?;
        for layer in &self.layers {
            x = layer.forward(&x, &self.sizes)?;
        }
        x.mean(0)?.to_vec1()
    }
}

fn apply((weights, bias): &(Tensor, Tensor), x: &Tensor) -> Result<Tensor> {
    x.matmul(weights)?.broadcast_add(bias)
}

fn normalized(x: &Tensor, (weight, bias): &(Tensor, Tensor), epsilon: f32) -> Result<Tensor> {
    let x = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
    let variance = x.sqr()?.mean_keepdim(D::Minus1)?;
    let x = x.broadcast_div(&(variance + f64::from(epsilon))?.sqrt()?)?;
    x.broadcast_mul(weight)?.broadcast_add(bias)
}

fn softmax(x: &Tensor) -> Result<Tensor> {
    let x = x.broadcast_sub(&x.max_keepdim(D::Minus1)?)?.exp()?;
    x.broadcast_div(&x.sum_keepdim(D::Minus1)?)
}
