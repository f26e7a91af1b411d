//! The network: a BERT of 4-bit weights in candle, each layer an operation of our own.

use super::file::{Damage, File, Sizes};
use crate::kernels::{self, BlockQ4, Heads, Instructions, Norm, PackedWeights, QuantizedRows};
use candle_core::{CpuStorage, Device, Error, InplaceOp1, Layout, Tensor};
use std::cell::RefCell;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

type Result<T, E = Error> = std::result::Result<T, E>;

/// Pieces of several texts, one behind the other.
#[derive(Default)]
pub(super) struct Batch {
    /// The pieces with those that begin and end a text.
    pub pieces: Vec<u32>,
    /// Which of them are one text's.
    pub segments: Vec<Range<usize>>,
}

/// Weights ready for computing.
pub(super) struct Network {
    pub sizes: Sizes,
    /// `[vocabulary, width]` as in the file.
    words: Vec<u8>,
    /// `[positions, width]`: place and type together.
    places: Vec<f32>,
    norm: OwnNorm,
    layers: Vec<Layer>,
    /// Kept from one call to the next: memory that is new costs more time than what is computed in it.
    scratch: Mutex<Vec<Scratch>>,
}

/// Room for what a layer computes on the way.
struct Scratch {
    rows: QuantizedRows,
    /// `[pieces, 3 · width]` or `[pieces, inner]`.
    wide: Vec<f32>,
    /// `[pieces, width]`, both.
    attended: Vec<f32>,
    output: Vec<f32>,
}

struct Layer {
    /// Queries, keys and values, one below the other.
    attention: Linear,
    output: Linear,
    after_attention: OwnNorm,
    widen: Linear,
    narrow: Linear,
    after_all: OwnNorm,
}

impl Network {
    /// Takes the weights out of a file.
    pub(super) fn read(file: &File<'_>) -> Result<Self, Damage> {
        let Sizes {
            width,
            vocabulary,
            positions,
            ..
        } = file.sizes;
        let mut places = file.numbers("emb.pos", positions * width)?;
        let kinds = file.numbers("emb.type", 2 * width)?;
        for row in places.chunks_exact_mut(width) {
            row.iter_mut()
                .zip(&kinds)
                .for_each(|(place, kind)| *place += kind);
        }
        Ok(Self {
            sizes: file.sizes,
            words: file.blocks("emb.word", vocabulary * width)?.to_vec(),
            places,
            norm: OwnNorm::read(file, "emb.ln")?,
            layers: (0..file.sizes.layers)
                .map(|number| Layer::read(file, number))
                .collect::<Result<_, Damage>>()?,
            scratch: Mutex::new(Vec::new()),
        })
    }

    /// The mean of each text's vectors, not normalised: `[texts, width]`.
    pub(super) fn mean_vectors(&self, batch: &Batch, with: Instructions) -> Result<Vec<Vec<f32>>> {
        let x = self.embed(batch, with)?;
        let scratch = RefCell::new(self.take_scratch());
        for layer in &self.layers {
            x.inplace_op1(&LayerOp {
                layer,
                network: self,
                batch,
                with,
                scratch: &scratch,
            })?;
        }
        self.give_back(scratch.into_inner());
        let rows = x.to_vec2::<f32>()?;
        Ok(batch
            .segments
            .iter()
            .map(|texts| mean(&rows[texts.clone()]))
            .collect())
    }

    fn take_scratch(&self) -> Scratch {
        let mut kept = self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        kept.pop().unwrap_or_else(|| Scratch {
            rows: QuantizedRows::empty(),
            wide: Vec::new(),
            attended: Vec::new(),
            output: Vec::new(),
        })
    }

    fn give_back(&self, scratch: Scratch) {
        let mut kept = self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push(scratch);
    }

    /// Word, place and type of each piece, normalised: `[pieces, width]`.
    fn embed(&self, batch: &Batch, with: Instructions) -> Result<Tensor> {
        let width = self.sizes.width;
        let mut x = vec![0.0; batch.pieces.len() * width];
        let places = batch.segments.iter().flat_map(|texts| 0..texts.len());
        let row_bytes = width / kernels::BLOCK * BlockQ4::BYTES;
        for ((x, piece), place) in x.chunks_exact_mut(width).zip(&batch.pieces).zip(places) {
            x.copy_from_slice(&self.places[place * width..][..width]);
            let word = &self.words[*piece as usize * row_bytes..][..row_bytes];
            for (x, block) in x.chunks_exact_mut(kernels::BLOCK).zip(BlockQ4::all(word)) {
                block.add_to(x);
            }
        }
        let nothing = vec![0.0; x.len()];
        kernels::add_norm(with, &mut x, &nothing, &self.norm.with(self.sizes.epsilon));
        Tensor::from_vec(x, (batch.pieces.len(), width), &Device::Cpu)
    }
}

impl Layer {
    fn read(file: &File<'_>, number: usize) -> Result<Self, Damage> {
        let Sizes { width, inner, .. } = file.sizes;
        let name = |part: &str| format!("l{number}.{part}");
        Ok(Self {
            attention: Linear::read(file, &[name("q"), name("k"), name("v")], width, width)?,
            output: Linear::read(file, &[name("ao")], width, width)?,
            after_attention: OwnNorm::read(file, &name("aln"))?,
            widen: Linear::read(file, &[name("fi")], inner, width)?,
            narrow: Linear::read(file, &[name("fo")], width, inner)?,
            after_all: OwnNorm::read(file, &name("oln"))?,
        })
    }

    /// One layer, in place: `x` is `[pieces, width]`.
    fn compute(&self, x: &mut [f32], op: &LayerOp<'_>, scratch: &mut Scratch) {
        let (with, sizes) = (op.with, op.network.sizes);
        let heads = Heads {
            width: sizes.width,
            count: sizes.heads,
        };
        let Scratch {
            rows,
            wide,
            attended,
            output,
        } = scratch;
        self.attention.apply(x, with, rows, wide);
        attended.resize(x.len(), 0.0);
        kernels::attention(with, wide, &op.batch.segments, attended, heads);
        self.output.apply(attended, with, rows, output);
        let norm = self.after_attention.with(sizes.epsilon);
        kernels::add_norm(with, x, output, &norm);
        self.widen.apply(x, with, rows, wide);
        kernels::gelu(with, wide);
        self.narrow.apply(wide, with, rows, output);
        kernels::add_norm(with, x, output, &self.after_all.with(sizes.epsilon));
    }
}

/// A layer as candle sees it.
struct LayerOp<'a> {
    layer: &'a Layer,
    network: &'a Network,
    batch: &'a Batch,
    with: Instructions,
    scratch: &'a RefCell<Scratch>,
}

impl InplaceOp1 for LayerOp<'_> {
    fn name(&self) -> &'static str {
        "layer-of-4-bit-weights"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> Result<()> {
        let expected = (self.batch.pieces.len(), self.network.sizes.width);
        let place = layout.contiguous_offsets();
        let (CpuStorage::F32(all), Some((start, end)), true) =
            (storage, place, layout.shape().dims2()? == expected)
        else {
            candle_core::bail!("a layer takes {expected:?} numbers in one piece, not {layout:?}");
        };
        let mut scratch = self.scratch.borrow_mut();
        self.layer.compute(&mut all[start..end], self, &mut scratch);
        Ok(())
    }
}

/// Weights `[rows, width]` and a bias for each row.
struct Linear {
    weights: PackedWeights,
    bias: Vec<f32>,
}

impl Linear {
    fn read(file: &File<'_>, names: &[String], rows: usize, width: usize) -> Result<Self, Damage> {
        let mut blocks = Vec::new();
        let mut bias = Vec::new();
        for name in names {
            blocks.push(file.blocks(&format!("{name}.w"), rows * width)?);
            bias.extend(file.numbers(&format!("{name}.b"), rows)?);
        }
        let weights = PackedWeights::new(&blocks, width);
        Ok(Self { weights, bias })
    }

    /// `x · wᵀ + bias`: `[pieces, width]` to `[pieces, rows]`.
    fn apply(&self, x: &[f32], with: Instructions, room: &mut QuantizedRows, to: &mut Vec<f32>) {
        kernels::quantize(with, x, self.weights.width, room);
        to.resize(x.len() / self.weights.width * self.weights.rows, 0.0);
        kernels::product(with, room, &self.weights, &self.bias, to);
    }
}

/// What layer normalisation multiplies and adds.
struct OwnNorm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl OwnNorm {
    fn read(file: &File<'_>, name: &str) -> Result<Self, Damage> {
        Ok(Self {
            weight: file.numbers(&format!("{name}.w"), file.sizes.width)?,
            bias: file.numbers(&format!("{name}.b"), file.sizes.width)?,
        })
    }

    fn with(&self, epsilon: f32) -> Norm<'_> {
        Norm {
            weight: &self.weight,
            bias: &self.bias,
            epsilon,
        }
    }
}

fn mean(rows: &[Vec<f32>]) -> Vec<f32> {
    let mut mean = vec![0.0; rows.first().map_or(0, Vec::len)];
    for row in rows {
        mean.iter_mut().zip(row).for_each(|(mean, x)| *mean += x);
    }
    mean.iter_mut().for_each(|mean| *mean /= rows.len() as f32);
    mean
}
